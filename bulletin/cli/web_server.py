"""The web server of `bulletin serve`: how many connections stand, and how long an idle one may.

A phone keeps its connection open after the page is read, and a village reads at the same hour. Waitress
waits on all connections at once and gives a thread only to a request that is whole, so that phones which
say nothing or a little at a time cost one open file each. Its own limit of 100 connections, each kept for
two minutes, would shut the door in front of the hundred-first.
"""

import select
import sys
from contextlib import suppress
from typing import Any

import waitress

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
    return waitress.create_server(
        app,
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


def _allow_open_files(count: int) -> None:
    """Systems allow a process 256 or 1024 open files until it asks for more."""
    if sys.platform == "win32":
        return  # it has no such limit
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = count if hard == resource.RLIM_INFINITY else min(count, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
