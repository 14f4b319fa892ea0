"""Photographs of a board are read by whoever does long work here: ten of them take half a minute."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from bulletin.domain.people import Actor
from bulletin.services.boards.photos.receive import ensure_photographs, receive
from bulletin.services.boards.photos.upload import WHOLE, forget, take_files
from bulletin.services.long_jobs.away import AWAY
from bulletin.services.long_jobs.claim_job import ClaimedJob, Interrupted
from bulletin.services.long_jobs.job_kind import JobKind
from bulletin.services.site import Site


def order_photos(
    site: Site, actor: Actor, board_id: int, keys: Sequence[str], now: datetime
) -> int:
    """Order that photographs of a board, which were sent before, are read; returns the job's id.

    Raises:
        Refused: not who photographs boards here.
    """
    ensure_photographs(site, actor, board_id)
    order = {"board": board_id, "keys": list(keys)}
    return PHOTOS.order(site, actor, order, len(keys), now)


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
    except (Interrupted, *AWAY):
        raise  # it goes on later, or with another
    except Exception:  # what a form sent whole comes with it again; pieces stay, and need not
        forget(job.site, job.actor, [key for key in keys if key.startswith(WHOLE)])
        raise
    forget(job.site, job.actor, keys)


def _photos(job: ClaimedJob, keys: Sequence[str]) -> Iterator[bytes]:
    for done, photo in enumerate(take_files(job.site, job.actor, keys)):
        job.beat(done)
        yield photo


PHOTOS = JobKind("photos", _read)  # what comes of it is the id of the visit
