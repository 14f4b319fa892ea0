"""Photographs of residents, a few at a time: each is seconds of work, and who waits keeps a thread from others."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from bulletin.domain.errors import refuse
from bulletin.web.refusals import TOO_MANY_PHOTOS

MOST = 3  # are read or wait, of all pages together: the other threads of a server go on answering
_left = BoundedSemaphore(MOST)


@contextmanager
def photo_turn(busy: str) -> Iterator[None]:
    """A turn, for as long as it takes.

    Args:
        busy: what is said when all are taken.

    Raises:
        Refused: all are taken; the photograph is to be sent again.
    """
    if not _left.acquire(blocking=False):
        raise refuse(TOO_MANY_PHOTOS, busy)
    try:
        yield
    finally:
        _left.release()
