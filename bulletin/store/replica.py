"""A database that follows the first one: what many read is read there, once it holds all that the first one held."""

import time

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from bulletin.store.head_reader import HeadReader

REST = 10  # seconds, in which one that did not answer is not asked again


class Replica:
    """Read only. It may lag behind by any time, and be gone: then the first database is read instead."""

    def __init__(self, engine: Engine) -> None:
        self.engine, self.head = engine, HeadReader(engine)
        self.session = sessionmaker[Session](engine, expire_on_commit=False)
        self._rests_until = 0.0

    def answers(self) -> bool:
        return self.holds(0)

    def holds(self, number: int) -> bool:
        """Whether it has the history up to an entry, and what was written with it."""
        if time.monotonic() < self._rests_until:
            return False
        try:
            return self.head.number() >= number
        except SQLAlchemyError:
            self.rest()
            return False

    def rest(self) -> None:
        """Ask it nothing for a while: it failed."""
        self._rests_until = time.monotonic() + REST

    def wake(self) -> None:
        """Ask it again at once."""
        self._rests_until = 0.0

    def close(self) -> None:
        self.head.close()
        self.engine.dispose()
