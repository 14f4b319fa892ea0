"""A database that follows the first one: what many read is read there, once it holds all that the first one held."""

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from bulletin.store.head_reader import HeadReader

REST = 10.0  # seconds, in which one that did not answer is not asked again


class Replica:
    """Read only. It may lag behind by any time, and be gone: then the first database is read instead."""

    def __init__(self, engine: Engine) -> None:
        self.engine, self.head = engine, HeadReader(engine, REST)
        self.session = sessionmaker[Session](engine, expire_on_commit=False)

    def answers(self) -> bool:
        return self.holds(0)

    def holds(self, number: int) -> bool:
        """Whether it has the history up to an entry, and what was written with it."""
        known = self.number()
        return known is not None and known >= number

    def number(self) -> int | None:
        """Up to which entry it has the history; None when it does not answer."""
        try:
            return self.head.number()
        except SQLAlchemyError:
            return None

    def close(self) -> None:
        self.head.close()
        self.engine.dispose()
