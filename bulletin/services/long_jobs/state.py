"""How far a job is, for who asked for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from bulletin.domain.errors import NotFoundError, Refusal
from bulletin.domain.people import Actor
from bulletin.services.long_jobs.silence import is_silent
from bulletin.services.site import Site
from bulletin.store.long_jobs import JobState, LongJob


@dataclass(frozen=True, kw_only=True)
class JobLine:
    id: int
    kind: str
    order: Mapping[str, Any]  # what was asked for
    asked_at: datetime
    state: JobState
    done: int
    total: int
    result: str  # what the kind calls it, when it is done
    refusals: tuple[Refusal, ...]  # why it could not be done
    idle: bool  # running by record, and nobody works on it

    @property
    def is_running(self) -> bool:
        return self.state is JobState.RUNNING


def job_line(site: Site, actor: Actor, kind: str | None, job_id: int, now: datetime) -> JobLine:
    """One's own job of a kind (None: of any); another person's does not exist."""
    with site.sessions.reading() as session:
        job = session.get(LongJob, job_id)
        if job is None or job.asked_by != actor.id or kind not in {None, job.kind}:
            raise NotFoundError("没有这件事，可能是一周以前的了。请回到原来那一页重新做。")
        return _line(job, now)


def last_line(
    site: Site, actor: Actor, kind: str, order: Mapping[str, Any], now: datetime
) -> JobLine | None:
    """The newest of one's own jobs with an order that is not refused; None when there is none."""
    return next((line for line in own_lines(site, actor, kind, now) if line.order == order), None)


def own_lines(site: Site, actor: Actor, kind: str, now: datetime) -> list[JobLine]:
    """One's own jobs of a kind that are not refused, the newest first."""
    with site.sessions.reading() as session:
        newest = (
            select(LongJob)
            .where(
                LongJob.asked_by == actor.id,
                LongJob.kind == kind,
                LongJob.state != JobState.FAILED,
            )
            .order_by(LongJob.id.desc())
        )
        return [_line(job, now) for job in session.scalars(newest)]


def _line(job: LongJob, now: datetime) -> JobLine:
    return JobLine(
        id=job.id,
        kind=job.kind,
        order=job.order,
        asked_at=job.asked_at,
        state=job.state,
        done=job.done,
        total=job.total,
        result=job.result,
        refusals=tuple(Refusal(each["code"], each["sentence"]) for each in job.refusals),
        idle=job.state is JobState.RUNNING and is_silent(job.beat_at, now),
    )
