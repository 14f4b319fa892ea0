"""Does a job that was ordered, unless another does. It ends in one transaction with what came of it, so that it ends once."""

import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from bulletin.domain.days import village_day
from bulletin.domain.errors import BulletinError, Refusal, Refused
from bulletin.domain.people import Actor
from bulletin.services.long_jobs.away import AWAY
from bulletin.services.long_jobs.silence import BEAT_EVERY, LONGEST_STEP, is_silent
from bulletin.services.site import Site
from bulletin.store.long_jobs import JobState, LongJob
from bulletin.store.people import Person, actor_of
from bulletin.workers.work_queue import ReadClock, Stopped

BROKEN = Refusal("broken", "做到一半出错了，请告诉管理员。")


class Interrupted(Exception):
    """The worker has to end, or another has the job."""


@dataclass(frozen=True, kw_only=True)
class ClaimedJob:
    """A job that is this worker's, as of the moment at which it was asked for."""

    site: Site
    id: int
    worker: str
    actor: Actor
    order: dict[str, Any]
    asked_at: datetime
    clock: ReadClock
    stopped: Stopped

    def beat(self, done: int) -> None:
        """Say that so many pieces are done.

        Raises:
            Interrupted: leave it.
        """
        if self.stopped():
            raise Interrupted
        with self.site.sessions.writing() as session:
            job = self.ensure_mine(session)
            job.done, job.beat_at = done, self.clock()

    def live(self) -> None:
        """Say that somebody is at it.

        Raises:
            Interrupted: nobody is, or another.
        """
        with self.site.sessions.writing() as session:
            self.ensure_mine(session).beat_at = self.clock()

    def end(self, session: Session, result: str) -> None:
        """It is done, if the caller's transaction is.

        Raises:
            Interrupted: another has it, who will do it again; nothing of the caller's may stay.
        """
        job = self.ensure_mine(session)
        job.state, job.result, job.done = JobState.DONE, result, job.total

    def is_nobodys(self, session: Session) -> bool:
        """Whether it begins anew, and nobody has begun."""
        job = session.get(LongJob, self.id)
        return job is None or not job.worker

    def refuse(self, *refusals: Refusal) -> None:
        with self.site.sessions.writing() as session:
            job = self.ensure_mine(session)
            job.state = JobState.FAILED
            job.refusals = [{"code": each.code, "sentence": each.sentence} for each in refusals]

    def hand_back(self) -> None:
        with self.site.sessions.writing() as session:
            self.ensure_mine(session).worker = ""

    def ensure_mine(self, session: Session) -> LongJob:
        """The row; asked before a file is put that would be named by nothing.

        Raises:
            Interrupted: the job is done, another has it, or it has to begin anew.
        """
        job = session.get(LongJob, self.id)
        if job is None or job.state is not JobState.RUNNING or job.worker != self.worker:
            raise Interrupted
        return job


def do_job(
    site: Site, job_id: int, clock: ReadClock, stopped: Stopped, do: Callable[[ClaimedJob], None]
) -> bool:
    """Claim a job and do it; False when it was handed back.

    Args:
        do: beats now and then, and ends it.
    """
    job = _claim(site, job_id, clock, stopped)
    if job is None:
        return True
    try:
        with _beating(job):
            do(job)
    except Interrupted:
        if not stopped():
            return True
        job.hand_back()
        return False
    except AWAY:
        raise  # it goes on when that is there again
    except Refused as refused:
        job.refuse(*refused.refusals)
    except BulletinError as fault:
        job.refuse(Refusal("conflict", str(fault)))
    except Exception:
        job.refuse(BROKEN)
        raise  # a bug: it goes into the log, and is not tried for ever
    return True


def _claim(site: Site, job_id: int, clock: ReadClock, stopped: Stopped) -> ClaimedJob | None:
    worker, now = secrets.token_hex(8), clock()
    with site.sessions.writing() as session:
        job = session.get(LongJob, job_id)
        if job is None or job.state is not JobState.RUNNING:
            return None
        if job.worker and not is_silent(job.beat_at, now):
            return None
        job.worker, job.beat_at, job.done = worker, now, 0
        person = session.get_one(Person, job.asked_by)
        return ClaimedJob(
            site=site,
            id=job_id,
            worker=worker,
            actor=actor_of(session, person, village_day(now)),
            order=job.order,
            asked_at=job.asked_at,
            clock=clock,
            stopped=stopped,
        )


@contextmanager
def _beating(job: ClaimedJob) -> Iterator[None]:
    """A step may last longer than a silence: a workbook of sixty thousand rows, a wait for the one writer."""
    ended = threading.Event()

    def beat() -> None:
        for _ in range(LONGEST_STEP // BEAT_EVERY):
            if ended.wait(BEAT_EVERY.total_seconds()):
                return
            try:
                job.live()
            except Interrupted:
                return  # it is done, or another has it
            except AWAY:
                continue  # the work itself says so, if it lasts

    beating = threading.Thread(target=beat, daemon=True)
    beating.start()
    try:
        yield
    finally:
        ended.set()
        beating.join()
