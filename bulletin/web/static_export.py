"""The public site read page by page, as a visitor's browser would, to be written as plain files."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from http import HTTPStatus
from urllib.parse import unquote, unquote_to_bytes, urlsplit

from flask import Flask
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Response

from bulletin.domain.languages.language import CHINESE, LANG
from bulletin.domain.open_data.copy_parts import (
    SITE,
    STATIC,
    CopyPart,
    PartFiles,
    is_notice,
    key_of,
)

FOLLOWED = (
    "/N/",
    "/T/",
    "/V/",
    "/F/",
    "/feed.",
    "/coverage",
    "/report/",
    *STATIC,
)  # beside the front page
ASKS_FOR_CODE = "/N/"  # the page that asks for the code again …
NOT_FOUND_FILE = "404.html"  # … which web servers show for what they don't have
ROBOTS_FILE = "robots.txt"
_LINK = re.compile(
    r'''\s(?:href|(?:data-)?src)="([^"]*)"|\sproperty="og:image"\s+content="([^"]*)"'''
)
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
        self._app, self._asks = app, EnvironBuilder().get_environ()
        self._folders = tuple(
            f"/{tag}" for tag in app.extensions["languages"] if tag != CHINESE.tag
        )
        self._followed = (*FOLLOWED, *(f"{folder}/" for folder in self._folders))

    def part(self, part: CopyPart) -> PartFiles:
        """The addresses of a part, and every page and file of the part that they link to."""
        files: dict[str, bytes] = {}
        links: set[str] = set()
        ahead = list(part.addresses)
        seen = set(ahead)
        read: dict[str, Response] = {}  # digits lead to a page that is read anyway
        broken = False
        while ahead:
            address = ahead.pop()
            response = self._get(address, read)
            if response.status_code != HTTPStatus.OK:
                # The check of the site names bytes that are gone.
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

    def _get(self, address: str, read: dict[str, Response] | None = None) -> Response:
        """The answer to an address of the copy, where a language is a folder, through its redirects.

        Args:
            read: answers by their addresses, of which none is asked for twice.
        """
        known = {} if read is None else read
        while (response := known.get(address)) is None or response.location:
            if response is None:
                known[address] = self._answer(self._asked(address))
            else:
                address = urlsplit(response.location or "").path
        return response

    def _answer(self, url: str) -> Response:
        """What the application says, without the forms and cookies of a browser."""
        path, _mark, query = url.partition("?")
        asked = {"PATH_INFO": unquote_to_bytes(path).decode("latin-1"), "QUERY_STRING": query}
        return Response.from_app(self._app, self._asks | asked, buffered=True)

    def _asked(self, address: str) -> str:
        """The address on the live site: /en/N/CODE is /N/CODE?lang=en."""
        folder = next((each for each in self._folders if address.startswith(f"{each}/")), "")
        return f"{address[len(folder) :]}?{LANG}={folder[1:]}" if folder else address

    def _links(self, response: Response) -> set[str]:
        if response.mimetype != "text/html":
            return set()
        return {
            urlsplit(each).path
            for each in _links_of(response.get_data(as_text=True), self._followed)
        }


def _is_followed(key: str, address: str) -> bool:
    asks = address.endswith(ASKS_FOR_CODE)  # in any language
    return key_of(address) == key and not address.startswith(STATIC) and not asks


def _path_of(address: str, response: Response) -> str:
    path = unquote(address).strip("/")
    return f"{path}/index.html".lstrip("/") if response.mimetype == "text/html" else path


def _links_of(page: str, followed: tuple[str, ...]) -> Iterator[str]:
    """Its links that begin so, and the picture that a chat asks for, which is linked with the name of the site.

    In a page of ours no " stands for itself but around the value of an attribute.
    """
    for linked, picture in _LINK.findall(page):
        if picture or linked.startswith(followed):
            yield unescape(picture or linked)
