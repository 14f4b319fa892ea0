"""事项: one matter from before to after; what happened is recorded in one step, from a phone."""

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from bulletin.domain.days import day_words
from bulletin.domain.duties.matters import MatterKind
from bulletin.domain.errors import refuse
from bulletin.domain.people import Role
from bulletin.services.duties import open_matter, record_event
from bulletin.services.duties.matter_progress import (
    MattersAsked,
    MatterTab,
    matter_list,
    matter_view,
)
from bulletin.services.places.villages import village_choices
from bulletin.web.desk.inputs import count_of, day_of, typed, village_asked
from bulletin.web.desk.list_query import ListQuery
from bulletin.web.guard import for_roles, staff
from bulletin.web.refusals import refused_shows
from bulletin.web.request_context import actor, now, site, today

bp = Blueprint("matters", __name__, url_prefix="/desk/matters")


@bp.get("")
@staff
def every(*, sentences: Sequence[str] = ()) -> str:
    villages = village_choices(site(), actor(), today())
    own = [village for village in villages if actor().holds(Role.LIAISON, village.id)]
    village_id = _village_id()
    asked = ListQuery("matters.every")
    narrowed = MattersAsked(
        tab=asked.tab("show", MatterTab, MatterTab.UNDER_WAY),
        village_id=asked.village(villages),
        kind=asked.choice("kind", {kind.key: kind.title for kind in site().matter_kinds}),
    )
    found = matter_list(site(), actor(), now(), narrowed, asked.number)
    return render_template(
        "desk/matters.html",
        page=found.page,
        counts=found.counts,
        asked=asked,
        show=narrowed.tab,
        villages=own,
        village_id=village_id,
        kinds=_kinds(village_id),
        sentences=sentences,
        today=today(),
        now=now(),
    )


def _kinds(village_id: int | None) -> tuple[MatterKind, ...]:
    """What a liaison may begin there."""
    if not actor().holds(Role.LIAISON, village_id):
        return ()
    return open_matter.matter_kinds(site(), actor(), village_id, now())


def _village_id() -> int | None:
    return village_asked(
        {place for role, place in actor().grants if role is Role.LIAISON and place}
    )


@bp.post("")
@for_roles(Role.LIAISON)
@refused_shows(every)
def begin() -> ResponseReturnValue:
    """A matter of a kind, with the day of its first event when that has come."""
    day = day_of(typed("event_on"), "日期")
    opened = open_matter.begin_matter(
        site(), actor(), _village_id(), typed("kind"), typed("title"), day, now()
    )
    flash("登记好了。以后每走一步，到这里按一下。")
    return redirect(url_for("matters.one", matter_id=opened.id))


@bp.get("/<int:matter_id>")
@staff
def one(matter_id: int, *, sentences: Sequence[str] = ()) -> str:
    return render_template(
        "desk/matter.html",
        view=matter_view(site(), actor(), matter_id, now()),
        sentences=sentences,
        today=today(),
        now=now(),
    )


@bp.post("/<int:matter_id>/tell")
@for_roles(Role.LIAISON)
@refused_shows(one)
def tell(matter_id: int) -> ResponseReturnValue:
    """“开工了”: a phase has come; its notice has a last day now, and the next phase appears."""
    step, day = count_of(typed("step"), "步骤"), day_of(typed("event_on"), "日期")
    if step is None or day is None:
        raise refuse("day_missing", "请填这件事发生（或定在）的日期。")
    recorded = record_event.record_step_event(site(), actor(), matter_id, step, day, now())
    flash(f"记下了，最迟{day_words(recorded.due_on)}公开。")
    return redirect(url_for("matters.one", matter_id=matter_id))
