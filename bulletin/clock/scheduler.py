"""APScheduler as alarm clock. The database is the memory: a tick missed is made good by the next."""

import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.base import JobLookupError
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.date import DateTrigger
from apscheduler.triggers.interval import IntervalTrigger

from bulletin.clock.jobs import ELSEWHERE, NO_MORE, TICKS, Act, read_clock, run
from bulletin.domain.days import VILLAGE_ZONE
from bulletin.domain.ticks import PUBLISH_TICK, Tick
from bulletin.services.notices.publish import next_due_at
from bulletin.services.one_by_one import SomeFailed
from bulletin.services.operations.failures import remedy_of
from bulletin.services.site import Site

log = logging.getLogger(__name__)

WAKE_UP = "wake-up"
AT_ONCE = 10  # ticks and wake-ups
AGAIN = timedelta(seconds=10)  # after another process was found at it
MIN_DELAY = timedelta(milliseconds=200)  # so that a moment that is just over is not asked for twice


class Scheduler:
    """The fixed ticks, and one wake-up at the next due moment so that publication is punctual."""

    def __init__(
        self,
        site: Site,
        clock: Callable[[], datetime] = read_clock,
        further: Mapping[str, Act] = NO_MORE,
    ) -> None:
        """Put together; nothing runs yet.

        Args:
            clock: tells the time, which at a rehearsal is not this machine's.
            further: acts beside those of every site, by their ticks. They may take long, so that nobody waits for them.
        """
        self._site, self._clock, self._further = site, clock, further
        self._threads = ThreadPoolExecutor(AT_ONCE)
        self._scheduler = BackgroundScheduler(
            jobstores={"default": MemoryJobStore()},
            executors={"default": self._threads},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
            timezone=VILLAGE_ZONE,
        )

    def start(self) -> None:
        """Catch up on whatever an outage left undone, then keep ticking."""
        for tick in self._site.ticks:
            if tick.name in TICKS:
                self._run(tick.name)
                self._schedule(tick)
            elif tick.name in self._further:
                self._schedule(tick, next_run_time=read_clock())
        self._scheduler.start()

    def _schedule(self, tick: Tick, **first: datetime) -> None:
        self._scheduler.add_job(
            self._run,
            _trigger(tick),
            id=tick.name,
            args=[tick.name],
            replace_existing=True,
            **first,
        )

    def stop(self) -> None:
        """What runs comes to its end. It may still name its next moment: the scheduler's own waiting locks that out."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
            self._threads.shutdown(wait=True)

    def _run(self, name: str) -> None:
        """One tick. An error is logged, and the next tick tries again: nobody restarts a clock."""
        now, after = self._clock(), None
        try:
            act = (TICKS | dict(self._further))[name]
            try:
                if run(name, act, self._site, now) == ELSEWHERE:
                    self._run_at(name, read_clock() + AGAIN)
            except SomeFailed as some:  # each was logged when its turn came
                log.error("tick %s left out: %s", name, some)  # noqa: TRY400
                after = now
            self._set_wake_up(after)
        except Exception as error:
            if remedy := remedy_of(error):
                log.error("tick %s failed: %s", name, remedy)  # noqa: TRY400 - says it all
            else:
                log.exception("tick %s failed", name)

    def _set_wake_up(self, after: datetime | None = None) -> None:
        """`after`: what was due until then could not be published; the next tick tries again, not the next instant."""
        due = next_due_at(self._site.for_those_here(), after)
        if due is None:
            return
        at = read_clock() + max(due - self._clock(), MIN_DELAY)
        self._scheduler.add_job(
            self._publish, DateTrigger(at, UTC), id=WAKE_UP, replace_existing=True
        )

    def _publish(self) -> None:
        """At its moment; what follows from it begins at once, and the next moment does not wait for its end."""
        self._run(PUBLISH_TICK)
        for name in self._further:
            self._run_at(name, read_clock())

    def _run_at(self, name: str, at: datetime) -> None:
        """Its further runs are counted from this one: clocks that began at one second no longer meet each other."""
        with suppress(JobLookupError):  # the clock is being stopped
            self._scheduler.modify_job(name, next_run_time=at)


def _trigger(tick: Tick) -> IntervalTrigger | CronTrigger:
    if tick.every_seconds is not None:
        return IntervalTrigger(seconds=tick.every_seconds, timezone=VILLAGE_ZONE)
    if tick.at is None:
        raise ValueError(f"tick {tick.name} says neither how often nor when")
    return CronTrigger(hour=tick.at.hour, minute=tick.at.minute, timezone=VILLAGE_ZONE)
