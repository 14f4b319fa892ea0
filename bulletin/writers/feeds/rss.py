"""RSS 2.0 with the categories that AlboPOP agreed on for Italian notice boards.

https://albopop.it/specs: the newest 25, each with its number and period. Its `webMaster` is left
out: a village has no mail address to give, and an invented one would answer nobody.
"""

from datetime import date, datetime
from email.utils import format_datetime
from xml.etree.ElementTree import Element, SubElement, register_namespace

from bulletin.domain.days import ONE_DAY, start_of, village_time
from bulletin.domain.open_data.feeds import (
    BoardFeed,
    BoardKind,
    BoardRecord,
    FeedForm,
)
from bulletin.writers.feeds.xml import child, document

MAX_ITEMS = 25  # as the specification has it
SPECS = "http://albopop.it/specs#"
XHTML = "http://www.w3.org/1999/xhtml"
CHINA = "中国"
_KINDS = {BoardKind.VILLAGE: "村", BoardKind.TOWNSHIP: "乡镇", BoardKind.COUNTY: "县"}


def rss_xml(feed: BoardFeed) -> bytes:
    register_namespace("xhtml", XHTML)
    root = Element("rss", {"version": "2.0"})
    channel = SubElement(root, "channel")
    child(channel, "title", f"AlboPOP - {_KINDS[feed.kind]} - {feed.place}")
    child(channel, "link", feed.url(FeedForm.RSS))
    child(channel, "description", feed.title)
    child(channel, "language", "zh")
    child(channel, "pubDate", _moment(feed.changed_at))
    child(channel, "docs", feed.page)
    child(channel, f"{{{XHTML}}}meta", name="robots", content="noindex")
    said = {
        "country": CHINA,
        "province": feed.county,
        "uid": f"stats.gov.cn:{feed.code}" if feed.code else "",
        "type": _KINDS[feed.kind],
        "name": feed.publisher,
    }
    _add_categories(channel, "channel", said)
    for record in feed.records[:MAX_ITEMS]:
        _add_item(channel, record)
    return document(root)


def _add_item(channel: Element, record: BoardRecord) -> None:
    item = SubElement(channel, "item")
    child(item, "title", record.title)
    child(item, "link", record.url)
    child(item, "description", record.said)
    child(item, "pubDate", _moment(record.published_at))
    child(item, "guid", record.url, isPermaLink="true")
    said = {
        "uid": record.register_key,
        "type": record.subject,
        "pubStart": _beginning(record.opens_on),
        "pubEnd": _beginning(record.closes_on + ONE_DAY),  # both days are shown in full
        "unit": "、".join(record.publishers),
        "municipality": record.place,
    }
    _add_categories(item, "item", said)


def _add_categories(parent: Element, of: str, said: dict[str, str]) -> None:
    for name, words in said.items():
        if words:
            child(parent, "category", words, domain=f"{SPECS}{of}-category-{name}")


def _beginning(day: date) -> str:
    return _moment(start_of(day))


def _moment(at: datetime) -> str:
    return format_datetime(village_time(at))
