"""How a person is reached: entered, tried out and taken away by the person alone."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from bulletin.domain.contacts.methods import (
    ContactMethod,
    address_words,
    checked_address,
)
from bulletin.domain.errors import NotFoundError, refuse
from bulletin.domain.people import Actor
from bulletin.services.history import record
from bulletin.services.site import Site
from bulletin.store.people import Person
from bulletin.store.reminders import PersonContact, contacts_of

TRIAL = ("村务公开：试一试", "这是一条试发的村务公开提醒。收到它，就说明以后的提醒能到这里。")


@dataclass(frozen=True)
class ContactLine:
    id: int
    way: str  # 电子邮箱
    address: str  # as its owner recognises it


def contact_lines(site: Site, actor: Actor) -> list[ContactLine]:
    """The ways in which a person is reached."""
    with site.sessions.reading() as session:
        return [
            ContactLine(contact.id, contact.way.label, address_words(contact.way, contact.address))
            for contact in session.scalars(contacts_of(actor.id))
        ]


def add_contact(site: Site, actor: Actor, way: ContactMethod, typed: str, now: datetime) -> None:
    """Add a way, or put another address in its place.

    Raises:
        Refused: an address that is none of this way, or mail where no mail server is set.
    """
    if way is ContactMethod.MAIL and not site.notifier.sends_mail:
        raise refuse(
            "no_mail_server", "这里还没有设置发信的邮箱。请管理员先设置，或者改用群机器人。"
        )
    address = checked_address(way, typed)
    with site.sessions.writing() as session:
        contacts = session.scalars(contacts_of(actor.id))
        contact = next((each for each in contacts if each.way is way), None)
        if contact is None:
            contact = PersonContact(township_id=actor.township_id, person_id=actor.id, way=way)
            session.add(contact)
        contact.address, contact.added_at = address, now
        record(session, actor, "add_contact", f"person {actor.id}", now, way=way.value)


def remove_contact(site: Site, actor: Actor, contact_id: int, now: datetime) -> None:
    """Take a way away."""
    with site.sessions.writing() as session:
        contact = session.get(PersonContact, contact_id)
        if contact is None or contact.person_id != actor.id:
            raise NotFoundError("没有这个提醒方式。")
        session.delete(contact)
        record(session, actor, "remove_contact", f"person {actor.id}", now, way=contact.way.value)


def try_contact(site: Site, actor: Actor, contact_id: int) -> bool:
    """Send one message to try; whether it was taken."""
    with site.sessions.reading() as session:
        contact = session.get(PersonContact, contact_id)
        if contact is None or contact.person_id != actor.id:
            raise NotFoundError("没有这个提醒方式。")
        way, address = contact.way, contact.address
    return site.notifier.send(way, address, *TRIAL)


def renew_calendar(site: Site, actor: Actor, now: datetime) -> str:
    """Give a person a calendar address; an earlier one no longer works."""
    with site.sessions.writing() as session:
        person = session.get_one(Person, actor.id)
        person.calendar_token = secrets.token_urlsafe(24)
        record(session, actor, "renew_calendar", f"person {person.id}", now)
        return person.calendar_token
