"""The public site read page by page, as a visitor's browser would, to be written as plain files."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from html.parser import HTMLParser
from http import HTTPStatus
from urllib.parse import unquote, urlsplit

from flask import Flask
from werkzeug.test import Client, TestResponse

LINKED = ("/N/", "/T/", "/V/", "/F/", "/feed.", "/coverage", "/static/")  # beside the front page
ASKS_FOR_CODE = "/N/"  # the page that asks for the code again …
NOT_FOUND_FILE = "404.html"  # … which web servers show for what they don't have
ROBOTS_FILE = "robots.txt"


@dataclass(frozen=True)
class CopyWords:
    """What the pages of a copy say about it."""

    at: datetime
    live: str  # the address of the site itself; '' when phones can reach the copy alone


def export_pages(
    app: Flask, addresses: Iterable[str], words: CopyWords
) -> Iterator[tuple[str, bytes]]:
    """Every page and file from the front page and these addresses on: (path, content).

    A page lies in a folder of its own (`N/CODE.1/index.html`), so that the address printed on
    paper finds it on any web server.
    """
    app.jinja_env.globals["copied"] = words
    browser = Client(app)
    ahead = ["/", *addresses]
    seen = set(ahead)
    while ahead:
        address = ahead.pop()
        response = browser.get(address, follow_redirects=True, buffered=True)
        if response.status_code != HTTPStatus.OK:
            continue  # its bytes are gone: the check of the site names them
        yield _path_of(address, response), response.data
        fresh = _links(response) - seen
        seen |= fresh
        ahead += sorted(fresh)
    yield NOT_FOUND_FILE, browser.get(ASKS_FOR_CODE, buffered=True).data
    yield ROBOTS_FILE, browser.get(f"/{ROBOTS_FILE}", buffered=True).data


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
            if name in {"href", "src"} and value and value.startswith(LINKED):
                self.links.add(urlsplit(value).path)
