"""依申请公开: the ledger, and one request with its clock."""

from collections.abc import Sequence
from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bulletin.domain.errors import refuse
from bulletin.domain.formats import TableFormat
from bulletin.domain.oversight.requests.course import ApplicantClass, ReceivedBy, StepKind
from bulletin.domain.oversight.requests.outcomes import outcomes_by_part
from bulletin.services.desk.navigation import frame
from bulletin.services.oversight.office import KEEPERS, READERS, keeps
from bulletin.services.oversight.requests import answer as end
from bulletin.services.oversight.requests import record_step
from bulletin.services.oversight.requests.confirm import sent_lines
from bulletin.services.oversight.requests.detail import request_view
from bulletin.services.oversight.requests.ledger import open_lines, request_lines
from bulletin.services.oversight.requests.papers.tables import ledger_file
from bulletin.services.oversight.requests.receive import NewRequest, receive
from bulletin.services.oversight.requests.see_applicant import ApplicantContact
from bulletin.web.desk.annual import ensure_reads, years_offered
from bulletin.web.desk.inputs import count_of, day_of, day_typed, typed, year_asked
from bulletin.web.desk.list_query import ListQuery
from bulletin.web.downloads import table_response
from bulletin.web.guard import for_roles
from bulletin.web.refusals import refused_shows
from bulletin.web.rendering import labels_of
from bulletin.web.request_context import actor, now, site, today

bp = Blueprint("requests", __name__, url_prefix="/desk/requests")


@bp.get("")
@for_roles(*READERS)
def ledger(*, sentences: Sequence[str] = ()) -> str:
    ensure_reads()
    asked = ListQuery("requests.ledger")
    year = asked.year(years_offered())
    return render_template(
        "desk/requests.html",
        waiting=open_lines(site(), actor(), now()),
        sent=sent_lines(site(), actor()),
        page=request_lines(site(), actor(), now(), year=year, number=asked.number),
        asked=asked,
        year=year or today().year,
        mine=keeps(actor()),
        ways=labels_of(ReceivedBy),
        applicants=labels_of(ApplicantClass),
        sentences=sentences,
        today=today(),
    )


@bp.post("")
@for_roles(*KEEPERS)
@refused_shows(ledger)
def enter() -> ResponseReturnValue:
    way, applicant = typed("received_by"), typed("applicant")
    arrived_on = day_of(typed("arrived_on"), "收到的日子")
    if way not in set(ReceivedBy) or applicant not in set(ApplicantClass) or arrived_on is None:
        raise refuse("request_incomplete", "请选怎么收到的、申请人是哪一类，填收到的日子。")
    new = NewRequest(
        received_by=ReceivedBy(way),
        arrived_on=arrived_on,
        confirmed_on=day_of(typed("confirmed_on"), "确认的日子"),
        applicant=ApplicantClass(applicant),
        applicant_name=typed("applicant_name"),
        contact=typed("contact"),
        asked_for=lines_typed("asked_for"),
        wanted_as=typed("wanted_as"),
        identity=typed("identity"),
        late_confirmation=typed("late_confirmation"),
    )
    request_id = receive(site(), actor(), new, now())
    flash("申请登记好了，答复的期限从这里看。")
    return redirect(url_for("requests.one", request_id=request_id))


@bp.get("/ledger.<any(xlsx, csv):form>")
@for_roles(*READERS)
def file(form: TableFormat) -> ResponseReturnValue:
    """台账 of a year (this one when none is asked), without anybody's name."""
    year = year_asked(today())
    place = frame(site(), actor(), now()).place
    data = ledger_file(site(), actor(), place, year, form, now())
    return table_response(data, form, f"{place}{year}年依申请公开台账.{form}")


@bp.get("/<int:request_id>")
@for_roles(*READERS)
def one(
    request_id: int,
    *,
    act: str = "",
    sentences: Sequence[str] = (),
    contact: ApplicantContact | None = None,
) -> str:
    """A request; act: which of its forms was refused; contact: who asked, when that was asked for."""
    return render_template(
        "desk/request.html",
        view=request_view(site(), actor(), request_id, now()),
        kinds=StepKind,
        parts=outcomes_by_part(site().requests.outcomes, site().report_layouts[-1]),
        contact=contact,
        limits=site().requests.limits,
        act=act,
        sentences=sentences,
        today=today(),
    )


@bp.post("/<int:request_id>/mend")
@for_roles(*KEEPERS)
@refused_shows(one, act="mend")
def mend(request_id: int) -> ResponseReturnValue:
    record_step.ask_to_mend(
        site(), actor(), request_id, _on(), day_typed("until_on"), lines_typed("words"), now()
    )
    return _done(request_id, "补正告知登记好了。")


@bp.post("/<int:request_id>/extend")
@for_roles(*KEEPERS)
@refused_shows(one, act="extend")
def extend(request_id: int) -> ResponseReturnValue:
    days = count_of(typed("days"), "延长的工作日") or 0
    record_step.extend(site(), actor(), request_id, _on(), days, typed("consent_by"), now())
    return _done(request_id, "延期登记好了。")


@bp.post("/<int:request_id>/inquire")
@for_roles(*KEEPERS)
@refused_shows(one, act="inquire")
def inquire(request_id: int) -> ResponseReturnValue:
    kind = typed("kind")
    if kind not in {StepKind.THIRD_PARTY, StepKind.BODY}:
        raise refuse("nobody_asked", "请选征求谁的意见。")
    record_step.inquire(site(), actor(), request_id, StepKind(kind), _on(), typed("who"), now())
    return _done(request_id, "征求意见登记好了，这段时间不算在期限里。")


@bp.post("/<int:request_id>/charge")
@for_roles(*KEEPERS)
@refused_shows(one, act="charge")
def charge(request_id: int) -> ResponseReturnValue:
    record_step.charge(site(), actor(), request_id, _on(), now())
    return _done(request_id, "缴费告知登记好了。")


@bp.post("/<int:request_id>/steps/<int:step_id>")
@for_roles(*KEEPERS)
@refused_shows(one, act="reply")
def reply(request_id: int, step_id: int) -> ResponseReturnValue:
    record_step.take_reply(site(), actor(), request_id, step_id, _on(), now())
    return _done(request_id, "收到登记好了。")


@bp.post("/<int:request_id>/answer")
@for_roles(*KEEPERS)
@refused_shows(one, act="answer")
def answer(request_id: int) -> ResponseReturnValue:
    end.answer(site(), actor(), request_id, _on(), typed("outcome"), lines_typed("words"), now())
    return _done(request_id, "已经办结，计入当年的表三。")


def lines_typed(name: str) -> str:
    """Lines of a form; browsers send their ends as two characters and count one."""
    return request.form.get(name, "").replace("\r\n", "\n").strip()


def _on() -> date:
    return day_typed("done_on")


def _done(request_id: int, words: str) -> ResponseReturnValue:
    flash(words)
    return redirect(url_for("requests.one", request_id=request_id))
