"""Work that takes seconds, a few at a time: who waits for it keeps a thread from others."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from bulletin.domain.errors import refuse
from bulletin.web.refusals import NO_TURN_LEFT


class Turns:
    """Of one kind of work, for all pages of a process that ask for it."""

    def __init__(self, most: int) -> None:
        """Takes how many are at work or wait: the other threads of a server go on answering."""
        self._left = BoundedSemaphore(most)

    @contextmanager
    def take(self, busy: str) -> Iterator[None]:
        """A turn, for as long as it takes.

        Args:
            busy: what is said when all are taken.

        Raises:
            Refused: all are taken; the form is to be sent again.
        """
        if not self._left.acquire(blocking=False):
            raise refuse(NO_TURN_LEFT, busy)
        try:
            yield
        finally:
            self._left.release()
