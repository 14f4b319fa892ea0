"""The index of the search: one row a subject, its tokens as `domain.search.tokens` makes them.

A full-text table of SQLite's FTS5 or a tsvector with a GIN index on PostgreSQL (migration 0032). It is no model:
all in it is made of other tables, so no backup holds it, and it is filled anew whenever its rule changed.
The number of a row says its kind and its subject, so that the newest of a kind are found without sorting.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Dialect,
    Engine,
    Integer,
    Select,
    Text,
    TypeDecorator,
    and_,
    bindparam,
    column,
    delete,
    func,
    insert,
    literal_column,
    select,
    table,
)
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.sql.visitors import InternalTraversal
from sqlalchemy.types import TypeEngine

from bulletin.domain.search.kinds import Kind
from bulletin.domain.search.query import Needle, Needles
from bulletin.domain.search.tokens import RULE

NAME = "search_index"
Wanted = tuple[tuple[Needles, ...], ...]  # of every clause one alternative must be there
_SORTED = f"ix_{NAME}_words"
_SORTED_OTHERS = f"{_SORTED}_others"
_OPTIMIZE = "INSERT INTO search_index (search_index) VALUES ('optimize')"
SPAN = 2**40  # row numbers of a kind
AT_ONCE = 500  # rows
NEWEST = 1_000  # rows that tell whether something is often
OFTEN = 20  # one of them in so many has it
_RULE_ROW = 1  # holds the rule of the index; the kinds begin at SPAN
_NUMBERS = {kind: number * SPAN for number, kind in enumerate(Kind, 1)}  # new kinds at the end
# No list of what is not sorted in yet: readers would have to look through it.
_GIN = f"ON {NAME} USING gin (words) WITH (fastupdate = off)"
CREATE_SORTED = (
    f"CREATE INDEX {_SORTED} {_GIN}",
    # Notices have nearly all the words: whoever seeks a meeting would look through theirs.
    f"CREATE INDEX {_SORTED_OTHERS} {_GIN} WHERE rowid >= {2 * SPAN}",
)


class _Tokens(TypeDecorator[str]):
    """Tokens by blanks, as each database takes them."""

    impl, cache_ok = Text, True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(TSVECTOR() if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        if value is None or dialect.name != "postgresql":
            return value
        return " ".join(f"'{token}'" for token in value.split())

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        # (the signature is SQLAlchemy's; no token has a quote)
        return value and value.replace("'", "")


class _Asked(TypeDecorator[Wanted]):
    """What must be there, in the words of each database."""

    impl, cache_ok = Text, True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(TSQUERY() if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: Wanted | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        words = _POSTGRESQL if dialect.name == "postgresql" else _FTS5
        return words.of(value)


class _Language:
    def __init__(self, needle: str, start: str, both: str, either: str) -> None:
        self._needle, self._start, self._both, self._either = needle, start, both, either

    def of(self, wanted: Wanted) -> str:
        clauses = (
            self._either.join(f"({self._both.join(map(self._one, all_of))})" for all_of in clause)
            for clause in wanted
        )
        return self._both.join(f"({clause})" for clause in clauses)

    def _one(self, needle: Needle) -> str:
        return (self._start if needle.is_start else self._needle).format(needle.token)


_FTS5 = _Language('"{}"', '"{}"*', " AND ", " OR ")
_POSTGRESQL = _Language("'{}'", "'{}':*", " & ", " | ")
INDEX = table(NAME, column("rowid", BigInteger), column("words", _Tokens))
_ROW, _WORDS = INDEX.c.rowid, INDEX.c.words


class _Holds(ColumnElement[bool]):
    """Rows whose tokens have all that is asked."""

    inherit_cache = True
    # As a Boolean, SQLite would be asked whether it is = 1.
    type = Integer()  # type: ignore[assignment]

    def __init__(self, asked: Wanted) -> None:
        self.asked = bindparam(None, asked, type_=_Asked, unique=True)

    _traverse_internals = [("asked", InternalTraversal.dp_clauseelement)]  # noqa: RUF012 - as SQLAlchemy has it


@compiles(_Holds, "sqlite")
def _match(element: _Holds, compiler: Any, **words: Any) -> str:
    return f"{NAME} MATCH {compiler.process(element.asked, **words)}"


@compiles(_Holds, "postgresql")
def _holds(element: _Holds, compiler: Any, **words: Any) -> str:
    return f"{NAME}.words @@ {compiler.process(element.asked, **words)}::tsquery"


def rows_of(kind: Kind) -> tuple[int, int]:
    """The first number of a kind's rows and the first beyond them; a subject's is its id after the first."""
    return _NUMBERS[kind], _NUMBERS[kind] + SPAN


def _is_of(kind: Kind) -> ColumnElement[bool]:
    """Rows of a kind, in figures that PostgreSQL sees when it chooses an index."""
    first, beyond = rows_of(kind)
    return and_(literal_column(f"{first}") <= _ROW, literal_column(f"{beyond}") > _ROW)


def found(kind: Kind, wanted: Wanted) -> Select[int]:
    """The ids of the subjects of a kind that have all that is wanted, in no order."""
    first, _beyond = rows_of(kind)
    return select((_ROW - first).label("id")).where(_Holds(wanted), _is_of(kind))


def newest_ids(session: Session, kind: Kind, wanted: Wanted, count: int) -> list[int]:
    """The ids of the newest of them, at most so many, the newest first.

    PostgreSQL walks down the rows of a kind and looks into each until it has enough. Into whole texts it looks
    slowly: of what few of the newest notices have, it asks the index, and sorts what that found. It is told which:
    of several words together it takes for rare what a quarter of all notices have.
    """
    if session.get_bind().dialect.name != "postgresql" or kind is not Kind.NOTICE:
        return list(session.scalars(_newest(kind, wanted, count)))
    asked = _by_walking if _is_often(session, kind, wanted) else _of_the_index
    return list(session.scalars(asked(kind, wanted, count)))


def _is_often(session: Session, kind: Kind, wanted: Wanted) -> bool:
    """Whether many of the newest of a kind have all that is wanted."""
    newest = _downward(kind).limit(NEWEST).subquery(NAME)
    holding = select(func.count()).select_from(newest).where(_Holds(wanted))
    return (session.scalar(holding) or 0) * OFTEN >= NEWEST


def _downward(kind: Kind) -> Select[int, str]:
    """The rows of a kind, the newest first; as a subquery of the table's name `_Holds` asks its words."""
    return select(_ROW, _WORDS).where(_is_of(kind)).order_by(_ROW.desc())


