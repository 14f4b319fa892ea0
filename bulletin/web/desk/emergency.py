"""应急登记: numbered sheets printed ahead, and typed in once the site is back."""

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bulletin.domain.errors import refuse
from bulletin.domain.oversight.emergency import MAX_SHEETS, EmergencyState, SheetMatter
from bulletin.services.oversight.office import KEEPERS, READERS, keeps
from bulletin.services.oversight.registers.emergency_sheets import (
    emergency_lines,
    unexplained_numbers,
)
from bulletin.services.oversight.registers.print_emergency_sheets import print_emergency_sheets
from bulletin.services.oversight.registers.record_emergency_sheet import (
    SheetUse,
    settle_unused,
    settle_used,
)
from bulletin.services.places.villages import village_choices
from bulletin.web.desk.inputs import count_of, day_typed, row_id_typed, typed
from bulletin.web.desk.list_query import ListQuery
from bulletin.web.downloads import pdf_response
from bulletin.web.guard import for_roles
from bulletin.web.refusals import refused_shows
from bulletin.web.rendering import labels_of
from bulletin.web.request_context import actor, now, site, today

bp = Blueprint("emergency", __name__, url_prefix="/desk/emergency")


@bp.get("")
@for_roles(*READERS)
def every(*, act: str = "", sentences: Sequence[str] = ()) -> str:
    """All sheets; act: which of the forms was refused."""
    return _page(0, act, sentences)


@bp.get("/<int:number>")
@for_roles(*READERS)
def one(number: int) -> str:
    """The same, as the code of a sheet opens it: its number is filled in."""
    return _page(number, "", ())


def _page(number: int, act: str, sentences: Sequence[str]) -> str:
    asked = ListQuery("emergency.every")
    return render_template(
        "desk/emergency.html",
        page=emergency_lines(site(), actor(), asked.number),
        asked=asked,
        gaps=unexplained_numbers(site(), actor()),
        number=number or "",
        matters=labels_of(SheetMatter),
        states={each: each.label for each in (EmergencyState.SPOILED, EmergencyState.MISSING)},
        most=MAX_SHEETS,
        villages=village_choices(site(), actor(), today()),
        mine=keeps(actor()),
        act=act,
        typed=request.form if sentences else {},
        sentences=sentences,
        today=today(),
    )


@bp.post("/sheets.pdf")
@for_roles(*KEEPERS)
@refused_shows(every, act="print")
def sheets() -> ResponseReturnValue:
    """New sheets: each print has the next numbers."""
    count = count_of(typed("count"), "张数") or 0
    village_id = row_id_typed("village")
    pdf = print_emergency_sheets(site(), actor(), count, now(), village_id=village_id)
    return pdf_response(pdf, f"应急登记纸{count}张.pdf")


@bp.post("/used")
@for_roles(*KEEPERS)
@refused_shows(every, act="used")
def used() -> ResponseReturnValue:
    matter = typed("matter")
    if matter not in set(SheetMatter):
        raise refuse("matter_missing", "请选纸上登记的是什么。")
    use = SheetUse(
        number=count_of(typed("number"), "编号") or 0,
        code=typed("code"),
        matter=SheetMatter(matter),
        happened_on=day_typed("done_on"),
        words=typed("words"),
        entered_as=typed("entered_as"),
    )
    settle_used(site(), actor(), use, now())
    return _done("登记好了，纸请留着。")


@bp.post("/unused")
@for_roles(*KEEPERS)
@refused_shows(every, act="unused")
def unused() -> ResponseReturnValue:
    state = typed("state")
    if state not in set(EmergencyState):
        raise refuse("state_missing", "请选写坏了还是找不到。")
    number = count_of(typed("number"), "编号") or 0
    settle_unused(site(), actor(), number, EmergencyState(state), typed("why"), now())
    return _done("说明好了。")


def _done(words: str) -> ResponseReturnValue:
    flash(words)
    return redirect(url_for("emergency.every"))
