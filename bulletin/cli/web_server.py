"""The web server of `bulletin serve`: how many connections stand, and how long an idle one may.

A phone keeps its connection open after the page is read, and a village reads at the same hour. Waitress
waits on all connections at once and gives a thread only to a request that is whole, so that phones which
say nothing or a little at a time cost one open file each. Its own limit of 100 connections, each kept for
two minutes, would shut the door in front of the hundred-first.
"""

import logging
import select
import sys
from contextlib import suppress
from typing import Any

import waitress
from waitress.channel import HTTPChannel
from waitress.task import WSGITask

if sys.platform != "win32":
    import resource

THREADS = 8  # pages at a time
MAX_CONNECTIONS = 1000  # also of gunicorn, in docs/install.md
MAX_CONNECTIONS_OF_SELECT = 480  # Windows: select() takes 512 sockets, some are ours
IDLE_SECONDS = 30  # without a byte either way, then a connection is closed
CLEANUP_SECONDS = 10  # how often they are looked through
OTHER_FILES = 200  # that a process may have open beside its connections


def create(app: Any, host: str, port: int, *, behind_proxy: bool) -> Any:
    """A server that is ready to run."""
    can_poll = hasattr(select, "poll")
    if can_poll:
        _allow_open_files(MAX_CONNECTIONS + OTHER_FILES)
    # At a crowd each request waits its turn: a line for each would cost more than to answer it.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    parts: dict[int, Any] = {}
    server = waitress.create_server(
        app,
        map=parts,
        host=host,
        port=port,
        threads=THREADS,
        ident="bulletin",
        clear_untrusted_proxy_headers=not behind_proxy,
        connection_limit=MAX_CONNECTIONS if can_poll else MAX_CONNECTIONS_OF_SELECT,
        channel_timeout=IDLE_SECONDS,
        cleanup_interval=CLEANUP_SECONDS,
        asyncore_use_poll=can_poll,
    )
    for part in parts.values():
        if hasattr(part, "channel_class"):  # an address that is listened on
            part.channel_class = _Channel
    return server


class _Task(WSGITask):  # type: ignore[misc]  # (waitress has no types)
    """One request. That a phone has the page already (304) leaves its connection open.

    Waitress closes it behind every answer that has no length, also behind one that has no body and needs none: each
    look at a page that is known then costs a slow line the opening of a new connection.
    """

    def set_close_on_finish(self) -> None:
        goes_on = self.request.headers.get("CONNECTION", "").lower() != "close"
        if self.has_body or self.version != "1.1" or not goes_on:
            super().set_close_on_finish()


class _Channel(HTTPChannel):  # type: ignore[misc]
    task_class = _Task


def _allow_open_files(count: int) -> None:
    """Systems allow a process 256 or 1024 open files until it asks for more."""
    if sys.platform == "win32":
        return  # it has no such limit
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = count if hard == resource.RLIM_INFINITY else min(count, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
