"""核对各乡镇、部门公布的年度报告: many files against the rules of the form, and the county's against their sum."""

from collections.abc import Sequence

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bulletin.domain.errors import Refused
from bulletin.domain.oversight.annual_report.findings import ReportVerdict
from bulletin.domain.pages import page_of
from bulletin.domain.people import Role
from bulletin.services.long_jobs.state import JobLine
from bulletin.services.oversight.annual_report.order_report_check import (
    REPORT_CHECK,
    check_result,
    order_report_check,
)
from bulletin.web.desk.list_query import ListQuery
from bulletin.web.desk.long_work import line_of_running, line_once_begun, waiting_page
from bulletin.web.guard import for_roles
from bulletin.web.refusals import refused_shows
from bulletin.web.request_context import actor, now, site

bp = Blueprint("report_check", __name__, url_prefix="/desk/county/report-check")


@bp.get("")
@for_roles(Role.COUNTY_OVERSEER)
def form(*, sentences: Sequence[str] = ()) -> str:
    earlier = REPORT_CHECK.own(site(), actor(), now())
    return render_template(
        "desk/report_check.html", earlier=earlier, sentences=sentences, now=now()
    )


@bp.post("")
@for_roles(Role.COUNTY_OVERSEER)
@refused_shows(form)
def order() -> ResponseReturnValue:
    files, county = _sent("reports"), _sent("county")
    job_id = order_report_check(site(), actor(), files, county[0] if county else None, now())
    return _answer(line_once_begun(REPORT_CHECK, job_id))


def _sent(field: str) -> list[tuple[str, bytes]]:
    chosen = request.files.getlist(field)
    return [(file.filename, file.read()) for file in chosen if file.filename]


@bp.get("/<int:job_id>")
@for_roles(Role.COUNTY_OVERSEER)
@refused_shows(form)
def checked(job_id: int) -> ResponseReturnValue:
    """While reports are checked, the bar; then what was found."""
    line = line_of_running(REPORT_CHECK, job_id)
    if line.is_running:
        return waiting_page("desk/report_check_waiting.html", line)
    if line.refusals:
        raise Refused(*line.refusals)
    asked = ListQuery("report_check.checked", job_id=job_id)
    verdict = asked.tab("show", ReportVerdict, ReportVerdict.FAIL)
    result = check_result(line)
    return render_template(
        "desk/report_check_result.html",
        asked=asked,
        verdict=verdict,
        result=result,
        counts={each.value: len(result.of(each)) for each in ReportVerdict},
        page=page_of(result.of(verdict), asked.number),
    )


def _answer(line: JobLine) -> ResponseReturnValue:
    return redirect(url_for("report_check.checked", job_id=line.id))
