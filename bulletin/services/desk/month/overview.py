"""日历: what falls on the days of a month, for the person signed in: what is due, goes out, is hung, comes off."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from sqlalchemy.orm import Session

from bulletin.domain.days import village_day
from bulletin.domain.deadlines.periods import Every, Period
from bulletin.domain.deadlines.workdays import WorkCalendar, days_between
from bulletin.domain.duties.disclosure_day import next_disclosure_day, read_disclosure_day
from bulletin.domain.people import Actor
from bulletin.services.desk.month.duties import duties_of, reminders_of
from bulletin.services.desk.month.papers import hangings_of, publications_of, takings_off
from bulletin.services.desk.month.work import MonthLine, MonthQuestion, MonthWork, WorkOf
from bulletin.services.duties.lists.kept import kept_counts
from bulletin.services.site import Site
from bulletin.store.month_lists import disclosure_days

SHOWN = 3  # lines of a kind on one day of the whole month


@dataclass(frozen=True)
class DayWork:
    """All of one kind on one day."""

    work: MonthWork
    count: int
    lines: tuple[MonthLine, ...]  # the first of them
    is_late: bool  # it should have been done

    @property
    def more(self) -> int:
        return self.count - sum(line.count for line in self.lines)


@dataclass(frozen=True, kw_only=True)
class MonthDay:
    on: date
    off: str  # 国庆节, 周末; '' for a work day
    is_working_weekend: bool  # 调休
    disclosure_of: tuple[str, ...]  # the villages whose 集中公开日 it is
    work: tuple[DayWork, ...]


@dataclass(frozen=True, kw_only=True)
class MonthView:
    first_on: date
    last_on: date
    days: tuple[MonthDay, ...]  # every day of the span
    is_confirmed: bool  # its holidays are announced; else they are predicted

    @property
    def is_empty(self) -> bool:
        return not any(day.work for day in self.days)

    @property
    def works(self) -> frozenset[MonthWork]:
        """The kinds that stand in it, of which a legend speaks."""
        return frozenset(each.work for day in self.days for each in day.work)

    @property
    def previous_on(self) -> date:
        return Period.containing(Every.MONTH, self.first_on).previous().first

    @property
    def next_on(self) -> date:
        return Period.containing(Every.MONTH, self.first_on).next().first


def month_view(
    site: Site, actor: Actor, now: datetime, month_on: date, *, village_id: int | None = None
) -> MonthView:
    """The month of a day.

    Args:
        village_id: only this village's; None: every place that the person may see.
    """
    month = Period.containing(Every.MONTH, month_on)
    return _view(site, actor, now, (month.first, month.last), village_id, SHOWN)


def day_view(
    site: Site, actor: Actor, now: datetime, on: date, *, village_id: int | None = None, shown: int
) -> MonthView:
    """One day alone, with more of its lines.

    Args:
        shown: lines of each kind.
    """
    return _view(site, actor, now, (on, on), village_id, shown)


def _view(
    site: Site,
    actor: Actor,
    now: datetime,
    span: tuple[date, date],
    village_id: int | None,
    shown: int,
) -> MonthView:
    places = _places(actor, village_id)
    with site.sessions.reading() as session:
        asked = MonthQuestion(
            session=session,
            site=site,
            actor=actor,
            now=now,
            places=places,
            span=span,
            shown=shown,
        )
        question = "month", places, span, shown
        count = partial(_of_everybody, asked)
        kept = kept_counts(session, site, actor.township_id, question, now, count)
        work = (*kept.works, reminders_of(asked))
        disclosure = _disclosure_days(session, site.calendar, actor, places, span)
    today = village_day(now)
    return MonthView(
        first_on=span[0],
        last_on=span[1],
        days=tuple(_day(on, site.calendar, disclosure, work, today) for on in days_between(*span)),
        is_confirmed=site.calendar.is_confirmed(span[0]),
    )


@dataclass(frozen=True)
class _Works:
    works: tuple[WorkOf, ...]

    def __len__(self) -> int:
        return sum(len(work.counts) + sum(map(len, work.lines.values())) for work in self.works)


def _of_everybody(asked: MonthQuestion) -> _Works:
    """What is the same for all who see the same places."""
    papers = (hangings_of(asked), takings_off(asked), *publications_of(asked))
    return _Works((duties_of(asked), *papers))


def _places(actor: Actor, village_id: int | None) -> frozenset[int | None] | None:
    """The villages asked for, of those that the person may see."""
    if village_id is None:
        return actor.places
    return frozenset({village_id} if actor.may_see(village_id) else ())


def _day(
    on: date,
    calendar: WorkCalendar,
    disclosure: dict[date, list[str]],
    work: Iterable[WorkOf],
    today: date,
) -> MonthDay:
    return MonthDay(
        on=on,
        off=calendar.why_off(on),
        is_working_weekend=on in calendar.working_weekends,
        disclosure_of=tuple(disclosure.get(on, ())),
        work=tuple(_of_day(each, on, today) for each in work if each.counts[on]),
    )


def _of_day(of: WorkOf, on: date, today: date) -> DayWork:
    late = of.work.is_to_do and on < today
    return DayWork(of.work, of.counts[on], tuple(of.lines.get(on, ())), late)


def _disclosure_days(
    session: Session,
    calendar: WorkCalendar,
    actor: Actor,
    places: Collection[int | None] | None,
    span: tuple[date, date],
) -> dict[date, list[str]]:
    """集中公开日 within a span, with the villages whose day it is."""
    named = session.execute(disclosure_days(actor.township_id, places)).all()
    day_of: dict[str, date] = {
        words: next_disclosure_day(read_disclosure_day(words), calendar, span[0])
        for words in Counter(words for _, words in named)
    }
    found: dict[date, list[str]] = {}
    for name, words in named:
        if day_of[words] <= span[1]:
            found.setdefault(day_of[words], []).append(name)
    return found
