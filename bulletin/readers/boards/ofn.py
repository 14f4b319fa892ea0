"""A board in the shape of OFN Úřední desky, ours or a Czech one.

What a file says is shown, and nothing in it is trusted: a field of another kind than it should be
counts as not said, an address that is none of the web as no address.
"""

import json
from collections.abc import Iterator
from datetime import date, datetime
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

from bulletin.domain.characters import without_controls
from bulletin.domain.days import village_day
from bulletin.domain.errors import refuse
from bulletin.domain.open_data.harvested import HarvestedBoard, HarvestedNotice

MEDIA_TYPE = "application/ld+json"
BOARD, OURS = "Úřední deska", "bulletin"
LANGUAGES = ("zh", "en", "cs")  # whichever is there, the first first
MAX_NOTICES = 5_000  # of one board
MAX_TEXT = 500  # characters of one field
Json = dict[str, Any]


def read_board(data: bytes) -> HarvestedBoard:
    """The board that a file describes.

    Raises:
        Refused: it is no JSON, or no board.
    """
    try:
        board = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise refuse("no_json", "这个网址给的不是JSON，不是公开栏的开放数据。") from error
    if not isinstance(board, dict) or BOARD not in _strings(board.get("typ")):
        raise refuse("no_board", "这份数据不是公开栏（Úřední deska）。")
    publisher = _text(_dict(board.get("provozovatel")).get("název"))
    items = _dicts(board.get("informace"))[:MAX_NOTICES]
    return HarvestedBoard(
        title=_text(board.get("název")),
        page=_url(board.get("stránka")),
        publisher=publisher,
        notices=tuple(notice for item in items if (notice := _notice(item, publisher))),
        parts=tuple(url for url in _strings(_ours(board).get("parts")) if _url(url)),
    )


def feed_in_page(data: bytes, url: str) -> str:
    """The address of the open data that a page names in its head; '' when it names none."""
    head = _Head()
    head.feed(data.decode("utf-8", "replace"))
    return urljoin(url, head.found) if head.found else ""


class _Head(HTMLParser):
    found = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "link" and said.get("rel") == "alternate" and said.get("type") == MEDIA_TYPE:
            self.found = self.found or said.get("href") or ""


def _notice(item: Json, publisher: str) -> HarvestedNotice | None:
    ours, iri = _ours(item), _words(item.get("iri"))
    if not iri:
        return None
    agendas = (_text(agenda.get("název")) for agenda in _dicts(item.get("agenda")))
    return HarvestedNotice(
        iri=iri,
        url=_url(item.get("url")) or _url(iri),
        title=_text(item.get("název")),
        number=_words(item.get("číslo_jednací")),
        subject="、".join(filter(None, agendas)),
        place=_words(ours.get("place")),
        publisher="、".join(_strings(ours.get("publishers"))) or publisher,
        edition=_words(item.get("revize")),
        opens_on=_day(item.get("vyvěšení")),
        closes_on=_day(item.get("relevantní_do")),
        removed_on=_iso_day(ours.get("removed_on")),
    )


def _ours(of: Json) -> Json:
    return _dict(of.get(OURS))


def _dict(value: Any) -> Json:
    return value if isinstance(value, dict) else {}


def _dicts(value: Any) -> list[Json]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _strings(value: Any) -> list[str]:
    """One text or several."""
    several = value if isinstance(value, list) else [value]
    return [words for each in several if (words := _words(each))]


def _words(value: Any) -> str:
    """One line, not too long."""
    if not isinstance(value, str):
        return ""
    return " ".join(without_controls(value[:MAX_TEXT]).split())


def _text(value: Any) -> str:
    """A text in the first of our languages that it has, else in any."""
    texts = _dict(value)
    return next(filter(None, (_words(texts.get(key)) for key in _keys(texts))), "")


def _keys(texts: Json) -> Iterator[str]:
    yield from LANGUAGES
    yield from texts


def _url(value: Any) -> str:
    words = _words(value)
    return words if words.startswith(("https://", "http://")) else ""


def _day(value: Any) -> date | None:
    """A day, or the day of an instant."""
    moment = _dict(value)
    return _iso_day(moment.get("datum")) or _day_of_instant(moment.get("datum_a_čas"))


def _iso_day(value: Any) -> date | None:
    try:
        return date.fromisoformat(_words(value)[:10])
    except ValueError:
        return None


def _day_of_instant(value: Any) -> date | None:
    try:
        at = datetime.fromisoformat(_words(value))
        return village_day(at) if at.tzinfo else at.date()
    except (ValueError, OverflowError):
        return None
