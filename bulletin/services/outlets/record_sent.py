"""发出去了: somebody says where a notice stands now, or that it was taken out again."""

from datetime import datetime

from sqlalchemy.orm import Session

from bulletin.domain.errors import NotFoundError, Refused, refuse
from bulletin.domain.outlets.rules import sending_refusals
from bulletin.domain.people import Actor
from bulletin.services.access import notice_for
from bulletin.services.history import record
from bulletin.services.outlets.outlets import outlet_served_by
from bulletin.services.outlets.to_send import edition_for_outlet
from bulletin.services.site import Site
from bulletin.services.transition import subject_of
from bulletin.store.notices import Edition
from bulletin.store.outlets import Outlet, Sending


def record_sending(
    site: Site,
    actor: Actor,
    outlet_id: int,
    code: str,
    now: datetime,
    *,
    sent_at: datetime | None = None,
    link: str = "",
) -> None:
    """The edition that residents read stands in an outlet.

    Args:
        sent_at: when it came there; None: now.
        link: its address there, which a website and a medium must have.

    Raises:
        Refused: nothing of it is to be sent there now, not this person's outlet, or with every
            reason of `sending_refusals`.
    """
    with site.sessions.writing() as session:
        outlet = outlet_served_by(session, actor, outlet_id)
        edition = edition_for_outlet(session, site, outlet, notice_for(session, actor, code), now)
        at, published_at = sent_at or now, edition.publish_at or now
        if reasons := sending_refusals(outlet.kind, link.strip(), at, published_at, now):
            raise Refused(*reasons)
        session.add(
            Sending(
                township_id=edition.township_id,
                edition_id=edition.id,
                outlet_id=outlet.id,
                sent_at=at,
                link=link.strip(),
                recorded_at=now,
                person_id=actor.id,
                person_name=actor.name,
            )
        )
        _record(session, actor, "send", edition, outlet, now)


def record_removal(site: Site, actor: Actor, sending_id: int, now: datetime) -> None:
    """It was taken out of the outlet again."""
    with site.sessions.writing() as session:
        sending = session.get(Sending, sending_id)
        if sending is None or sending.township_id != actor.township_id:
            raise NotFoundError("没有这条记录。")
        outlet = outlet_served_by(session, actor, sending.outlet_id)
        if sending.removed_at is not None:
            raise refuse("removed_already", "已经登记过撤下了。")
        sending.removed_at, sending.removed_by = now, actor.id
        _record(session, actor, "remove_sending", sending.edition, outlet, now)


def _record(
    session: Session, actor: Actor, act: str, edition: Edition, outlet: Outlet, now: datetime
) -> None:
    record(session, actor, act, subject_of(edition), now, outlet=outlet.id)
