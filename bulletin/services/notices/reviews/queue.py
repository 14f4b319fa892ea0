"""The review queues: what waits for a person's eyes, what is due first on top."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from bulletin.domain.days import day_words, village_day
from bulletin.domain.notices.permissions import EditionFacts, holders, may, representing
from bulletin.domain.notices.procedures import Procedure
from bulletin.domain.notices.workflow import STEP_OF_STATE, Act
from bulletin.domain.pages import Page, page_span
from bulletin.domain.people import Actor
from bulletin.services.notices.overview import NoticeRow, row_of
from bulletin.services.site import Site
from bulletin.services.transition import TAKES_A_STEP, facts_of
from bulletin.store.notice_queries import chunks, forced_editions
from bulletin.store.notices import Edition
from bulletin.store.places import Village
from bulletin.store.review_queue import (
    editors_among,
    steps_among,
    waiting_editions,
    with_review_facts,
)


@dataclass(frozen=True, kw_only=True)
class QueueLine:
    """One notice that waits for this person's eyes."""

    row: NoticeRow
    step: Act
    step_words: str
    days: int  # it has waited
    due_on: date | None  # None: a correction, and what answers no duty
    days_late: int  # after its due day; 0 on it and before
    desk: str  # whose step it is: 村务监督委员会成员
    in_place_of: str  # 替张三审到12月5日; '' by own right
    asks_meeting: bool
    may_take: bool  # other eyes: false for the one who edited it
    fingerprint: str  # of what the reviewer sees when the list is drawn


@dataclass(frozen=True, kw_only=True)
class ReviewQueue:
    page: Page[QueueLine]
    count: int  # on all pages
    villages: tuple[tuple[int, str], ...]  # of which something waits: id and name


@dataclass(frozen=True, kw_only=True)
class _Waiting:
    """As much of an edition as says who may take it and when it is due."""

    id: int
    step: Act
    since: datetime
    due_on: date | None
    facts: EditionFacts
    procedure: Procedure

    @property
    def order(self) -> tuple[date, datetime, int]:
        """By due day; a correction stands by the day on which it came: it is wanted at once."""
        return (self.due_on or village_day(self.since), self.since, self.id)


def queue(
    site: Site,
    actor: Actor,
    now: datetime,
    *,
    village_id: int | None = None,
    number: int | None = None,
) -> ReviewQueue:
    """A page of what waits at the steps that this person holds, what is due first on top.

    Args:
        village_id: only this village's.
        number: which page; before the first or after the last: the first or the last.
    """
    with site.sessions.reading() as session:
        all_waiting = sorted(_waiting(session, site, actor), key=lambda each: each.order)
        shown = [w for w in all_waiting if village_id in (None, w.facts.village_id)]
        span = page_span(len(shown), number)
        lines = _lines(session, site, actor, shown[span.first : span.end], now)
        return ReviewQueue(
            page=span.with_lines(lines),
            count=len(shown),
            villages=_villages(session, all_waiting),
        )


def waiting_count(session: Session, site: Site, actor: Actor, now: datetime) -> int:
    """How many notices wait for a step, or to be endorsed, that this person may take."""
    steps = sum(may(each.step, actor, each.facts) for each in _waiting(session, site, actor))
    return steps + len(_endorsable(session, site, actor, now))


def _waiting(session: Session, site: Site, actor: Actor) -> Iterator[_Waiting]:
    if not actor.is_reviewer:  # of what waits for others nothing is read
        return
    rows = session.execute(waiting_editions(actor.township_id, actor.places)).all()
    held = [row for row in rows if _holds(site, actor, row)]
    people = {actor.id or 0, *(each.absent_id for each in actor.stands_in)}
    editors: dict[int, set[int]] = {}
    takers: dict[tuple[int, int], set[tuple[Act, int | None, int | None]]] = {}
    for ids in chunks([row.id for row in held]):
        for edition_id, person_id in session.execute(editors_among(ids, people)):
            editors.setdefault(edition_id, set()).add(person_id)
        for step in session.scalars(steps_among(ids, people)):
            if step.act in TAKES_A_STEP and step.step is not None:
                taken = step.step, step.person_id, step.absent_id
                takers.setdefault((step.edition_id, step.review_round), set()).add(taken)
    for row in held:
        this_round = takers.get((row.id, row.review_round), set())
        yield _as_waiting(site, row, editors.get(row.id, set()), this_round)


