"""Atom (RFC 4287): what feed readers take best."""

from datetime import UTC, datetime
from xml.etree.ElementTree import Element, register_namespace

from bulletin.domain.languages.language import Language
from bulletin.domain.open_data.feeds import BoardFeed, BoardRecord, FeedForm, period_words
from bulletin.writers.feeds.xml import child, document

ATOM = "http://www.w3.org/2005/Atom"
MEDIA_TYPE = "application/atom+xml"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def atom_xml(feed: BoardFeed) -> bytes:
    register_namespace("", ATOM)
    language = feed.language
    root = Element(_in("feed"), {_LANGUAGE: language.tag})
    child(root, _in("id"), feed.url(FeedForm.ATOM))
    child(root, _in("title"), language.words(feed.title))
    child(root, _in("updated"), _moment(feed.changed_at))
    child(root, _in("link"), rel="self", type=MEDIA_TYPE, href=feed.url(FeedForm.ATOM))
    child(root, _in("link"), rel="alternate", type="text/html", href=language.address(feed.page))
    child(child(root, _in("author")), _in("name"), language.words(feed.publisher))
    for record in feed.records:
        _add_entry(root, record, language)
    return document(root)


def _add_entry(root: Element, record: BoardRecord, language: Language) -> None:
    entry = child(root, _in("entry"))
    child(entry, _in("id"), record.url)
    child(entry, _in("title"), language.words(record.title))
    child(entry, _in("published"), _moment(record.published_at))
    child(entry, _in("updated"), _moment(record.changed_at))
    page = language.address(record.url)
    child(entry, _in("link"), rel="alternate", type="text/html", href=page)
    for publisher in record.publishers:
        child(child(entry, _in("author")), _in("name"), publisher)
    subject = language.words(record.subject)
    child(entry, _in("category"), term=record.subject_code, label=subject)
    child(entry, _in("summary"), language.words(period_words(record)))


def _in(tag: str) -> str:
    return f"{{{ATOM}}}{tag}"


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")
