"""Pages that many open are read from the replica, where the site has one."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from sqlalchemy.exc import SQLAlchemyError

from bulletin.services import changes
from bulletin.web.request_context import site

P = ParamSpec("P")
R = TypeVar("R")


def of_replica(view: Callable[P, R]) -> Callable[P, R]:
    """A page of the desk that only shows what acts made. Whoever acted sees it, whatever the replica lags."""

    @wraps(view)
    def answered(*args: P.args, **kwargs: P.kwargs) -> R:
        if site().sessions.replica is None:
            return view(*args, **kwargs)
        return read_there(changes.stamp(site()), view, *args, **kwargs)

    return answered


def read_there(stamp: int, view: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """From the replica, if it holds all that was done up to `stamp`; where it fails, from the first database."""
    replica = site().sessions.replica
    if replica is not None:
        try:
            with site().sessions.of_replica(stamp):
                return view(*args, **kwargs)
        except SQLAlchemyError:
            replica.rest()
    return view(*args, **kwargs)
