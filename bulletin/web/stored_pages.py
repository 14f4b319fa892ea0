"""Public pages that are drawn once and kept: `@stored` below `@public`.

What a page says of the minute in which it is read is put in each time; all else holds until the next change.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from flask import Response, current_app, g, make_response, request
from flask.typing import ResponseReturnValue
from werkzeug.http import generate_etag, http_date, quote_etag

from bulletin.domain.days import instant_words
from bulletin.services import changes
from bulletin.web.languages import translated
from bulletin.web.page_cache import CachedPage, Opening, PageCache
from bulletin.web.request_context import now, site

MOMENT = "\ue000moment\ue000"  # where a kept page says when it was taken from the web
NOINDEX = {"X-Robots-Tag": "noindex"}  # also of what nobody in between may keep
SHARED_AGE = timedelta(seconds=10)  # for which nobody in between need ask again
# In the environment of a request: the page that answered it, and the moment that it tells.
ANSWERED, MOMENT_OF = "bulletin.page", "bulletin.now"


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A page as a view drew it."""

    text: str | bytes
    mimetype: str = "text/html"
    until: datetime | None = None  # it changes by itself before the others do
    opens: Opening | None = None  # when it is the page of a notice, at its own address
    headers: Mapping[str, str] = field(default_factory=dict)


View = Callable[..., ResponseReturnValue | Drawn]


def stored(view: View) -> Callable[..., ResponseReturnValue]:
    """Keep what a view draws: a text, or `Drawn`. What else it returns is answered and forgotten."""

    @wraps(view)
    def answered(**values: Any) -> ResponseReturnValue:
        if site().copied:
            return _drawn_once(view, values)
        cache: PageCache = current_app.extensions["page_cache"]
        address, stamp = request.url, changes.stamp(site())
        page = cache.pages.get(address, stamp, now())
        if page is None:
            drawn = _drawn(view, values)
            if not isinstance(drawn, Drawn):
                return drawn
            page = _page_of(drawn, stamp)
            cache.pages.put(address, page)
        return _response_of(page)

    return answered


def _drawn_once(view: View, values: Mapping[str, Any]) -> Response | ResponseReturnValue:
    """Of the plain-file copy: what is read once is kept by nobody, and nobody is told how long it holds."""
    drawn = _drawn(view, values)
    if not isinstance(drawn, Drawn):
        return drawn
    text = drawn.text.encode() if isinstance(drawn.text, str) else drawn.text
    return Response(_with_moment(text), headers=drawn.headers, mimetype=drawn.mimetype)


def _drawn(view: View, values: Mapping[str, Any]) -> Response | Drawn:
    g.printed_at = MOMENT
    try:
        drawn = view(**values)
    finally:
        g.pop("printed_at")  # what says that there is no such page is drawn for this request alone
    if isinstance(drawn, str):
        return Drawn(text=drawn)
    if isinstance(drawn, Drawn):
        return drawn
    response = make_response(drawn)
    response.set_data(_with_moment(response.get_data()))
    return response


def _with_moment(text: bytes) -> bytes:
    return text.replace(MOMENT.encode(), translated(instant_words(now())).encode())


def _page_of(drawn: Drawn, stamp: int) -> CachedPage:
    text = drawn.text.encode() if isinstance(drawn.text, str) else drawn.text
    until = changes.fresh_until(site(), now())
    made = {"ETag": quote_etag(generate_etag(text), weak=True), "Last-Modified": http_date(now())}
    return CachedPage(
        stamp=stamp,
        made_at=now(),
        fresh_until=min(until, drawn.until) if drawn.until else until,
        text=text,
        mimetype=drawn.mimetype,
        headers=made | dict(drawn.headers),
        opens=drawn.opens,
    )


def _response_of(page: CachedPage) -> Response:
    """The page with this request's moment, or that the reader has it already."""
    request.environ |= {ANSWERED: page, MOMENT_OF: now()}
    response = Response(_with_moment(page.text), headers=page.headers, mimetype=page.mimetype)
    response.headers["Cache-Control"] = age_words(
        page.fresh_until, now(), may_be_kept=may_be_kept(page)
    )
    if request.if_none_match.contains_weak(response.get_etag()[0] or ""):
        # By its tag alone: two changes may fall into one second.
        response.status_code, response.response = 304, []
        for name in ("Content-Type", "Content-Length"):
            response.headers.pop(name, None)
    return response


def may_be_kept(page: CachedPage) -> bool:
    """A list of people is asked for anew each time."""
    return "X-Robots-Tag" not in page.headers


def age_words(changes_at: datetime, at: datetime, *, may_be_kept: bool) -> str:
    """Cache-Control: a reader asks each time; what stands in between may keep it shortly, and never beyond a change."""
    if not may_be_kept:
        return "no-cache"
    seconds = int(min(SHARED_AGE, changes_at - at).total_seconds())
    return f"public, max-age=0, s-maxage={max(0, seconds)}, must-revalidate"
