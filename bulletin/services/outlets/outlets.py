"""The outlets of a township, who serves them, and where a notice went."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bulletin.domain.days import village_day
from bulletin.domain.errors import NotFoundError, refuse
from bulletin.domain.outlets.airing import slots_words
from bulletin.domain.outlets.rules import OutletKind
from bulletin.domain.people import Actor
from bulletin.services.access import notice_for
from bulletin.services.site import Site
from bulletin.store.outlets import Outlet, outlets_on, sendings_of

NO_OUTLET = "没有这个渠道。"
SENDING = "往这个渠道发由它所属的村（或乡镇）的信息员办理。"


@dataclass(frozen=True, kw_only=True)
class OutletLine:
    id: int
    name: str
    kind: OutletKind
    place: str  # 张家村 | 乡镇
    days: int
    slots: str  # 每天07:00、18:30; '' for none
    airings: int  # of each notice
    may_plan: bool  # the one who asks may set them


def outlets(site: Site, actor: Actor, now: datetime) -> list[OutletLine]:
    """What is served today, the township's first."""
    with site.sessions.reading() as session:
        return [
            _line(actor, each)
            for each in session.scalars(outlets_on(actor.township_id, village_day(now)))
        ]


def _line(actor: Actor, outlet: Outlet) -> OutletLine:
    plan = outlet.plans[-1].plan if outlet.plans else None
    return OutletLine(
        id=outlet.id,
        name=outlet.name,
        kind=outlet.kind,
        place=outlet.village.name if outlet.village else "乡镇",
        days=outlet.days or 0,
        slots=slots_words(plan.slots) if plan else "",
        airings=plan.airings if plan else 1,
        may_plan=outlet.kind is OutletKind.BROADCAST and may_plan(actor, outlet),
    )


def may_plan(actor: Actor, outlet: Outlet) -> bool:
    """At which slots a loudspeaker airs is for its place's liaison, or the administrator."""
    return actor.administers or actor.tends_boards_of(outlet.village_id)


def named_outlet(site: Site, actor: Actor, outlet_id: int) -> tuple[str, OutletKind]:
    """An outlet that a person serves; raises as `outlet_served_by`."""
    with site.sessions.reading() as session:
        outlet = outlet_served_by(session, actor, outlet_id)
        return outlet.name, outlet.kind


def outlet_served_by(session: Session, actor: Actor, outlet_id: int) -> Outlet:
    """An outlet of the actor's township, whose place has the person as its liaison (the township's has all).

    Raises:
        NotFoundError: there is none with this id. Refused: another place serves it.
    """
    outlet = session.get(Outlet, outlet_id)
    if outlet is None or outlet.township_id != actor.township_id:
        raise NotFoundError(NO_OUTLET)
    if not actor.tends_boards_of(outlet.village_id):
        raise refuse("not_your_role", SENDING)
    return outlet


def has_ended(outlet: Outlet, now: datetime) -> bool:
    return outlet.until_on is not None and outlet.until_on < village_day(now)


def ensure_goes_on(outlet: Outlet, now: datetime) -> None:
    """What ended takes nothing new; what it took can still be put right.

    Raises:
        Refused: it has ended.
    """
    if has_ended(outlet, now):
        raise refuse("outlet_ended", f"{outlet.name}已经停用了，只能更正以前登记的。")


@dataclass(frozen=True, kw_only=True)
class SentLine:
    outlet: str
    link: str
    sent_at: datetime
    by: str
    edition: int
    is_removed: bool


def sent_lines(site: Site, actor: Actor, code: str) -> list[SentLine]:
    """Where the editions of a notice went besides chats, in order; of those the card says it."""
    with site.sessions.reading() as session:
        notice = notice_for(session, actor, code)
        return [
            SentLine(
                outlet=each.outlet.name,
                link=each.link,
                sent_at=each.sent_at,
                by=each.person_name,
                edition=each.edition.number,
                is_removed=each.removed_at is not None,
            )
            for each in session.scalars(sendings_of(notice.id))
            if each.outlet.kind is not OutletKind.CHAT
        ]
