"""目录: what a village owes, and adopting the standard catalog with a village's own changes."""

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from bulletin.domain.catalog.adaptation_request import AdaptationRequest, NewItem
from bulletin.domain.catalog.items import (
    Audience,
    Channel,
    Group,
    Openness,
    Phase,
    PublisherKind,
)
from bulletin.domain.days import day_words
from bulletin.domain.deadlines.posting_period import UNIT_WORDS
from bulletin.domain.errors import refuse
from bulletin.domain.people import Role
from bulletin.services.catalog.adopt import adopt_again, adopt_with_changes, offer
from bulletin.services.catalog.annual_review import adopted_catalog
from bulletin.services.catalog.in_force import owed_kinds
from bulletin.services.places.villages import village_choices
from bulletin.web.desk.inputs import count_of, day_of, typed, village_asked
from bulletin.web.desk.list_query import ListQuery
from bulletin.web.guard import for_roles, staff
from bulletin.web.refusals import refused_shows
from bulletin.web.rendering import labels_of
from bulletin.web.request_context import actor, now, site, today

bp = Blueprint("catalogs", __name__, url_prefix="/desk/catalog")


def _village_id() -> int | None:
    return village_asked(() if actor().is_of_township else actor().village_ids)


def _places() -> dict[str, str]:
    """Whose catalogs a person may read, by what the address has of each."""
    villages = village_choices(site(), actor(), today())
    township = {"": "乡镇"} if actor().is_of_township else {}
    return township | {str(each.id): each.name for each in villages}


@bp.get("")
@staff
def catalog(*, sentences: Sequence[str] = ()) -> str:
    village_id = _village_id()
    adopted = adopted_catalog(site(), actor(), village_id, now())
    asked = ListQuery("catalogs.catalog")
    asked.one("village", str(village_id or ""), _places())
    words = asked.words().split()
    shown = {
        group: [item for item in adopted.items_of(group) if all(w in item.title for w in words)]
        for group in Group
        if adopted is not None
    }
    return render_template(
        "desk/catalog.html",
        adopted=adopted,
        shown=shown,
        asked=asked,
        village_id=village_id,
        offer=offer(site(), actor(), village_id),
        publisher_kinds=_publisher_kinds(village_id),
        may_adopt=actor().administers,
        groups=labels_of(Group),
        publishers=labels_of(PublisherKind),
        openness=labels_of(Openness),
        phases=labels_of(Phase),
        channels=labels_of(Channel),
        audiences=labels_of(Audience),
        units=UNIT_WORDS,
        sentences=sentences,
        now=now(),
    )


@bp.post("")
@for_roles(Role.ADMINISTRATOR)
@refused_shows(catalog)
def adopt() -> ResponseReturnValue:
    """Adopt today's standard catalog from a day on, as this village needs it."""
    village_id = _village_id()
    day = day_of(typed("from_on"), "施行日期")
    if day is None:
        raise refuse("day_missing", "请填从哪一天起施行。")
    adopt_with_changes(site(), actor(), village_id, day, _adaptation_request(village_id), now())
    flash("目录已采用，到这一天起按它生成应公开的事项。")
    return redirect(url_for("catalogs.catalog", village=village_id))


@bp.post("/again")
@for_roles(Role.ADMINISTRATOR)
@refused_shows(catalog)
def again() -> ResponseReturnValue:
    """复核过了: nothing changes but the year."""
    village_id = _village_id()
    day = adopt_again(site(), actor(), village_id, now())
    flash(f"记下了：目录已复核，从{day_words(day)}起照原样施行。")
    return redirect(url_for("catalogs.catalog", village=village_id))


def _publisher_kinds(village_id: int | None) -> dict[PublisherKind, str]:
    kinds = owed_kinds(village_id)
    return {kind: words for kind, words in labels_of(PublisherKind).items() if kind in kinds}


def _adaptation_request(village_id: int | None) -> AdaptationRequest:
    offered = offer(site(), actor(), village_id)
    codes = [item.code for item in offered.items]
    days = {
        item.code: count
        for item in offered.items
        if (count := count_of(typed(f"days-{item.code}"), f"“{item.title}”的公示天数")) is not None
    }
    return AdaptationRequest(
        dropped={code: typed(f"why-{code}") for code in codes if typed(f"drop-{code}")},
        times={code: typed(f"time-{code}") for code in codes},
        days=days,
        objections={code: typed(f"objection-{code}") for code in codes},
        removed=frozenset(i.code for i in offered.latest.added if typed(f"remove-{i.code}")),
        busy_finances=bool(typed("busy_finances")),
        obligatory=frozenset(i.code for i in offered.for_villages if typed(f"must-{i.code}")),
        new=_new_item(),
    )


def _new_item() -> NewItem | None:
    title, time = typed("new-title"), typed("new-time")
    if not title and not time:
        return None
    publisher = typed("new-publisher")
    elements = tuple(line.strip() for line in typed("new-elements").splitlines() if line.strip())
    known = publisher in set(PublisherKind)
    kind = PublisherKind(publisher) if known else PublisherKind.VILLAGERS_COMMITTEE
    return NewItem(title, time, elements, kind)
