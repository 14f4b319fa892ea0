"""The townships of a county side by side in all that they did within a year, and the way into each."""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from bulletin.domain.oversight.work_of_year import LACKS, WORK, WorkSection
from bulletin.domain.people import Role
from bulletin.services.oversight.work_of_year import (
    TownshipWork,
    sum_of_townships,
    work_file,
    work_of_townships,
)
from bulletin.services.people import sign_in
from bulletin.web.desk.annual import years_offered
from bulletin.web.desk.list_query import ListQuery
from bulletin.web.downloads import table_response
from bulletin.web.guard import for_roles
from bulletin.web.replica import of_replica
from bulletin.web.request_context import actor, now, site, today

bp = Blueprint("work_of_year", __name__, url_prefix="/desk/county/work")
# Where a township shows what a section counts; its requests name who asked, and stay with its own office.
_SHOWN_AT = {
    WorkSection.DISCLOSURES: "notices.notices",
    WorkSection.OPENNESS: "notices.notices",
    WorkSection.INSPECTIONS: "inspections.overview",
    WorkSection.QUESTIONS: "feedback_ledger.ledger",
    WorkSection.REQUESTS: "supervision.overview",
}


@bp.get("")
@for_roles(Role.COUNTY_OVERSEER)
@of_replica
def townships() -> str:
    asked = ListQuery("work_of_year.townships")
    found, year = _found(asked)
    section = asked.tab("show", WorkSection, WorkSection.DISCLOSURES)
    return render_template(
        "desk/work_of_year.html",
        townships=found,
        together=sum_of_townships(found),
        year=year,
        asked=asked,
        section=section,
        counts=WORK[section],
        lacks=LACKS,
        with_report=section is WorkSection.REQUESTS,
        today=today(),
    )


@bp.get(".xlsx")
@for_roles(Role.COUNTY_OVERSEER)
@of_replica
def workbook() -> Response:
    found, year = _found(ListQuery("work_of_year.townships"))
    return table_response(work_file(found, year), "xlsx", f"各乡镇工作-{year}.xlsx")


def _found(asked: ListQuery) -> tuple[list[TownshipWork], int]:
    years = years_offered()
    typed = request.args.get("year", 0, type=int)
    year = typed if typed in years else today().year
    asked.one("year", str(year), {str(each): str(each) for each in years})
    return work_of_townships(site(), actor(), year, now()), year


@bp.post("/<code>")
@for_roles(Role.COUNTY_OVERSEER)
def look_into(code: str) -> AnyResponse:
    """Turn to a township, at the page of what was looked at."""
    sign_in.look_into(site(), actor(), current_user.id, code)
    shown = request.form.get("show", "")
    section = WorkSection(shown) if shown in set(WorkSection) else WorkSection.DISCLOSURES
    return redirect(url_for(_SHOWN_AT[section]))
