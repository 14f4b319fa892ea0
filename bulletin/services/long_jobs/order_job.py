"""Writes down what is to be done, for whoever does long work here."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bulletin.domain.people import Actor
from bulletin.services.long_jobs.silence import SILENT_AFTER
from bulletin.services.site import Site
from bulletin.store.long_jobs import JobState, LongJob
from bulletin.store.people import Person

KEPT_FOR = timedelta(days=7)


def order_job(
    site: Site, actor: Actor, kind: str, order: dict[str, Any], total: int, now: datetime
) -> int:
    """Returns the id of the job; nobody works on it yet. The same order of the same person that is still running is that one.

    Args:
        order: what the kind needs, as JSON takes it.
        total: how many pieces it has, for the bar.
    """
    with site.sessions.writing() as session:
        running = _running_like(session, actor, kind, order)
        if running is not None:
            return running
        job = LongJob(
            # Who oversees a county may look into no township just now.
            township_id=actor.township_id or session.get_one(Person, actor.id).township_id,
            kind=kind,
            order=order,
            asked_at=now,
            asked_by=actor.id,
            state=JobState.RUNNING,
            done=0,
            total=total,
            worker="",
            beat_at=now - 2 * SILENT_AFTER,
            result="",
            refusals=[],
        )
        session.add(job)
        session.flush()
        return job.id


def _running_like(session: Session, actor: Actor, kind: str, order: dict[str, Any]) -> int | None:
    """Who presses a button twice waits for one thing."""
    running = select(LongJob).where(
        LongJob.asked_by == actor.id, LongJob.kind == kind, LongJob.state == JobState.RUNNING
    )
    return next((job.id for job in session.scalars(running) if job.order == order), None)


def forget_old_jobs(site: Site, now: datetime) -> None:
    """What came of them stands elsewhere, but for a register: its file is nobody's then, and cleared."""
    with site.sessions.writing() as session:
        session.execute(delete(LongJob).where(LongJob.asked_at < now - KEPT_FOR))
