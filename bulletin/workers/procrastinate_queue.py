"""Long work for `bulletin worker` processes on any machine, called by procrastinate in the PostgreSQL that is there anyway.

A worker gives a sign of life every few seconds. What a dead one had begun is put back by those that live.
"""

import asyncio
import logging
import signal
from collections.abc import Callable
from contextlib import closing, suppress
from typing import Any

import psycopg
from procrastinate import App, PsycopgConnector, SyncPsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException, UniqueViolation
from procrastinate.jobs import DeleteJobCondition, Status
from procrastinate.jobs import Job as QueuedJob
from procrastinate.retry import RetryStrategy
from procrastinate.worker import Worker

from bulletin.workers.queue_tables import OPTIONS, are_there, prepare
from bulletin.workers.work_queue import Job, QueueState, Run

log = logging.getLogger(__name__)

TASK = "bulletin"
HEARTBEAT = 5.0  # seconds between a worker's signs of life
DEAD_AFTER = 30.0  # seconds without one; longer than a part of a pack stays somebody's
LOOK_EVERY = 5.0  # seconds between looks for what a dead worker had begun
CONNECT_SECONDS = 3
# The database was away for a while: longer than what this worker had stays its own, or its next try finds nothing free.
AGAIN = RetryStrategy(max_attempts=5, wait=25)

_STATE = """
SELECT (SELECT count(*) FROM procrastinate_workers
        WHERE last_heartbeat > now() - make_interval(secs => %s)),
       (SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo')
"""


class ProcrastinateQueue:
    def __init__(self, address: str) -> None:
        """`address`: postgresql://…, as its driver takes it."""
        self._address = address
        self._app = App(connector=SyncPsycopgConnector())

    def prepare(self) -> None:
        prepare(self._address)

    def defer(self, job: Job, run: Callable[[], object], *, wait: float = 0.0) -> None:  # noqa: ARG002 - see WorkQueue
        self._call(job, range(1))

    def ask_for_hands(self, job: Job, hands: int) -> None:
        self._call(job, range(1, hands + 1))

    def _call(self, job: Job, places: range) -> None:
        """One call for each place; a place that was called for and not taken yet is not called for again."""
        try:
            with self._connected() as connection:
                for place in places:
                    asked = self._app.configure_task(
                        TASK, queueing_lock=_lock(job, place), connection=connection
                    )
                    with suppress(AlreadyEnqueued), connection.transaction():
                        asked.defer(kind=job.kind, id=job.id)
        except (ConnectorException, psycopg.Error):
            # Whoever looks at the job sees that nobody is at it, and calls again.
            log.exception("%s %d was not put into the queue", job.kind, job.id)

    def state(self) -> QueueState | None:
        try:
            with self._connected() as connection:
                return _state(connection) if are_there(connection) else QueueState(0, 0)
        except psycopg.Error:
            return None

    def fault(self) -> str:
        try:
            with self._connected() as connection:
                if not are_there(connection):
                    return "its tables are missing: run `bulletin migrate`"
                state = _state(connection)
        except psycopg.Error as error:
            return str(error)
        return (
            "" if state.workers else f"no `bulletin worker` is running, {state.waiting} jobs wait"
        )

    def _connected(self) -> "closing[psycopg.Connection[Any]]":
        connection: psycopg.Connection[Any] = psycopg.connect(
            self._address, options=OPTIONS, autocommit=True, connect_timeout=CONNECT_SECONDS
        )
        return closing(connection)

    def work(self, run: Run) -> None:
        asyncio.run(_Working(self, run).until_stopped(self._address))


def _state(connection: "psycopg.Connection[Any]") -> QueueState:
    workers, waiting = connection.execute(_STATE, [DEAD_AFTER]).fetchone() or (0, 0)
    return QueueState(workers, waiting)


def _lock(job: Job, place: int) -> str:
    return f"{job.kind} {job.id} {place}"


class _Working:
    """One worker process."""

    def __init__(self, queue: ProcrastinateQueue, run: Run) -> None:
        self._queue, self._run, self._stopped = queue, run, False

    async def until_stopped(self, address: str) -> None:
        app = App(
            connector=PsycopgConnector(conninfo=address, kwargs={"options": OPTIONS}, max_size=4)
        )
        app.task(name=TASK, retry=AGAIN)(self._do)
        async with app.open_async():
            worker = Worker(
                app,
                name="bulletin",
                install_signal_handlers=False,
                delete_jobs=DeleteJobCondition.ALWAYS.value,
                update_heartbeat_interval=HEARTBEAT,
                stalled_worker_timeout=DEAD_AFTER,
            )
            self._stop_by_signal(worker)
            looking = asyncio.create_task(_put_back_for_ever(app))
            try:
                await worker.run()  # type: ignore[no-untyped-call]  # (procrastinate says no type)
            finally:
                looking.cancel()

    def _do(self, kind: str, id: int) -> None:  # noqa: A002 - as the call names it
        job = Job(kind, id)
        if not self._run(job, lambda: self._stopped):
            self._queue.defer(job, lambda: None)

    def _stop_by_signal(self, worker: Worker) -> None:
        loop = asyncio.get_running_loop()

        def stop(*_: object) -> None:
            self._stopped = True
            loop.call_soon_threadsafe(worker.stop)

        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, stop)


async def _put_back_for_ever(app: App) -> None:
    """What dead workers had begun waits again, and the next that is free takes it."""
    while True:
        try:
            jobs = await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=DEAD_AFTER)
            for job in jobs:
                await _put_back(app, job)
        except ConnectorException:
            log.exception("could not look for what dead workers had begun")
        await asyncio.sleep(LOOK_EVERY)


async def _put_back(app: App, job: QueuedJob) -> None:
    try:
        await app.job_manager.retry_job(job)
    except UniqueViolation:  # it is called for already
        await app.job_manager.finish_job(job, Status.FAILED, delete_job=True)
    log.warning("a worker died: %s goes on elsewhere", job.task_kwargs)
