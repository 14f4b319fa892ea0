"""The public site read page by page, as a visitor's browser would, to be laid down as plain files."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from html.parser import HTMLParser
from http import HTTPStatus
from urllib.parse import unquote, urlsplit

from flask import Flask
from werkzeug.test import Client, TestResponse

OURS = (
    "/N/",
    "/T/",
    "/V/",
    "/F/",
    "/static/",
)  # what a public page may link to, beside the front page
UNKNOWN = "/N/"  # the page that asks for the code again …
NOWHERE = "404.html"  # … which web servers show for what they don't have


@dataclass(frozen=True)
class CopyWords:
    """What the pages of a copy say about themselves."""

    at: datetime
    live: str  # where the living site stands; '' when the copy is all that phones can reach


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
        answer = browser.get(address, follow_redirects=True, buffered=True)
        if answer.status_code != HTTPStatus.OK:
            continue  # its bytes are gone: the check of the site names them
        yield _file_of(address, answer), answer.data
        found = _links(answer) - seen
        seen |= found
        ahead += sorted(found)
    yield NOWHERE, browser.get(UNKNOWN, buffered=True).data


def _file_of(address: str, answer: TestResponse) -> str:
    path = unquote(address).strip("/")
    return f"{path}/index.html".lstrip("/") if answer.mimetype == "text/html" else path


def _links(answer: TestResponse) -> set[str]:
    if answer.mimetype != "text/html":
        return set()
    reader = _LinkReader()
    reader.feed(answer.text)
    return reader.found


class _LinkReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in {"href", "src"} and value and value.startswith(OURS):
                self.found.add(urlsplit(value).path)
