"""督查 of a county: its townships side by side."""

from dataclasses import dataclass
from datetime import date, datetime

from bulletin.domain.days import village_day
from bulletin.domain.deadlines.periods import Every, Period
from bulletin.domain.people import Actor, SystemActor
from bulletin.services.access import ensure_of_county
from bulletin.services.oversight.supervision.overview import Supervision, supervision_in
from bulletin.services.site import Site
from bulletin.store.asked_once import remember_answers
from bulletin.store.places import townships


@dataclass(frozen=True)
class SupervisedTownship:
    code: str
    name: str
    found: Supervision

    @property
    def villages(self) -> int:
        return sum(each.village_id is not None for each in self.found.places)


def supervised_townships(
    site: Site, actor: Actor, now: datetime, *, period: Period, as_of: date | None = None
) -> list[SupervisedTownship]:
    """Every township of the site as its own leader sees it; the smallest share on time first.

    Raises:
        Refused: the person oversees no county.
    """
    ensure_of_county(actor)
    return sorted(_supervised(site, now, period, as_of), key=_badness)


def count_townships(site: Site, now: datetime) -> None:
    """Count the year of today for every leader's page: it is kept, and nobody waits for it who opens one first."""
    _supervised(site, now, Period.containing(Every.YEAR, village_day(now)), None)


def _supervised(
    site: Site, now: datetime, period: Period, as_of: date | None
) -> list[SupervisedTownship]:
    with site.sessions.reading() as session:
        remember_answers(session)
        return [
            SupervisedTownship(
                each.code,
                each.name,
                supervision_in(
                    session, site, SystemActor("", each.id), now, period=period, as_of=as_of
                ),
            )
            for each in townships(session)
        ]


def _badness(township: SupervisedTownship) -> tuple[bool, float, str]:
    share = township.found.share
    return not share.owed, share.on_time / share.owed if share.owed else 1.0, township.code
