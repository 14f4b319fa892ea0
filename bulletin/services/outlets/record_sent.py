"""发出去了: somebody says where a notice stands now, or that it was taken out again."""

from datetime import datetime

from sqlalchemy.orm import Session

from bulletin.domain.days import village_day
from bulletin.domain.errors import NotFoundError, Refused, refuse
from bulletin.domain.outlets.rules import MAX_NAME, OutletKind, sending_refusals
from bulletin.domain.people import Actor
from bulletin.services.access import notice_for
from bulletin.services.history import record
from bulletin.services.outlets.outlets import SENDING, ensure_goes_on, outlet_served_by
from bulletin.services.outlets.share import edition_to_share
from bulletin.services.outlets.to_send import edition_for_outlet
from bulletin.services.privacy.check import ensure_text_is_clean
from bulletin.services.site import Site
from bulletin.services.transition import subject_of
from bulletin.store.notices import Edition
from bulletin.store.outlets import Outlet, Sending, outlet_named, sendings_of

IS_AIRED = "广播播了几次，在广播稿那一页登记，在播音登记表里更正。"


def record_sending(
    site: Site,
    actor: Actor,
    outlet_id: int,
    code: str,
    now: datetime,
    *,
    sent_at: datetime | None = None,
    link: str = "",
) -> int:
    """The edition that residents read stands in an outlet; returns the record's id.

    Args:
        sent_at: when it came there; None: now.
        link: its address there, which a website and a medium must have.

    Raises:
        Refused: nothing of it is to be sent there now, it has ended, not this person's outlet, or with every
            reason of `sending_refusals`.
    """
    with site.sessions.writing() as session:
        outlet = outlet_served_by(session, actor, outlet_id)
        if outlet.kind is OutletKind.BROADCAST:
            raise refuse("is_aired", IS_AIRED)
        ensure_goes_on(outlet, now)
        edition = edition_for_outlet(session, site, outlet, notice_for(session, actor, code), now)
        at, published_at = sent_at or now, edition.publish_at or now
        if reasons := sending_refusals(outlet.kind, link.strip(), at, published_at, now):
            raise Refused(*reasons)
        return add_sending(session, actor, edition, outlet, now, sent_at=at, link=link.strip()).id


def record_chat(site: Site, actor: Actor, code: str, chat: str, now: datetime) -> int:
    """The edition in force was sent to a chat of its place; returns the record's id.

    A chat that nobody registered is known from now on, without being owed anything.

    Raises:
        Refused: a list of people, nothing of it is public now, the chat has no name, or has it.
    """
    with site.sessions.writing() as session:
        edition = edition_to_share(site, notice_for(session, actor, code), now)
        place = edition.township_id, edition.notice.village_id
        if not actor.tends_boards_of(place[1]):
            raise refuse("not_your_role", SENDING)
        name = ensure_text_is_clean(session, actor, chat, "群名")
        if not name or len(name) > MAX_NAME:
            raise refuse("chat_missing", f"请写发到了哪个群，不超过{MAX_NAME}个字。")
        outlet = outlet_named(session, *place, OutletKind.CHAT, name)
        if outlet is None:
            outlet = _known_chat(session, place, name, now)
        sent = session.scalars(sendings_of(edition.notice_id))
        if any(each.outlet_id == outlet.id and each.edition_id == edition.id for each in sent):
            raise refuse("sent_already", f"已经记过发到“{name}”了。")
        return add_sending(session, actor, edition, outlet, now).id


def _known_chat(
    session: Session, place: tuple[int, int | None], name: str, now: datetime
) -> Outlet:
    township_id, village_id = place
    outlet = Outlet(
        township_id=township_id,
        village_id=village_id,
        name=name,
        kind=OutletKind.CHAT,
        days=None,
        from_on=village_day(now),
    )
    session.add(outlet)
    session.flush()
    return outlet


def add_sending(
    session: Session,
    actor: Actor,
    edition: Edition,
    outlet: Outlet,
    now: datetime,
    *,
    sent_at: datetime | None = None,
    link: str = "",
) -> Sending:
    """Keep it and write the history.

    Args:
        sent_at: when it came there; None: now.
    """
    sending = Sending(
        township_id=edition.township_id,
        edition_id=edition.id,
        outlet_id=outlet.id,
        sent_at=sent_at or now,
        link=link,
        recorded_at=now,
        person_id=actor.id,
        person_name=actor.name,
    )
    session.add(sending)
    session.flush()
    record_sending_act(session, actor, "send", sending, now)
    return sending


def record_removal(site: Site, actor: Actor, sending_id: int, now: datetime) -> None:
    """It was taken out of the outlet again."""
    with site.sessions.writing() as session:
        sending = sending_of(session, actor, sending_id)
        if sending.removed_at is not None:
            raise refuse("removed_already", "已经登记过撤下了。")
        sending.removed_at, sending.removed_by = now, actor.id
        record_sending_act(session, actor, "remove_sending", sending, now)


def withdraw_sending(site: Site, actor: Actor, sending_id: int, now: datetime) -> str:
    """It was never sent: a slip. The record stays, and counts no more.

    Returns:
        The code of the notice.
    """
    with site.sessions.writing() as session:
        sending = sending_of(session, actor, sending_id)
        if sending.outlet.kind is OutletKind.BROADCAST:
            raise refuse("is_aired", IS_AIRED)
        if sending.withdrawn_at is None:
            sending.withdrawn_at = now
            record_sending_act(session, actor, "withdraw_sending", sending, now)
        return sending.edition.notice.code


def sending_of(session: Session, actor: Actor, sending_id: int) -> Sending:
    """What was sent to an outlet that a person serves.

    Raises:
        NotFoundError: there is none with this id. Refused: another place serves it.
    """
    sending = session.get(Sending, sending_id)
    if sending is None or sending.township_id != actor.township_id:
        raise NotFoundError("没有这条记录。")
    outlet_served_by(session, actor, sending.outlet_id)
    return sending


def record_sending_act(
    session: Session, actor: Actor, act: str, sending: Sending, now: datetime, **facts: str | int
) -> None:
    """Write what was done with it into the history."""
    subject = subject_of(sending.edition)
    known = {"outlet": sending.outlet_id, "sending": sending.id}
    record(session, actor, act, subject, now, **known, **facts)
