"""What machines read of the boards: feeds for readers, for calendars, and as open data."""

from collections.abc import Callable

from flask import Blueprint, Response, current_app, request
from werkzeug.http import generate_etag, quote_etag

from bulletin.domain.catalog.items import Group
from bulletin.domain.open_data.feeds import BoardFeed, FeedForm
from bulletin.services.public import board_feed, changes
from bulletin.services.public.feed_files import feed_file
from bulletin.web.downloads import revalidated
from bulletin.web.guard import public
from bulletin.web.page_cache import CachedPage, PageCache
from bulletin.web.request_context import now, public_root, site

bp = Blueprint("feeds", __name__)
FORMS = f"any({', '.join(FeedForm)}):form"
GROUPS = f"any({', '.join(Group)}):group"
MEDIA_TYPES = {
    FeedForm.OFN: "application/ld+json",
    FeedForm.RSS: "application/rss+xml",
    FeedForm.ATOM: "application/atom+xml",
    FeedForm.JSON: "application/feed+json",
    FeedForm.CLOSING_DAYS: "text/calendar",
}
OPEN = {"Access-Control-Allow-Origin": "*"}  # open data: pages of other sites read it too


@bp.get(f"/feed.<{FORMS}>")
@public
def of_site(form: str) -> Response:
    """Of all that is here: a county, or the one township."""
    return _answer(form, lambda: board_feed.site_feed(site(), now(), public_root()))


@bp.get(f"/T/<code>/feed.<{FORMS}>")
@public
def of_township(code: str, form: str) -> Response:
    """Of a township with its villages."""
    return _answer(form, lambda: board_feed.township_feed(site(), code, now(), public_root()))


@bp.get(f"/V/<code>/feed.<{FORMS}>")
@public
def of_place(code: str, form: str) -> Response:
    """Of a village, or of the township's own notices."""
    return _answer(form, lambda: board_feed.place_feed(site(), code, now(), public_root()))


@bp.get(f"/V/<code>/<{GROUPS}>/feed.<{FORMS}>")
@public
def of_group(code: str, group: str, form: str) -> Response:
    """The same of one class."""
    asked = Group(group)
    return _answer(form, lambda: board_feed.place_feed(site(), code, now(), public_root(), asked))


def _answer(form: str, feed: Callable[[], BoardFeed]) -> Response:
    """The feed, from the store of pages while nothing changed."""
    cache: PageCache = current_app.extensions["page_cache"]
    stamp, address = changes.stamp(site()), public_root() + request.path
    page = cache.get(address, stamp, now())
    if page is None:
        data = feed_file(feed(), FeedForm(form))
        page = CachedPage(
            stamp=stamp,
            fresh_until=changes.fresh_until(site(), now()),
            text=data,
            headers=OPEN | {"ETag": quote_etag(generate_etag(data), weak=True)},
        )
        cache.put(address, page)
    media_type = MEDIA_TYPES[FeedForm(form)]
    return revalidated(Response(page.text, headers=page.headers, mimetype=media_type))
