"""The whole answer of a minute, given again before the request is even looked into: the crowd at a board scans one code.

It stands before the application. All that the application does to an answer (headers, packing) was done to the first;
what it does for each request is done here too: it is logged, and a notice that was opened is counted.
"""

import time
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from bulletin.services import changes
from bulletin.web import access_log
from bulletin.web.compression import takes_packed
from bulletin.web.page_cache import CachedAnswer, CachedPage, PageCache
from bulletin.web.public.reading_counter import ReadingCounter, is_shown_to_somebody
from bulletin.web.stored_pages import ANSWERED, MOMENT_OF, age_words, may_be_kept

Headers = list[tuple[str, str]]
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
        status, headers, body = _again(answer, environ.get("HTTP_IF_NONE_MATCH", ""), now)
        self._count(answer, environ, int(status[:3]), now)
        access_log.log_answer(answer.door, "GET", int(status[:3]), began)
        start_response(status, headers)
        return body

    def _kept(self, address: str, now: datetime) -> CachedAnswer | None:
        cache: PageCache = self._app.extensions["page_cache"]
        counter: ReadingCounter = self._app.extensions["reading_counter"]
        if address not in cache.answers or counter.is_due(now):
            return None
        try:
            stamp = changes.stamp(self._app.extensions["site"])
        except SQLAlchemyError:
            return None  # the application says what is wrong
        return cache.answers.get(address, stamp, now)

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

    def _count(
        self, answer: CachedAnswer, environ: dict[str, Any], status: int, now: datetime
    ) -> None:
        if not answer.opened_tail or self._app.extensions["site"].copied:
            return
        ahead = environ.get("HTTP_SEC_PURPOSE") or environ.get("HTTP_PURPOSE")
        if is_shown_to_somebody(status, ahead, environ.get("HTTP_USER_AGENT", "")):
            self._app.extensions["reading_counter"].add_tail(answer.opened_tail, now)


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
    return CachedAnswer(
        stamp=page.stamp,
        made_at=environ[MOMENT_OF],
        fresh_until=min(page.fresh_until, minute_ends),
        changes_at=page.fresh_until,
        etag=page.headers["ETag"].removeprefix("W/"),
        headers=[each for each in headers if each[0].lower() != "cache-control"],
        may_be_kept=may_be_kept(page),
        body=body,
        door=door,
        opened_tail=page.opened_tail,
    )


def page_minute(at: datetime) -> datetime:
    """When the minute ends that a page tells."""
    return at.replace(second=0, microsecond=0) + timedelta(minutes=1)


def _again(answer: CachedAnswer, tags: str, now: datetime) -> tuple[str, Headers, Sequence[bytes]]:
    age = age_words(answer.changes_at, now, may_be_kept=answer.may_be_kept)
    headers = [*answer.headers, ("Cache-Control", age)]
    if tags and answer.etag in {tag.strip().removeprefix("W/") for tag in tags.split(",")}:
        return "304 NOT MODIFIED", [each for each in headers if each[0].lower() not in OF_BODY], ()
    return "200 OK", headers, (answer.body,)
