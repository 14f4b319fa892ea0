"""事项: opening a matter; its first phase becomes a duty."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from bulletin.domain.catalog.items import Catalog
from bulletin.domain.days import village_day
from bulletin.domain.duties.matters import MatterKind, kind_for, phase_json
from bulletin.domain.errors import refuse
from bulletin.domain.people import Actor
from bulletin.services.access import duty_for, ensure_liaison
from bulletin.services.catalog.in_force import catalog_on, owed_item, owed_kinds
from bulletin.services.duties.advance_matter import (
    add_step_duty,
    record_phase_event,
    responsible_publisher,
)
from bulletin.services.duties.open import WAITING
from bulletin.services.history import record
from bulletin.services.privacy.check import ensure_text_is_clean
from bulletin.services.site import Site
from bulletin.store.duties import Duty, Matter


@dataclass(frozen=True)
class OpenedMatter:
    id: int
    duty_id: int  # of its first phase


def matter_kinds(
    site: Site, actor: Actor, village_id: int | None, now: datetime
) -> tuple[MatterKind, ...]:
    """The kinds of matters that a village (None: the township) can open under its catalog."""
    with site.sessions.reading() as session:
        in_force = catalog_on(session, actor.township_id, village_id, village_day(now))
        if in_force is None:
            return ()
        return _kinds(site, in_force[1].only(owed_kinds(village_id)))


def _kinds(site: Site, catalog: Catalog) -> tuple[MatterKind, ...]:
    within = (kind.within(catalog) for kind in site.matter_kinds)
    return tuple(kind for kind in within if kind.phases)


def open_matter(
    site: Site, actor: Actor, waiting_duty_id: int, title: str, now: datetime
) -> OpenedMatter:
    """Begin a matter of an item that waits for events; its first phase becomes a duty."""
    with site.sessions.writing() as session:
        waiting = duty_for(session, actor, waiting_duty_id)
        return open_matter_for(session, site, actor, waiting, title, now)


def open_matter_for(
    session: Session, site: Site, actor: Actor, waiting: Duty, title: str, now: datetime
) -> OpenedMatter:
    """As `open_matter`, as a part of another act."""
    if waiting.occasion != WAITING:
        raise refuse("no_matter_here", "这一项按期公开，不用登记事项。")
    _, item = owed_item(session, waiting)
    kind = kind_for(_kinds(site, _catalog(session, actor, waiting.village_id, now)), item)
    return _open(session, actor, waiting.village_id, kind, title, now)


def begin_matter(
    site: Site,
    actor: Actor,
    village_id: int | None,
    kind_key: str,
    title: str,
    event_on: date | None,
    now: datetime,
) -> OpenedMatter:
    """Begin a matter of a kind in one step; with a day its first event has happened.

    Raises:
        Refused: nobody's role, no name, or a kind that the catalog does not have.
    """
    ensure_liaison(actor, village_id)
    with site.sessions.writing() as session:
        kinds = _kinds(site, _catalog(session, actor, village_id, now))
        kind = next((kind for kind in kinds if kind.key == kind_key), None)
        if kind is None:
            raise refuse("matter_kind", "请选是哪一类事。")
        opened = _open(session, actor, village_id, kind, title, now)
        if event_on is not None:
            first = session.get_one(Duty, opened.duty_id)
            record_phase_event(session, site, actor, first, event_on, now)
        return opened


def _catalog(session: Session, actor: Actor, village_id: int | None, now: datetime) -> Catalog:
    in_force = catalog_on(session, actor.township_id, village_id, village_day(now))
    if in_force is None:
        raise refuse("no_catalog", "还没有采用目录，不能登记事项。")
    return in_force[1].only(owed_kinds(village_id))


def _open(
    session: Session,
    actor: Actor,
    village_id: int | None,
    kind: MatterKind,
    title: str,
    now: datetime,
) -> OpenedMatter:
    title = ensure_text_is_clean(session, actor, title, "事项名称")
    if not title:
        raise refuse("title_missing", "请写事项的名称，例如“张家村村道硬化工程”。")
    matter = Matter(
        township_id=actor.township_id,
        village_id=village_id,
        item_code=kind.phases[0].item,
        title=title,
        kind=kind.key,
        phases=[phase_json(phase) for phase in kind.phases],
        opened_at=now,
        opened_by=actor.id,
    )
    adoption, publisher = responsible_publisher(session, matter, kind.phases[0], now)
    matter.publisher_id = publisher.id
    session.add(matter)
    session.flush()
    duty = add_step_duty(session, matter, 0, adoption, publisher, now)
    record(session, actor, "open_matter", f"matter {matter.id}", now, item=matter.item_code)
    return OpenedMatter(matter.id, duty.id)
