"""What the outlets must have and have not, each with its last day."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Select
from sqlalchemy.orm import Session

from bulletin.domain.catalog.items import Channel
from bulletin.domain.days import start_of, village_day
from bulletin.domain.outlets.airing import airing_due_on, plan_at
from bulletin.domain.outlets.rules import due_on
from bulletin.services.catalog.in_force import township_catalog
from bulletin.services.site import Site
from bulletin.store.notices import Edition
from bulletin.store.outlets import Outlet, outlets_on
from bulletin.store.places import in_places
from bulletin.store.unsent import unsent, unsent_anywhere


@dataclass(frozen=True, kw_only=True)
class Missing:
    """One notice that one outlet misses."""

    place: date  # where it is listed: never before an older one of the same outlet
    due_on: date
    edition_id: int
    outlet: Outlet
    wanted: int  # times


def missing_anywhere(
    session: Session,
    site: Site,
    township_id: int,
    now: datetime,
    places: Collection[int | None] | None = None,
) -> Iterator[Missing]:
    """All that the outlets of a township must have and have not; those that ask for each notice at once.

    Args:
        places: only the outlets of some villages (None among them: the township's); None: every outlet.
    """
    day = village_day(now)
    of_places = in_places(Outlet.village_id, places)
    going_on = session.scalars(outlets_on(township_id, day).where(of_places))
    outlets = {each.id: each for each in going_on}
    for unsent_there in unsent_anywhere(township_id, now, day, places):
        for outlet_id, edition_id, publish_at in session.execute(unsent_there):
            outlet = outlets[outlet_id]
            if publish_at is not None and publish_at >= start_of(outlet.from_on):
                yield _missed(outlet, edition_id, publish_at)
    for outlet in outlets.values():
        if outlet.kind.is_asked_for:
            yield from missing_in(session, site, outlet, now)


def missing_in(session: Session, site: Site, outlet: Outlet, now: datetime) -> Iterator[Missing]:
    """All that one outlet must have and has not, the oldest first."""
    return oldest_missing(session, outlet, unsent_in(session, site, outlet, now))


def oldest_missing(
    session: Session, outlet: Outlet, unsent_there: Select[Edition], most: int | None = None
) -> Iterator[Missing]:
    """The oldest that an outlet misses. By another plan a later one may be due before them."""
    ids = unsent_there.with_only_columns(Edition.id, Edition.publish_at).limit(most)
    place = date.min
    for edition_id, publish_at in session.execute(ids):
        if publish_at is not None:  # what is public has a moment
            missed = _missed(outlet, edition_id, publish_at)
            place = max(place, missed.due_on)
            yield replace(missed, place=place)


def _missed(outlet: Outlet, edition_id: int, publish_at: datetime) -> Missing:
    plans = [each.plan for each in outlet.plans]
    due_on, plan = airing_due_on(plans, publish_at, outlet.days or 0), plan_at(plans, publish_at)
    return Missing(
        place=due_on,
        due_on=due_on,
        edition_id=edition_id,
        outlet=outlet,
        wanted=plan.airings if plan else 1,
    )


def due_in(outlet: Outlet, edition: Edition) -> date:
    """The last day to have a public edition there."""
    days = outlet.days or 0
    if edition.publish_at is None:
        return due_on(outlet.from_on, days)
    return airing_due_on([each.plan for each in outlet.plans], edition.publish_at, days)


def unsent_in(
    session: Session, site: Site, outlet: Outlet, now: datetime, village_id: int | None = None
) -> Select[Edition]:
    """What an outlet must have and has not; a loudspeaker what the catalog names it for."""
    codes = None
    if outlet.kind.is_asked_for:
        catalog = township_catalog(session, site, outlet.township_id)
        codes = [item.code for item in catalog.items if Channel.BROADCAST in item.channels]
    found = unsent(outlet, start_of(outlet.from_on), now, village_day(now), codes)
    return found if village_id is None else found.where(Edition.village_id == village_id)
