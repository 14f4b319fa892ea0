"""What is made of other tables follows them, in the same transaction, whoever writes: the index, and the answers.

Every writing session of the site is watched. What it flushes, and what its statements insert, change and delete,
is noted by table; before the transaction is committed the subjects concerned are read and indexed anew, and from
when on each duty is answered is written.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any

from sqlalchemy import Column, Connection, Delete, Insert, Select, Update, event, func, select
from sqlalchemy.orm import (
    InstrumentedAttribute,
    ORMExecuteState,
    Session,
    UOWTransaction,
    sessionmaker,
)

from bulletin.store import search_index
from bulletin.store.annual_reports import AnnualReportEdition, answers_duty
from bulletin.store.answers import keep_answers
from bulletin.store.duties import Duty
from bulletin.store.notices import Edition, Notice, notice_duty
from bulletin.store.search_index import AT_ONCE
from bulletin.store.search_subjects import SUBJECTS, Subject

_CHANGED = "changed since the index of the search was written"
_WATCHED = {cls for subject in SUBJECTS for cls in subject.fed_by}
Key = InstrumentedAttribute[int] | Column[int]
_KEYS: dict[Any, set[Key]] = (
    {  # of each watched table the columns by whose values its subjects are found
        cls.__table__: {
            lead if isinstance(lead, InstrumentedAttribute) else cls.id
            for subject in SUBJECTS
            for fed, lead in subject.fed_by.items()
            if fed is cls
        }
        for cls in _WATCHED
    }
    | {notice_duty: {notice_duty.c.duty_id}}
    | {AnnualReportEdition.__table__: {AnnualReportEdition.id}}
)
Changed = dict[Key, set[int]]  # the values of those columns


def keep_index(sessions: sessionmaker[Session]) -> None:
    """From now on every transaction of these sessions leaves the index as it should be."""
    event.listen(sessions, "after_flush", _note_flushed)
    event.listen(sessions, "do_orm_execute", _note_statement)
    event.listen(sessions, "before_commit", _write_changed)
    event.listen(sessions, "after_soft_rollback", _forget)


def note_moved(session: Session, edition_id: int) -> None:
    """An edition moved past the unit of work."""
    _changed(session)[Edition.id].add(edition_id)


def _changed(session: Session) -> Changed:
    noted: Changed = session.info.setdefault(_CHANGED, defaultdict(set))
    return noted


def _note_flushed(session: Session, _flush: UOWTransaction) -> None:
    for record in chain(session.new, session.dirty, session.deleted):
        for key in _KEYS.get(record.__table__, ()):
            _changed(session)[key].add(getattr(record, key.key))


def _note_statement(state: ORMExecuteState) -> None:
    statement = state.statement
    if not isinstance(statement, Insert | Update | Delete):
        return
    for key in _KEYS.get(statement.table, ()):
        _changed(state.session)[key].update(_values(state, key))


def _values(state: ORMExecuteState, key: Key) -> Iterable[int]:
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
    last = session.connection().scalar(select(func.max(key))) or 0
    return range(last + 1, last + 1 + len(given))


def _write_changed(session: Session) -> None:
    session.flush()
    changed: Changed = session.info.pop(_CHANGED, {})
    if not changed:
        return
    connection = session.connection()
    for some in _portions(sorted(_answered(connection, changed))):
        keep_answers(connection, some)
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


def _answered(connection: Connection, changed: Changed) -> set[int]:
    """The duties that changed, and those that changed notices, editions and reports answer."""
    duties = {*changed.get(notice_duty.c.duty_id, ()), *changed.get(Duty.id, ())}
    answers = select(notice_duty.c.duty_id)
    of_editions = answers.join(Edition, Edition.notice_id == notice_duty.c.notice_id)
    for some in _portions(sorted(changed.get(Notice.id, ()))):
        duties.update(connection.scalars(answers.where(notice_duty.c.notice_id.in_(some))))
    for some in _portions(sorted(changed.get(Edition.id, ()))):
        duties.update(connection.scalars(of_editions.where(Edition.id.in_(some))))
    by_report = select(Duty.id).join(AnnualReportEdition, answers_duty())
    for some in _portions(sorted(changed.get(AnnualReportEdition.id, ()))):
        duties.update(connection.scalars(by_report.where(AnnualReportEdition.id.in_(some))))
    return duties


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
    """The tokens of some subjects, by id."""
    found: dict[int, dict[str, None]] = defaultdict(dict)
    for row in connection.execute(rows):
        found[row.id].update(dict.fromkeys(subject.tokens(row).split()))
    return {subject_id: " ".join(tokens) for subject_id, tokens in found.items()}


def fill(connection: Connection) -> None:
    """Fill the index from what stands, unless this release's rule has filled it already."""
    if search_index.is_current(connection):
        return
    with search_index.emptied(connection):
        for subject in SUBJECTS:
            last = 0
            while ids := _next_ids(connection, subject, last):
                write_subjects(connection, subject, ids)
                last = ids[-1]


def _next_ids(connection: Connection, subject: Subject, last: int) -> list[int]:
    ids = select(subject.id).where(subject.id > last).order_by(subject.id).limit(AT_ONCE)
    return list(connection.scalars(ids))
