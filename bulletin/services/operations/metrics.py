"""How the site is doing, in numbers: for machines that watch."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from bulletin.domain.ticks import TICK_NAMES
from bulletin.services.site import Site
from bulletin.store import publication_queries, schema
from bulletin.store.heartbeat import Heartbeat
from bulletin.store.notices import Edition
from bulletin.workers.work_queue import QueueState

LATELY = timedelta(days=1)


@dataclass(frozen=True)
class ClockMetrics:
    """What the database tells of the clock's work; ages and latenesses in seconds."""

    due_unpublished: int  # editions whose moment is over and whose publication is not on record
    heartbeat_ages: dict[str, float]  # since each tick last ran
    published_lately: int  # in the last 24 hours
    worst_lateness: float  # between moment and record, the worst of the last 24 hours


@dataclass(frozen=True)
class Metrics:
    """Of each part that can be asked; one that is gone takes no figure of the others along."""

    clock: ClockMetrics | None  # None: the database can't be asked
    queue: QueueState | None  # None: it can't be asked
    replica_up: bool  # the database that is read answers; without one, True
    shared_store_up: bool  # what all web processes count in answers


def metrics(site: Site, now: datetime) -> Metrics:
    """As `/metrics` shows them."""
    return Metrics(
        clock=_of_clock(site, now),
        queue=site.queue.state(),
        replica_up=site.sessions.replica is None or site.sessions.replica.answers(),
        shared_store_up=not site.counts.fault(),
    )


def _of_clock(site: Site, now: datetime) -> ClockMetrics | None:
    try:
        with site.sessions.reading() as session:
            due = publication_queries.due_for_publication(now).order_by(None).subquery()
            beats = session.execute(
                select(Heartbeat.tick, Heartbeat.at).where(Heartbeat.tick.in_(TICK_NAMES))
            )
            lateness = _lateness(session, now)
            return ClockMetrics(
                due_unpublished=session.scalar(select(func.count()).select_from(due)) or 0,
                heartbeat_ages={tick: (now - at).total_seconds() for tick, at in beats},
                published_lately=len(lateness),
                worst_lateness=max(lateness, default=0.0),
            )
    except SQLAlchemyError:
        return None


def _lateness(session: Session, now: datetime) -> list[float]:
    rows = session.execute(
        select(Edition.published_at, Edition.publish_at).where(Edition.published_at > now - LATELY)
    )
    return [(at - due).total_seconds() for at, due in rows if at is not None and due is not None]


def is_ready(site: Site) -> bool:
    """Whether the database answers and stands at this release, or at a newer one beside which this may run."""
    return schema.may_work_on(site.sessions.engine)
