"""Whether the new house can take them: what is taken there already, and what becomes of it."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import UniqueConstraint, select
from sqlalchemy.orm import Session

from bulletin.domain.errors import Misconfigured
from bulletin.services.operations.move.order import MoveOrder
from bulletin.store.metadata import metadata
from bulletin.store.moved_rows import (
    MAX_ID,
    Newcomers,
    greatest_id,
    is_empty,
    moved_tables,
    next_shift,
    whose,
)
from bulletin.store.places import Township, has_demo

MAX_NAMED = 20  # values on the screen
# Both hand out the same codes: what one has the other must not have either.
_SAME_CODES = (("notice", "code"), ("lost_code", "code")), (("notice", "digits"), ("lost_code", "digits"))  # fmt: skip
_SETTLED = {("person", "login"), ("subscriber", "mail"), ("subscriber", "token")}  # by other means


def newcomers(
    session: Session,
    new: Session,
    townships: Sequence[Township],
    one: int | None,
    order: MoveOrder,
) -> Newcomers:
    """Whose rows move, and how they change.

    Args:
        session: of the old house; `new`: of the new one.
        one: the id of a township that leaves others behind.

    Raises:
        Misconfigured: names everything that is in the way.
    """
    if is_empty(new):
        first = Newcomers(one, are_first=True)
        _refuse_other_keys(first, order)
        return first
    if len(townships) > 1:
        names = ", ".join(f"{each.code} {each.name}" for each in townships)
        raise Misconfigured(
            f"others live in the new house: townships move there one by one, with --township ({names})"
        )
    if has_demo(session) != has_demo(new):
        raise Misconfigured("an invented township and a real one don't live in one house")
    plain = Newcomers(townships[0].id, shift=next_shift(new))
    if greatest_id(session, plain) + plain.shift > MAX_ID:
        raise Misconfigured("the new house has no numbers left for so many rows")
    taken = _taken(session, new, plain, "person", "login")
    logins = _renamed(session, new, plain, taken, order.rename_logins)
    _refuse_taken(session, new, plain)
    return replace(plain, logins=logins, readers=_readers(session, new, plain))


def _refuse_other_keys(who: Newcomers, order: MoveOrder) -> None:
    """The one history goes on in the new house, and its witnesses would see another signer."""
    if who.are_whole_house and order.other_keys:
        raise Misconfigured(
            f"the new house has keys of its own ({', '.join(order.other_keys)}), and the history that comes is "
            "signed with others: take these files away there, and move again"
        )


def same_prefixes(session: Session, new: Session, who: Newcomers) -> tuple[str, ...]:
    """Prefixes of register numbers that somebody in the new house uses too: two registers, and no fault."""
    if is_empty(new):
        return ()
    return tuple(sorted(_taken(session, new, who, "publisher", "prefix")))


def _values(session: Session, table: str, column: str, township_id: int | None) -> set[str]:
    asked = metadata.tables[table]
    chosen = select(asked.c[column]).where(whose(asked, township_id), asked.c[column].is_not(None))
    return set(session.scalars(chosen))


def _taken(
    session: Session, new: Session, who: Newcomers, table: str, column: str, beside: str = ""
) -> set[str]:
    """The values of those who come that somebody in the new house has."""
    coming = _values(session, table, column, who.township_id)
    return coming & _values(new, beside or table, column, None)


def _renamed(
    session: Session, new: Session, who: Newcomers, taken: set[str], prefix: str
) -> dict[str, str]:
    if not taken:
        return {}
    if not prefix:
        raise Misconfigured(
            f"{len(taken)} logins are taken in the new house: {_named(taken)}. Change them, or run again "
            "with --rename-logins PREFIX: those get PREFIX before their login, and have to be told"
        )
    logins = {login: f"{prefix}{login}" for login in taken}
    used = _values(new, "person", "login", None) | _values(
        session, "person", "login", who.township_id
    )
    if still := used & set(logins.values()):
        raise Misconfigured(f"these logins are taken too, choose another prefix: {_named(still)}")
    return logins


def _refuse_taken(session: Session, new: Session, who: Newcomers) -> None:
    """Codes are random: one that is there twice is somebody's mistake, and nobody's to be changed."""
    faults = [
        f"{table} {column}: {_named(taken)}"
        for table, column in _unique_columns(who)
        if (taken := _taken(session, new, who, table, column))
    ]
    faults += [
        f"{one} {column}: {_named(taken)} (as {other})"
        for pair in _SAME_CODES
        for (one, column), (other, _) in (pair, pair[::-1])
        if (taken := _taken(session, new, who, one, column, other))
    ]
    if faults:
        raise Misconfigured(f"the new house has some of it already: {'; '.join(faults)}")


def _unique_columns(who: Newcomers) -> list[tuple[str, str]]:
    """Columns of words that no two rows of a house share."""
    return [
        (table.name, columns[0].name)
        for table in moved_tables(who)
        for each in table.constraints
        if isinstance(each, UniqueConstraint)
        and len(columns := list(each.columns)) == 1
        and not columns[0].foreign_keys
        and (table.name, columns[0].name) not in _SETTLED
    ]


def _readers(session: Session, new: Session, who: Newcomers) -> dict[int, int]:
    """Readers who get letters from the new house already: one address has one page and one letter a day."""
    table = metadata.tables["subscriber"]
    known = select(table.c.mail, table.c.id).where(table.c.mail.is_not(None))
    there = {row.mail: row.id for row in new.execute(known)}
    coming = session.execute(known.where(whose(table, who.township_id)))
    return {row.id: there[row.mail] for row in coming if row.mail in there}


def _named(values: set[str]) -> str:
    first = ", ".join(sorted(values)[:MAX_NAMED])
    return f"{first} …" if len(values) > MAX_NAMED else first
