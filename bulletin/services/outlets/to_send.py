"""What is still to be sent to the outlets that a person serves, and what is to be taken out of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select
from sqlalchemy.orm import Session

from bulletin.domain.catalog.items import Channel
from bulletin.domain.days import period_words, start_of, village_day
from bulletin.domain.errors import refuse
from bulletin.domain.outlets.paste import PasteFacts, ReadOut, chat_words, whole_words
from bulletin.domain.outlets.rules import OutletKind, due_on
from bulletin.domain.pages import Page, PageSpan, page_span
from bulletin.domain.people import Actor, Role
from bulletin.services.access import notice_for
from bulletin.services.catalog.in_force import township_catalog
from bulletin.services.fingerprint import edition_document
from bulletin.services.outlets.outlets import outlet_served_by
from bulletin.services.printing.objections import objection_words
from bulletin.services.site import Site
from bulletin.store.notices import Edition, Notice
from bulletin.store.outlets import (
    Outlet,
    Sending,
    counted,
    editions_with_places,
    outlets_on,
    to_remove,
    unsent,
)
from bulletin.store.places import Township
from bulletin.writers.broadcast.script import broadcast_lines, length_words, seconds_of


@dataclass(frozen=True, kw_only=True)
class SendTask:
    """One notice that an outlet does not have yet."""

    outlet_id: int
    outlet: str
    code: str
    title: str
    village: str
    due_on: date


@dataclass(frozen=True, kw_only=True)
class RemoveTask:
    """One notice that still stands in an outlet, and may not."""

    sending_id: int
    outlet: str
    code: str
    title: str
    link: str


@dataclass(frozen=True, kw_only=True)
class OutletWork:
    page: Page[SendTask]  # what is due first on top
    count: int  # of all that is to be sent
    remove: tuple[RemoveTask, ...]
    outlets: dict[int, str]  # that the person serves


def outlet_work(
    site: Site,
    actor: Actor,
    now: datetime,
    *,
    outlet_id: int | None = None,
    village_id: int | None = None,
    number: int | None = None,
) -> OutletWork:
    """The work of whoever is a liaison of an outlet's place, a page of it.

    Args:
        outlet_id: what is to be sent there alone.
        village_id: what is of this village alone.
    """
    day, places = village_day(now), actor.places_of(Role.LIAISON)
    with site.sessions.reading() as session:
        every = session.scalars(outlets_on(actor.township_id, day)).all()
        served = [outlet for outlet in every if outlet.village_id in places]
        found = [
            (outlet, _unsent(session, site, outlet, now, village_id))
            for outlet in served
            if outlet_id in (None, outlet.id)
        ]
        count = sum(session.scalar(counted(each)) or 0 for _outlet, each in found)
        span = page_span(count, number)
        removals = session.scalars(to_remove(actor.township_id, places))
        return OutletWork(
            page=span.with_lines(_tasks(session, found, span)),
            count=count,
            remove=tuple(_removal(each) for each in removals),
            outlets={outlet.id: outlet.name for outlet in served},
        )


def _tasks(
    session: Session, found: Sequence[tuple[Outlet, Select[Edition]]], span: PageSpan
) -> list[SendTask]:
    """What a page has of what several outlets miss, each the oldest first."""
    lines = [
        (_due_on(outlet, publish_at), edition_id, outlet)
        for outlet, unsent_there in found
        for edition_id, publish_at in session.execute(
            unsent_there.with_only_columns(Edition.id, Edition.publish_at).limit(span.end)
        )
    ]
    lines = sorted(lines, key=lambda line: (*line[:2], line[2].id))[span.first : span.end]
    shown = session.scalars(editions_with_places({edition_id for _due, edition_id, _ in lines}))
    editions = {edition.id: edition for edition in shown}
    return [_task(outlet, editions[edition_id]) for _due, edition_id, outlet in lines]


def _removal(sending: Sending) -> RemoveTask:
    return RemoveTask(
        sending_id=sending.id,
        outlet=sending.outlet.name,
        code=sending.edition.notice.code,
        title=sending.edition.title,
        link=sending.link,
    )


def _task(outlet: Outlet, edition: Edition) -> SendTask:
    notice = edition.notice
    return SendTask(
        outlet_id=outlet.id,
        outlet=outlet.name,
        code=notice.code,
        title=edition.title,
        village=notice.village.name if notice.village else "乡镇",
        due_on=_due_on(outlet, edition.publish_at),
    )


def _due_on(outlet: Outlet, publish_at: datetime | None) -> date:
    return due_on(village_day(publish_at) if publish_at else outlet.from_on, outlet.days or 0)


def _unsent(
    session: Session, site: Site, outlet: Outlet, now: datetime, village_id: int | None = None
) -> Select[Edition]:
    codes = None
    if outlet.kind.is_asked_for:
        catalog = township_catalog(session, site, outlet.township_id)
        codes = [item.code for item in catalog.items if Channel.BROADCAST in item.channels]
    found = unsent(outlet, start_of(outlet.from_on), now, village_day(now), codes)
    return found if village_id is None else found.where(Edition.village_id == village_id)


def edition_for_outlet(
    session: Session, site: Site, outlet: Outlet, notice: Notice, now: datetime
) -> Edition:
    """The edition of a notice that is to be sent to an outlet now.

    Raises:
        Refused: a list of people, nothing of it is public now, or the outlet has it already.
    """
    if notice.personal:
        raise refuse("personal", "名单里有个人信息，不发到别的渠道。请让村民到公开栏前看。")
    found = _unsent(session, site, outlet, now).where(Edition.notice_id == notice.id)
    edition = session.scalar(found)
    if edition is None:
        raise refuse("nothing_to_send", f"这份公开件现在不用发到{outlet.name}，或者已经发过了。")
    return edition


@dataclass(frozen=True, kw_only=True)
class ReadyToSend:
    """All that is needed to send one notice: the words as they are pasted, and what is recorded."""

    outlet: str
    kind: OutletKind
    code: str
    title: str
    words: str
    due_on: date
    length: str  # that it takes to read out: 3分20秒; '' where nobody does


def ready_to_send(
    site: Site,
    actor: Actor,
    outlet_id: int,
    code: str,
    now: datetime,
    choice: ReadOut = ReadOut(),  # noqa: B008 - frozen
) -> ReadyToSend:
    """The text of a notice for an outlet; raises as `edition_for_outlet`.

    Args:
        choice: what of it a loudspeaker reads out, and how often.
    """
    with site.sessions.reading() as session:
        outlet = outlet_served_by(session, actor, outlet_id)
        edition = edition_for_outlet(session, site, outlet, notice_for(session, actor, code), now)
        facts = paste_facts(session, site, edition, now)
        return ReadyToSend(
            outlet=outlet.name,
            kind=outlet.kind,
            code=code,
            title=edition.title,
            words=_words(outlet.kind, facts, choice),
            due_on=_task(outlet, edition).due_on,
            length=_length(outlet.kind, facts, choice),
        )


def _words(kind: OutletKind, facts: PasteFacts, choice: ReadOut) -> str:
    match kind:
        case OutletKind.WEBSITE | OutletKind.MEDIA:
            return whole_words(facts)
        case OutletKind.CHAT:
            return chat_words(facts.place, facts.title, facts.period, facts.address)
        case OutletKind.BROADCAST:
            return "\n".join(line.words for line in broadcast_lines(facts, choice))


def _length(kind: OutletKind, facts: PasteFacts, choice: ReadOut) -> str:
    is_read = kind is OutletKind.BROADCAST
    return length_words(seconds_of(broadcast_lines(facts, choice))) if is_read else ""


def paste_facts(session: Session, site: Site, edition: Edition, now: datetime) -> PasteFacts:
    """What is said of an edition wherever it is sent."""
    notice = edition.notice
    place = notice.village or session.get_one(Township, edition.township_id)
    return PasteFacts(
        place=place.name,
        title=edition.title,
        publishers=tuple(signature.publisher.name for signature in notice.signatures),
        number=notice.register_name or "",
        period=period_words(edition.opens_on, edition.closes_on),
        objection=objection_words(session, site, edition, now),
        address=f"{site.public_url}/N/{notice.code}.{edition.number}",
        document=edition_document(edition),
    )
