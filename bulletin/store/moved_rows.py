"""The rows of a house, or of one township of it: taken out of one database and put into another."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from itertools import islice
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Integer,
    Table,
    bindparam,
    delete,
    func,
    insert,
    select,
    true,
    update,
)
from sqlalchemy.orm import Session

from bulletin.domain.transparency.moved_ids import shifted_json, shifted_occasion
from bulletin.store.base import SHORT_LIVED
from bulletin.store.metadata import metadata
from bulletin.store.oldest_release import exclude_older
from bulletin.store.row_numbers import continue_numbering

Row = dict[str, Any]
# What a house has once, whoever lives there: it goes along only when everybody moves to an empty house.
OF_THE_HOUSE = frozenset({"chain_head", "history_entry", "history_subtree", "subscription_sweep"})
# When its clock did what, and when it stood still: that of an empty house goes on from there.
OF_THE_CLOCK = frozenset({"heartbeat", "outage"})
# Where columns of JSON hold ids of rows, as `shifted_json` takes it.
JSON_IDS: Mapping[tuple[str, str], Mapping[str, Any]] = {
    ("edition_pattern", "confirmed"): {"person_id": {}},
    ("meeting_correction", "before"): {"decisions": {"id": {}}},
    ("meeting_correction", "after"): {"decisions": {"id": {}}},
}
AT_ONCE = 500  # rows
MAX_ID = 2**31 - 1
STEP = 1_000_000  # of shifts: id 17 becomes 2000017, which people can read


@dataclass(frozen=True)
class Newcomers:
    """Whose rows move, and what changes of them on the way."""

    township_id: int | None  # None: of the whole house
    are_first: bool = False  # nobody lived in the new house before
    shift: int = 0
    logins: Mapping[str, str] = field(
        default_factory=dict
    )  # taken in the new house: what they become
    readers: Mapping[int, int] = field(
        default_factory=dict
    )  # ids of readers whom the new house knows

    @property
    def are_whole_house(self) -> bool:
        return self.township_id is None


def moved_tables(who: Newcomers) -> list[Table]:
    """The tables whose rows move, parents before children."""
    return [
        table
        for table in metadata.sorted_tables
        if SHORT_LIVED not in table.info
        and (who.are_whole_house or table.name not in OF_THE_HOUSE)
        and (who.are_first or table.name not in OF_THE_CLOCK)
    ]


def is_empty(session: Session) -> bool:
    """Whether nobody lives in a house yet: its tables are there, and no township."""
    return session.scalar(select(func.count()).select_from(metadata.tables["township"])) == 0


def next_shift(session: Session) -> int:
    """By how much ids have to be greater here so that none is taken; 0 in an empty house."""
    if is_empty(session):
        return 0
    counted = [table.c.id for table in metadata.sorted_tables if _has_counted_ids(table)]
    last = max(session.scalar(select(func.max(each))) or 0 for each in counted)
    return (last // STEP + 1) * STEP


def greatest_id(session: Session, who: Newcomers) -> int:
    """The greatest id among what moves."""
    asked = (
        select(func.max(table.c.id)).where(whose(table, who.township_id))
        for table in moved_tables(who)
        if _has_counted_ids(table)
    )
    return max(session.scalar(each) or 0 for each in asked)


def whose(table: Table, township_id: int | None) -> ColumnElement[bool]:
    """Which rows of a table are a township's (None: all)."""
    if township_id is None or table.name in OF_THE_CLOCK:
        return true()
    if table.name == "township":
        return table.c.id == township_id
    if "township_id" in table.c:
        return table.c.township_id == township_id
    if table.name == "subscriber":
        subscription = metadata.tables["subscription"]
        of_it = subscription.c.township_id == township_id
        return table.c.id.in_(select(subscription.c.subscriber_id).where(of_it))
    column, parent = next(
        (column, parent) for column, parent in _references(table) if "township_id" in parent.c
    )
    return column.in_(select(parent.c.id).where(parent.c.township_id == township_id))


def carry_over(leaving: Session, arriving: Session, who: Newcomers) -> dict[str, int]:
    """Write into one session what another one reads; returns how many rows of each table.

    What names a row that stays behind (a county's overseer who acted here) names nobody any more; a row that can't be
    without it stays behind too.
    """
    carried, known = {}, _RowsAlong(who)
    for table in moved_tables(who):
        if who.are_whole_house and arriving.scalar(select(func.count()).select_from(table)):
            arriving.execute(delete(table))  # the migration itself put one there
        rows = known.that_fit(table, _rows(leaving, table, who))
        carried[table.name] = _put(arriving, table, (_changed(table, row, who) for row in rows))
    exclude_older(arriving.connection())
    return carried


