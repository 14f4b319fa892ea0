"""Villages by code, name and day, and who has the place of one that is no more."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, or_, select, union_all
from sqlalchemy.orm import Session, aliased, selectinload

from bulletin.store.asked_once import asked_once
from bulletin.store.places import FormerVillageName, Township, Village, township_by_code

_FORMER_NAMES = selectinload(Village.former_names)


def villages_on(township_id: int, day: date) -> Select[Village]:
    """The villages that exist on a day, in the order of their codes."""
    exist = _exist_on((township_id,), day)
    return select(Village).where(exist).options(_FORMER_NAMES).order_by(Village.code)


def _exist_on(township_ids: Collection[int], day: date) -> ColumnElement[bool]:
    goes_on = or_(Village.valid_until.is_(None), Village.valid_until >= day)
    return and_(Village.township_id.in_(township_ids), Village.valid_from <= day, goes_on)


def names_on(session: Session, township_id: int, day: date) -> dict[int, str]:
    """What the villages that exist on a day were called then, in the order of their codes."""
    return names_in(session, (township_id,), day)[township_id]


def names_in(
    session: Session, township_ids: Collection[int], day: date
) -> dict[int, dict[int, str]]:
    """The same of several townships, by their ids.

    Columns alone: pages ask it again and again, and a township may have hundreds.
    """
    exist = _exist_on(township_ids, day)
    there = select(Village.township_id, Village.id, Village.name).where(exist)
    names: dict[int, dict[int, str]] = {each: {} for each in township_ids}
    for row in session.execute(there.order_by(Village.code)):
        names[row.township_id][row.id] = row.name
    former = (
        select(FormerVillageName.township_id, FormerVillageName.village_id, FormerVillageName.name)
        .where(FormerVillageName.township_id.in_(township_ids), FormerVillageName.until_on >= day)
        .order_by(FormerVillageName.until_on.desc(), FormerVillageName.id.desc())
    )
    for township_id, village_id, name in session.execute(former):  # what was given up first is last
        if village_id in names[township_id]:
            names[township_id][village_id] = name
    return names


def heirs_in(
    session: Session, township_ids: Collection[int], day: date
) -> dict[int, dict[int, int | None]]:
    """By township the villages that had ended before a day, each with the one that took over."""
    ended = Village.township_id.in_(township_ids), Village.valid_until < day
    asked = select(Village.township_id, Village.id, Village.successor_id).where(*ended)
    heirs: dict[int, dict[int, int | None]] = {each: {} for each in township_ids}
    for row in session.execute(asked):
        heirs[row.township_id][row.id] = row.successor_id
    return heirs


def village_by_code(session: Session, code: str) -> Village | None:
    return session.scalar(select(Village).where(Village.code == code))


def village_by_name(session: Session, township_id: int, name: str) -> Village | None:
    """A village by its code or its name, with or without 村, also one of before; the one of today first."""
    names = (name, f"{name}村")
    former = select(FormerVillageName.village_id).where(FormerVillageName.name.in_(names))
    is_meant = or_(Village.name.in_(names), Village.code == name)
    query = select(Village).where(
        Village.township_id == township_id, or_(is_meant, Village.id.in_(former))
    )
    has_ended = Village.valid_until.is_not(None)
    return session.scalar(query.order_by(has_ended, ~is_meant, Village.id).limit(1))


def named_exactly(session: Session, name: str) -> list[Township | Village]:
    """The places of the site that are called so, or were."""
    former = select(FormerVillageName.village_id).where(FormerVillageName.name == name)
    villages = select(Village).where(or_(Village.name == name, Village.id.in_(former)))
    return [
        *session.scalars(select(Township).where(Township.name == name)),
        *session.scalars(villages.order_by(Village.id)),
    ]


def predecessors(session: Session, township_id: int) -> dict[int, int]:
    """Which villages of a township were taken over, each with the one that has its place today."""
    rows = session.execute(
        select(Village.id, Village.successor_id).where(
            Village.township_id == township_id, Village.successor_id.is_not(None)
        )
    )
    successor = {row.id: row.successor_id for row in rows}

    def today(village_id: int) -> int:
        return today(successor[village_id]) if village_id in successor else village_id

    return {village_id: today(village_id) for village_id in successor}


def names_by_village(
    session: Session, township_ids: Collection[int]
) -> dict[int, dict[int, frozenset[str]]]:
    """By township what each village is and was called, also under an earlier or later code of its own.

    The name of one that merged into another stays its own: it names what was there, not what is beside it.
    """
    of_now = select(Village.township_id, Village.id, Village.name)
    of_before = select(
        FormerVillageName.township_id, FormerVillageName.village_id, FormerVillageName.name
    )
    every = union_all(
        of_now.where(Village.township_id.in_(township_ids)),
        of_before.where(FormerVillageName.township_id.in_(township_ids)),
    )
    names: dict[int, frozenset[str]] = defaultdict(frozenset)
    found: dict[int, dict[int, frozenset[str]]] = {each: {} for each in township_ids}
    township_of: dict[int, int] = {}
    for township_id, village_id, name in session.execute(every):
        names[village_id] |= {name}
        township_of[village_id] = township_id
    renumbered = _renumbered(session, township_ids)
    for village_id, heir_id in renumbered:
        names[heir_id] |= names[village_id]
    for village_id, heir_id in reversed(renumbered):
        names[village_id] |= names[heir_id]
    for village_id, township_id in township_of.items():
        found[township_id][village_id] = names[village_id]
    return found


def _renumbered(session: Session, township_ids: Collection[int]) -> list[tuple[int, int]]:
    """The villages that go on under another code (`Village.goes_on_as`), each with that, the oldest first."""
    heir = aliased(Village)
    goes_on = and_(heir.id == Village.successor_id, heir.valid_from > Village.valid_until)
    found = (
        select(Village.id, heir.id)
        .join(heir, goes_on)
        .where(Village.township_id.in_(township_ids))
        .order_by(Village.valid_from, Village.id)
    )
    return [(village_id, heir_id) for village_id, heir_id in session.execute(found)]


@asked_once
def place_of_code(session: Session, code: str) -> tuple[Township, Village | None] | None:
    """The place of a statistical code: a village in its township, or the township itself."""
    if (village := village_by_code(session, code)) is not None:
        return village.township, village
    township = township_by_code(session, code)
    return (township, None) if township else None
