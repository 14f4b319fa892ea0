"""Sessions that see the rows of some townships alone, whatever is asked of them."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, event, or_, select
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria
from sqlalchemy.orm.interfaces import ORMOption

from bulletin.store.base import Base
from bulletin.store.places import Publisher, Township


def narrowed(session: Session, township_id: int) -> Session:
    """A second session in the same transaction that sees one township; it writes nothing and is not committed."""
    one = Session(session.connection(), autoflush=False)
    see_only(one, Township.id == township_id)
    return one


def see_only(session: Any, which: ColumnElement[bool]) -> None:
    """Whatever a session (or each one that a sessionmaker makes) selects is of these townships.

    What has no township, and what is asked past the ORM, is seen as ever; so is an act of nobody in particular.
    """
    options = tuple(_criteria(which))

    def narrow(state: ORMExecuteState) -> None:
        if state.is_orm_statement and state.is_select and not state.is_column_load:
            state.statement = state.statement.options(*options)

    event.listen(session, "do_orm_execute", narrow)


def _criteria(which: ColumnElement[bool]) -> Iterator[ORMOption]:
    townships = select(Township.__table__.c.id).where(which)
    publishers = select(Publisher.__table__.c.id).where(
        Publisher.__table__.c.township_id.in_(townships)
    )
    for model, column in _columns():
        of = publishers if column.key == "publisher_id" else townships
        nullable = column.property.columns[0].nullable
        is_theirs = or_(column.in_(of), column.is_(None)) if nullable else column.in_(of)
        yield with_loader_criteria(model, is_theirs, include_aliases=True)


@cache
def _columns() -> tuple[tuple[type[Base], Any], ...]:
    """Each model with the column that says whose its rows are."""
    found: list[tuple[type[Base], Any]] = [(Township, Township.id)]
    for mapper in Base.registry.mappers:
        for name in ("township_id", "publisher_id"):
            if name in mapper.columns:
                found.append((mapper.class_, getattr(mapper.class_, name)))
                break
    return tuple(found)
