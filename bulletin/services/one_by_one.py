"""A round of the clock: who fails holds up nobody else, and all who failed are named at its end."""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TypeVar

from bulletin.domain.errors import BulletinError
from bulletin.services.long_jobs.away import DATABASE_AWAY

log = logging.getLogger(__name__)
T = TypeVar("T")


class SomeFailed(BulletinError):
    """All had their turn, and some had no success: what each is, as the history names it, and why."""

    def __init__(self, failures: Mapping[str, Exception]) -> None:
        super().__init__(f"all had their turn but {', '.join(failures)}; the log says why")
        self.failures = dict(failures)


class Round:
    """Each has its turn within `turn_of`."""

    def __init__(self) -> None:
        self.failures: dict[str, Exception] = {}

    @contextmanager
    def turn_of(self, whose: str) -> Iterator[None]:
        """Log and keep what is raised here, so that the next one has its turn.

        Raises:
            OperationalError, InterfaceError: the database is away, and each further one would wait for it as long.
        """
        try:
            yield
        except DATABASE_AWAY:
            raise
        except SomeFailed as several:
            self.failures |= several.failures
        except Exception as fault:
            log.exception("%s is left out of this round", whose)
            self.failures[whose] = fault

    def each(self, kind: str, ids: Iterable[int], act: Callable[[int], T]) -> list[T]:
        """One turn for each id; what came of those that had success."""
        done = []
        for number in ids:
            with self.turn_of(f"{kind} {number}"):
                done.append(act(number))
        return done


@contextmanager
def one_by_one() -> Iterator[Round]:
    """A round.

    Raises:
        SomeFailed: at its end.
    """
    this = Round()
    yield this
    if this.failures:
        raise SomeFailed(this.failures)
