"""Photographs of a board are read by whoever does long work here: ten of them take half a minute."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from bulletin.domain.errors import Refused
from bulletin.domain.people import Actor
from bulletin.services.boards.photos.receive import ensure_photographs, receive
from bulletin.services.boards.photos.upload import WHOLE, forget, take_files
from bulletin.services.long_jobs.claim_job import ClaimedJob, do_job
from bulletin.services.long_jobs.order_job import order_job
from bulletin.services.site import Site
from bulletin.workers.work_queue import Job, Stopped

ReadClock = Callable[[], datetime]
PHOTOS = "photos"  # the kind of job
WAIT = 60.0  # seconds that the page of who sent them waits, where its own process reads them


def order_photos(
    site: Site, actor: Actor, board_id: int, keys: Sequence[str], now: datetime
) -> int:
    """Order that photographs of a board, which were sent before, are read; returns the job's id.

    Raises:
        Refused: not who photographs boards here.
    """
    ensure_photographs(site, actor, board_id)
    order = {"board": board_id, "keys": list(keys)}
    return order_job(site, actor, PHOTOS, order, len(keys), now)


def take_up(site: Site, job_id: int, clock: ReadClock, *, wait: float = 0.0) -> None:
    """Have them read; where this process does it, wait so long."""
    site.queue.defer(
        Job(PHOTOS, job_id), lambda: read_ordered(site, job_id, clock, lambda: False), wait=wait
    )


def read_ordered(site: Site, job_id: int, clock: ReadClock, stopped: Stopped) -> bool:
    """Read the photographs of a job. What came of it is the visit's id; False when it was handed back."""
    return do_job(site, job_id, clock, stopped, _read)


def _read(job: ClaimedJob) -> None:
    keys = job.order["keys"]
    try:
        receive(
            job.site,
            job.actor,
            job.order["board"],
            _photos(job, keys),
            job.asked_at,
            then=lambda session, visit_id: job.end(session, str(visit_id)),
        )
    except Refused:  # what a form sent whole comes with it again; pieces stay, and need not
        forget(job.site, job.actor, [key for key in keys if key.startswith(WHOLE)])
        raise
    forget(job.site, job.actor, keys)


def _photos(job: ClaimedJob, keys: Sequence[str]) -> Iterator[bytes]:
    for done, photo in enumerate(take_files(job.site, job.actor, keys)):
        job.beat(done)
        yield photo
