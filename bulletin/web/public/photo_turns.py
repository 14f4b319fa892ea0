"""Photographs of residents, a few at a time: each is seconds of work, and who waits keeps a thread from others."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from bulletin.domain.errors import refuse
from bulletin.web.refusals import TOO_MANY_PHOTOS


class PhotoTurns:
    """One is read and the others wait; who comes when all turns are taken is asked to send it again.

    Args:
        most: how many are read or wait.
        busy: what who comes then is told.
    """

    def __init__(self, most: int, busy: str) -> None:
        self._left, self._busy = BoundedSemaphore(most), busy

    @contextmanager
    def take(self) -> Iterator[None]:
        """A turn, for as long as it takes.

        Raises:
            Refused: all are taken.
        """
        if not self._left.acquire(blocking=False):
            raise refuse(TOO_MANY_PHOTOS, self._busy)
        try:
            yield
        finally:
            self._left.release()
