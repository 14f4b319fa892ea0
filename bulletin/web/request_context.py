"""The moment of a request, the site it asks, and who asks."""

from collections.abc import Callable
from datetime import UTC, date, datetime

from flask import current_app, g, request
from flask_login import current_user

from bulletin.domain.days import village_day
from bulletin.domain.people import Actor
from bulletin.domain.sign_in.networks import network_of
from bulletin.services import changes
from bulletin.services.site import Site

OF_STAFF = (
    "/account",
    "/desk",
    "/sign-",
)  # Chinese, stored by no browser, read by no search engine


def read_clock() -> datetime:
    """This machine's time; the web's only reading of it."""
    return datetime.now(UTC)  # noqa: TID251 - a door


def now() -> datetime:
    """The moment of this request, read once."""
    if "now" not in g:
        g.now = current_app.extensions["clock"]()
    return g.now  # type: ignore[no-any-return]


def clock() -> Callable[[], datetime]:
    """The clock itself, for work that outlives the request."""
    return current_app.extensions["clock"]  # type: ignore[no-any-return]


def today() -> date:
    return village_day(now())


def site() -> Site:
    return current_app.extensions["site"]  # type: ignore[no-any-return]


def stamp() -> int:
    """The number of the history when this request came, read once; see `services.changes`.

    Raises:
        SQLAlchemyError: the database can't be asked.
    """
    if "stamp" not in g:
        g.stamp = changes.stamp(site())
    return g.stamp  # type: ignore[no-any-return]


def is_of_staff() -> bool:
    """Whether the address is one of the desk or of its door."""
    return request.path.startswith(OF_STAFF)


def public_root() -> str:
    """Where residents read, without / at its end: as it is set, else as this request came."""
    return site().public_url or request.host_url.rstrip("/")


def network() -> str:
    """By whom tries and misses are counted: the network of the reader's address."""
    return network_of(request.remote_addr or "")


def actor() -> Actor:
    """The person signed in; guards make sure that there is one."""
    return current_user.actor  # type: ignore[no-any-return]
