"""今天: what to do next, in the order in which to do it, and the bar of every page."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from bulletin.domain.people import Role
from bulletin.services.desk import today as desk_today
from bulletin.services.desk.cards import TaskCard
from bulletin.services.desk.navigation import Frame, frame
from bulletin.services.desk.today import Today
from bulletin.services.oversight.undelivered import undelivered
from bulletin.web.guard import staff
from bulletin.web.request_context import actor, now, site

bp = Blueprint("today", __name__, url_prefix="/desk")
NUMERALS = "零一二三四五六七八九十"


@bp.app_template_global()
def desk_frame() -> Frame:
    """The bar of the desk; only pages behind the sign-in ask for it."""
    return frame(site(), actor(), now())


@bp.get("")
@staff
def today() -> ResponseReturnValue:
    if actor().roles == {Role.COUNTY_OVERSEER}:  # who has nothing to do here but to look
        return redirect(url_for("coverage.county"))
    page: Today = desk_today.today(site(), actor(), now())
    missed = undelivered(site(), actor(), now())
    mine = next((each.fault for each in missed if each.person_id == actor().id), "")
    watches = actor().roles & {Role.OVERSEER, Role.ADMINISTRATOR}
    return render_template(
        "desk/today.html",
        today=page,
        heading=_heading(page.entries),
        missed=mine,
        missed_by=[each for each in missed if each.person_id != actor().id] if watches else [],
        now=now(),
    )


def _heading(entries: tuple[TaskCard, ...]) -> str:
    count = sum(entry.count for entry in entries)
    if not count:
        return "今天没有要办的事"
    words = ("两" if count == 2 else NUMERALS[count]) if count < len(NUMERALS) else str(count)  # noqa: PLR2004 - 二件 is 两件
    return f"今天有{words}件事"
