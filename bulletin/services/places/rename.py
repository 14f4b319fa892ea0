"""A village gets another name, and maybe another statistical code."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bulletin.domain.days import ONE_DAY, village_day
from bulletin.domain.errors import refuse
from bulletin.domain.people import Actor
from bulletin.services.access import ensure_administrator, village_in
from bulletin.services.history import record
from bulletin.services.places import hand_over
from bulletin.services.places.merge import leave_to
from bulletin.services.site import Site
from bulletin.store.catalogs import Adoption, adoption_on
from bulletin.store.places import FormerVillageName, Publisher, Village
from bulletin.store.villages import village_by_code


def rename_village(
    site: Site, actor: Actor, village_id: int, name: str, now: datetime, *, code: str = ""
) -> int:
    """From today on the village has another name; its publishers are named after it.

    Nothing is dated back, whatever day the county decided on: what was published keeps the name and number that it had. The register goes on without a gap. With
    another code it is another village to the statistics, which takes over everything; the old code
    answers for ever.

    Returns:
        The id of the village of today.

    Raises:
        Refused: nothing changes, no name, a code that is none or taken, or the village is no more.
    """
    ensure_administrator(actor)
    name, code = name.strip(), code.strip()
    with site.sessions.writing() as session:
        old = village_in(session, actor, village_id)
        code = code or old.code
        _ensure_new(session, old, name, code)
        before, new = old.name, old
        if code == old.code:
            session.add(_former_name(old, now))
            old.name = name
        else:
            new = _under_another_code(session, old, name, code, now)
        for publisher in hand_over.publishers_by_kind(session, old).values():
            heir = _named_after(publisher, before, new)
            if heir is not None:
                hand_over.continue_register(session, publisher, heir, now)
                hand_over.sign_over(session, publisher, heir)
        if new is not old:
            hand_over.move_matters(session, old, new)
            hand_over.move_every_duty(session, old, new)
            leave_to(session, old, new, now)
        hand_over.fingerprint_anew(session, new)
        record(session, actor, "rename_village", f"village {old.code}", now, code=new.code)
        return new.id


def _ensure_new(session: Session, old: Village, name: str, code: str) -> None:
    if old.valid_until is not None:
        raise refuse("village_ended", f"{old.name}已经撤并，不能再改名。")
    if not name or not code.isdecimal():
        raise refuse("village_shape", "请填村的统计用区划代码（数字）和名称。")
    if name == old.name and code == old.code:
        raise refuse("nothing_changed", "跟现在的一样，没有要改的。")
    if code != old.code and village_by_code(session, code) is not None:
        raise refuse(
            "village_exists", f"统计用区划代码{code}的村已经有了。要合并，请用“并入另一个村”。"
        )


def _former_name(village: Village, now: datetime) -> FormerVillageName:
    return FormerVillageName(
        township_id=village.township_id,
        village_id=village.id,
        name=village.name,
        until_on=village_day(now) - ONE_DAY,
    )


def _under_another_code(
    session: Session, old: Village, name: str, code: str, now: datetime
) -> Village:
    """The same village to the statistics anew, with the catalogs that it follows."""
    today = village_day(now)
    new = Village(
        township_id=old.township_id,
        code=code,
        name=name,
        phone=old.phone,
        office_phones=old.office_phones,
        disclosure_day=old.disclosure_day,
        residents=old.residents,
        households=old.households,
        valid_from=today,
    )
    session.add(new)
    session.flush()
    in_force = adoption_on(session, old.township_id, old.id, today)
    later = select(Adoption).where(Adoption.village_id == old.id, Adoption.in_force_from > today)
    for adoption in filter(None, (in_force, *session.scalars(later))):
        copied = {
            column.key: getattr(adoption, column.key) for column in Adoption.__table__.columns
        }
        copied |= {"village_id": new.id, "in_force_from": max(adoption.in_force_from, today)}
        session.add(Adoption(**{key: copied[key] for key in copied if key != "id"}))
    session.flush()
    return new


def _named_after(publisher: Publisher, before: str, village: Village) -> Publisher | None:
    """The publisher that signs from today on; None when its name says nothing of the village."""
    if not publisher.name.startswith(before) and publisher.village_id == village.id:
        return None
    return Publisher(
        township_id=publisher.township_id,
        village_id=village.id,
        kind=publisher.kind,
        name=village.name + publisher.name.removeprefix(before),
        prefix=village.name + publisher.prefix.removeprefix(before),
    )
