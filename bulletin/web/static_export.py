"""The public site read page by page, as a visitor's browser would, to be written as plain files."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from html.parser import HTMLParser
from http import HTTPStatus
from urllib.parse import unquote, urlsplit

from flask import Flask
from werkzeug.test import Client, TestResponse

from bulletin.domain.languages.language import CHINESE, LANG
from bulletin.domain.open_data.copy_parts import (
    SITE,
    STATIC,
    CopyPart,
    PartFiles,
    is_notice,
    key_of,
)

FOLLOWED = ("/N/", "/T/", "/V/", "/F/", "/feed.", "/coverage", *STATIC)  # beside the front page
ASKS_FOR_CODE = "/N/"  # the page that asks for the code again …
NOT_FOUND_FILE = "404.html"  # … which web servers show for what they don't have
ROBOTS_FILE = "robots.txt"
LONG_AGO = datetime.min.replace(tzinfo=UTC)  # a page that failed is right no more


@dataclass(frozen=True)
class CopyWords:
    """What the pages of a copy say about it."""

    at: datetime
    address: str  # where it is published, without / at its end
    live: str  # the address of the site itself; '' when phones can reach the copy alone


class CopyBrowser:
    """Reads the parts of a copy through the web application.

    A page lies in a folder of its own (`N/CODE.1/index.html`), so that the address printed on
    paper finds it on any web server.
    """

    def __init__(self, app: Flask, words: CopyWords) -> None:
        app.jinja_env.globals["copied"] = words
        self._browser = Client(app)
        self._folders = tuple(
            f"/{tag}" for tag in app.extensions["languages"] if tag != CHINESE.tag
        )

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
            found = self._links(response)
            links |= found
            fresh = {each for each in found - seen if _is_followed(part.key, each)}
            seen |= fresh
            ahead += sorted(fresh)
        if part.key == SITE:
            links |= self._read_for_web_server(files)
        return PartFiles(
            key=part.key,
            until=LONG_AGO if broken else part.until,
            files=files,
            notices=frozenset(k for k in map(key_of, links) if is_notice(k) and k != part.key),
            static=frozenset(each for each in links if each.startswith(STATIC)),
        )

    def static(self, addresses: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Style sheets and scripts: (path, content)."""
        for address in addresses:
            yield unquote(address).strip("/"), self._get(address).data

    def _read_for_web_server(self, files: dict[str, bytes]) -> set[str]:
        """What a web server asks for by itself; returns the links of its pages."""
        links: set[str] = set()
        for folder in ("", *self._folders):
            missing = self._get(f"{folder}{ASKS_FOR_CODE}")
            files[f"{folder}/{NOT_FOUND_FILE}".lstrip("/")] = missing.data
            links |= self._links(missing)
        files[ROBOTS_FILE] = self._get(f"/{ROBOTS_FILE}").data
        return links

    def _get(self, address: str) -> TestResponse:
        """The answer to an address of the copy, where a language is a folder, through its redirects."""
        response = self._browser.get(self._asked(address), buffered=True)
        while response.location:
            response = self._browser.get(
                self._asked(urlsplit(response.location).path), buffered=True
            )
        return response

    def _asked(self, address: str) -> str:
        """The address on the live site: /en/N/CODE is /N/CODE?lang=en."""
        folder = next((each for each in self._folders if address.startswith(f"{each}/")), "")
        return f"{address[len(folder) :]}?{LANG}={folder[1:]}" if folder else address

    def _links(self, response: TestResponse) -> set[str]:
        if response.mimetype != "text/html":
            return set()
        reader = _LinkReader((*FOLLOWED, *(f"{folder}/" for folder in self._folders)))
        reader.feed(response.text)
        return reader.links


def _is_followed(key: str, address: str) -> bool:
    asks = address.endswith(ASKS_FOR_CODE)  # in any language
    return key_of(address) == key and not address.startswith(STATIC) and not asks


def _path_of(address: str, response: TestResponse) -> str:
    path = unquote(address).strip("/")
    return f"{path}/index.html".lstrip("/") if response.mimetype == "text/html" else path


class _LinkReader(HTMLParser):
    def __init__(self, followed: tuple[str, ...]) -> None:
        super().__init__()
        self._followed = followed
        self.links: set[str] = set()

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in {"href", "src"} and value and value.startswith(self._followed):
                self.links.add(urlsplit(value).path)
        if ("property", "og:image") in attrs:  # with the name of the site: a chat asks for it
            self.links.add(urlsplit(dict(attrs)["content"] or "").path)
