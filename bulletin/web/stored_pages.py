"""Public pages that are drawn once and kept: `@stored` below `@public`.

What a page says of the minute in which it is read is put in each time; all else holds until the next change.

While the database does not answer, what held when it last did is shown on for a quarter of an hour, and says so; a
page that changes by itself, at midnight, ends there. Others may reach the database that this process can't: what they take
down is gone from here by then. A list of people is not shown at all.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial, wraps
from typing import Any

from flask import Response, current_app, g, make_response, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.http import generate_etag, http_date, quote_etag

from bulletin.domain.days import instant_words
from bulletin.domain.languages.sentences import say
from bulletin.services import changes
from bulletin.web.languages import translated
from bulletin.web.page_cache import CachedPage, LastKnown, Opening, PageCache
from bulletin.web.replica import read_there
from bulletin.web.request_context import now, site, stamp

MOMENT = "\ue000moment\ue000"  # where a kept page says when it was taken from the web
AS_OF = "\ue000as of\ue000"  # where it says that it is an old one
NOINDEX = {"X-Robots-Tag": "noindex"}  # also of what nobody in between may keep
SHOWN_ON = timedelta(minutes=15)
STALE = {"Cache-Control": "no-store", "Warning": '110 - "Response is Stale"'}
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
        try:
            number = stamp()
        except SQLAlchemyError:
            last = _last_known(cache, view, values)
            if last is None:
                raise
            return last
        cache.known = LastKnown(number, now())
        page = cache.pages.get(request.url, number, now())
        if page is None:
            with cache.drawing.taking(request.url):
                number = stamp()  # asked again: while one waited, others may have acted
                draw = partial(read_there, number, _made, view, values, number)
                made = _kept_or_drawn(cache, number, draw)
            if not isinstance(made, CachedPage):
                return made
            page = made
        return _response_of(page)

    return answered


def _kept_or_drawn(
    cache: PageCache, number: int, draw: Callable[[], Response | CachedPage]
) -> Response | CachedPage:
    """What another reader had drawn meanwhile, or what this one draws."""
    page = cache.pages.get(request.url, number, now())
    if page is not None:
        return page
    made = draw()
    if isinstance(made, CachedPage):
        cache.pages.put(request.url, made)
    return made


def _made(view: View, values: Mapping[str, Any], number: int) -> Response | CachedPage:
    drawn = _drawn(view, values)
    return _page_of(drawn, number) if isinstance(drawn, Drawn) else drawn


def _last_known(
    cache: PageCache, view: View, values: Mapping[str, Any]
) -> ResponseReturnValue | None:
    """As the replica has it, or as it was when the database last answered; None where nobody may say any more."""
    known = cache.known
    if known is None:
        return None
    made = _of_replica(cache, known, view, values)
    if made is None and now() - known.at < SHOWN_ON:
        made = cache.last_page(request.url, now())
    if not isinstance(made, CachedPage):
        return made
    return _as_of(known.at, made) if may_be_kept(made) else None


def _of_replica(
    cache: PageCache, known: LastKnown, view: View, values: Mapping[str, Any]
) -> Response | CachedPage | None:
    """Drawn once for all who read it during the outage; None where the replica does not answer, or lacks what was known."""
    replica = site().sessions.replica
    number = replica.number() if replica else None
    if replica is None or number is None or number < known.stamp:
        return None
    draw = partial(_made, view, values, number)
    try:
        with cache.drawing.taking(request.url), site().sessions.of_replica(number):
            return _kept_or_drawn(cache, number, draw)
    except SQLAlchemyError:
        return None


def _as_of(at: datetime, page: CachedPage) -> Response:
    words = say("网站的数据库现在连不上，这是%(moment)s时的内容。", moment=instant_words(at))
    macros = current_app.jinja_env.get_template("macros/as_of.html").module
    bar: str = macros.as_of(translated(words))  # type: ignore[attr-defined]
    text = _with_moment(page.text.replace(AS_OF.encode(), bar.encode()))
    return Response(text, headers=NOINDEX | STALE, mimetype=page.mimetype)


def _drawn_once(view: View, values: Mapping[str, Any]) -> Response | ResponseReturnValue:
    """Of the plain-file copy: what is read once is kept by nobody, and nobody is told how long it holds."""
    drawn = _drawn(view, values)
    if not isinstance(drawn, Drawn):
        return drawn
    text = drawn.text.encode() if isinstance(drawn.text, str) else drawn.text
    return Response(_with_moment(text), headers=drawn.headers, mimetype=drawn.mimetype)


def _drawn(view: View, values: Mapping[str, Any]) -> Response | Drawn:
    g.printed_at, g.as_of = MOMENT, AS_OF
    try:
        drawn = view(**values)
    finally:
        g.pop("as_of")
        g.pop("printed_at")  # what says that there is no such page is drawn for this request alone
    if isinstance(drawn, str):
        return Drawn(text=drawn)
    if isinstance(drawn, Drawn):
        return drawn
    response = make_response(drawn)
    response.set_data(_with_moment(response.get_data()))
    return response


def _with_moment(text: bytes) -> bytes:
    moment = translated(instant_words(now())).encode()
    return text.replace(AS_OF.encode(), b"").replace(MOMENT.encode(), moment)


def _page_of(drawn: Drawn, number: int) -> CachedPage:
    text = drawn.text.encode() if isinstance(drawn.text, str) else drawn.text
    until = changes.fresh_until(site(), now())
    made = {"ETag": quote_etag(generate_etag(text), weak=True), "Last-Modified": http_date(now())}
    return CachedPage(
        stamp=number,
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
