"""Upkeep of a data folder: migrate, and a check that says what is wrong and how to mend it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.exc import DBAPIError

from bulletin.domain.days import instant_words
from bulletin.domain.refusals import Misconfigured
from bulletin.services.addresses import address_fault
from bulletin.services.house import House
from bulletin.services.publishing import PUBLISH_TICK
from bulletin.services.recording import clock_fault
from bulletin.store import clockwork, migrating
from bulletin.store.places import the_township

SILENT_AFTER = timedelta(minutes=10)


@dataclass(frozen=True)
class Ailment:
    """One thing that is wrong, and the remedy. `grave`: the house must not run like this."""

    what: str
    remedy: str
    grave: bool = True


def migrate(house: House) -> str:
    """Create or upgrade the tables; returns the revision."""
    migrating.upgrade(house.sessions.engine)
    return migrating.newest()


def ensure_migrated(house: House) -> None:
    """Stop before serving a database of another release.

    Raises:
        Misconfigured: with the remedy.
    """
    stands, newest = migrating.stands_at(house.sessions.engine), migrating.newest()
    if stands is None:
        raise Misconfigured("this data folder is empty: run `bulletin init` (or `bulletin demo`)")
    if stands != newest:
        raise Misconfigured(
            f"the database stands at {stands}, this release needs {newest}: run `bulletin migrate`"
        )


def check(house: House, now: datetime) -> list[Ailment]:
    """Look the house over. Empty: all is well."""
    return list(_ailments(house, now))


def _ailments(house: House, now: datetime) -> Iterator[Ailment]:
    try:
        ensure_migrated(house)
    except Misconfigured as fault:
        yield Ailment(str(fault), "see above")
        return
    except DBAPIError as fault:
        yield Ailment(
            f"the database cannot be opened: {fault.orig}",
            "check BULLETIN_DATABASE_URL and the disk",
        )
        return
    with house.sessions.reading() as session:
        if the_township(session) is None:
            yield Ailment("no township yet", "run `bulletin init`")
            return
        if behind := clock_fault(session, now):
            yield Ailment(behind, "set this machine's clock")
        beat = clockwork.last_beat(session, PUBLISH_TICK)
    if astray := address_fault(house.public_url):
        yield Ailment(
            astray,
            "set BULLETIN_PUBLIC_URL to the address that residents' phones can open",
            grave=not house.rehearsal,
        )
    if beat is None or now - beat > SILENT_AFTER:
        last = instant_words(beat) if beat else "never"
        yield Ailment(
            f"the clock is silent, last tick: {last}",
            "start `bulletin serve` or `bulletin clock`",
            grave=False,
        )
