"""该公开的: a page of what is owed, and how much there is of each kind; the rule judges groups of a day."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from math import ceil

from sqlalchemy import Select, func, or_
from sqlalchemy.orm import Session

from bulletin.domain.days import village_day
from bulletin.domain.duties.status import OPEN, DutyStatus, status_of
from bulletin.domain.labels import Labelled
from bulletin.domain.people import Actor
from bulletin.services.duties.overview import DutyLine, lines_of
from bulletin.services.site import Site
from bulletin.store.duties import Duty
from bulletin.store.duty_lists import (
    BY_DAY,
    MATTERS_FIRST,
    count_by_day,
    duties_at,
    first_overdue,
    place_in,
)
from bulletin.store.notice_queries import not_settled, settled_days
from bulletin.store.places import villages_on

PER_PAGE = 50
Places = Collection[int | None]  # villages; None in it: the township


class DutyTab(Labelled):
    OPEN = "open", "该办的"
    OVERDUE = "overdue", "逾期"
    WAITING = "waiting", "等事情发生的"
    ALL = "all", "全部"


@dataclass(frozen=True, kw_only=True)
class DutyList:
    """One page of duties."""

    lines: list[DutyLine]
    number: int  # from 1
    pages: int
    counts: dict[DutyTab, int]


def duty_list(
    site: Site,
    actor: Actor,
    now: datetime,
    *,
    tab: DutyTab,
    places: Places | None = None,
    number: int = 1,
    holding: int | None = None,
    kept: int | None = None,
) -> DutyList:
    """A page of the duties that a person may see, as they stand now.

    Args:
        places: only those of these villages.
        number: which page; before the first or after the last: the first or the last.
        holding: the duty whose page is shown instead, if the list has it.
        kept: a duty that the list has whatever its kind, on the page that is shown.
    """
    duties = duties_at(actor.township_id, actor.places, places)
    order = MATTERS_FIRST if tab is DutyTab.WAITING else BY_DAY
    with site.sessions.reading() as session:
        counts = _counts(session, site, duties, now)
        listed = _listed(duties, tab, now, kept)
        held = None
        if (wanted := holding if kept is None else kept) is not None:
            held = session.scalar(place_in(listed, order, wanted))
        pages = max(1, ceil(max(counts[tab], (held or 0) + 1) / PER_PAGE))
        number = min(max(1, number), pages) if held is None else held // PER_PAGE + 1
        page = listed.order_by(*order).offset((number - 1) * PER_PAGE).limit(PER_PAGE)
        lines = lines_of(session, site, list(session.scalars(page)), now)
        return DutyList(lines=lines, number=number, pages=pages, counts=counts)


def _listed(duties: Select[Duty], tab: DutyTab, now: datetime, kept: int | None) -> Select[Duty]:
    listed = duties if tab is DutyTab.ALL else not_settled(duties, now)
    match tab:
        case DutyTab.OPEN:
            listed = listed.where(Duty.due_on.is_not(None))
        case DutyTab.OVERDUE:
            listed = listed.where(Duty.due_on < village_day(now))
        case DutyTab.WAITING:
            listed = listed.where(Duty.due_on.is_(None))
    if kept is None:
        return listed
    return duties.where(or_(Duty.id.in_(listed.with_only_columns(Duty.id)), Duty.id == kept))


def _counts(
    session: Session, site: Site, duties: Select[Duty], now: datetime
) -> dict[DutyTab, int]:
    statuses = _not_settled_statuses(session, site, duties, now)
    return {
        DutyTab.OPEN: sum(statuses[status] for status in OPEN),
        DutyTab.OVERDUE: statuses[DutyStatus.OVERDUE],
        DutyTab.WAITING: statuses[DutyStatus.WAITING],
        DutyTab.ALL: session.scalar(duties.with_only_columns(func.count())) or 0,
    }


def _not_settled_statuses(
    session: Session, site: Site, duties: Select[Duty], now: datetime
) -> Counter[DutyStatus]:
    statuses: Counter[DutyStatus] = Counter()
    for due_on, count in session.execute(count_by_day(not_settled(duties, now))):
        statuses[_status(site, due_on, None, now)] += count
    return statuses


def _status(
    site: Site, due_on: date | None, published_at: datetime | None, now: datetime
) -> DutyStatus:
    return status_of(
        due_on=due_on,
        published_on=village_day(published_at) if published_at else None,
        today=village_day(now),
        soon_days=site.soon_days,
    )


def status_counts(
    site: Site, actor: Actor, now: datetime, *, first_due: date, last_due: date
) -> Counter[DutyStatus]:
    """How the duties of a span of days stand, of the places that exist today."""
    with site.sessions.reading() as session:
        villages = session.scalars(villages_on(actor.township_id, village_day(now)))
        there = {None, *(village.id for village in villages)}
        duties = duties_at(actor.township_id, actor.places, there)
        duties = duties.where(Duty.due_on.between(first_due, last_due))
        statuses = _not_settled_statuses(session, site, duties, now)
        for due_on, published_at in session.execute(settled_days(duties, now)):
            statuses[_status(site, due_on, published_at, now)] += 1
        return statuses


@dataclass(frozen=True)
class LatePlace:
    """A village (or the township) that is late."""

    first: DutyLine  # overdue for the longest time
    overdue: int


def late_places(
    site: Site, actor: Actor, now: datetime, *, places: Places | None = None
) -> list[LatePlace]:
    """The places that are late, of those that a person may see, the longest first."""
    duties = duties_at(actor.township_id, actor.places, places)
    with site.sessions.reading() as session:
        rows = session.execute(first_overdue(duties, village_day(now), now)).all()
        lines = lines_of(session, site, [duty for duty, _count in rows], now)
        return [LatePlace(line, count) for line, (_duty, count) in zip(lines, rows, strict=True)]
