"""The public site read page by page, as a visitor's browser would, to be written as plain files."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from html.parser import HTMLParser
from http import HTTPStatus
from urllib.parse import unquote, urlsplit

from flask import Flask
from werkzeug.test import Client, TestResponse

from bulletin.domain.open_data.copy_parts import (
    SITE,
    STATIC,
    CopyPart,
    PartFiles,
    is_notice,
    key_of,
)

FOLLOWED = ("/N/", "/T/", "/V/", "/F/", "/feed.", "/coverage", STATIC)  # beside the front page
ASKS_FOR_CODE = "/N/"  # the page that asks for the code again …
NOT_FOUND_FILE = "404.html"  # … which web servers show for what they don't have
ROBOTS_FILE = "robots.txt"
AT_ONCE = datetime.min.replace(tzinfo=UTC)  # what failed is tried again by the next run


@dataclass(frozen=True)
class CopyWords:
    """What the pages of a copy say about it."""

    at: datetime
    live: str  # the address of the site itself; '' when phones can reach the copy alone


class CopyBrowser:
    """Reads the parts of a copy through the web application.

    A page lies in a folder of its own (`N/CODE.1/index.html`), so that the address printed on
    paper finds it on any web server.
    """

    def __init__(self, app: Flask, words: CopyWords) -> None:
        app.jinja_env.globals["copied"] = words
        self._browser = Client(app)

    def part(self, part: CopyPart) -> PartFiles:
        """The addresses of a part, and every page and file of the part that they link to."""
        files: dict[str, bytes] = {}
        links: set[str] = set()
        ahead = list(part.addresses)
        seen = set(ahead)
        broken = False
        while ahead:
            address = ahead.pop()
            response = self._get(address)
            if (
                response.status_code != HTTPStatus.OK
            ):  # the check of the site names bytes that are gone
                broken |= response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR
                continue
            files[_path_of(address, response)] = response.data
            found = _links(response)
            links |= found
            fresh = {each for each in found - seen if _is_followed(part.key, each)}
            seen |= fresh
            ahead += sorted(fresh)
        if part.key == SITE:
            links |= self._read_for_web_server(files)
        return PartFiles(
            key=part.key,
            until=AT_ONCE if broken else part.until,
            files=files,
            notices=frozenset(k for k in map(key_of, links) if is_notice(k) and k != part.key),
            static=frozenset(each for each in links if each.startswith(STATIC)),
        )

    def static(self, addresses: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Style sheets and scripts: (path, content)."""
        for address in addresses:
            yield unquote(address).strip("/"), self._get(address).data

    def _read_for_web_server(self, files: dict[str, bytes]) -> set[str]:
        """What a web server asks for by itself; returns the links of its page."""
        missing = self._get(ASKS_FOR_CODE)
        files[NOT_FOUND_FILE] = missing.data
        files[ROBOTS_FILE] = self._get(f"/{ROBOTS_FILE}").data
        return _links(missing)

    def _get(self, address: str) -> TestResponse:
        return self._browser.get(address, follow_redirects=True, buffered=True)


def _is_followed(key: str, address: str) -> bool:
    return key_of(address) == key and not address.startswith(STATIC) and address != ASKS_FOR_CODE


def _path_of(address: str, response: TestResponse) -> str:
    path = unquote(address).strip("/")
    return f"{path}/index.html".lstrip("/") if response.mimetype == "text/html" else path


def _links(response: TestResponse) -> set[str]:
    if response.mimetype != "text/html":
        return set()
    reader = _LinkReader()
    reader.feed(response.text)
    return reader.links


class _LinkReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: set[str] = set()

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in {"href", "src"} and value and value.startswith(FOLLOWED):
                self.links.add(urlsplit(value).path)
