"""Periods that could not be read online for a while, and how each could be made good."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from bulletin.domain.boards.display_time import OutageSpan, hidden_by, made_good
from bulletin.domain.days import ONE_DAY, start_of
from bulletin.services.boards.due_sheets import due_days, ended_on
from bulletin.services.duties.posting_end import edition_calendar
from bulletin.services.site import Site
from bulletin.store.heartbeat import outages_between
from bulletin.store.notices import Edition


@dataclass(frozen=True, kw_only=True)
class HiddenLine:
    """A period that could not be read online for a while, and how it could be made good."""

    code: str
    title: str
    from_on: date  # the first and the last day that was hidden for an hour or longer
    until_on: date
    hours: int
    closes_on: date
    proposed: date  # the last day, with the hidden days added


def hidden_lines(
    session: Session, site: Site, editions: Iterable[Edition], first_on: date, last_on: date
) -> Iterator[HiddenLine]:
    """What outages hid of each edition that is still in force and was not made good since."""
    outages = session.scalars(outages_between(start_of(first_on), start_of(last_on + ONE_DAY)))
    spans = [OutageSpan(outage.from_at, outage.until_at) for outage in outages]
    for edition in editions:
        if edition.closes_on is None or ended_on(edition) is not None:
            continue
        hidden = hidden_by(_since(edition.publish_at, spans), *due_days(edition))
        if hidden is None:
            continue
        proposed = made_good(
            edition.closes_on, hidden, edition.asked_periods, edition_calendar(site, edition)
        )
        if proposed > edition.closes_on:
            yield HiddenLine(
                code=edition.notice.code,
                title=edition.title,
                from_on=hidden.days[0],
                until_on=hidden.days[-1],
                hours=hidden.hours,
                closes_on=edition.closes_on,
                proposed=proposed,
            )


def _since(moment: datetime | None, spans: Iterable[OutageSpan]) -> Iterator[OutageSpan]:
    """What could not be read before it was public hid nothing."""
    for span in spans:
        if moment is not None and span.until_at > moment:
            yield OutageSpan(max(moment, span.from_at), span.until_at)
