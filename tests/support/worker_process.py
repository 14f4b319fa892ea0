"""A process of its own that works in a site, for tests of many processes at once."""

import os
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime
from multiprocessing.queues import SimpleQueue
from multiprocessing.synchronize import Barrier

from sqlalchemy import select

from bulletin.clock.jobs import tick_once
from bulletin.domain.errors import BulletinError
from bulletin.domain.notices.workflow import Act
from bulletin.domain.people import Actor
from bulletin.services.notices.reviews import review
from bulletin.services.site import Site
from bulletin.settings import read_settings
from bulletin.store.people import Person, actor_of
from bulletin.wiring import open_site

SWEEPS = 12
PATIENCE = 120  # seconds; a busy machine


def tell(lines: Iterable[str]) -> None:
    """Print lines for the test that started this process, at once."""
    for line in lines:
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()


def actor_called(site: Site, login: str, now: datetime) -> Actor:
    with site.sessions.reading() as session:
        person = session.scalars(select(Person).where(Person.login == login)).one()
        return actor_of(session, person, now.date())


def confirm(site: Site, now: datetime, codes: list[str]) -> Iterator[str]:
    head = actor_called(site, "zhao", now)
    for code in codes:
        try:
            review.take_step(site, head, code, Act.CONFIRM, now, meeting_on=now.date())
        except BulletinError:
            continue  # another process was faster
        yield code


def tick(site: Site, now: datetime, _codes: list[str]) -> Iterator[str]:
    for _ in range(SWEEPS):
        tick_once(site, now)
    yield from ()


WORK = {"confirm": confirm, "tick": tick}


def run(
    work: str,
    now: datetime,
    codes: list[str],
    environment: dict[str, str],
    together: Barrier,
    told: "SimpleQueue[str]",
) -> None:
    """What the process does: all of them open the site, and then begin at once.

    Args:
        environment: names the site.
        told: gets the code of each notice that the process took through its step.
    """
    os.environ.update(environment)
    site = open_site(read_settings(None))
    together.wait(PATIENCE)
    for code in WORK[work](site, now, codes):
        told.put(code)
