"""When pages change: by somebody's act, which the history counts, or by themselves."""

from datetime import datetime

from sqlalchemy.orm import Session

from bulletin.domain.days import ONE_DAY, start_of, village_day
from bulletin.services.site import Site
from bulletin.store import publication_queries
from bulletin.store.asked_once import asked_once


def stamp(site: Site) -> int:
    """What changes whenever anything changes that a page could show: every act writes history."""
    return site.sessions.head.number()


@asked_once
def next_change(session: Session, now: datetime) -> datetime:
    """The next moment at which a page says something else without anybody's act: an opening, or midnight."""
    midnight = start_of(village_day(now) + ONE_DAY)
    due = publication_queries.next_due_at(session, after=now)
    return min(due, midnight) if due else midnight


def fresh_until(site: Site, now: datetime) -> datetime:
    """The same of all pages of a site."""
    with site.sessions.reading() as session:
        return next_change(session, now)
