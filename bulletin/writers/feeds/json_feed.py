"""JSON Feed 1.1 (https://jsonfeed.org/version/1.1)."""

import json
from datetime import UTC, datetime
from typing import Any

from bulletin.domain.languages.language import Language
from bulletin.domain.open_data.feeds import (
    BoardFeed,
    BoardRecord,
    FeedEntry,
    FeedForm,
    ReportRecord,
)

VERSION = "https://jsonfeed.org/version/1.1"


def feed_json(feed: BoardFeed) -> bytes:
    language = feed.language
    told = {
        "version": VERSION,
        "title": language.words(feed.title),
        "home_page_url": language.address(feed.page),
        "feed_url": feed.url(FeedForm.JSON),
        "language": language.tag,
        "authors": [{"name": language.words(feed.publisher)}],
        "items": [_item(each, language) for each in feed.entries],
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def _item(told: FeedEntry, language: Language) -> dict[str, Any]:
    return {
        "id": told.url,
        "url": language.address(told.url),
        "title": language.words(told.title),
        "content_text": language.words(told.said),
        "date_published": _moment(told.published_at),
        "date_modified": _moment(told.changed_at),
        "authors": [{"name": publisher} for publisher in told.publishers],
        "tags": [language.words(told.subject)],
        **_more(told),
    }


def _more(told: FeedEntry) -> dict[str, Any]:
    ours = {"edition": told.edition, "place": told.place}
    if isinstance(told, BoardRecord):
        ours |= {
            "code": told.code,
            "number": told.number,
            "opens_on": told.opens_on.isoformat(),
            "closes_on": told.closes_on.isoformat(),
        }
    if isinstance(told, ReportRecord):
        files = [{"url": url, "mime_type": media_type} for url, media_type in told.files]
        ours |= {"report": told.year, "digest": told.digest}
        return {"attachments": files, "_bulletin": ours}
    return {"_bulletin": ours}


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")
