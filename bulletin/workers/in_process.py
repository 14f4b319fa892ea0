"""Long work in a thread of the process that was asked: the default, and all that SQLite has."""

from collections.abc import Callable
from threading import Thread

from bulletin.domain.errors import Misconfigured
from bulletin.workers.work_queue import Job, QueueState, Run

LONG_WORK = "long work"  # how its threads are called


class InProcessQueue:
    def prepare(self) -> None:
        """There is nothing to keep."""

    def defer(self, job: Job, run: Callable[[], object], *, wait: float = 0.0) -> None:
        thread = Thread(target=run, name=f"{LONG_WORK}: {job.kind} {job.id}", daemon=True)
        thread.start()
        thread.join(wait)

    def ask_for_hands(self, _job: Job, _hands: int) -> None:
        """One thread does all of a job: sheets are set on one core."""

    def work(self, _run: Run) -> None:
        raise Misconfigured(
            "there is no queue that a worker could take work from: set queue = true (BULLETIN_QUEUE) on PostgreSQL; "
            "without it `bulletin serve` does long work itself"
        )

    def state(self) -> QueueState:
        return QueueState(workers=1, waiting=0)

    def fault(self) -> str:
        return ""
