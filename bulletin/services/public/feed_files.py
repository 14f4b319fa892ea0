"""A feed as a file, in each of its shapes."""

from collections.abc import Callable, Mapping

from bulletin.domain.open_data.feeds import BoardFeed, FeedForm
from bulletin.writers.feeds.atom import atom_xml
from bulletin.writers.feeds.closing_days import closing_days_ics
from bulletin.writers.feeds.json_feed import feed_json
from bulletin.writers.feeds.ofn import ofn_json
from bulletin.writers.feeds.rss import rss_xml

WRITERS: Mapping[FeedForm, Callable[[BoardFeed], bytes]] = {
    FeedForm.OFN: ofn_json,
    FeedForm.RSS: rss_xml,
    FeedForm.ATOM: atom_xml,
    FeedForm.JSON: feed_json,
    FeedForm.CLOSING_DAYS: closing_days_ics,
}


def feed_file(feed: BoardFeed, form: FeedForm) -> bytes:
    """A feed in one of its shapes; the same values are the same bytes."""
    return WRITERS[form](feed)
