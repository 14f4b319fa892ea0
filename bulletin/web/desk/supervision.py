"""督查: one page for five minutes, and what its figures count."""

from flask import Blueprint, Response, render_template

from bulletin.domain.deadlines.periods import Every, Period
from bulletin.domain.oversight.supervision import DutyOutcome, lack_grade, share_on_time
from bulletin.domain.pages import page_of
from bulletin.services.oversight.supervision.items import supervised_items
from bulletin.services.oversight.supervision.overview import (
    SUPERVISING,
    WEEK,
    Supervision,
    supervision,
)
from bulletin.services.oversight.supervision.papers import board_paper, office_paper
from bulletin.services.oversight.supervision.responsible import responsible_people
from bulletin.services.oversight.supervision.sheets_on_walls import stale_sheet_list
from bulletin.services.oversight.supervision.tables import supervision_file
from bulletin.services.places.villages import village_choices
from bulletin.web.desk.inputs import paper_asked
from bulletin.web.desk.list_query import ListQuery
from bulletin.web.desk.periods import period_asked
from bulletin.web.downloads import pdf_response, table_response
from bulletin.web.guard import for_roles
from bulletin.web.rendering import labels_of
from bulletin.web.replica import of_replica
from bulletin.web.request_context import actor, now, site, today

bp = Blueprint("supervision", __name__, url_prefix="/desk")


@bp.get("/supervision")
@for_roles(*SUPERVISING)
@of_replica
def overview() -> str:
    asked = ListQuery("supervision.overview")
    found = _found(asked)
    page = page_of(found.worst_first, asked.number)
    return render_template(
        "desk/supervision.html",
        found=found,
        page=page,
        asked=asked,
        as_of=None if found.as_of == today() else found.as_of,
        outcomes=labels_of(DutyOutcome),
        grade=lack_grade,
        share_of=share_on_time,
        week_before=found.as_of - WEEK,
        now=now(),
    )


def _found(asked: ListQuery) -> Supervision:
    """As the address asks for it: the year of the day, unless it names a period."""
    as_of = asked.day("as_of")
    year = Period.containing(Every.YEAR, as_of or today())
    period = period_asked(asked, year)
    return supervision(site(), actor(), now(), period=period, as_of=as_of)


@bp.get("/supervision.xlsx")
@for_roles(*SUPERVISING)
@of_replica
def workbook() -> Response:
    found = _found(ListQuery("supervision.overview"))
    data = supervision_file(site(), actor(), found, now())
    return table_response(data, "xlsx", f"督查-{found.period.label}.xlsx")


@bp.get("/supervision.pdf")
@for_roles(*SUPERVISING)
@of_replica
def paper() -> Response:
    """For the office."""
    name, sheet = office_paper(site(), actor(), _found(ListQuery("supervision.overview")))
    return pdf_response(sheet.pdf, name)


@bp.get("/supervision/board.pdf")
@for_roles(*SUPERVISING)
@of_replica
def board() -> Response:
    """For the township's own board."""
    found = _found(ListQuery("supervision.overview"))
    name, sheet = board_paper(site(), actor(), found, paper_asked() or "a4")
    return pdf_response(sheet.pdf, name)


@bp.get("/supervision/items")
@for_roles(*SUPERVISING)
@of_replica
def items() -> str:
    """By item of the catalog."""
    asked = ListQuery("supervision.items")
    as_of = asked.day("as_of")
    period = period_asked(asked, Period.containing(Every.YEAR, as_of or today()))
    lines = supervised_items(site(), actor(), now(), period=period, as_of=as_of)
    return render_template(
        "desk/supervision_items.html",
        page=page_of(lines, asked.number),
        period=period,
        as_of=as_of,
        asked=asked,
        outcomes=labels_of(DutyOutcome),
        now=now(),
    )


@bp.get("/supervision/people")
@for_roles(*SUPERVISING)
@of_replica
def people() -> str:
    """By who is responsible."""
    asked = ListQuery("supervision.people")
    found = _found(asked)
    return render_template(
        "desk/supervision_people.html",
        page=page_of(responsible_people(site(), actor(), found), asked.number),
        found=found,
        as_of=None if found.as_of == today() else found.as_of,
        asked=asked,
        outcomes=labels_of(DutyOutcome),
        now=now(),
    )


@bp.get("/supervision/sheets")
@for_roles(*SUPERVISING)
@of_replica
def sheets() -> str:
    """What should have come off the boards."""
    asked = ListQuery("supervision.sheets")
    village_id = asked.village(village_choices(site(), actor(), today()))
    as_of = asked.day("as_of")
    lines = stale_sheet_list(site(), actor(), now(), village_id=village_id, as_of=as_of)
    return render_template(
        "desk/supervision_sheets.html",
        page=page_of(lines, asked.number),
        count=len(lines),
        asked=asked,
        as_of=as_of,
        now=now(),
    )
