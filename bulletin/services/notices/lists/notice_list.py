"""公开件: a page of the notices, how many are in which state, and what is sought in them."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from bulletin.domain.catalog.items import Group, PublisherKind
from bulletin.domain.labels import Labelled
from bulletin.domain.notices.workflow import IN_REVIEW, State, state_at
from bulletin.domain.pages import Page, page_of, page_span
from bulletin.domain.people import Actor
from bulletin.domain.search.tokens import GROUP, PLACE, PUBLISHER, YEAR, mark
from bulletin.services.notices.overview import NoticeRow, row_of
from bulletin.services.search.asked import read_asked
from bulletin.services.search.found import MAX_FOUND, found_notices
from bulletin.services.site import Site
from bulletin.store.notice_lists import (
    StateGroup,
    count_of,
    notice_ids,
    notices_at,
    other_ids,
    state_groups,
    states_of,
)
from bulletin.store.notice_queries import with_row_facts
from bulletin.store.notices import Notice

Which = ColumnElement[bool]


class NoticeTab(Labelled):
    ALL = "all", "全部"
    DRAFT = "draft", "草稿"
    REVIEW = "review", "在审"
    SCHEDULED = "scheduled", "待发布"
    PUBLIC = "public", "已发布"
    ENDED = "ended", "撤下、作废"


STATES = {
    NoticeTab.ALL: frozenset(State),
    NoticeTab.DRAFT: frozenset({State.DRAFT}),
    NoticeTab.REVIEW: IN_REVIEW,
    NoticeTab.SCHEDULED: frozenset({State.SCHEDULED}),
    NoticeTab.PUBLIC: frozenset({State.PUBLISHED}),
    NoticeTab.ENDED: frozenset({State.TAKEN_DOWN, State.CANCELLED}),
}


@dataclass(frozen=True)
class NoticeList:
    page: Page[NoticeRow]
    counts: dict[NoticeTab, int]
    is_cut: bool = False  # there are more; the newest are listed


@dataclass(frozen=True)
class Narrowed:
    """What a list is narrowed to, beside the state and the words."""

    village_id: int | None = None
    year: int | None = None  # in which it was, or is to be, published
    group: Group | None = None
    publisher: PublisherKind | None = None

    @property
    def marks(self) -> tuple[str, ...]:
        """What the index of the search has of it."""
        place = [mark(PLACE, self.village_id)] if self.village_id is not None else []
        given = ((YEAR, self.year), (GROUP, self.group), (PUBLISHER, self.publisher))
        return (*place, *(mark(kind, value) for kind, value in given if value is not None))

    @property
    def is_by_place(self) -> bool:
        """Nothing but a place: the table of notices knows it."""
        return self.year is None and self.group is None and self.publisher is None


def notice_list(
    site: Site,
    actor: Actor,
    now: datetime,
    *,
    tab: NoticeTab,
    words: str = "",
    narrowed: Narrowed = Narrowed(),
    number: int | None = None,
) -> NoticeList:
    """A page of the notices that a person may see, the newest first, each with its edition in effect.

    Args:
        words: each is sought in title, text, tables, village, register number and code; or the
            digits beside the QR code, or its address.
        number: which page; before the first or after the last: the first or the last.
    """
    with site.sessions.reading() as session:
        if words or not narrowed.is_by_place:
            return _found(session, site, actor, now, tab, words, narrowed, number)
        wanted = None if narrowed.village_id is None else {narrowed.village_id}
        which, few = (
            notices_at(actor.township_id, actor.places, wanted, few=f) for f in (False, True)
        )
        return _every(session, site, which, few, now, tab, number)


def _every(
    session: Session,
    site: Site,
    which: Which,
    few: Which,  # the same
    now: datetime,
    tab: NoticeTab,
    number: int | None,
) -> NoticeList:
    """A page among years of notices: what is published is what remains beside the other states."""
    states: dict[StateGroup, State] = {}
    sums = Counter[State]()
    for state, has_come, moment, count in session.execute(state_groups(few, now)):
        states[state, has_come] = state_at(state, moment, now)
        sums[states[state, has_come]] += count
    every = session.scalar(count_of(which)) or 0
    sums[State.PUBLISHED] += every - sums.total()
    counts = _counts(sums)
    belongs = [group for group, state in states.items() if state in STATES[tab]]
    others = [group for group in states if group not in belongs]
    is_published = State.PUBLISHED in STATES[tab]
    ids = other_ids(which, few, others, now) if is_published else notice_ids(few, belongs, now)
    span = page_span(counts[tab], number)
    page = session.scalars(ids.offset(span.first).limit(span.end - span.first))
    return NoticeList(span.with_lines(_rows(session, site, list(page), now)), counts)


def _found(
    session: Session,
    site: Site,
    actor: Actor,
    now: datetime,
    tab: NoticeTab,
    words: str,
    narrowed: Narrowed,
    number: int | None,
) -> NoticeList:
    """A page of what the index of the search finds."""
    asked = read_asked(session, actor, words)
    found = found_notices(session, actor, asked, words, *narrowed.marks)
    which = Notice.id.in_([each.notice_id for each in found])
    states = {
        notice_id: state_at(state, publish_at, now)
        for notice_id, state, publish_at in session.execute(states_of(which))
    }
    ids = [notice_id for notice_id, state in states.items() if state in STATES[tab]]
    page = page_of(ids, number)
    rows = _rows(session, site, list(page.lines), now)
    counts = _counts(Counter(states.values()))
    return NoticeList(Page(rows, page.number, page.pages), counts, is_cut=len(found) >= MAX_FOUND)


def _counts(sums: Counter[State]) -> dict[NoticeTab, int]:
    return {tab: sum(sums[state] for state in STATES[tab]) for tab in NoticeTab}


def _rows(session: Session, site: Site, ids: list[int], now: datetime) -> list[NoticeRow]:
    listed = select(Notice).where(Notice.id.in_(ids)).order_by(Notice.id.desc())
    notices = session.scalars(with_row_facts(listed))
    return [row_of(site, notice.effective_edition, now) for notice in notices]
