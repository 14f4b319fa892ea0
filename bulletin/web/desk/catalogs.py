"""目录: what a village owes, and adopting the standard catalog with a village's own changes."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from bulletin.domain.adaptation import Adaptation, Change
from bulletin.domain.catalog import (
    AUDIENCE_WORDS,
    CHANNEL_WORDS,
    GROUP_WORDS,
    PHASE_WORDS,
    PUBLISHER_WORDS,
)
from bulletin.domain.people import Role
from bulletin.domain.posting import UNIT_WORDS
from bulletin.domain.refusals import Refused, refuse
from bulletin.services.adopting import adopt_catalog, offered_items
from bulletin.services.places import village_choices
from bulletin.services.villages import adopted_catalog
from bulletin.web.clockwork import actor, house, now, today
from bulletin.web.desk.forms import count_of, day_of, row_id, sentences, status_of, typed
from bulletin.web.guard import for_roles, staff

bp = Blueprint("catalogs", __name__, url_prefix="/desk/catalog")
Answer = str | Response | tuple[str, int]


def _village_id() -> int | None:
    """The village asked for; one's own when one has only that."""
    asked = request.values.get("village", type=row_id)
    own = sorted(actor().village_ids)
    return asked if asked is not None or actor().is_of_township or not own else own[0]


@bp.get("")
@staff
def catalog() -> str:
    return _page()


def _page(said: list[str] | None = None) -> str:
    village_id = _village_id()
    return render_template(
        "desk/catalog.html",
        adopted=adopted_catalog(house(), actor(), village_id, now()),
        village_id=village_id,
        villages=village_choices(house(), actor(), today()),
        standard=offered_items(house(), actor(), village_id),
        may_adopt=actor().holds(Role.ADMINISTRATOR, None),
        groups=GROUP_WORDS,
        publishers=PUBLISHER_WORDS,
        phases=PHASE_WORDS,
        channels=CHANNEL_WORDS,
        audiences=AUDIENCE_WORDS,
        units=UNIT_WORDS,
        sentences=said or [],
        now=now(),
    )


@bp.post("")
@for_roles(Role.ADMINISTRATOR)
def adopt() -> Answer:
    """Adopt today's standard catalog from a day on, as this village needs it."""
    village_id = _village_id()
    try:
        day = day_of(typed("from_on"), "施行日期")
        if day is None:
            raise refuse("day_missing", "请填从哪一天起施行。")
        adopt_catalog(
            house(),
            actor(),
            village_id,
            day,
            _adaptation(village_id),
            now(),
        )
    except Refused as refused:
        return _page(sentences(refused)), status_of(refused)
    flash("目录已采用，到这一天起按它生成应公开的事项。")
    return redirect(url_for("catalogs.catalog", village=village_id))


def _adaptation(village_id: int | None) -> Adaptation:
    dropped, changed = {}, {}
    for item in offered_items(house(), actor(), village_id):
        if typed(f"drop-{item.code}"):
            dropped[item.code] = typed(f"why-{item.code}")
        days = count_of(typed(f"days-{item.code}"), f"“{item.title}”的公示天数")
        if days is not None and days != item.posting_days:
            changed[item.code] = Change(posting_days=days)
    return Adaptation(dropped, changed, busy_finances=bool(typed("busy_finances")))
