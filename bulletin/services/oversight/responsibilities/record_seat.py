"""Somebody takes a seat, or leaves it; what was held stays in the list."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from bulletin.domain.errors import NotFoundError, Refusal, Refused, refuse
from bulletin.domain.oversight.responsibilities import LeadSeat
from bulletin.domain.people import Actor
from bulletin.services.access import NO_VILLAGE
from bulletin.services.history import record
from bulletin.services.oversight.office import ensure_organises
from bulletin.services.site import Site
from bulletin.store.people import Person
from bulletin.store.places import Village
from bulletin.store.responsibilities import Responsibility

MAX_NAME, MAX_POST, MAX_COVERS = 30, 40, 120  # characters


@dataclass(frozen=True, kw_only=True)
class NewSeat:
    seat: LeadSeat
    person_id: int | None = None  # None: somebody without an account, by name
    name: str = ""
    post: str = ""
    covers: str = ""
    village_id: int | None = None
    from_on: date


def take_seat(site: Site, actor: Actor, new: NewSeat, now: datetime) -> int:
    """Somebody answers for something from a day on; returns the id of the seat.

    Raises:
        NotFoundError: no such person or village in the township.
        Refused: not an organiser, nobody named, or too long.
    """
    ensure_organises(actor)
    with site.sessions.writing() as session:
        person = _person(session, actor, new.person_id)
        if new.village_id is not None:
            _ensure_village(session, actor, new.village_id)
        name = person.name if person else new.name.strip()
        if reasons := _why_not(name, new):
            raise Refused(*reasons)
        seat = Responsibility(
            township_id=actor.township_id,
            seat=new.seat,
            person_id=new.person_id,
            name=name,
            post=new.post.strip(),
            covers=new.covers.strip(),
            village_id=new.village_id,
            from_on=new.from_on,
            entered_at=now,
            entered_by=actor.id,
        )
        session.add(seat)
        session.flush()
        facts = {"seat": new.seat.value, "from_on": new.from_on.isoformat()}
        record(session, actor, "take_seat", f"responsibility {seat.id}", now, **facts)
        return seat.id


def leave_seat(site: Site, actor: Actor, seat_id: int, until_on: date, now: datetime) -> None:
    """A seat is held until a day, this one included.

    Raises:
        NotFoundError: no such seat.
        Refused: not an organiser, it has ended already, or before it began.
    """
    ensure_organises(actor)
    with site.sessions.writing() as session:
        seat = session.get(Responsibility, seat_id)
        if seat is None or seat.township_id != actor.township_id:
            raise NotFoundError("没有这一条分工。")
        if seat.until_on is not None:
            raise refuse("ended_once", "已经登记过到哪一天了。")
        if until_on < seat.from_on:
            raise refuse("end_before_begin", "最后一天不能早于第一天。")
        seat.until_on = until_on
        facts = {"until_on": until_on.isoformat()}
        record(session, actor, "leave_seat", f"responsibility {seat.id}", now, **facts)


def _person(session: Session, actor: Actor, person_id: int | None) -> Person | None:
    if person_id is None:
        return None
    person = session.get(Person, person_id)
    if person is None or person.township_id != actor.township_id:
        raise NotFoundError("没有这个人。")
    return person


def _ensure_village(session: Session, actor: Actor, village_id: int) -> None:
    village = session.get(Village, village_id)
    if village is None or village.township_id != actor.township_id:
        raise NotFoundError(NO_VILLAGE)


def _why_not(name: str, new: NewSeat) -> list[Refusal]:
    reasons = []
    if not name:
        reasons.append(Refusal("name_missing", "请选人，或者写姓名。"))
    if len(name) > MAX_NAME or len(new.post) > MAX_POST or len(new.covers) > MAX_COVERS:
        words = f"姓名最多{MAX_NAME}字，职务最多{MAX_POST}字，负责什么最多{MAX_COVERS}字。"
        reasons.append(Refusal("text_too_long", words))
    return reasons
