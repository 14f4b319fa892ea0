"""督查 by person: who answers for which places on a day, and how these stand."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from bulletin.domain.duties.coverage_shares import Share
from bulletin.domain.oversight.supervision import Outcomes, share_on_time, sum_of
from bulletin.domain.people import Actor, Role
from bulletin.services.oversight.supervision.overview import SupervisedPlace, Supervision
from bulletin.services.site import Site
from bulletin.store.people import holders_on
from bulletin.store.responsibilities import responsibilities_on

ANSWERING = (Role.VILLAGE_HEAD, Role.LIAISON)  # the head first: 第一责任人


@dataclass(frozen=True)
class ResponsiblePerson:
    """Somebody with all the places for which they hold a role."""

    name: str  # '' where nobody holds it
    role: str
    places: tuple[SupervisedPlace, ...]

    @property
    def outcomes(self) -> Outcomes:
        return sum_of(each.figures.outcomes for each in self.places)

    @property
    def share(self) -> Share:
        return share_on_time(self.outcomes)

    @property
    def late_questions(self) -> int:
        return sum(each.figures.late_questions for each in self.places)

    @property
    def stale_sheets(self) -> int:
        return sum(each.figures.stale_sheets for each in self.places)


def responsible_people(site: Site, actor: Actor, found: Supervision) -> list[ResponsiblePerson]:
    """Whose villages stand how, the smallest share on time first; a seat that nobody has is named, too."""
    people = [each for role in ANSWERING for each in _with_role(site, actor, found, role)]
    return sorted([*people, *_with_villages(site, actor, found)], key=_badness)


def _with_villages(site: Site, actor: Actor, found: Supervision) -> Iterable[ResponsiblePerson]:
    """包村: who answers for villages by 责任分工, with an account or without."""
    by_id = {each.village_id: each for each in found.places if each.village_id is not None}
    held: dict[str, list[SupervisedPlace]] = defaultdict(list)
    with site.sessions.reading() as session:
        for seat in session.scalars(responsibilities_on(actor.township_id, found.as_of)).unique():
            if seat.village_id in by_id:
                held[seat.name].append(by_id[seat.village_id])
    for name, places in held.items():
        yield ResponsiblePerson(name, "包村", tuple(places))


def _with_role(
    site: Site, actor: Actor, found: Supervision, role: Role
) -> Iterable[ResponsiblePerson]:
    held: dict[int, list[SupervisedPlace]] = defaultdict(list)
    names: dict[int, str] = {}
    by_id = {each.village_id: each for each in found.places}
    with site.sessions.reading() as session:
        for seat in session.scalars(holders_on(actor.township_id, role, found.as_of)):
            if seat.village_id in by_id:
                names[seat.person_id] = seat.person.name
                held[seat.person_id].append(by_id[seat.village_id])
    for person_id, places in held.items():
        yield ResponsiblePerson(names[person_id], role.label, tuple(places))
    taken = {each.village_id for places in held.values() for each in places}
    vacant = [each for each in found.places if each.village_id and each.village_id not in taken]
    if vacant:
        yield ResponsiblePerson("", role.label, tuple(vacant))


def _badness(person: ResponsiblePerson) -> tuple[bool, float, str]:
    share = person.share
    return not share.owed, share.on_time / share.owed if share.owed else 1.0, person.name
