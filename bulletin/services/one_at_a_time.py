"""What many ask for at one moment is made once: the others wait for it, and find it made.

After an act, or as a server begins, all of its readers lack the same page and the same counts. Each would make
them for itself, and all of them would take as many times as long.
"""

from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from threading import Lock

PATIENCE = 10.0  # seconds; what takes longer is made by each who asks


class _Turn:
    """One thing that is made, and how many threads make it or wait."""

    def __init__(self) -> None:
        self.lock, self.takers = Lock(), 0


class OneAtATime:
    """Of each thing one maker at a time; different things keep nobody waiting."""

    def __init__(self) -> None:
        self._turns: dict[Hashable, _Turn] = {}
        self._lock = Lock()

    @contextmanager
    def taking(self, thing: Hashable) -> Iterator[None]:
        """A turn at making a thing: look again first whether it was made meanwhile.

        Whoever makes a thing may take others that are parts of it, but never it itself. Where one maker hangs,
        the next goes ahead after `PATIENCE`.
        """
        with self._lock:
            turn = self._turns.setdefault(thing, _Turn())
            turn.takers += 1
        try:
            has_turn = turn.lock.acquire(timeout=PATIENCE)
            try:
                yield
            finally:
                if has_turn:
                    turn.lock.release()
        finally:
            with self._lock:
                turn.takers -= 1
                if not turn.takers:
                    del self._turns[thing]
