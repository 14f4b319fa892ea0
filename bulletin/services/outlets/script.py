"""广播稿: what a loudspeaker reads out of a notice, when it was aired, and when it must be."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from bulletin.domain.days import village_day
from bulletin.domain.errors import NotFoundError, refuse
from bulletin.domain.notices.content import ContentLanguage
from bulletin.domain.outlets.airing import Aired, SlotPlan, plan_at, slot_just_past
from bulletin.domain.outlets.paste import ReadOut
from bulletin.domain.outlets.rules import OutletKind
from bulletin.domain.people import Actor
from bulletin.services.access import notice_for
from bulletin.services.outlets.outlets import ensure_goes_on, has_ended, outlet_served_by
from bulletin.services.outlets.ready_to_send import paste_facts
from bulletin.services.outlets.to_send import ensure_for_everybody
from bulletin.services.outlets.unsent import due_in, unsent_in
from bulletin.services.site import Site
from bulletin.store.airing_queries import airings_of, loudspeakers
from bulletin.store.notices import Edition, Notice
from bulletin.store.outlets import Outlet, Sending
from bulletin.store.unsent import in_force
from bulletin.writers.broadcast.script import (
    SpokenLine,
    broadcast_lines,
    length_words,
    seconds_of,
    translations_of,
)

IS_NO_LOUDSPEAKER = "这个渠道不是广播。"


@dataclass(frozen=True, kw_only=True)
class AiredLine:
    """One airing of this edition."""

    sending_id: int
    at: datetime
    by: str


@dataclass(frozen=True, kw_only=True)
class BroadcastScript:
    outlet: str
    village_id: int | None  # whose loudspeaker it is; None: the township's
    code: str
    title: str
    number: str  # in the register
    edition: int
    lines: tuple[SpokenLine, ...]
    length: str  # 3分20秒
    languages: tuple[ContentLanguage, ...]  # that follow the Chinese
    due_on: date | None  # None: it need not be aired, or was as often as it must
    aired: tuple[AiredLine, ...]
    wanted: int  # times
    slot: datetime | None  # just past, at which it may have been aired; None: none


def broadcast_script(
    site: Site, actor: Actor, outlet_id: int, code: str, now: datetime, choice: ReadOut
) -> BroadcastScript:
    """The script of the edition in force for a loudspeaker that the person serves.

    Args:
        choice: what of it is read out, and how often.

    Raises:
        NotFoundError: there is no such loudspeaker. Refused: it has ended, or as `edition_to_air`.
    """
    with site.sessions.reading() as session:
        outlet = loudspeaker_served_by(session, actor, outlet_id, now)
        edition = edition_to_air(session, outlet, notice_for(session, actor, code), now)
        facts = paste_facts(session, site, edition, now)
        lines = tuple(broadcast_lines(facts, choice))
        sendings = session.scalars(airings_of(edition.id, outlet.id)).all()
        owed = unsent_in(session, site, outlet, now).where(Edition.id == edition.id)
        plan = plan_of(outlet, edition)
        return BroadcastScript(
            outlet=outlet.name,
            village_id=outlet.village_id,
            code=code,
            title=edition.title,
            number=facts.number,
            edition=edition.number,
            lines=lines,
            length=length_words(seconds_of(lines)),
            languages=tuple(each.language for each in translations_of(facts)),
            due_on=due_in(outlet, edition) if session.scalar(owed) else None,
            aired=tuple(
                AiredLine(sending_id=each.id, at=each.sent_at, by=each.person_name)
                for each in sendings
            ),
            wanted=plan.airings if plan else 1,
            slot=_slot(outlet, edition, [aired_of(each) for each in sendings], now),
        )


def _slot(outlet: Outlet, edition: Edition, others: list[Aired], now: datetime) -> datetime | None:
    if not outlet.plans:
        return None
    plan = outlet.plans[-1].plan
    return slot_just_past(plan.slots, max(edition.publish_at or now, plan.since), now, others)


def aired_of(sending: Sending) -> Aired:
    return Aired(sending.sent_at, sending.airing.slot if sending.airing else "")


def plan_of(outlet: Outlet, edition: Edition) -> SlotPlan | None:
    """By which an edition is aired."""
    plans = [each.plan for each in outlet.plans]
    return plan_at(plans, edition.publish_at) if edition.publish_at else None


def loudspeaker_served_by(session: Session, actor: Actor, outlet_id: int, now: datetime) -> Outlet:
    """A loudspeaker; raises as `outlet_served_by` and `ensure_goes_on`, and NotFoundError for what is none."""
    outlet = outlet_served_by(session, actor, outlet_id)
    if outlet.kind is not OutletKind.BROADCAST:
        raise NotFoundError(IS_NO_LOUDSPEAKER)
    ensure_goes_on(outlet, now)
    return outlet


def edition_to_air(session: Session, outlet: Outlet, notice: Notice, now: datetime) -> Edition:
    """The edition that residents read now; any notice can be aired, also one that need not be.

    Raises:
        Refused: a list of people, another place's, or nothing of it is public now.
    """
    ensure_for_everybody(notice)
    found = in_force(outlet, now, village_day(now)).where(Edition.notice_id == notice.id)
    edition = session.scalar(found)
    if edition is None:
        raise refuse("nothing_to_send", f"这份公开件现在没有在{outlet.name}能播的版本。")
    return edition


def loudspeakers_for(site: Site, actor: Actor, code: str, now: datetime) -> dict[int, str]:
    """The loudspeakers, by id, at which a person can air a notice now."""
    day = village_day(now)
    with site.sessions.reading() as session:
        notice = notice_for(session, actor, code)
        if notice.personal or not actor.tends_boards_of(notice.village_id):
            return {}
        return {
            each.id: each.name
            for each in session.scalars(loudspeakers(actor.township_id))
            if each.village_id in (None, notice.village_id)
            and not has_ended(each, now)
            and actor.tends_boards_of(each.village_id)
            and session.scalar(in_force(each, now, day).where(Edition.notice_id == notice.id))
        }
