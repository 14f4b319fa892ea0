"""JSON Feed 1.1 (https://jsonfeed.org/version/1.1)."""

import json
from datetime import UTC, datetime
from typing import Any

from bulletin.domain.languages.language import Language
from bulletin.domain.open_data.feeds import BoardFeed, BoardRecord, FeedForm, period_words

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
        "items": [_item(record, language) for record in feed.records],
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def _item(record: BoardRecord, language: Language) -> dict[str, Any]:
    return {
        "id": record.url,
        "url": language.address(record.url),
        "title": language.words(record.title),
        "content_text": language.words(period_words(record)),
        "date_published": _moment(record.published_at),
        "date_modified": _moment(record.changed_at),
        "authors": [{"name": publisher} for publisher in record.publishers],
        "tags": [language.words(record.subject)],
        "_bulletin": {
            "code": record.code,
            "edition": record.edition,
            "number": record.number,
            "place": record.place,
            "opens_on": record.opens_on.isoformat(),
            "closes_on": record.closes_on.isoformat(),
        },
    }


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")
