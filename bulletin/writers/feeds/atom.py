"""Atom (RFC 4287): what feed readers take best."""

from datetime import UTC, datetime
from xml.etree.ElementTree import Element, register_namespace

from bulletin.domain.languages.language import Language
from bulletin.domain.open_data.feeds import BoardFeed, FeedEntry, FeedForm, ReportRecord
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
    for each in feed.entries:
        _add_entry(root, each, language)
    return document(root)


def _add_entry(root: Element, told: FeedEntry, language: Language) -> None:
    entry = child(root, _in("entry"))
    child(entry, _in("id"), told.url)
    child(entry, _in("title"), language.words(told.title))
    child(entry, _in("published"), _moment(told.published_at))
    child(entry, _in("updated"), _moment(told.changed_at))
    page = language.address(told.url)
    child(entry, _in("link"), rel="alternate", type="text/html", href=page)
    for publisher in told.publishers:
        child(child(entry, _in("author")), _in("name"), publisher)
    subject = language.words(told.subject)
    child(entry, _in("category"), term=told.subject_code, label=subject)
    child(entry, _in("summary"), language.words(told.said))
    if isinstance(told, ReportRecord):
        for address, media_type in told.files:
            child(entry, _in("link"), rel="enclosure", type=media_type, href=address)


def _in(tag: str) -> str:
    return f"{{{ATOM}}}{tag}"


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")
