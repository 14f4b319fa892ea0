"""How the site is doing, in numbers: for machines that watch, and for `bulletin check`."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bulletin.services.site import Site
from bulletin.store import publication_queries, schema
from bulletin.store.heartbeat import Heartbeat
from bulletin.store.notices import Edition

LATELY = timedelta(days=1)


@dataclass(frozen=True)
class Metrics:
    due_unpublished: int  # editions whose moment is over and whose publication is not on record
    heartbeat_ages: dict[str, float]  # seconds since each tick last ran
    published_lately: int  # in the last 24 hours
    replica_up: bool  # the database that is read answers; without one, True
    workers: int  # that do long work
    jobs_waiting: int  # long work that nobody has begun
    shared_store_up: bool  # what all web processes count in answers
    worst_lateness: float  # seconds between moment and record, the worst of the last 24 hours


def metrics(site: Site, now: datetime) -> Metrics:
    """Ages and latenesses in seconds, as `/metrics` and `bulletin check` show them."""
    queue = site.queue.state()
    with site.sessions.reading() as session:
        due = publication_queries.due_for_publication(now).order_by(None).subquery()
        beats = session.execute(select(Heartbeat.tick, Heartbeat.at))
        lateness = _lateness(session, now)
        return Metrics(
            due_unpublished=session.scalar(select(func.count()).select_from(due)) or 0,
            heartbeat_ages={tick: (now - at).total_seconds() for tick, at in beats},
            published_lately=len(lateness),
            replica_up=site.sessions.replica is None or site.sessions.replica.answers(),
            workers=queue.workers,
            jobs_waiting=queue.waiting,
            shared_store_up=not site.counts.fault(),
            worst_lateness=max(lateness, default=0.0),
        )


def _lateness(session: Session, now: datetime) -> list[float]:
    rows = session.execute(
        select(Edition.published_at, Edition.publish_at).where(Edition.published_at > now - LATELY)
    )
    return [(at - due).total_seconds() for at, due in rows if at is not None and due is not None]


def is_ready(site: Site) -> bool:
    """Whether the database answers and stands at this release, or at a newer one beside which this may run."""
    return schema.may_work_on(site.sessions.engine)
