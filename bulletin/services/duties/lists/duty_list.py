"""要公开的: a page of what is owed, and how much there is of each kind."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from sqlalchemy import ColumnElement, and_, not_
from sqlalchemy.orm import Session

from bulletin.domain.days import village_day
from bulletin.domain.duties.status import OPEN, DutyStatus
from bulletin.domain.labels import Labelled
from bulletin.domain.pages import Page, page_span
from bulletin.domain.people import Actor
from bulletin.services.duties.lists.early import is_early, with_early_apart
from bulletin.services.duties.lists.groups import DutyGroup, duty_groups
from bulletin.services.duties.lists.kept import kept_counts
from bulletin.services.duties.lists.listed import Listed
from bulletin.services.duties.overview import DutyLine, lines_of
from bulletin.services.site import Site
from bulletin.store.duty_lists import (
    answered_by,
    count_by_day,
    count_of,
    duties_at,
    duties_with_places,
    untouched,
)

Places = Collection[int | None]  # villages; None among them: the township


class DutyTab(Labelled):
    OPEN = "open", "该办的"
    OVERDUE = "overdue", "逾期"
    EARLY = "early", "还没到时候的"
    WAITING = "waiting", "等事情发生的"
    ALL = "all", "全部"


BELONGS: dict[DutyTab, Callable[[DutyGroup], bool]] = {
    DutyTab.OPEN: lambda group: group.standing.status in OPEN and not group.is_early,
    DutyTab.OVERDUE: lambda group: group.standing.status is DutyStatus.OVERDUE,
    DutyTab.EARLY: lambda group: group.is_early,
    DutyTab.WAITING: lambda group: group.standing.status is DutyStatus.WAITING,
    DutyTab.ALL: lambda _group: True,
}


@dataclass(frozen=True)
class DutyList:
    page: Page[DutyLine]
    counts: dict[DutyTab, int]


@dataclass(frozen=True)
class _Counted:
    groups: tuple[DutyGroup, ...]  # of what is not settled
    every: int

    def __len__(self) -> int:
        return len(self.groups)


def duty_list(
    site: Site,
    actor: Actor,
    now: datetime,
    *,
    tab: DutyTab,
    places: Places | None = None,
    last_due: date | None = None,
    number: int | None = None,
    holding: int | None = None,
    kept: int | None = None,
) -> DutyList:
    """A page of the duties that a person may see, as they stand now.

    Args:
        places: only those of these villages.
        last_due: only those due by a day, or waiting for an event.
        number: which page; before the first or after the last: the first or the last.
        holding: the duty whose page is shown instead, if the list has it.
        kept: the duty that the list has whatever its kind, on the page that is shown.
    """
    day = village_day(now)
    seen = actor.places, None if places is None else frozenset(places)
    asked = partial(duties_at, actor.township_id, *seen, last_due=last_due)
    which = asked()
    with site.sessions.reading() as session:
        question = "open", *seen, last_due
        count = partial(_counted, session, site, which, day, now)
        counted = kept_counts(session, site, actor.township_id, question, now, count)
        if tab is DutyTab.ALL:
            days = Counter(dict(session.execute(count_by_day(asked(by_day=True))).all()))
            listed = Listed(session, which, which, days)
        else:
            alike = _alike(tab, is_early(site, counted.groups, day), day)
            listed = _listed(session, which, tab, counted.groups, alike)
        wanted = holding if kept is None else kept
        index = None if wanted is None else listed.index_of(wanted, add=kept is not None)
        span = page_span(listed.count, number, holding=index)
        lines = lines_in_order(session, site, listed.page(span), now)
        return DutyList(span.with_lines(lines), _counts(counted))


def _counted(
    session: Session, site: Site, which: ColumnElement[bool], day: date, now: datetime
) -> _Counted:
    found = list(duty_groups(session, site, which, day, now, settled=False))
    groups = with_early_apart(session, site, which, found, day)
    return _Counted(tuple(groups), session.scalar(count_of(which)) or 0)


def _alike(tab: DutyTab, early: ColumnElement[bool], day: date) -> ColumnElement[bool]:
    """The untouched duties of a tab, on the days on which it has any."""
    match tab:
        case DutyTab.OPEN:
            return and_(untouched(day), not_(early))
        case DutyTab.EARLY:
            return and_(untouched(day), early)
        case _:
            return untouched(day)


def _listed(
    session: Session,
    which: ColumnElement[bool],
    tab: DutyTab,
    groups: Iterable[DutyGroup],
    alike: ColumnElement[bool],
) -> Listed:
    days: Counter[date | None] = Counter()
    singles = []
    for group in groups:
        if not BELONGS[tab](group):
            continue
        if group.single is None:
            days[group.listed_on] += group.count
        else:
            singles.append(group.single)
    first = tab is DutyTab.WAITING
    return Listed(session, which, and_(which, alike), days, singles, under_way_first=first)


def lines_in_order(
    session: Session, site: Site, duty_ids: list[int], now: datetime
) -> list[DutyLine]:
    """Some duties as they stand now, in the order given."""
    duties = {duty.id: duty for duty in session.scalars(duties_with_places(duty_ids))}
    return lines_of(session, site, [duties[duty_id] for duty_id in duty_ids], now)


def _counts(counted: _Counted) -> dict[DutyTab, int]:
    """What is settled is in the last tab alone, and was not judged."""
    counts = dict.fromkeys(DutyTab, 0)
    for group in counted.groups:
        for tab, belongs in BELONGS.items():
            counts[tab] += group.count * belongs(group)
    return counts | {DutyTab.ALL: counted.every}


def lines_answered_by(site: Site, codes: list[str], now: datetime) -> list[DutyLine]:
    """The duties that some notices answer, by due day, as they stand now."""
    with site.sessions.reading() as session:
        return lines_in_order(session, site, list(session.scalars(answered_by(codes))), now)
