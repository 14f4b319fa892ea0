"""Deputies: who stands in for whom now and later, and who could."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from sqlalchemy.orm import Session

from bulletin.domain.days import village_day
from bulletin.domain.people import REVIEW_ROLES, Actor
from bulletin.services.site import Site
from bulletin.store.deputations import DeputationRecord, deputations_since
from bulletin.store.people import Appointment, Person, appointments_in

TOWNSHIP = "乡镇"


@dataclass(frozen=True, kw_only=True)
class ShownDeputation:
    id: int
    absent: str
    deputy: str
    from_on: date
    until_on: date
    is_now: bool
    may_end: bool


@dataclass(frozen=True, kw_only=True)
class PersonChoice:
    id: int
    name: str
    roles: str  # 张家村村务监督委员会成员、乡镇督查
    reviews: bool  # whether there is a step of theirs that somebody could take


@dataclass(frozen=True, kw_only=True)
class Deputies:
    standing: tuple[ShownDeputation, ...]  # the next first
    people: tuple[PersonChoice, ...]  # everybody with a role today

    @property
    def absentees(self) -> tuple[PersonChoice, ...]:
        return tuple(person for person in self.people if person.reviews)


def deputies(site: Site, actor: Actor, now: datetime) -> Deputies:
    """What concerns this person; of the whole township for its administrator."""
    day = village_day(now)
    own = None if actor.administers else (actor.id or 0,)
    with site.sessions.reading() as session:
        standing = session.scalars(deputations_since(actor.township_id, day, people=own))
        return Deputies(
            standing=tuple(_shown(actor, each, day) for each in standing),
            people=_choices(session, actor, day),
        )


def _shown(actor: Actor, agreed: DeputationRecord, day: date) -> ShownDeputation:
    return ShownDeputation(
        id=agreed.id,
        absent=agreed.absent_name,
        deputy=agreed.deputy_name,
        from_on=agreed.from_on,
        until_on=agreed.until_on,
        is_now=agreed.terms.holds_on(day),
        may_end=actor.administers or actor.id == agreed.absent_id,
    )


def _choices(session: Session, actor: Actor, day: date) -> tuple[PersonChoice, ...]:
    held = session.scalars(appointments_in(actor.township_id, day))
    by_person = groupby(held, key=lambda appointment: appointment.person)
    return tuple(_choice(person, list(appointments)) for person, appointments in by_person)


def _choice(person: Person, held: list[Appointment]) -> PersonChoice:
    return PersonChoice(
        id=person.id,
        name=person.name,
        roles="、".join(map(_words, held)),
        reviews=any(appointment.role in REVIEW_ROLES for appointment in held),
    )


def _words(held: Appointment) -> str:
    """张家村信息员; 乡镇分管领导 says by itself where."""
    place = held.village.name if held.village else TOWNSHIP
    label = held.role.label
    return label if label.startswith(TOWNSHIP) else f"{place}{label}"
