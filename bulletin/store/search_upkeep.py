"""The index of the search follows what it is made of: in the same transaction, whoever writes.

Every writing session of the site is watched. What it flushes, and what its statements insert, change and delete,
is noted by table; before the transaction is committed the subjects concerned are read and indexed anew.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any

from sqlalchemy import Connection, Delete, Insert, Select, Update, event, func, select
from sqlalchemy.orm import (
    InstrumentedAttribute,
    ORMExecuteState,
    Session,
    UOWTransaction,
    sessionmaker,
)

from bulletin.store import search_index
from bulletin.store.search_index import AT_ONCE
from bulletin.store.search_subjects import SUBJECTS, Subject

_CHANGED = "changed since the index of the search was written"
_WATCHED = {cls.__table__: cls for subject in SUBJECTS for cls in subject.fed_by}
_KEYS = {  # of each watched class the columns by whose values its subjects are found
    cls: {
        lead if isinstance(lead, InstrumentedAttribute) else cls.id
        for subject in SUBJECTS
        for fed, lead in subject.fed_by.items()
        if fed is cls
    }
    for cls in _WATCHED.values()
}
Changed = dict[InstrumentedAttribute[int], set[int]]  # the values of those columns


def keep_index(sessions: sessionmaker[Session]) -> None:
    """From now on every transaction of these sessions leaves the index as it should be."""
    event.listen(sessions, "after_flush", _note_flushed)
    event.listen(sessions, "do_orm_execute", _note_statement)
    event.listen(sessions, "before_commit", _write_changed)
    event.listen(sessions, "after_soft_rollback", _forget)


def _changed(session: Session) -> Changed:
    noted: Changed = session.info.setdefault(_CHANGED, defaultdict(set))
    return noted


def _note_flushed(session: Session, _flush: UOWTransaction) -> None:
    for record in chain(session.new, session.dirty, session.deleted):
        for key in _KEYS.get(type(record), ()):
            _changed(session)[key].add(getattr(record, key.key))


def _note_statement(state: ORMExecuteState) -> None:
    statement = state.statement
    if not isinstance(statement, Insert | Update | Delete):
        return
    cls = _WATCHED.get(statement.table)
    for key in _KEYS[cls] if cls else ():
        _changed(state.session)[key].update(_values(state, cls, key))


def _values(state: ORMExecuteState, cls: Any, key: InstrumentedAttribute[int]) -> Iterable[int]:
    """Which rows a statement concerns, before it runs."""
    statement, session = state.statement, state.session
    if not isinstance(statement, Insert):
        which = select(key)
        if statement.whereclause is not None:  # type: ignore[attr-defined]
            which = which.where(statement.whereclause)  # type: ignore[attr-defined]
        return session.connection().scalars(which)
    parameters: Any = state.parameters or {}
    given = parameters if isinstance(parameters, list) else [parameters]
    if all(key.key in row for row in given):
        return [row[key.key] for row in given]
    # They will have the next numbers: one process writes at a time.
    last = session.connection().scalar(select(func.max(cls.id))) or 0
    return range(last + 1, last + 1 + len(given))


def _write_changed(session: Session) -> None:
    session.flush()
    changed: Changed = session.info.pop(_CHANGED, {})
    if not changed:
        return
    connection = session.connection()
    for subject in SUBJECTS:
        ids: set[int] = set()
        for cls, lead in subject.fed_by.items():
            if isinstance(lead, InstrumentedAttribute):
                ids |= changed.get(lead, set())
            elif values := sorted(changed.get(cls.id, ())):
                for some in _portions(values):
                    ids.update(connection.scalars(lead(some)))
        for some in _portions(sorted(ids)):
            write_subjects(connection, subject, some)


def _forget(session: Session, _transaction: Any) -> None:
    session.info.pop(_CHANGED, None)


def _portions(values: Iterable[int]) -> Iterator[list[int]]:
    rest = iter(values)
    while some := list(islice(rest, AT_ONCE)):
        yield some


def write_subjects(connection: Connection, subject: Subject, ids: list[int]) -> None:
    """Read some subjects and index them as they are; what is not there any more leaves the index."""
    tokens: dict[int, str | None] = dict.fromkeys(ids)
    tokens |= subject_tokens(connection, subject, subject.rows.where(subject.id.in_(ids)))
    search_index.write(connection, subject.kind, tokens)


def subject_tokens(
    connection: Connection, subject: Subject, rows: Select[*tuple[Any, ...]]
) -> dict[int, str]:
    return {row.id: subject.tokens(row) for row in connection.execute(rows)}


def fill(connection: Connection) -> None:
    """Fill the index from what stands, unless this release's rule has filled it already."""
    if search_index.is_current(connection):
        return
    with search_index.emptied(connection):
        for subject in SUBJECTS:
            last = 0
            while tokens := _next_tokens(connection, subject, last):
                search_index.write(connection, subject.kind, tokens)
                last = max(tokens)


def _next_tokens(connection: Connection, subject: Subject, last: int) -> dict[int, str | None]:
    rows = subject.rows.where(subject.id > last).order_by(subject.id).limit(AT_ONCE)
    return {**subject_tokens(connection, subject, rows)}
