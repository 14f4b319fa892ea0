"""What machines read of the boards: feeds for readers, for calendars, and as open data."""

from dataclasses import replace

from flask import Blueprint

from bulletin.domain.catalog.items import Group
from bulletin.domain.open_data.feeds import BoardFeed, FeedForm
from bulletin.services.public import board_feed
from bulletin.services.public.feed_files import feed_file
from bulletin.web.guard import public
from bulletin.web.languages import language
from bulletin.web.request_context import now, public_root, site
from bulletin.web.stored_pages import Drawn, stored

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
FOR_PEOPLE = {FeedForm.ATOM, FeedForm.JSON, FeedForm.CLOSING_DAYS}  # open data is the same to all
OPEN = {"Access-Control-Allow-Origin": "*"}  # open data: pages of other sites read it too


@bp.get(f"/feed.<{FORMS}>")
@public
@stored
def of_site(form: str) -> Drawn:
    """Of all that is here: a county, or the one township."""
    return _answer(form, board_feed.site_feed(site(), now(), public_root()))


@bp.get(f"/T/<code>/feed.<{FORMS}>")
@public
@stored
def of_township(code: str, form: str) -> Drawn:
    """Of a township with its villages."""
    return _answer(form, board_feed.township_feed(site(), code, now(), public_root()))


@bp.get(f"/V/<code>/feed.<{FORMS}>")
@public
@stored
def of_place(code: str, form: str) -> Drawn:
    """Of a village, or of the township's own notices."""
    return _answer(form, board_feed.place_feed(site(), code, now(), public_root()))


@bp.get(f"/V/<code>/<{GROUPS}>/feed.<{FORMS}>")
@public
@stored
def of_group(code: str, group: str, form: str) -> Drawn:
    """The same of one class."""
    asked = Group(group)
    return _answer(form, board_feed.place_feed(site(), code, now(), public_root(), asked))


def _answer(form: str, feed: BoardFeed) -> Drawn:
    kind = FeedForm(form)
    if kind in FOR_PEOPLE:
        feed = replace(feed, language=language())
    return Drawn(text=feed_file(feed, kind), mimetype=MEDIA_TYPES[kind], headers=OPEN)
