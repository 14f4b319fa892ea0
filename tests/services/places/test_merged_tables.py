"""Every table that names a village, and what happens to its rows when the village merges into another one."""

from datetime import date, datetime
from enum import StrEnum
from itertools import count

import pytest
from sqlalchemy import JSON, Enum, insert, select
from support.clock import NOON

from bulletin.services.places.merge import merge_village
from bulletin.services.places.rename import rename_village
from bulletin.store.metadata import metadata


class Fate(StrEnum):
    MOVES = "it is the other village's from today on"
    STAYS = "it stays what it was: history, or found through the village of today"
    ENDS = "it is gone"


M, S, E = Fate.MOVES, Fate.STAYS, Fate.ENDS
FATES = {  # of a row that is new and open, as far as the table knows such a thing
    "adoption.village_id": (S, "the catalogs that it followed; nothing is opened by them any more"),
    "appointment.village_id": (S, "it ends the day before; the same role begins in the other one"),
    "board.village_id": (M, "walked after the other village's boards"),
    "board_pack.village_id": (S, "a PDF that somebody asked for"),
    "catalog_import.village_id": (S, "what was imported is never changed"),
    "chosen_cells.village_id": (M, "unless the other village chose for that item itself"),
    "duty.from_village_id": (S, "who owed it first"),
    "duty.publisher_id": (S, "of the calendar's; those of matters are signed over"),
    "duty.village_id": (S, "what waits for an event is not applicable; what has begun moves"),
    "edition.village_id": (M, "while it has no number"),
    "emergency_sheet.village_id": (S, "for whom it was printed"),
    "escalation.village_id": (M, "while it is open: the other village answers"),
    "feedback.village_id": (S, "answered in the name of the village of today"),
    "former_board_village.village_id": (S, "whose board it was; its papers hang on there"),
    "former_village_name.village_id": (S, "what it was called"),
    "inspection.village_id": (S, "what was found there"),
    "inspection_finding.village_id": (M, "while it is not mended"),
    "ledger_mapping.village_id": (M, "unless the other village has one for these heads"),
    "lost_code.publisher_id": (S, "a code that paper bears"),
    "matter.publisher_id": (M, "signed over to the publisher of its kind"),
    "matter.village_id": (M, "carried on, with its duties"),
    "meeting.village_id": (S, "who met; its decisions are made public by the village of today"),
    "notice.register_publisher_id": (M, "signed over, while it has no number"),
    "notice.village_id": (M, "while it has no number"),
    "outlet.village_id": (M, "carries what the other village publishes"),
    "proposed_import.village_id": (E, "nobody adopts a catalog for a village that is no more"),
    "publisher.village_id": (S, "it signs no more"),
    "register_counter.publisher_id": (S, "its numbers end"),
    "responsibility.village_id": (S, "who answered for it, until somebody enters the end"),
    "signature.publisher_id": (M, "signed over, while it has no number"),
    "subscription.village_id": (S, "its readers are told of the village of today"),
    "village.successor_id": (S, "who merged into it before is led on from there"),
}
KINDS = {"village", "publisher"}


def _references():
    for table in metadata.sorted_tables:
        for column in table.columns:
            for key in column.foreign_keys:
                if key.column.table.name in KINDS:
                    yield f"{table.name}.{column.name}", column


@pytest.mark.sqlite_only(reason="the tables are the same on both")
def test_of_every_reference_to_a_village_it_is_said_what_a_merge_does():
    assert {name for name, _column in _references()} == set(FATES)


EXISTING = {"adoption", "appointment", "board", "publisher"}  # the village has such rows
_numbers = count(10_000)
_BY_TYPE = {datetime: NOON, date: NOON.date(), bool: False, bytes: b"x", dict: {}}


def _value(column):
    """Something that the column takes."""
    kind = getattr(column.type, "impl_instance", column.type)
    if isinstance(kind, Enum):
        return kind.enums[0] if kind.enum_class is None else next(iter(kind.enum_class))
    if isinstance(kind, JSON):
        return []
    number = next(_numbers)
    return number if kind.python_type is int else _BY_TYPE.get(kind.python_type, f"x{number}")


def _a_row(connection, table, **given):
    """A row with what it must have; where it needs another one, the first that there is, or one like this."""
    values = {}
    for column in table.columns:
        key = next(iter(column.foreign_keys), None)
        if column.name in given:
            values[column.name] = given[column.name]
        elif column.nullable or (column.primary_key and key is None and column.name == "id"):
            continue
        elif key is not None:
            there = connection.scalar(select(key.column).order_by(key.column).limit(1))
            values[column.name] = there or _a_row(connection, key.column.table)[0]
        else:
            values[column.name] = _value(column)
    return connection.execute(insert(table).values(**values)).inserted_primary_key


def _rows(zhangjia):
    """For each reference the key of a row that names the village in it."""
    with zhangjia.site.sessions.engine.begin() as connection:
        publisher = metadata.tables["publisher"]
        of_village = select(publisher.c.id).where(publisher.c.village_id == zhangjia.id)
        signing = connection.scalar(of_village.order_by(publisher.c.id).limit(1))
        found = {}
        for name, column in _references():
            table, key = column.table, next(iter(column.foreign_keys))
            named = zhangjia.id if key.column.table.name == "village" else signing
            there = select(*table.primary_key.columns).where(column == named)
            row = connection.execute(there.limit(1)).first() if table.name in EXISTING else None
            found[name] = row or _a_row(connection, table, **{column.name: named})
        return found


def _fates(zhangjia, rows):
    """What became of each: its value, or None where the row is gone."""
    with zhangjia.site.sessions.engine.connect() as connection:
        for name, column in _references():
            keys = zip(column.table.primary_key.columns, rows[name], strict=True)
            known = (key == value for key, value in keys if key is not column)
            found = select(column).where(*known)
            yield name, connection.execute(found).scalar()


def test_a_merge_does_to_every_table_what_is_said_of_it(zhangjia):
    rows = _rows(zhangjia)
    before = dict(_fates(zhangjia, rows))
    merge_village(zhangjia.site, zhangjia.zheng, zhangjia.id, zhangjia.ids["白马村"], NOON)
    after = dict(_fates(zhangjia, rows))
    done = {
        name: S if after[name] == before[name] else E if after[name] is None else M
        for name in FATES
    }
    assert done == {name: fate for name, (fate, _why) in FATES.items()}


def test_another_code_takes_the_things_of_the_village_along(zhangjia):
    rows = _rows(zhangjia)
    new = rename_village(
        zhangjia.site, zhangjia.zheng, zhangjia.id, "新张村", NOON, code="630223202299"
    )
    after = dict(_fates(zhangjia, rows))
    moved = {name for name, (fate, _why) in FATES.items() if fate is M and "publisher" not in name}
    assert {name: after[name] for name in moved} == dict.fromkeys(moved, new)
    assert after["duty.village_id"] == new
