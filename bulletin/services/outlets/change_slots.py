"""播音时段: at which slots a loudspeaker airs from now on, and how often each notice."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bulletin.domain.errors import NotFoundError, Refused, refuse
from bulletin.domain.outlets.airing import SlotPlan, Slots, plan_refusals, slots_text, slots_words
from bulletin.domain.outlets.rules import OutletKind
from bulletin.domain.people import Actor
from bulletin.services.history import record
from bulletin.services.outlets.outlets import NO_OUTLET, ensure_goes_on, may_plan
from bulletin.services.site import Site
from bulletin.store.airings import AiringPlan
from bulletin.store.outlets import Outlet
from bulletin.store.people import Person


@dataclass(frozen=True, kw_only=True)
class SlotPlanLine:
    """At which slots it aired from a day on."""

    since: datetime
    slots: str  # 每天07:00、18:30; '' for none
    airings: int
    by: str


@dataclass(frozen=True, kw_only=True)
class AiringPlanView:
    outlet: str
    place: str  # 张家村 | 乡镇
    days: int  # after publication, where there are no slots
    plan: SlotPlan | None  # None: nobody has set it
    lines: tuple[SlotPlanLine, ...]  # all that there were, the newest first


def airing_plan(site: Site, actor: Actor, outlet_id: int) -> AiringPlanView:
    """What a loudspeaker's plan is; raises as `plan_airings`."""
    with site.sessions.reading() as session:
        outlet = _loudspeaker(session, actor, outlet_id)
        return AiringPlanView(
            outlet=outlet.name,
            place=outlet.village.name if outlet.village else "乡镇",
            days=outlet.days or 0,
            plan=outlet.plans[-1].plan if outlet.plans else None,
            lines=tuple(_line(session, each) for each in reversed(outlet.plans)),
        )


def _line(session: Session, kept: AiringPlan) -> SlotPlanLine:
    person = session.get(Person, kept.person_id) if kept.person_id else None
    return SlotPlanLine(
        since=kept.since,
        slots=slots_words(kept.plan.slots),
        airings=kept.airings,
        by=person.name if person else "",
    )


def plan_airings(
    site: Site, actor: Actor, outlet_id: int, slots: Slots, airings: int, now: datetime
) -> None:
    """What is published from now on is aired at these slots, so often; what was before keeps its day.

    Args:
        slots: none: whenever somebody can, within the outlet's days.

    Raises:
        NotFoundError: there is no such loudspeaker.
        Refused: neither its liaison nor the administrator, it has ended, or with every reason of `plan_refusals`.
    """
    with site.sessions.writing() as session:
        outlet = _loudspeaker(session, actor, outlet_id)
        ensure_goes_on(outlet, now)
        if reasons := plan_refusals(slots, airings):
            raise Refused(*reasons)
        kept = AiringPlan(
            township_id=outlet.township_id,
            outlet_id=outlet.id,
            since=now,
            slots=slots_text(slots),
            airings=airings,
            person_id=actor.id,
        )
        session.add(kept)
        facts = {"slots": kept.slots, "airings": airings}
        record(session, actor, "plan_airings", f"outlet {outlet.id}", now, **facts)


def _loudspeaker(session: Session, actor: Actor, outlet_id: int) -> Outlet:
    outlet = session.get(Outlet, outlet_id)
    if outlet is None or outlet.township_id != actor.township_id:
        raise NotFoundError(NO_OUTLET)
    if outlet.kind is not OutletKind.BROADCAST:
        raise NotFoundError("这个渠道不是广播，没有播音时段。")
    if not may_plan(actor, outlet):
        raise refuse("not_your_role", "播音时段由它所属的村（或乡镇）的信息员或管理员定。")
    return outlet
