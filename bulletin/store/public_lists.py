"""Which notices residents' lists name, as questions to the database: a page and its counts, by an index.

`domain.notices.visibility` is the rule and judges each notice of a page; here are its candidates, in
order. A test holds the two together over every mix of editions.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Text,
    and_,
    bindparam,
    cast,
    exists,
    func,
    not_,
    or_,
    select,
    true,
)
from sqlalchemy.orm import InstrumentedAttribute, aliased, joinedload, selectinload

from bulletin.domain.days import village_day
from bulletin.domain.notices.workflow import RELEASED, State
from bulletin.store.judged import judged
from bulletin.store.notices import Edition, Notice, Signature
from bulletin.store.places import Township, Village

# Of one notice: the edition in force, the one that was public first, any other.
Shown, First, Other = aliased(Edition), aliased(Edition), aliased(Edition)
Id = int | InstrumentedAttribute[int]
MAX_CANDIDATES = 1000  # of what a feed is chosen from
BEFORE = "before"  # the name of an instant that is given when the question is asked


@dataclass(frozen=True, kw_only=True)
class ListMoment:
    """The moment of a list."""

    now: datetime
    today: date
    closing_on: date  # the day by which lists of people are over; never before `today`
    copied: bool  # a copy of the public site has no list of people at all


@dataclass(frozen=True)
class Place:
    """A village, the township itself (None), or the township with all its villages."""

    township_id: Id
    village_id: Id | None
    with_villages: bool = False


def current(place: Place, at: ListMoment) -> Select[Notice]:
    """What is on display at a place, the newest first."""
    displayed = _notices(at).where(_of(Shown, place), _displayed(at))
    return displayed.order_by(First.publish_at.desc(), First.id.desc())


def of_group(place: Place, at: ListMoment, group: str) -> Select[Notice]:
    """What ever became public of a class of the catalog, the newest first."""
    of_class = _notices(at).where(_of(First, place), First.item_group == group)
    return of_class.order_by(First.publish_at.desc(), First.id.desc())


def current_groups(place: Place, at: ListMoment) -> Select[str | None, int]:
    """How many are on display of each class of the catalog."""
    group = Shown.item_group
    return current_count(place, at).with_only_columns(group, func.count()).group_by(group)


def current_count(place: Place, at: ListMoment) -> Select[int]:
    """How many are on display."""
    return (
        select(func.count())
        .select_from(Shown)
        .join(Notice, Notice.id == Shown.notice_id)
        .where(_of(Shown, place), in_force(at.now), _displayed(at))
    )


def archive(place: Place, at: ListMoment) -> Select[Notice]:
    """What was on display before, those whose period ended last first."""
    until = date.max if at.copied else at.closing_on  # a bound for the index
    return (
        _notices(at)
        .where(_of(Shown, place), Shown.closes_on < until, not_(_displayed(at)))
        .order_by(Shown.closes_on.desc(), Shown.id.desc())
    )


def published_between(
    place: Place, at: ListMoment, span: tuple[datetime, datetime]
) -> Select[Notice]:
    """What first became public from one instant to before another, the newest first."""
    return (
        _notices(at)
        .where(_of(First, place))
        .where(First.publish_at >= span[0], First.publish_at < span[1])
        .order_by(First.publish_at.desc(), First.id.desc())
    )


def recent(place: Place, at: ListMoment, since: date, group: str | None = None) -> Select[Notice]:
    """What is on display or closed since a day, what changed last first; closed lists of people never.

    The bound on days is asked first and by its index, so that years behind cost nothing.

    Args:
        group: only notices whose first item is of this group of the catalog.
    """
    named = in_force(at.now), or_(not_(Notice.personal), _displayed(at))
    candidates = (
        select(Shown.id)
        .join(Notice, Notice.id == Shown.notice_id)
        .where(_of(Shown, place), Shown.closes_on >= since, *named)
        .order_by(Shown.closes_on.desc())
        .limit(MAX_CANDIDATES)
    )
    if group is not None:
        candidates = candidates.where(Shown.item_group == group)
    kept = candidates.subquery()
    signed = selectinload(Notice.signatures).joinedload(Signature.publisher)
    return (
        select(Notice)
        .join(Shown, Shown.notice_id == Notice.id)
        .where(Shown.id.in_(select(kept.c.id)))
        .order_by(Shown.publish_at.desc(), Shown.id.desc())
        .options(
            selectinload(Notice.editions).selectinload(Edition.notice),
            signed,
            joinedload(Notice.register_publisher),
            joinedload(Notice.village),
            joinedload(Notice.township),
        )
    )


def listed_among(
    edition_ids: list[int], now: datetime
) -> Select[int, int, int | None, datetime | None, str]:
    """Of some editions those by which lists name their notices, and what each may be narrowed by."""
    items = cast(Notice.items, Text)  # of hundreds few differ
    return (
        select(Shown.id, Shown.notice_id, Shown.village_id, Shown.publish_at, items)
        .join(Notice, Notice.id == Shown.notice_id)
        .join(Township, Township.id == Notice.township_id)
        # What moved to another house may be corrected or removed there since.
        .where(Shown.id.in_(edition_ids), in_force(now), Township.moved_at.is_(None))
    )


def taken_down_since(place: Place, since: datetime) -> Select[Edition]:
    """Editions of a place that were taken down since a moment, the newest first."""
    return (
        select(Shown)
        .where(_of(Shown, place), Shown.closes_on >= village_day(since))  # a bound for the index
        .where(Shown.state == State.TAKEN_DOWN, Shown.ended_at >= since)
        .order_by(Shown.ended_at.desc())
    )


def newest_before(place: Place, at: ListMoment) -> Select[datetime | None]:
    """When the newest of before an instant (given when it is asked) became public."""
    before = bindparam(BEFORE, type_=First.publish_at.type)
    return newest(place, at).where(First.publish_at < before)


def newest(place: Place, at: ListMoment) -> Select[datetime | None]:
    """When the newest became public."""
    of_place = _listed(select(First.publish_at), at.now).where(_of(First, place))
    return of_place.order_by(First.publish_at.desc()).limit(1)


def villages_with_figures(
    villages: Select[Village], at: ListMoment
) -> Select[Village, int, datetime | None]:
    """Each of some villages, how many are on display there, and when the newest became public."""
    mine = Place(Village.township_id, Village.id)
    count = current_count(mine, at).correlate(Village).scalar_subquery()
    return villages.add_columns(count, newest(mine, at).correlate(Village).scalar_subquery())


@lru_cache(maxsize=4)  # the lists of a copy are all of one moment
def _notices(at: ListMoment) -> Select[Notice]:
    editions = selectinload(Notice.editions).selectinload(Edition.notice)  # each knows its notice
    return _listed(select(Notice), at.now).options(editions)


def _listed(what: Select[Any], now: datetime) -> Select[Any]:
    """Of notices that a list names: beside each its edition in force and the first that was public."""
    return (
        what.select_from(Notice)
        .join(Shown, Shown.notice_id == Notice.id)
        .join(First, First.notice_id == Notice.id)
        .where(in_force(now), is_first(now))
    )


def _of(edition: type[Edition], place: Place) -> ColumnElement[bool]:
    if place.with_villages:
        return edition.township_id == place.township_id
    village = (
        edition.village_id.is_(None)
        if place.village_id is None
        else edition.village_id == place.village_id
    )
    return and_(edition.township_id == place.township_id, village)


def was_public(edition: type[Edition], now: datetime) -> ColumnElement[bool]:
    state = judged(edition.state)
    live = state.in_(RELEASED)  # the moment decides, not the record
    return or_(state == State.TAKEN_DOWN, and_(live, edition.publish_at <= now))


def in_force(now: datetime) -> ColumnElement[bool]:
    """The highest edition that was ever public, unless it was taken down."""
    higher = exists().where(
        Other.notice_id == Shown.notice_id, Other.number > Shown.number, was_public(Other, now)
    )
    return and_(was_public(Shown, now), judged(Shown.state) != State.TAKEN_DOWN, not_(higher))


def is_first(now: datetime) -> ColumnElement[bool]:
    """`First` was public, and no edition of its notice was before it."""
    before = or_(
        Other.publish_at < First.publish_at,
        and_(Other.publish_at == First.publish_at, Other.number < First.number),
    )
    earlier = exists().where(Other.notice_id == First.notice_id, before, was_public(Other, now))
    return and_(was_public(First, now), not_(earlier))


def _displayed(at: ListMoment) -> ColumnElement[bool]:
    """Its period runs, and no list of people is shown beyond what closed it."""
    people = not_(true()) if at.copied else Shown.closes_on >= at.closing_on
    return and_(Shown.closes_on >= at.today, or_(not_(Notice.personal), people))
