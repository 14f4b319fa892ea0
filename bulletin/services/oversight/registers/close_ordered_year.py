"""A year is closed by whoever does long work here: sealing a register of sixty thousand numbers takes half a minute."""

from datetime import datetime

from bulletin.domain.oversight.closings import LedgerKind
from bulletin.domain.people import Actor
from bulletin.services.long_jobs.claim_job import ClaimedJob, ReadClock, do_job
from bulletin.services.long_jobs.order_job import order_job
from bulletin.services.oversight.office import ensure_keeps
from bulletin.services.oversight.registers.close_year import close_year
from bulletin.services.oversight.registers.sealed_tables import rows_at_most
from bulletin.services.site import Site
from bulletin.workers.work_queue import Job, Stopped

CLOSING = "closing"  # the kind of job
WAIT = 60.0  # seconds that the page of who closes waits, where its own process seals


def order_closing(
    site: Site, actor: Actor, ledger: LedgerKind, year: int, signers: str, now: datetime
) -> int:
    """Order that a year is closed; returns the job's id. The same order that is still running is that one.

    Raises:
        Refused: not a keeper; what else may stand against it is said when it is done.
    """
    ensure_keeps(actor)
    order = {"ledger": ledger.value, "year": year, "signers": signers}
    return order_job(site, actor, CLOSING, order, rows_at_most(site, actor, ledger, year), now)


def take_up(site: Site, job_id: int, clock: ReadClock, *, wait: float = 0.0) -> None:
    """Have it closed; where this process does it, wait so long."""
    site.queue.defer(
        Job(CLOSING, job_id), lambda: close_ordered(site, job_id, clock, lambda: False), wait=wait
    )


def close_ordered(site: Site, job_id: int, clock: ReadClock, stopped: Stopped) -> bool:
    """Close the year of a job, once. What came of it is the id of the closing."""
    return do_job(site, job_id, clock, stopped, _close)


def _close(job: ClaimedJob) -> None:
    close_year(
        job.site,
        job.actor,
        LedgerKind(job.order["ledger"]),
        job.order["year"],
        job.order["signers"],
        job.clock(),
        so_many=job.beat,
        then=lambda session, closing_id: job.end(session, str(closing_id)),
    )
