"""The papers of a month: what goes out, what is hung and what comes off."""

from collections.abc import Callable
from datetime import date
from typing import Any

from bulletin.domain.days import ONE_DAY, village_day, village_time
from bulletin.services.boards.overview import sheet_of
from bulletin.services.desk.month.work import MonthLine, MonthQuestion, MonthWork, WorkOf
from bulletin.services.duties.evidence import paper_times
from bulletin.services.site import Site
from bulletin.store import month_lists
from bulletin.store.notice_queries import chunks


def publications_of(asked: MonthQuestion) -> tuple[WorkOf, WorkOf]:
    kinds = (WorkOf(MonthWork.SCHEDULED), WorkOf(MonthWork.PUBLISHED))
    listed = month_lists.publications_on_days(*asked.where, asked.shown)
    for row in asked.session.execute(listed):
        at = f"{village_time(row.publish_at):%H:%M}"
        line = MonthLine(title=row.title, place=asked.village(row), at=at, target=row.code)
        kinds[row.has_come].counts[row.day] = row.total
        kinds[row.has_come].name(row.day, line)
    return kinds


def hangings_of(asked: MonthQuestion) -> WorkOf:
    work = WorkOf(MonthWork.HANG)
    for row in asked.session.execute(month_lists.hangings_on_days(*asked.where, asked.shown)):
        where = row.board if row.boards == 1 else f"{row.boards}块公开栏"
        place = f"{asked.village(row)} {where}".strip()
        line = MonthLine(title=row.title, place=place, target=row.code, count=row.boards)
        work.counts[row.day] = int(row.total)
        work.name(row.day, line)
    return work


def takings_off(asked: MonthQuestion) -> WorkOf:
    """Each paper on the day after its last; what is no longer in force, today."""
    work, today = WorkOf(MonthWork.TAKE_OFF), village_day(asked.now)
    hanging = month_lists.hanging_until(asked.actor.township_id, asked.places, asked.span[1], today)
    last_day = _last_days(asked.site)
    rows = asked.session.execute(hanging).all()
    stale = _stale_among(asked, [row.id for row in rows if row.may_be_stale])
    named: dict[int, date] = {}
    for row in rows:
        day = today if row.id in stale else last_day(row) + ONE_DAY
        if asked.holds(day):
            work.counts[day] += 1
            if work.counts[day] <= asked.shown:
                named[row.id] = day
    for row in asked.session.execute(month_lists.papers(named)):
        place = f"{asked.village(row)} {row.board}".strip()
        work.name(named[row.id], MonthLine(title=row.title, place=place, target=row.code))
    return work


def _stale_among(asked: MonthQuestion, posting_ids: list[int]) -> frozenset[int]:
    """Those of some papers that are no longer in force."""
    postings = (
        posting
        for some in chunks(posting_ids)
        for posting in asked.session.scalars(month_lists.postings_among(some))
    )
    sheets = (sheet_of(asked.site, posting, asked.now) for posting in postings)
    return frozenset(sheet.posting_id for sheet in sheets if sheet.is_stale)


def _last_days(site: Site) -> Callable[[Any], date]:
    """The last day of a paper on its board, as the evidence of its duty has it."""
    paper_time = paper_times(site.calendar)

    def last_day(row: Any) -> date:
        if row.personal or row.closes_on is None:
            return row.closes_on or date.max - ONE_DAY
        last_on, _words = paper_time(
            row.hung_on,
            row.closes_on,
            row.personal,
            row.posting_days,
            row.posting_unit,
            row.posting_requirements,
            row.closing,
        )
        return last_on

    return last_day
