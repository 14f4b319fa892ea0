"""Pages that many open are read from the replica, where the site has one."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from sqlalchemy.exc import SQLAlchemyError

from bulletin.web.request_context import site, stamp

log = logging.getLogger(__name__)
P = ParamSpec("P")
R = TypeVar("R")


def of_replica(view: Callable[P, R]) -> Callable[P, R]:
    """A page of the desk that only shows what acts made. Whoever acted sees it, whatever the replica lags."""

    @wraps(view)
    def answered(*args: P.args, **kwargs: P.kwargs) -> R:
        if site().sessions.replica is None:
            return view(*args, **kwargs)
        return read_there(stamp(), view, *args, **kwargs)

    return answered


def read_there(number: int, view: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """From the replica, if it holds all that was done up to the entry `number`; where it fails, from the first database."""
    replica = site().sessions.replica
    if replica is not None:
        try:
            with site().sessions.of_replica(number):
                return view(*args, **kwargs)
        except SQLAlchemyError as failed:
            log.warning("read from the first database: %s", failed)
            replica.head.rest(failed)
    return view(*args, **kwargs)
