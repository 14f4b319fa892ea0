"""Counts how often the page of each notice is opened, in memory, and writes it down once a minute.

Nothing of a reader is looked at but whether it is a machine that says so itself: no address, no
cookie, no time but the day. Who opens a page twice counts twice. What a process had counted in its
last minute is lost when it is killed.
"""

import logging
import re
from datetime import datetime, timedelta
from functools import lru_cache
from threading import Lock

from flask import Flask, Response, current_app, request
from sqlalchemy.exc import SQLAlchemyError

from bulletin.domain.days import village_day
from bulletin.domain.notices.readings import ReadTimes
from bulletin.services.public.record_readings import ReadDay, record_readings
from bulletin.web.page_cache import CachedPage
from bulletin.web.request_context import now, site
from bulletin.web.stored_pages import ANSWERED

EVERY = timedelta(minutes=1)
MAX_KEPT = 10_000  # notices and days that wait while the database can't be written to
SHOWN = frozenset({200, 304})  # 304: the phone has the page already, and shows it again
_MACHINE = re.compile(r"bot|spider|crawl|slurp|curl|wget|python|java/|httpclient", re.IGNORECASE)
log = logging.getLogger(__name__)


class ReadingCounter:
    """What was opened since it was last written down."""

    def __init__(self) -> None:
        self._counted: dict[ReadDay, ReadTimes] = {}
        self._since: datetime | None = None
        self._lock = Lock()

    def add(self, code: str, *, scanned: bool, at: datetime) -> None:
        with self._lock:
            self._since = self._since or at
            self._add((code, village_day(at)), ReadTimes(1, int(scanned)))

    def is_due(self, at: datetime) -> bool:
        return self._since is not None and not self._since <= at < self._since + EVERY

    def take(self) -> dict[ReadDay, ReadTimes]:
        """All that was counted; counting begins anew."""
        with self._lock:
            counted, self._counted, self._since = self._counted, {}, None
            return counted

    def give_back(self, counted: dict[ReadDay, ReadTimes], at: datetime) -> None:
        """What could not be written down is tried again a minute later."""
        with self._lock:
            self._since = at
            for key, times in counted.items():
                self._add(key, times)

    def _add(self, key: ReadDay, times: ReadTimes) -> None:
        if key in self._counted or len(self._counted) < MAX_KEPT:
            self._counted[key] = self._counted.get(key, ReadTimes(0, 0)).plus(times)


def install(app: Flask) -> None:
    app.extensions["reading_counter"] = ReadingCounter()
    app.after_request(_count)


def _count(response: Response) -> Response:
    page: CachedPage | None = request.environ.get(ANSWERED)
    if page is not None and page.opens is not None and _is_shown(response):
        _counter().add(page.opens.code, scanned=page.opens.scanned, at=now())
    if _counter().is_due(now()):
        write_down()
    return response


def _is_shown(response: Response) -> bool:
    ahead = request.headers.get("Sec-Purpose") or request.headers.get("Purpose")
    agent = request.headers.get("User-Agent", "")
    is_asked = request.method == "GET" and not site().copied
    return is_asked and is_shown_to_somebody(response.status_code, ahead, agent)


def is_shown_to_somebody(status: int, ahead: str | None, agent: str) -> bool:
    """Whether an answer is a page before a person's eyes.

    Args:
        ahead: why a browser fetches a page that nobody asked for yet.
        agent: what the reader says of itself.
    """
    return status in SHOWN and not ahead and not _is_machine(agent)


@lru_cache(maxsize=256)  # phones of one village say the same few
def _is_machine(agent: str) -> bool:
    return _MACHINE.search(agent) is not None


def write_down() -> None:
    """Add what this process counted to the record. No reader hears of a fault."""
    counted = _counter().take()
    if not counted:
        return
    try:
        record_readings(site(), counted)
    except SQLAlchemyError as error:
        log.warning("readings could not be written down: %s", type(error).__name__)
        _counter().give_back(counted, now())


def _counter() -> ReadingCounter:
    return current_app.extensions["reading_counter"]  # type: ignore[no-any-return]
