"""公开件: a page of the notices, how many are in which state, and what is sought in them."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from bulletin.domain.characters import folded
from bulletin.domain.codes import TypedCode
from bulletin.domain.labels import Labelled
from bulletin.domain.notices.register import RegisterNumber
from bulletin.domain.notices.workflow import IN_REVIEW, State, state_at
from bulletin.domain.pages import Page, PageSpan, page_span
from bulletin.domain.people import Actor
from bulletin.services.notices.overview import NoticeRow, row_of
from bulletin.services.site import Site
from bulletin.store.notice_lists import (
    StateGroup,
    notice_ids,
    notices_at,
    search_facts,
    state_groups,
)
from bulletin.store.notice_queries import notice_typed, with_row_facts
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


def notice_list(
    site: Site,
    actor: Actor,
    now: datetime,
    *,
    tab: NoticeTab,
    village_id: int | None = None,
    words: str = "",
    number: int | None = None,
) -> NoticeList:
    """A page of the notices that a person may see, the newest first, each with its edition in effect.

    Args:
        village_id: only this village's.
        words: sought in title, village, register number and code; or the digits beside the QR
            code, or its address.
        number: which page; before the first or after the last: the first or the last.
    """
    wanted = None if village_id is None else {village_id}
    which = notices_at(actor.township_id, actor.places, wanted)
    with site.sessions.reading() as session:
        states, sums = _states(session, which, now)
        if words:
            found = list(_matching(session, which, words, now))
            sums = Counter((fact.state, fact.has_come) for fact in found)
            ids = [fact.id for fact in found if states[fact.state, fact.has_come] in STATES[tab]]
            span = page_span(len(ids), number)
            ids = ids[span.first : span.end]
        else:
            groups = [group for group, state in states.items() if state in STATES[tab]]
            span = page_span(sum(sums[group] for group in groups), number)
            ids = _ids(session, which, groups, span, now)
        counts = {
            each: sum(count for group, count in sums.items() if states[group] in STATES[each])
            for each in NoticeTab
        }
        return NoticeList(span.with_lines(_rows(session, site, ids, now)), counts)


def _states(
    session: Session, which: Which, now: datetime
) -> tuple[dict[StateGroup, State], Counter[StateGroup]]:
    """Of each group its state now, and how many it has."""
    states: dict[StateGroup, State] = {}
    sums: Counter[StateGroup] = Counter()
    for state, has_come, moment, count in session.execute(state_groups(which, now)):
        states[state, has_come] = state_at(state, moment, now)
        sums[state, has_come] = count
    return states, sums


def _ids(
    session: Session, which: Which, groups: Iterable[StateGroup], span: PageSpan, now: datetime
) -> list[int]:
    listed = notice_ids(which, groups, now)
    return list(session.scalars(listed.offset(span.first).limit(span.end - span.first)))


def _rows(session: Session, site: Site, ids: list[int], now: datetime) -> list[NoticeRow]:
    listed = select(Notice).where(Notice.id.in_(ids)).order_by(Notice.id.desc())
    notices = session.scalars(with_row_facts(listed))
    return [row_of(site, notice.effective_edition, now) for notice in notices]


_BRACKETS = str.maketrans("([【]】)", "〔〔〔〕〕〕")  # few keyboards have 〔〕
_APART = "\0"  # nobody types it: words never match across two texts


def _matching(session: Session, which: Which, typed: str, now: datetime) -> Iterable[Any]:
    """By title, village, register number, code, the digits beside the QR code, or its address."""
    words, code = _plain(typed), _code(session, TypedCode.read(typed))
    for fact in session.execute(search_facts(which, now)):
        if fact.code == code or words in _plain(_APART.join(_texts(fact))):
            yield fact


def _texts(fact: Any) -> tuple[str, ...]:
    number = ""
    if fact.register_number is not None and fact.register_year is not None:
        number = str(RegisterNumber(fact.prefix, fact.register_year, fact.register_number))
    return fact.title, fact.village or "", number, fact.code


def _code(session: Session, typed: TypedCode) -> str | None:
    if typed.digits is None:
        return typed.address.code if typed.address else typed.code
    notice = notice_typed(session, typed)
    return notice.code if notice else None


def _plain(text: str) -> str:
    """Full-width signs, brackets, blanks and case make no difference."""
    return re.sub(r"\s", "", folded(text)).casefold().translate(_BRACKETS)
