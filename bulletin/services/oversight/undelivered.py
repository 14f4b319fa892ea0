"""Whom today's message did not reach by any way, so that somebody phones."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bulletin.domain.days import village_day
from bulletin.domain.people import Actor
from bulletin.services.site import Site
from bulletin.store.people import appointments_on
from bulletin.store.reminders import Message, messages_on


@dataclass(frozen=True)
class Undelivered:
    person_id: int
    name: str
    place: str  # 张家村; '' for the township
    phone: str  # that the village prints
    fault: str


def undelivered(site: Site, actor: Actor, now: datetime) -> list[Undelivered]:
    """The people of a township whom the message of the day missed."""
    with site.sessions.reading() as session:
        messages = session.scalars(messages_on(actor.township_id, village_day(now)))
        return [
            _missed(session, message)
            for message in messages
            if message.delivered_at is None and message.tries
        ]


def _missed(session: Session, message: Message) -> Undelivered:
    appointments = session.scalars(appointments_on(message.person_id, message.day_on))
    phones = {each.village.name: each.village.phone for each in appointments if each.village}
    return Undelivered(
        person_id=message.person_id,
        name=message.person.name,
        place="、".join(phones),
        phone=next(iter(phones.values()), ""),
        fault=message.fault,
    )
