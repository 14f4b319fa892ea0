"""What the kinds of long work have in common that one worker does from beginning to end."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bulletin.domain.people import Actor
from bulletin.services.long_jobs.claim_job import ClaimedJob, do_job
from bulletin.services.long_jobs.order_job import order_job
from bulletin.services.long_jobs.state import JobLine, job_line, last_line, own_lines
from bulletin.services.site import Site
from bulletin.workers.work_queue import Job, ReadClock, Stopped

WAIT = 60.0  # seconds that the page of who ordered it waits, where its own process does it


@dataclass(frozen=True)
class JobKind:
    """One kind; its own module says what an order holds and what comes of it."""

    name: str  # as the queue and the rows of jobs call it
    do: Callable[[ClaimedJob], None]  # beats now and then, and ends the job

    def order(
        self, site: Site, actor: Actor, order: dict[str, Any], total: int, now: datetime
    ) -> int:
        """As `order_job`; returns the job's id."""
        return order_job(site, actor, self.name, order, total, now)

    def take_up(self, site: Site, job_id: int, clock: ReadClock, *, wait: float = 0.0) -> None:
        """Have a job done; where this process does it, wait so many seconds."""

        def do() -> bool:
            return self.work_on(site, job_id, clock, lambda: False)

        site.queue.defer(Job(self.name, job_id), do, wait=wait)

    def work_on(self, site: Site, job_id: int, clock: ReadClock, stopped: Stopped) -> bool:
        """Do a job, once; False when it was handed back."""
        return do_job(site, job_id, clock, stopped, self.do)

    def line(self, site: Site, actor: Actor, job_id: int, now: datetime) -> JobLine:
        """How far one's own job is.

        Raises:
            NotFoundError: it is none of this kind, or another person's.
        """
        return job_line(site, actor, self.name, job_id, now)

    def last(
        self, site: Site, actor: Actor, order: dict[str, Any], now: datetime
    ) -> JobLine | None:
        """The newest of one's own jobs with this order; whoever left its page finds it again."""
        return last_line(site, actor, self.name, order, now)

    def own(self, site: Site, actor: Actor, now: datetime) -> list[JobLine]:
        """All of one's own that are not refused, the newest first."""
        return own_lines(site, actor, self.name, now)
