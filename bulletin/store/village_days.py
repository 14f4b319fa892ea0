"""The legal day on which an instant falls, told by the database: years of them are grouped by it."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.visitors import InternalTraversal

from bulletin.domain.days import VILLAGE_ZONE


class _VillageDay(ColumnElement[date]):
    inherit_cache = True
    _traverse_internals = [("column", InternalTraversal.dp_clauseelement)]  # noqa: RUF012 - as SQLAlchemy has it
    type = Date()

    def __init__(self, column: ColumnElement[Any]) -> None:
        self.column = column


@compiles(_VillageDay, "postgresql")
def _in_zone(element: _VillageDay, compiler: Any, **words: Any) -> str:
    column = compiler.process(element.column, **words)
    return f"CAST({column} AT TIME ZONE '{VILLAGE_ZONE.key}' AS DATE)"


@compiles(_VillageDay, "sqlite")
def _by_hours(element: _VillageDay, compiler: Any, **words: Any) -> str:
    """It knows no zones; what it keeps is UTC, and since 1991 the village's clock is always as far ahead.

    Without fractions of a second: those it would round, into the next day.
    """
    return f"date(substr({compiler.process(element.column, **words)}, 1, 19), '+8 hours')"


def day_of(column: InstrumentedAttribute[Any]) -> ColumnElement[date]:
    """The day of an instant in the village."""
    return _VillageDay(column.expression)
