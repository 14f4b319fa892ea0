"""信息报送: the list of tasks, what is missing, and reminders to departments."""

from collections.abc import Sequence

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from bulletin.domain.catalog.items import Group
from bulletin.domain.deadlines.periods import Period
from bulletin.domain.errors import refuse
from bulletin.domain.labels import Labelled
from bulletin.domain.oversight.reporting import MAX_DAYS_BEFORE, ReminderWay, ReportState
from bulletin.domain.pages import page_of
from bulletin.services.oversight.office import ORGANISERS, organises
from bulletin.services.oversight.reporting.manage_departments import (
    NewDepartment,
    add_department,
    assign_item,
    change_department,
)
from bulletin.services.oversight.reporting.progress import ReportingProgress, reporting_progress
from bulletin.services.oversight.reporting.record_material import (
    record_material,
    record_reminder,
    void_material,
)
from bulletin.services.oversight.reporting.task_list import task_list, task_paper, when_words
from bulletin.web.desk.inputs import count_of, day_typed, row_id_typed, typed
from bulletin.web.desk.list_query import ListQuery
from bulletin.web.desk.periods import period_asked, this_quarter
from bulletin.web.desk.responsibilities import WHO_READS, ensure_of_office
from bulletin.web.downloads import pdf_response
from bulletin.web.guard import for_roles
from bulletin.web.refusals import refused_shows
from bulletin.web.rendering import labels_of
from bulletin.web.request_context import actor, now, site, today

bp = Blueprint("reporting", __name__, url_prefix="/desk")
TONES = {
    ReportState.MISSING: "stop",
    ReportState.SOON: "warn",
    ReportState.NOT_YET: "past",
    ReportState.LATE: "warn",
    ReportState.ON_TIME: "good",
}
DAYS_BEFORE = 5  # what the form proposes


class ReportTab(Labelled):
    OPEN = "open", "还没报的"
    DONE = "done", "报了的"
    ALL = "all", "全部"


IN_TAB = {
    ReportTab.OPEN: {ReportState.MISSING, ReportState.SOON, ReportState.NOT_YET},
    ReportTab.DONE: {ReportState.ON_TIME, ReportState.LATE},
    ReportTab.ALL: set(ReportState),
}


@bp.get("/reporting")
@for_roles(*WHO_READS)
def progress(*, sentences: Sequence[str] = ()) -> str:
    """What departments owe in a quarter, and what came."""
    ensure_of_office()
    asked = ListQuery("reporting.progress")
    tab = asked.tab("show", ReportTab, ReportTab.OPEN)
    found = _progress(asked, period_asked(asked, this_quarter()))
    lines = [each for each in found.lines if each.state in IN_TAB[tab]]
    return render_template(
        "desk/reporting.html",
        page=page_of(lines, asked.number),
        counts={
            each: sum(line.state in IN_TAB[each] for line in found.lines) for each in ReportTab
        },
        by_department=found.by_department,
        states=labels_of(ReportState),
        tones=TONES,
        ways=labels_of(ReminderWay),
        asked=asked,
        may_change=organises(actor()),
        sentences=sentences,
        today=today(),
    )


def _progress(asked: ListQuery, period: Period) -> ReportingProgress:
    departments = task_list(site(), actor(), now()).departments
    chosen = asked.choice("department", {str(each.id): each.name for each in departments})
    return reporting_progress(
        site(), actor(), now(), period=period, department_id=int(chosen) if chosen else None
    )


@bp.post("/reporting/<item>/<occasion>/came")
@for_roles(*ORGANISERS)
@refused_shows(progress)
def came(item: str, occasion: str) -> ResponseReturnValue:
    record_material(site(), actor(), item, occasion, day_typed("reported_on"), now())
    return _back("记下了：报来了。")


@bp.post("/reporting/<item>/<occasion>/remind")
@for_roles(*ORGANISERS)
@refused_shows(progress)
def remind(item: str, occasion: str) -> ResponseReturnValue:
    way = typed("way")
    if way not in set(ReminderWay):
        raise refuse("way_missing", "请选是怎么提醒的。")
    record_reminder(site(), actor(), item, occasion, ReminderWay(way), now())
    return _back("记下了：提醒过了。")


@bp.post("/reporting/materials/<int:material_id>/void")
@for_roles(*ORGANISERS)
@refused_shows(progress)
def void(material_id: int) -> ResponseReturnValue:
    void_material(site(), actor(), material_id, typed("reason"), now())
    return _back("这一条作废了，原因留着。")


def _back(words: str) -> ResponseReturnValue:
    flash(words)
    return redirect(url_for("reporting.progress"))


@bp.get("/reporting/tasks")
@for_roles(*WHO_READS)
def tasks(*, sentences: Sequence[str] = ()) -> str:
    """任务分解表, and who reports what is decided here."""
    ensure_of_office()
    found = task_list(site(), actor(), now())
    return render_template(
        "desk/reporting_tasks.html",
        found=found,
        groups=labels_of(Group),
        when=when_words,
        proposed=DAYS_BEFORE,
        most=MAX_DAYS_BEFORE,
        may_change=organises(actor()),
        sentences=sentences,
    )


@bp.get("/reporting/tasks.pdf")
@for_roles(*WHO_READS)
def paper() -> Response:
    ensure_of_office()
    name, sheet = task_paper(site(), actor(), task_list(site(), actor(), now()))
    return pdf_response(sheet.pdf, name)


@bp.post("/reporting/departments")
@for_roles(*ORGANISERS)
@refused_shows(tasks)
def add() -> ResponseReturnValue:
    add_department(site(), actor(), _department(), now())
    return _to_tasks("站所登记好了。")


@bp.post("/reporting/departments/<int:department_id>")
@for_roles(*ORGANISERS)
@refused_shows(tasks)
def change(department_id: int) -> ResponseReturnValue:
    change_department(site(), actor(), department_id, _department(), now())
    return _to_tasks("改好了。")


def _department() -> NewDepartment:
    return NewDepartment(typed("name"), typed("contact"), typed("phone"))


@bp.post("/reporting/tasks/<item>")
@for_roles(*ORGANISERS)
@refused_shows(tasks)
def assign(item: str) -> ResponseReturnValue:
    days = count_of(typed("days_before"), "提前的天数") or 0
    assign_item(site(), actor(), item, row_id_typed("department"), days, now())
    return _to_tasks("从今天起按这样报送。")


def _to_tasks(words: str) -> ResponseReturnValue:
    flash(words)
    return redirect(url_for("reporting.tasks"))