def _rows(session: Session, table: Table, who: Newcomers) -> Iterator[Row]:
    chosen = select(table).where(whose(table, who.township_id)).order_by(*table.primary_key)
    for row in session.execute(chosen.execution_options(yield_per=AT_ONCE)).mappings():
        yield dict(row)


class _RowsAlong:
    """Which rows came along, for those that name them."""

    def __init__(self, who: Newcomers) -> None:
        self._who = who
        self._ids: dict[str, set[int]] = {}

    def that_fit(self, table: Table, rows: Iterator[Row]) -> Iterator[Row]:
        if self._who.are_whole_house:
            yield from rows
            return
        listed = list(rows)
        if "id" in table.c:
            self._ids[table.name] = {row["id"] for row in listed}
        for row in listed:
            if table.name == "subscriber" and row["id"] in self._who.readers:
                continue
            if self._fits(table, row):
                yield row
            elif "id" in table.c:
                self._ids[table.name].discard(row["id"])

    def _fits(self, table: Table, row: Row) -> bool:
        for column, parent in _references(table):
            named = row[column.key]
            if named is None or named in self._ids.get(parent.name, ()):
                continue
            if not column.nullable:
                return False
            row[column.key] = None
        return True


def _changed(table: Table, row: Row, who: Newcomers) -> Row:
    """A row as the new house has it."""
    moved = dict(row)
    if who.shift:
        moved |= {
            name: change(row[name], who.shift)
            for name, change in _changes(table)
            if row[name] is not None
        }
    for column, parent in _references(table):
        if parent.name == "subscriber" and row[column.key] in who.readers:
            moved[column.key] = who.readers[row[column.key]]
    if table.name == "person":
        moved["login"] = who.logins.get(row["login"], row["login"])
    return moved


@cache
def _changes(table: Table) -> tuple[tuple[str, Callable[[Any, int], Any]], ...]:
    """The columns of a table that follow a shift of the ids, and how."""
    return tuple(_followed(table))


def _followed(table: Table) -> Iterator[tuple[str, Callable[[Any, int], Any]]]:
    for column in table.columns:
        keys = JSON_IDS.get((table.name, column.name))
        is_shift = (table.name, column.name) == ("former_history", "shift")
        if keys is not None:
            yield column.key, partial(_shifted_json, keys)
        elif column.name == "occasion":
            yield column.key, shifted_occasion
        elif column.foreign_keys or (column.name == "id" and _has_counted_ids(table)) or is_shift:
            yield column.key, int.__add__


def _shifted_json(keys: Mapping[str, Any], value: Any, shift: int) -> Any:
    return shifted_json(value, keys, shift)


def _has_counted_ids(table: Table) -> bool:
    """Whether the database gives its rows numbers; the one row of a house has the number 1."""
    return (
        "id" in table.c
        and isinstance(table.c.id.type, Integer)
        and table.name not in {"chain_head", "subscription_sweep"}
    )


def _references(table: Table) -> list[tuple[Column[Any], Table]]:
    """The columns that name rows of other tables by their ids, and of its own."""
    return [(column, each.column.table) for column in table.columns for each in column.foreign_keys]


def _put(session: Session, table: Table, rows: Iterator[Row]) -> int:
    """Insert rows, some at a time, and return how many; what points at its own table is written in a second round."""
    own = [column.key for column, parent in _references(table) if parent is table]
    pointing: dict[str, list[Row]] = {column: [] for column in own}
    count = 0
    while batch := list(islice(rows, AT_ONCE)):
        session.execute(insert(table), [row | dict.fromkeys(own) for row in batch])
        count += len(batch)
        for column in own:
            links = ({"row": row["id"], "to": row[column]} for row in batch if row[column])
            pointing[column].extend(links)
    for column, links_of_it in pointing.items():
        if links_of_it:
            statement = update(table).where(table.c.id == bindparam("row"))
            session.connection().execute(statement.values({column: bindparam("to")}), links_of_it)
    continue_numbering(session.connection(), table)
    return count
