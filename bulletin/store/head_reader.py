"""Reads the number of the newest entry of the history past SQLAlchemy: what is kept of a page asks nothing else.

SQLite answers in a few millionths of a second, and to set the question up took SQLAlchemy twenty times as long.
"""

import os
import time
from collections import deque
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

REST = 2.0  # seconds in which a server that can't be reached is not tried again: each try may take some
_ASKED = "SELECT number FROM chain_head WHERE id = 1"


class HeadReader:
    """Connections of the driver itself, each statement a transaction of its own, that no session uses."""

    def __init__(self, engine: Engine, rest: float = REST) -> None:
        """`rest`: seconds, see `REST`. SQLite is no server: what failed there for a moment is asked again at once."""
        self._engine, self._rest = engine, 0.0 if engine.dialect.name == "sqlite" else rest
        self._failure: type[Exception] = engine.dialect.loaded_dbapi.Error
        self._idle: deque[Any] = deque()
        self._process = os.getpid()
        self._failed: BaseException | None = None  # with what, when it was last tried
        self._rests_until = 0.0

    def number(self) -> int:
        """What every act raises, as it stands now, by whichever process.

        Raises:
            SQLAlchemyError: the database can't be asked.
        """
        if self._failed is not None and time.monotonic() < self._rests_until:
            raise OperationalError(_ASKED, {}, self._failed)
        try:
            return self._asked()
        except OperationalError as error:
            self.rest(error.orig or error)
            raise

    def rest(self, after: BaseException) -> None:
        """Ask nothing for a while: whoever asks meanwhile hears of the same failure."""
        self._failed, self._rests_until = after, time.monotonic() + self._rest

    def _asked(self) -> int:
        connection = None
        try:
            connection = self._take()
            rows = connection.execute(_ASKED).fetchall()
        except self._failure:
            if connection is not None:
                connection.close()
            return self._asked_anew()
        self._idle.append(connection)
        return int(rows[0][0])

    def close(self) -> None:
        while self._idle:
            self._idle.pop().close()

    def _take(self) -> Any:
        if self._process != os.getpid():  # after a fork they are the parent's
            self._idle, self._process = deque(), os.getpid()
        try:
            return self._idle.pop()
        except IndexError:
            return self._opened()

    def _opened(self) -> Any:
        lent = self._engine.raw_connection()
        connection: Any = lent.driver_connection
        lent.detach()
        if self._engine.dialect.name == "postgresql":
            connection.autocommit = True  # SQLite's are, see store.engine
        return connection

    def _asked_anew(self) -> int:
        """By SQLAlchemy, which opens another connection where a server was restarted, and says what is wrong."""
        with self._engine.connect() as connection:
            return int(connection.exec_driver_sql(_ASKED).scalar_one())
