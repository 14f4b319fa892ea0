"""The one interface to who does long work. What is done and how far it is stands in rows of ours, never in the queue.

So a job may be asked for twice and taken up twice: its rows say what is left, and who has which part of it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

ReadClock = Callable[[], datetime]  # work that lasts asks for the time again and again
Stopped = Callable[[], bool]  # whether the process is to end: then work is handed back


@dataclass(frozen=True)
class Job:
    kind: str  # pack
    id: int  # of its row


Run = Callable[[Job, Stopped], bool]  # False: handed back, there is more to do


@dataclass(frozen=True)
class QueueState:
    workers: int  # that give signs of life
    waiting: int  # jobs that nobody has begun


class WorkQueue(Protocol):
    def prepare(self) -> None:
        """Make or upgrade what the queue keeps; `bulletin migrate` calls it."""

    def defer(self, job: Job, run: Callable[[], object], *, wait: float = 0.0) -> None:
        """Have a job done.

        Args:
            run: does it in this process, where there is nobody else.
            wait: seconds for which whoever asks waits for it then; nobody waits for another process.
        """

    def ask_for_hands(self, job: Job, hands: int) -> None:
        """Let so many more workers join in a job that is being done."""

    def work(self, run: Run) -> None:
        """Do what is asked for until the process is told to end.

        Raises:
            Misconfigured: there is nothing that a worker could take.
        """

    def state(self) -> QueueState | None:
        """None: it can't be asked just now; `fault` says why."""

    def fault(self) -> str:
        """Why nothing would be done just now, in English; '' when it would."""
