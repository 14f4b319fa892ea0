"""Atom (RFC 4287): what feed readers take best."""

from datetime import UTC, datetime
from xml.etree.ElementTree import Element, register_namespace

from bulletin.domain.open_data.feeds import BoardFeed, BoardRecord, FeedForm, period_words
from bulletin.writers.feeds.xml import child, document

ATOM = "http://www.w3.org/2005/Atom"
MEDIA_TYPE = "application/atom+xml"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def atom_xml(feed: BoardFeed) -> bytes:
    register_namespace("", ATOM)
    root = Element(_in("feed"), {_LANGUAGE: "zh-CN"})
    child(root, _in("id"), feed.url(FeedForm.ATOM))
    child(root, _in("title"), feed.title)
    child(root, _in("updated"), _moment(feed.changed_at))
    child(root, _in("link"), rel="self", type=MEDIA_TYPE, href=feed.url(FeedForm.ATOM))
    child(root, _in("link"), rel="alternate", type="text/html", href=feed.page)
    child(child(root, _in("author")), _in("name"), feed.publisher)
    for record in feed.records:
        _add_entry(root, record)
    return document(root)


def _add_entry(root: Element, record: BoardRecord) -> None:
    entry = child(root, _in("entry"))
    child(entry, _in("id"), record.url)
    child(entry, _in("title"), record.title)
    child(entry, _in("published"), _moment(record.published_at))
    child(entry, _in("updated"), _moment(record.changed_at))
    child(entry, _in("link"), rel="alternate", type="text/html", href=record.url)
    for publisher in record.publishers:
        child(child(entry, _in("author")), _in("name"), publisher)
    child(entry, _in("category"), term=record.subject_code, label=record.subject)
    child(entry, _in("summary"), period_words(record))


def _in(tag: str) -> str:
    return f"{{{ATOM}}}{tag}"


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")
