"""A process of its own that works in a site, for tests of many processes at once.

Run in `tests` as `python -m support.worker_process confirm|tick MOMENT CODE…` with the settings in the
environment. It prints `ready`, waits for a line, works, and prints the code of each notice that it took
through its step.
"""

import sys
from collections.abc import Iterable
from datetime import datetime

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


def tell(lines: Iterable[str]) -> None:
    """Print lines for the test that started this process, at once."""
    for line in lines:
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()


def actor_called(site: Site, login: str, now: datetime) -> Actor:
    with site.sessions.reading() as session:
        person = session.scalars(select(Person).where(Person.login == login)).one()
        return actor_of(session, person, now.date())


def confirm(site: Site, now: datetime, codes: list[str]) -> None:
    head = actor_called(site, "zhao", now)
    for code in codes:
        try:
            review.take_step(site, head, code, Act.CONFIRM, now, meeting_on=now.date())
        except BulletinError:
            continue  # another process was faster
        tell([code])


def tick(site: Site, now: datetime, _codes: list[str]) -> None:
    for _ in range(SWEEPS):
        tick_once(site, now)


WORK = {"confirm": confirm, "tick": tick}


def main() -> None:
    work, moment, *codes = sys.argv[1:]
    site = open_site(read_settings(None))
    tell(["ready"])
    sys.stdin.readline()
    WORK[work](site, datetime.fromisoformat(moment), codes)


if __name__ == "__main__":
    main()
