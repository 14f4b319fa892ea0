"""What the database knows of some duties: when each answer could be read, hung, or did not apply."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from threading import Lock
from typing import Any

from cachetools import LRUCache, cached
from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from bulletin.domain.boards.display_time import last_day_on_board
from bulletin.domain.catalog.items import DisclosureItem
from bulletin.domain.days import ONE_DAY, start_of, village_day
from bulletin.domain.deadlines.posting_end import end_notes, posting_end, read_end
from bulletin.domain.deadlines.posting_requirements import asked_periods, period_words
from bulletin.domain.deadlines.workdays import WorkCalendar
from bulletin.domain.duties.coverage import BY_WEB_AND_BOARD, Evidence, NotApplicable
from bulletin.domain.duties.displays import Display, Ending
from bulletin.domain.languages.sentences import say_each
from bulletin.domain.notices.workflow import APPROVED, State
from bulletin.services.site import Site
from bulletin.store.coverage_queries import (
    days_before,
    edition_facts,
    hung_facts,
    not_applicable_facts,
    report_facts,
)
from bulletin.store.duties import Duty
from bulletin.store.notice_queries import chunks


class EvidenceBook:
    """The evidence of some duties as of a day: a few queries, however many duties they are."""

    def __init__(
        self, session: Session, site: Site, which: ColumnElement[bool], day: date, now: datetime
    ) -> None:
        """Read it all.

        Args:
            which: the duties.
            day: the day asked for; due days that moved after it are taken as they were.
            now: what is to be published later today is not public yet.
        """
        self._site, self._now, self._day = site, now, day
        self._is_today = day == village_day(now)
        self._paper_time = paper_times(site.calendar)
        self._web: dict[int, list[Display]] = defaultdict(list)
        self._wall: dict[int, list[Display]] = defaultdict(list)
        self._not_applicable: dict[int, list[NotApplicable]] = defaultdict(list)
        self._due_days = dict(session.execute(days_before(which, start_of(day + ONE_DAY))).all())
        self.codes: dict[int, str] = {}  # of the first notice that answers a duty
        self._reports: dict[
            int, tuple[int, date]
        ] = {}  # the year of a report, the day of its issue
        self._read_notices(session, which)
        self._read_reports(session, which)
        self._read_not_applicable(session, which)

    def due_on(self, duty: Any) -> date | None:
        """The day of a duty as it was on the day asked for."""
        due_on: date | None = self._due_days.get(duty.id, duty.due_on)
        return due_on

    def of(self, duty: Any, item: DisclosureItem | None) -> Evidence:
        """What is known of a duty, given as a row or a record; None for an item nobody knows."""
        _year, issued_on = self._reports.get(duty.id, (None, None))
        return Evidence(
            due_on=self.due_on(duty),
            web=tuple(self._web.get(duty.id, ())),
            wall=tuple(self._wall.get(duty.id, ())),
            not_applicable=tuple(self._not_applicable.get(duty.id, ())),
            channels=frozenset(item.channels) if item else BY_WEB_AND_BOARD,
            web_alone_from=issued_on,
        )

    def report_of(self, duty_id: int) -> int | None:
        """The year of the annual report that answered a duty by the day asked for."""
        year, issued_on = self._reports.get(duty_id, (None, date.max))
        return year if issued_on <= self._day else None

    def _read_reports(self, session: Session, which: ColumnElement[bool]) -> None:
        for duty_id, year, issued_at in session.execute(report_facts(which)):
            if not (self._is_today and issued_at > self._now):
                issued_on = village_day(issued_at)
                self._reports[duty_id] = year, issued_on
                self._web[duty_id].append(Display(from_on=issued_on))

    def _read_notices(self, session: Session, which: ColumnElement[bool]) -> None:
        by_notice: dict[tuple[int, int], list[Any]] = defaultdict(list)
        for edition in session.execute(edition_facts(which)):
            by_notice[edition.duty_id, edition.notice_id].append(edition)
        editions: dict[tuple[int, int], tuple[Any, Display]] = {}
        for (duty_id, _), of_notice in by_notice.items():
            begun = [edition for edition in of_notice if not self._comes_later(edition)]
            for edition in of_notice:
                page = _on_web(edition, begun)
                editions[duty_id, edition.id] = edition, page
                if edition in begun and edition.state in APPROVED:
                    self._web[duty_id].append(page)
                    self.codes.setdefault(duty_id, edition.code)
        for duty_id, edition_id, hung_on, down_on in session.execute(hung_facts(which)):
            if (duty_id, edition_id) in editions:
                paper = self._on_wall(*editions[duty_id, edition_id], hung_on, down_on)
                self._wall[duty_id].append(paper)

    def _comes_later(self, edition: Any) -> bool:
        return self._is_today and edition.publish_at > self._now

    def _on_wall(self, edition: Any, page: Display, hung_on: date, down_on: date | None) -> Display:
        last_on, asked = self._paper_time(
            hung_on,
            edition.closes_on,
            edition.personal,
            edition.posting_days,
            edition.posting_unit,
            edition.posting_requirements,
            edition.closing,
        )
        ending, ended_on = page.ending, page.ended_on
        redacted_on = village_day(edition.redacted_at) if edition.redacted_at else None
        if redacted_on is not None and (ended_on is None or redacted_on < ended_on):
            ending, ended_on = Ending.REDACTED, redacted_on
        return Display(
            from_on=hung_on,
            until_on=down_on,
            last_on=last_on,
            asked=asked,
            why_last=_why_last(self._site.calendar, edition, hung_on, last_on)
            if down_on is not None and down_on <= last_on
            else "",
            ending=ending,
            ended_on=ended_on,
        )

    def _read_not_applicable(self, session: Session, which: ColumnElement[bool]) -> None:
        for query in not_applicable_facts(which):
            for duty_id, reason, from_at, until_at, declared_by in session.execute(query):
                self._not_applicable[duty_id].append(
                    NotApplicable(
                        reason=reason,
                        from_on=village_day(from_at) if from_at else date.min,
                        until_on=village_day(until_at) if until_at else None,
                        declared_by=declared_by or "",
                    )
                )


@cached(LRUCache(maxsize=8), key=id, lock=Lock())
def paper_times(calendar: WorkCalendar) -> Callable[..., tuple[date, str]]:
    """Tells of papers their last day on the board, and the time in words; thousands share few of them."""

    @lru_cache(maxsize=20_000)
    def paper_time(
        hung_on: date,
        closes_on: date,
        personal: bool,
        days: int,
        unit: str,
        requirements: str,
        closing: str,
    ) -> tuple[date, str]:
        asked = asked_periods(days, unit, json.loads(requirements))
        moves_ends = bool(json.loads(closing).get("moves"))  # by the rule of its time
        own = replace(calendar, moves_ends=moves_ends)
        last_on = last_day_on_board(hung_on, closes_on, asked, own, personal=personal)
        return last_on, period_words(asked)

    return paper_time


def _why_last(calendar: WorkCalendar, edition: Any, hung_on: date, last_on: date) -> str:
    """Why a paper's last day on the board is not where the count ends; '' where it is."""
    stored = json.loads(edition.closing)
    if last_on == edition.closes_on:
        end = read_end(last_on, hung_on, stored)
    else:
        wanted = json.loads(edition.posting_requirements)
        asked = asked_periods(edition.posting_days, edition.posting_unit, wanted)
        own = replace(calendar, moves_ends=bool(stored.get("moves")))
        end = posting_end(asked, hung_on, own)
    return say_each("；", end_notes(end))