def _holds(site: Site, actor: Actor, row: Any) -> bool:
    step, facts = STEP_OF_STATE[row.state], _facts(site.procedure(row.procedure), row)
    return any(actor.holds(role, village) for role, village in holders(step, facts))


def _facts(procedure: Procedure, row: Any, **known: Any) -> EditionFacts:
    return EditionFacts(
        state=row.state,
        village_id=row.village_id,
        steps=tuple(rule.act for rule in procedure.steps),
        step_roles={rule.act: rule.role for rule in procedure.steps},
        **known,
    )


def _as_waiting(
    site: Site,
    row: Any,
    editors: Iterable[int],
    taken: Iterable[tuple[Act, int | None, int | None]],
) -> _Waiting:
    steps = list(taken)
    procedure = site.procedure(row.procedure)
    facts = _facts(
        procedure,
        row,
        editors=frozenset(editors),
        takers={step: person for step, person, _ in steps if person is not None},
        represented=frozenset(absent for _, _, absent in steps if absent is not None),
    )
    return _Waiting(
        id=row.id,
        step=STEP_OF_STATE[row.state],
        since=row.state_since,
        due_on=row.due_on,
        facts=facts,
        procedure=procedure,
    )


def _lines(
    session: Session, site: Site, actor: Actor, shown: list[_Waiting], now: datetime
) -> list[QueueLine]:
    found = session.scalars(with_review_facts([each.id for each in shown]))
    editions = {edition.id: edition for edition in found}
    return [_line(site, actor, each, editions[each.id], now) for each in shown]


def _line(site: Site, actor: Actor, each: _Waiting, edition: Edition, now: datetime) -> QueueLine:
    day, step = village_day(now), each.step
    row = row_of(site, edition, now)
    return QueueLine(
        row=row,
        step=step,
        step_words=step.label,
        days=(day - village_day(each.since)).days,
        due_on=each.due_on,
        days_late=max(0, (day - each.due_on).days) if each.due_on else 0,
        desk=row.lies_with,
        in_place_of=_in_place_words(actor, each, day),
        asks_meeting=each.procedure.asks_meeting(step),
        may_take=may(step, actor, each.facts),
        fingerprint=edition.fingerprint or "",
    )


def _in_place_words(actor: Actor, each: _Waiting, day: date) -> str:
    absent = representing(each.step, actor, each.facts)
    if absent is None:
        return ""
    return f"替{absent.name}审到{day_words(absent.until_on, since=day)}"


def _villages(session: Session, waiting: Iterable[_Waiting]) -> tuple[tuple[int, str], ...]:
    ids = {each.facts.village_id for each in waiting if each.facts.village_id is not None}
    found = (session.get_one(Village, village_id) for village_id in ids)
    villages = sorted(found, key=lambda each: each.code)
    return tuple((village.id, village.name) for village in villages)


def to_endorse(site: Site, actor: Actor, now: datetime) -> list[NoticeRow]:
    """Forced editions that this person may endorse."""
    with site.sessions.reading() as session:
        return [row_of(site, each, now) for each in _endorsable(session, site, actor, now)]


def _endorsable(session: Session, site: Site, actor: Actor, now: datetime) -> list[Edition]:
    if not actor.is_reviewer:
        return []
    forced = session.scalars(forced_editions(actor.township_id))
    return [each for each in forced if may(Act.ENDORSE, actor, facts_of(site, each, now))]
