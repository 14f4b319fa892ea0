"""Register an outlet, and end it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bulletin.domain.days import village_day
from bulletin.domain.errors import NotFoundError, Refused, refuse
from bulletin.domain.outlets.rules import OutletKind, outlet_refusals
from bulletin.domain.people import Actor
from bulletin.services.access import ensure_administrator, village_in
from bulletin.services.history import record
from bulletin.services.outlets.outlets import NO_OUTLET
from bulletin.services.privacy.check import ensure_text_is_clean
from bulletin.services.site import Site
from bulletin.store.outlets import Outlet, outlet_named


@dataclass(frozen=True, kw_only=True)
class NewOutlet:
    name: str  # 互助融媒体
    kind: OutletKind
    village_id: int | None = None  # None: the township serves it, for all its places
    days: int = 3  # after the day of publication


def register_outlet(site: Site, actor: Actor, new: NewOutlet, now: datetime) -> int:
    """From today on it carries what is published; returns its id.

    A chat that is known, as something was sent there, is the same one.

    Raises:
        Refused: not the administrator, or with every reason of `outlet_refusals`.
    """
    ensure_administrator(actor)
    name = new.name.strip()
    if reasons := outlet_refusals(name, new.days):
        raise Refused(*reasons)
    with site.sessions.writing() as session:
        if new.village_id is not None:
            village_in(session, actor, new.village_id)
        name = ensure_text_is_clean(session, actor, name, "名称")
        outlet = outlet_named(session, actor.township_id, new.village_id, new.kind, name)
        if outlet is None:
            outlet = Outlet(
                township_id=actor.township_id,
                village_id=new.village_id,
                name=name,
                kind=new.kind,
            )
        elif outlet.days is not None:
            raise refuse("outlet_exists", f"“{name}”已经登记过了。")
        outlet.days, outlet.from_on = new.days, village_day(now)
        session.add(outlet)
        session.flush()
        record(session, actor, "register_outlet", f"outlet {outlet.id}", now, days=new.days)
        return outlet.id


def end_outlet(site: Site, actor: Actor, outlet_id: int, now: datetime) -> None:
    """It carries nothing any more; what stands in it is still to be taken out when it ends."""
    ensure_administrator(actor)
    with site.sessions.writing() as session:
        outlet = session.get(Outlet, outlet_id)
        if outlet is None or outlet.township_id != actor.township_id:
            raise NotFoundError(NO_OUTLET)
        if outlet.until_on is not None:
            raise refuse("ended_already", "这个渠道已经停用了。")
        outlet.until_on = village_day(now) - timedelta(days=1)
        record(session, actor, "end_outlet", f"outlet {outlet.id}", now)