def _on_web(edition: Any, of_notice: Iterable[Any]) -> Display:
    """When an edition could be read: until it was taken down, or the next one took its place.

    After a redaction the fact and the posting period stay.
    """
    ends: list[tuple[datetime, Ending]] = [
        (later.publish_at, Ending.REPLACED)
        for later in of_notice
        if later.number > edition.number and later.state in APPROVED
    ]
    if edition.state in {State.TAKEN_DOWN, State.CANCELLED} and edition.ended_at is not None:
        ends.append((edition.ended_at, Ending.TAKEN_DOWN))
    ended_at, ending = min(ends, default=(None, None))
    ended_on = village_day(ended_at) if ended_at else None
    return Display(
        from_on=village_day(edition.publish_at),
        until_on=ended_on,
        last_on=edition.closes_on,
        ending=ending,
        ended_on=ended_on,
        reason=edition.end_reason if ending is Ending.TAKEN_DOWN else "",
    )


def evidence_books(
    session: Session, site: Site, duty_ids: list[int], day: date, now: datetime
) -> dict[int, EvidenceBook]:
    """The book in which each of some duties stands, by duty id."""
    books: dict[int, EvidenceBook] = {}
    for some in chunks(duty_ids):
        books |= dict.fromkeys(some, EvidenceBook(session, site, Duty.id.in_(some), day, now))
    return books
