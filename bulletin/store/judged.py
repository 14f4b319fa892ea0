"""A column by which SQLite judges what it has found, and never begins to seek.

It has no statistics. What a list asks of an edition, that it was published, is true of nearly all of them, and there is
an index by it; SQLite would rather walk through all that was ever published than look at the few that it was given.
"""

from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.visitors import InternalTraversal


class _Judged(ColumnElement[Any]):
    inherit_cache = True
    _traverse_internals = [("column", InternalTraversal.dp_clauseelement)]  # noqa: RUF012 - as SQLAlchemy has it

    def __init__(self, column: ColumnElement[Any]) -> None:
        self.column, self.type = column, column.type


@compiles(_Judged)
def _plain(element: _Judged, compiler: Any, **words: Any) -> str:
    return str(compiler.process(element.column, **words))


@compiles(_Judged, "sqlite")
def _with_sign(element: _Judged, compiler: Any, **words: Any) -> str:
    """Its own word for it: the sign changes no value, and no index is of it."""
    return f"+{compiler.process(element.column, **words)}"


def judged(column: InstrumentedAttribute[Any]) -> ColumnElement[Any]:
    """The column, as a condition to be looked at last."""
    return _Judged(column.expression)
