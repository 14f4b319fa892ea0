"""A year is closed by whoever does long work here: sealing a register of sixty thousand numbers takes half a minute."""

from datetime import datetime

from bulletin.domain.oversight.closings import LedgerKind
from bulletin.domain.people import Actor
from bulletin.services.long_jobs.claim_job import ClaimedJob
from bulletin.services.long_jobs.job_kind import JobKind
from bulletin.services.oversight.registers.close_year import close_year, ensure_closable
from bulletin.services.oversight.registers.sealed_tables import rows_at_most
from bulletin.services.site import Site


def order_closing(
    site: Site, actor: Actor, ledger: LedgerKind, year: int, signers: str, now: datetime
) -> int:
    """Order that a year is closed; returns the job's id. The same order that is still running is that one.

    Raises:
        Refused: as `close_year`, which asks once more when it is done.
    """
    ensure_closable(site, actor, ledger, year, signers, now)
    order = {"ledger": ledger.value, "year": year, "signers": signers}
    return CLOSING.order(site, actor, order, rows_at_most(site, actor, ledger, year), now)


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


CLOSING = JobKind("closing", _close)  # what comes of it is the id of the closing
