"""Who does long work, by the settings; the only place that asks."""

from importlib import import_module

from sqlalchemy import make_url

from bulletin.domain.errors import Misconfigured
from bulletin.workers.in_process import InProcessQueue
from bulletin.workers.work_queue import WorkQueue


def open_queue(database: str, *, wanted: bool) -> WorkQueue:
    """The queue in a database.

    Args:
        database: its URL, as SQLAlchemy takes it.
        wanted: what the setting says.

    Raises:
        Misconfigured: SQLite has none, or the package is not installed.
    """
    if not wanted:
        return InProcessQueue()
    url = make_url(database)
    if url.get_backend_name() != "postgresql":
        raise Misconfigured(
            "queue = true (BULLETIN_QUEUE) needs PostgreSQL: set database_url, or leave queue out; "
            "on SQLite `bulletin serve` does long work itself"
        )
    try:
        calls = import_module("bulletin.workers.procrastinate_queue")  # an optional part
    except ModuleNotFoundError as error:
        raise Misconfigured(
            f"queue needs the package {error.name}: install bulletin with [queue]"
        ) from error
    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    queue: WorkQueue = calls.ProcrastinateQueue(address)
    return queue
