"""The end of a notice's posting period: what its items ask, and the day that it serves."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from bulletin.domain.catalog.items import DisclosureItem
from bulletin.domain.days import day_words, village_day
from bulletin.domain.deadlines.posting_end import PostingEnd, ServedDay, posting_end
from bulletin.domain.deadlines.workdays import WorkCalendar
from bulletin.domain.duties.matters import read_phase
from bulletin.domain.languages.sentences import Sentence, say
from bulletin.services.catalog.in_force import adopted
from bulletin.services.duties.due_date import calendar_of, counts_back, limit_of
from bulletin.services.site import Site
from bulletin.store.catalogs import Adoption
from bulletin.store.duties import Duty, Matter
from bulletin.store.notices import Edition, Notice
from bulletin.store.period_extensions import PeriodExtension


def edition_end(session: Session, site: Site, edition: Edition, opens_on: date) -> PostingEnd:
    """The end of an edition that hangs from a day on, by what is known now."""
    calendar = edition_calendar(site, edition)
    return posting_end(
        edition.asked_periods, opens_on, calendar, served_day(session, edition.notice)
    )


def extension_words(extension: PeriodExtension) -> Sentence:
    """公示期延长到2027年1月5日，原来到2027年1月4日（2026年12月1日改：放假安排公布）."""
    return say(
        "公示期延长到%(later)s，原来到%(before)s（%(day)s改：%(cause)s）。",
        later=day_words(extension.closes_on),
        before=day_words(extension.before_on),
        day=day_words(village_day(extension.at)),
        cause=extension.cause.label,
    )


def edition_calendar(site: Site, edition: Edition) -> WorkCalendar:
    """The calendar by which its period was fixed; before approval that of its township today."""
    fixed = edition.posting_end
    if fixed is None:
        return calendar_of(site, edition.notice.township)
    return replace(site.calendar, moves_ends=fixed.moves)


def served_day(session: Session, notice: Notice) -> ServedDay | None:
    """The latest of the days that a notice serves; one that nobody recorded only when none is known."""
    served = [
        ServedDay(event, max(_days_of(session, duty, event), default=None))
        for duty in notice.duties
        if (event := _event_of(session, duty))
    ]
    return max(served, key=lambda each: each.on or date.min, default=None)


def _event_of(session: Session, duty: Duty) -> str:
    """The event up to which a duty's notice has to stay; '' for none.

    What must be public so many days before an event serves that event, whichever catalog says so.
    """
    item = _item_of(session, duty)
    if item is None:
        return ""
    if item.posting_until:
        return item.posting_until
    return limit_of(duty, item).event or "" if counts_back(duty, item) else ""


def _item_of(session: Session, duty: Duty) -> DisclosureItem | None:
    return adopted(session.get_one(Adoption, duty.adoption_id)).find(duty.item_code)


def _days_of(session: Session, duty: Duty, event: str) -> Iterator[date]:
    """The days on which an event of a duty's matter happens, as far as they are recorded."""
    for other in duty.matter.duties if duty.matter else [duty]:
        if other.event_on is not None and event in _names_of(session, other):
            yield other.event_on


def _names_of(session: Session, duty: Duty) -> set[str]:
    """What the event of a duty is called: by its step, and by the rule that counts from it."""
    item = _item_of(session, duty)
    names = {_step_event(duty.matter, duty.step), duty.label}
    return names | ({limit_of(duty, item).event or ""} if item else set())


def _step_event(matter: Matter | None, step: int | None) -> str:
    phases = matter.phases if matter else []
    return read_phase(phases[step]).event if phases and step is not None else ""