def _by_walking(kind: Kind, wanted: Wanted, count: int) -> Select[int]:
    """The offset of nothing keeps PostgreSQL from asking the index first."""
    rows, (first, _beyond) = _downward(kind).offset(0).subquery(NAME), rows_of(kind)
    holding = select(rows.c.rowid - first).where(_Holds(wanted))
    return holding.order_by(rows.c.rowid.desc()).limit(count)


def _of_the_index(kind: Kind, wanted: Wanted, count: int) -> Select[int]:
    """The sum keeps PostgreSQL from walking: it finds all that hold the words before it sorts."""
    first, beyond = rows_of(kind)
    row = _ROW + 0
    holding = select(_ROW).where(_Holds(wanted), first <= row, beyond > row).cte("holding")
    rows = holding.prefix_with("MATERIALIZED")
    return select(rows.c.rowid - first).order_by(rows.c.rowid.desc()).limit(count)


def _newest(kind: Kind, wanted: Wanted, count: int) -> Select[int]:
    first, _beyond = rows_of(kind)
    holding = select(_ROW - first).where(_Holds(wanted), _is_of(kind))
    return holding.order_by(_ROW.desc()).limit(count)


def write(connection: Connection, kind: Kind, tokens: Mapping[int, str | None]) -> None:
    """Write the tokens of some subjects, by id; None: it is not there any more."""
    first, _beyond = rows_of(kind)
    connection.execute(delete(INDEX).where(_ROW.in_([first + subject for subject in tokens])))
    rows = [
        {"rowid": first + subject, "words": words} for subject, words in tokens.items() if words
    ]
    if rows:
        connection.execute(insert(INDEX), rows)


def tokens_of(connection: Connection, kind: Kind) -> dict[int, str]:
    """What the index has of a kind, by subject; PostgreSQL's words are sorted and bear no place."""
    first, _beyond = rows_of(kind)
    rows = connection.execute(select(_ROW, _WORDS).where(_is_of(kind)))
    return {row - first: words for row, words in rows}


def is_current(connection: Connection) -> bool:
    """Whether it was filled by the rule of this release."""
    return connection.scalar(select(_WORDS).where(_ROW == _RULE_ROW)) == f"{RULE}"


@contextmanager
def emptied(connection: Connection) -> Iterator[None]:
    """Empty, to be filled by this release's rule; PostgreSQL sorts once at the end, which is far quicker."""
    postgresql = connection.dialect.name == "postgresql"
    connection.execute(delete(INDEX))
    if postgresql:
        connection.exec_driver_sql(f"DROP INDEX IF EXISTS {_SORTED}, {_SORTED_OTHERS}")
    yield
    connection.execute(insert(INDEX), [{"rowid": _RULE_ROW, "words": f"{RULE}"}])
    if postgresql:
        for create in CREATE_SORTED:
            connection.exec_driver_sql(create)


def forget_deleted(engine: Engine) -> None:
    """What left the index leaves its file too: FTS5 writes its tokens anew, without those of deleted rows."""
    if engine.dialect.name == "sqlite":
        with engine.execution_options(writing=True).begin() as connection:
            connection.exec_driver_sql(_OPTIMIZE)
