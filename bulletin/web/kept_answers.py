"""The whole answer of a minute, given again before the request is even looked into: the crowd at a board scans one code.

It stands before the application. All that the application does to an answer (headers, packing) was done to the first;
what it does for each request is done here too: it is logged, and a notice that was opened is counted.
"""

import time
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from bulletin.services import changes
from bulletin.web import access_log
from bulletin.web.compression import takes_packed
from bulletin.web.page_cache import (
    CachedAnswer,
    CachedPage,
    Headers,
    LastKnown,
    Opening,
    PageCache,
    holds,
)
from bulletin.web.public.reading_counter import ReadingCounter, is_shown_to_somebody
from bulletin.web.stored_pages import ANSWERED, MOMENT_OF, age_words, may_be_kept

STATUS = {200: "200 OK", 304: "304 NOT MODIFIED"}
OF_BODY = frozenset({"content-type", "content-length", "content-encoding"})


def install(app: Flask) -> None:
    app.wsgi_app = KeptAnswers(app)  # type: ignore[method-assign]


class KeptAnswers:
    def __init__(self, app: Flask) -> None:
        self._app, self._next = app, app.wsgi_app

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        address = _address(environ)
        if address is None:
            return self._next(environ, start_response)
        began, now = time.monotonic(), self._app.extensions["clock"]()
        answer = self._kept(address, now)
        if answer is None:
            return self._first(address, environ, start_response)
        is_known = _has(environ.get("HTTP_IF_NONE_MATCH", ""), answer.etag)
        status = 304 if is_known else 200
        if answer.opens is not None:
            self._count(answer.opens, environ, status, now)
        access_log.log_answer(answer.door, "GET", status, began)
        age = age_words(answer.changes_at, now, may_be_kept=answer.may_be_kept)
        headers = answer.known_headers if is_known else answer.headers
        start_response(STATUS[status], [*headers, ("Cache-Control", age)])
        return () if is_known else (answer.body,)

    def _kept(self, address: str, now: datetime) -> CachedAnswer | None:
        cache: PageCache = self._app.extensions["page_cache"]
        counter: ReadingCounter = self._app.extensions["reading_counter"]
        answer = cache.answers.find(address)
        if answer is None or counter.is_due(now):
            return None
        try:
            stamp = changes.stamp(self._app.extensions["site"])
        except SQLAlchemyError:
            return None  # the application says what is wrong
        if not holds(answer, stamp, now):
            return None
        cache.known = LastKnown(stamp, now)
        return answer

    def _first(self, address: str, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        started: list[Any] = []

        def listened(status: str, headers: Headers, exc_info: Any = None) -> Callable[..., Any]:
            started[:] = [status, headers]
            return start_response(status, headers, exc_info)  # type: ignore[no-any-return]

        body = self._next(environ, listened)
        page: CachedPage | None = environ.get(ANSWERED)
        if page is None or not _is_for_all(*started):
            return body
        data = b"".join(body)
        if hasattr(body, "close"):
            body.close()
        door = environ.get(access_log.DOOR, "")
        cache: PageCache = self._app.extensions["page_cache"]
        cache.answers.put(address, _answer_of(page, started[1], data, door, environ))
        return [data]

    def _count(self, opened: Opening, environ: dict[str, Any], status: int, now: datetime) -> None:
        if self._app.extensions["site"].copied:
            return
        ahead = environ.get("HTTP_SEC_PURPOSE") or environ.get("HTTP_PURPOSE")
        if is_shown_to_somebody(status, ahead, environ.get("HTTP_USER_AGENT", "")):
            counter: ReadingCounter = self._app.extensions["reading_counter"]
            counter.add(opened.code, scanned=opened.scanned, at=now)


def _address(environ: dict[str, Any]) -> str | None:
    """What tells one answer from another; None for a request of an unusual kind."""
    if environ["REQUEST_METHOD"] != "GET" or "HTTP_RANGE" in environ:
        return None
    packed = takes_packed(environ.get("HTTP_ACCEPT_ENCODING", ""))
    host = environ.get("HTTP_HOST", "")
    asked = environ["PATH_INFO"], environ.get("QUERY_STRING", "")
    return "\0".join((environ["wsgi.url_scheme"], host, *asked, str(packed)))


def _is_for_all(status: str, headers: Headers) -> bool:
    """Nothing in it is for one reader alone."""
    names = {name.lower() for name, _ in headers}
    return status.startswith("200") and "set-cookie" not in names


def _answer_of(
    page: CachedPage, headers: Headers, body: bytes, door: str, environ: dict[str, Any]
) -> CachedAnswer:
    minute_ends = page_minute(environ[MOMENT_OF])
    lasting = [each for each in headers if each[0].lower() != "cache-control"]
    return CachedAnswer(
        stamp=page.stamp,
        made_at=environ[MOMENT_OF],
        fresh_until=min(page.fresh_until, minute_ends),
        changes_at=page.fresh_until,
        etag=page.headers["ETag"].removeprefix("W/"),
        headers=lasting,
        known_headers=[each for each in lasting if each[0].lower() not in OF_BODY],
        may_be_kept=may_be_kept(page),
        body=body,
        door=door,
        opens=page.opens,
    )


def page_minute(at: datetime) -> datetime:
    """When the minute ends that a page tells."""
    return at.replace(second=0, microsecond=0) + timedelta(minutes=1)


def _has(tags: str, etag: str) -> bool:
    """Whether one of a reader's tags is of this answer."""
    return bool(tags) and etag in {tag.strip().removeprefix("W/") for tag in tags.split(",")}
