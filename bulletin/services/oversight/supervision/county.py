"""督查 of a county: its townships side by side."""

from dataclasses import dataclass
from datetime import date, datetime

from bulletin.domain.deadlines.periods import Period
from bulletin.domain.people import Actor, SystemActor
from bulletin.services.access import ensure_of_county
from bulletin.services.oversight.supervision.overview import Supervision, supervision
from bulletin.services.site import Site
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
    with site.sessions.reading() as session:
        known = [(each.id, each.code, each.name) for each in townships(session)]
    found = [
        SupervisedTownship(
            code, name, supervision(site, SystemActor("", id_), now, period=period, as_of=as_of)
        )
        for id_, code, name in known
    ]
    return sorted(found, key=_badness)


def _badness(township: SupervisedTownship) -> tuple[bool, float, str]:
    share = township.found.share
    return not share.owed, share.on_time / share.owed if share.owed else 1.0, township.code
