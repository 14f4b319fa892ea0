"""Duties with every kind of history, straight into the tables: what nobody thought of is among them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from sqlalchemy import ColumnElement, Table, delete, insert, select

from bulletin.domain.days import village_day
from bulletin.domain.deadlines.periods import Every, Period
from bulletin.domain.deadlines.rules import RecountCause
from bulletin.domain.notices.workflow import APPROVED, State
from bulletin.services.history import record
from bulletin.store.duties import DueDayChange, Duty, Matter, NotApplicableSpan
from bulletin.store.notices import Edition, Notice, notice_duty
from bulletin.store.places import Publisher
from bulletin.store.postings import Posting
from support.clock import NOON

DAYS = 20  # on both sides of today, in which things happen
FIRST = 10_000  # the id of the first row that is written
STATES = sorted(APPROVED | {State.DRAFT, State.EXAMINING, State.CONFIRMING, State.CANCELLED})
PLACES = ("张家村", "白马村", None)

Row = dict[str, Any]


@dataclass(frozen=True)
class EditionFacts:
    state: State
    publish: int | None  # day, from today
    length: int
    ended: int
    papers: tuple[
        tuple[int, int | None], ...
    ]  # of each board: hung, and after how many days taken off


@dataclass(frozen=True)
class History:
    """One duty; every day is counted from today."""

    place: str | None
    due: int | None
    of_matter: bool
    notices: tuple[tuple[EditionFacts, ...], ...]
    moved: tuple[int, int | None] | None  # when, and from which day
    declared: int | None  # not applicable since then
    spared: tuple[int, int] | None  # not applicable from when to when
    reports_on: Every | None = None  # the running period of a kind, where it is no matter's


def histories(
    reports_on: st.SearchStrategy[Every | None] = st.none(),  # noqa: B008 - draws nothing by itself
) -> st.SearchStrategy[History]:
    day = st.integers(-DAYS, DAYS)
    rarely = lambda strategy: st.none() | st.none() | strategy  # noqa: E731 - most have no history
    edition = st.builds(
        EditionFacts,
        state=st.sampled_from(STATES),
        publish=st.none() | day,
        length=st.integers(0, DAYS),
        ended=day,
        papers=st.lists(st.tuples(day, st.none() | st.integers(0, DAYS)), max_size=2).map(tuple),
    )
    notice = st.lists(edition, min_size=1, max_size=2).map(tuple)
    return st.builds(
        History,
        place=st.sampled_from(PLACES),
        due=st.none() | day | st.integers(-3, 3),
        of_matter=st.booleans(),
        notices=st.just(()) | st.lists(notice, max_size=2).map(tuple),
        moved=rarely(st.tuples(day, st.none() | day)),
        declared=rarely(day),
        spared=rarely(st.tuples(day, st.integers(0, DAYS))),
        reports_on=reports_on,
    )


class Histories:
    """Writes histories into a village, in place of all that it owed; editions copy one that hangs."""

    def __init__(self, village: Any, code: str) -> None:
        self.village = village
        with village.site.sessions.reading() as session:
            self._notice = _row(session, Notice, Notice.code == code)
            self._edition = _row(session, Edition, Edition.notice_id == self._notice["id"])
            self._posting = _row(session, Posting, Posting.edition_id == self._edition["id"])
            answered = notice_duty.c.notice_id == self._notice["id"]
            duty_id = session.scalar(select(notice_duty.c.duty_id).where(answered))
            self._duty = _row(session, Duty, Duty.id == duty_id)
            self._publishers = {
                place: session.scalars(
                    select(Publisher.id).where(
                        Publisher.village_id.is_not_distinct_from(village.ids[place])
                    )
                ).first()
                for place in PLACES
            }

        with village.site.sessions.writing() as session:
            session.execute(delete(Duty).where(Duty.id != duty_id))

    def write(self, mixed: Iterable[History], *, about: int | None = None) -> None:
        """Write them in place of all that were written before.

        Args:
            about: which of them changed, and whose place somebody acted in; None: any of them.
        """
        rows: dict[Table, list[Row]] = {table: [] for table in _TABLES}
        for number, history in enumerate(mixed):
            self._add(rows, number, history)
        with self.village.site.sessions.writing() as session:
            for table in reversed(_TABLES):
                column = table.c.get("id", table.c.get("duty_id"))
                session.execute(delete(table).where(column >= FIRST))
            for table, some in rows.items():
                if some:
                    session.execute(insert(table), some)
            # As every act does: what was counted before holds no longer.
            subject = "histories" if about is None else f"duty {FIRST + about * 10}"
            record(session, self.village.wu, "write", subject, NOON)

    def _add(self, rows: Mapping[Table, list[Row]], nth: int, history: History) -> None:
        key = FIRST + nth * 10
        village_id = self.village.ids[history.place]
        place = {"village_id": village_id, "publisher_id": self._publishers[history.place]}
        if history.of_matter:
            rows[_MATTER].append(
                place
                | {"id": key, "township_id": 1, "item_code": self._duty["item_code"]}
                | {"title": f"第{key}件事", "phases": [], "opened_at": NOON, "kind": ""}
            )
        rows[_DUTY].append(
            self._duty
            | place
            | {"id": key, "matter_id": key if history.of_matter else None}
            | self._occasion(nth, key, history)
            | {"due_on": _day(history.due), "opened_at": _at(min(0, history.due or 0))}
            | {"not_applicable_reason": "没有" if history.declared is not None else ""}
            | {"not_applicable_at": _at(history.declared)}
        )
        for number, editions in enumerate(history.notices):
            self._add_notice(rows, key, key + number, editions)
        if history.moved:
            moved_at, before = history.moved
            rows[_CHANGE].append(
                {"id": key, "township_id": 1, "duty_id": key, "cause": RecountCause.HOLIDAYS}
                | {"before_on": _day(before), "due_on": _day(history.due), "reckoning": {}}
                | {"adoption_id": self._duty["adoption_id"], "at": _at(moved_at)}
            )
        if history.spared:
            since, length = history.spared
            rows[_SPAN].append(
                {"id": key, "township_id": 1, "duty_id": key, "reason": "没有"}
                | {"from_at": _at(since), "until_at": _at(since + length)}
            )

    def _occasion(self, nth: int, key: int, history: History) -> Row:
        """Of an item of its own, where several report on one period."""
        if history.of_matter or history.reports_on is None:
            return {"occasion": f"{'matter' if history.of_matter else 'waiting'}:{key}:0"}
        period = Period.containing(history.reports_on, village_day(NOON))
        items = self.village.site.catalog.items
        return {"occasion": period.key, "item_code": items[nth % len(items)].code}

    def _add_notice(
        self,
        rows: Mapping[Table, list[Row]],
        duty_id: int,
        key: int,
        editions: Iterable[EditionFacts],
    ) -> None:
        rows[_NOTICE].append(
            self._notice
            | {"id": key, "code": f"B{key:09}", "digits": f"{key:011}", "register_number": key}
        )
        rows[notice_duty].append({"notice_id": key, "duty_id": duty_id})
        for number, facts in enumerate(editions):
            edition_id = key + number * 1_000_000
            publish = facts.publish if facts.publish is not None else 0
            known = facts.state in APPROVED or facts.publish is not None
            ended = facts.state in {State.TAKEN_DOWN, State.CANCELLED}
            rows[_EDITION].append(
                self._edition
                | {"id": edition_id, "notice_id": key, "number": number + 1, "state": facts.state}
                | {"publish_at": _at(publish) if known else None}
                | {"opens_on": _day(publish) if known else None}
                | {"closes_on": _day(publish + facts.length) if facts.state in APPROVED else None}
                | {"ended_at": _at(max(facts.ended, publish)) if ended else None}
            )
            if facts.state in APPROVED:
                self._add_papers(rows, edition_id, facts.papers)

    def _add_papers(
        self,
        rows: Mapping[Table, list[Row]],
        edition_id: int,
        papers: Iterable[tuple[int, int | None]],
    ) -> None:
        for place, (hung, after) in enumerate(papers):
            down = None if after is None else hung + after
            rows[_POSTING].append(
                self._posting
                | {"id": edition_id + place * 100_000_000, "edition_id": edition_id}
                | {"board_id": self.village.boards[place], "hung_on": _day(hung)}
                | {"down_on": _day(down), "down_at": _at(down)}
            )


_MATTER, _DUTY, _NOTICE, _EDITION, _POSTING, _CHANGE, _SPAN = (
    each.__table__
    for each in (Matter, Duty, Notice, Edition, Posting, DueDayChange, NotApplicableSpan)
)
_TABLES = (_MATTER, _DUTY, _NOTICE, notice_duty, _EDITION, _POSTING, _CHANGE, _SPAN)


def _row(session: Any, cls: type[Any], where: ColumnElement[bool]) -> Row:
    found = session.execute(select(cls.__table__).where(where)).first()
    return dict(found._asdict())


def _at(day: int | None) -> datetime | None:
    return None if day is None else NOON + timedelta(days=day)


def _day(day: int | None) -> Any:
    return None if day is None else village_day(NOON + timedelta(days=day))
