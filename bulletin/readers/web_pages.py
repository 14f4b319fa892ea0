"""Web pages inside of a document (html, mht): their words and tables, struck and hidden ones too."""

import email
import email.policy
import re
from collections.abc import Iterator
from html.parser import HTMLParser

from bulletin.readers.grids import tables_in
from bulletin.readers.material import CellBudget, FileTable, Passage, numbered
from bulletin.readers.xml_words import may_hold_a_number

_DATA = re.compile(r"(?:^|[\s(,'\"])data:", re.IGNORECASE)
_STYLED = re.compile(r"url\(\s*['\"]?data:", re.IGNORECASE)  # a picture in a style sheet
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([A-Za-z0-9_-]+)", re.IGNORECASE)
# Any other element stands within its line, as browsers have it.
_BREAKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "button",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hr",
        "html",
        "input",
        "legend",
        "li",
        "main",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "script",
        "section",
        "select",
        "style",
        "summary",
        "table",
        "td",
        "textarea",
        "th",
        "title",
        "tr",
        "ul",
    ]
)
_CELLS = frozenset({"td", "th"})


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = [""]
        self.grids: list[list[tuple[str, ...]]] = []
        self.pictures = 0
        self._grid: list[list[str]] | None = None
        self._in_cell = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._end_table()
            self._grid = []
        elif tag == "tr" and self._grid is not None:
            self._grid.append([])
        elif tag in _CELLS and self._grid is not None:
            if not self._grid:
                self._grid.append([])
            self._grid[-1].append("")
            self._in_cell = True
        elif tag in _BREAKS:
            self._break()
        self.pictures += tag in ("img", "object", "embed", "iframe", "svg", "canvas")
        for _name, value in attrs:
            if value and _DATA.search(value):
                self.pictures += 1  # or a page, or a text, packed
            elif value and may_hold_a_number(value):
                self._aside(value)

    def handle_endtag(self, tag: str) -> None:
        if tag == "table":
            self._end_table()
        elif tag in _CELLS:
            self._in_cell = False
        elif tag in _BREAKS:
            self._break()

    def handle_data(self, data: str) -> None:
        self.pictures += bool(_STYLED.search(data))
        if self._grid and self._in_cell:
            self._grid[-1][-1] += data
        else:
            self.lines[-1] += data

    def handle_comment(self, data: str) -> None:
        self._aside(data)

    def unknown_decl(self, data: str) -> None:
        self._aside(data)

    def close(self) -> None:
        super().close()
        self._end_table()

    def _aside(self, text: str) -> None:
        self.lines[-1:] = [text, self.lines[-1]]

    def _break(self) -> None:
        if self._grid and self._in_cell:
            self._grid[-1][-1] += "\n"
        elif self.lines[-1]:
            self.lines.append("")

    def _end_table(self) -> None:
        if self._grid:
            self.grids.append([tuple(row) for row in self._grid])
        self._grid, self._in_cell = None, False


def read_web_page(
    data: bytes, place: str, budget: CellBudget, charset: str = ""
) -> tuple[list[Passage], list[FileTable], bool]:
    """Words and tables of an html page, and whether it has pictures.

    Raises:
        UnicodeError: of no known encoding.
    """
    page = _Page()
    page.feed(_decoded(data, charset))
    page.close()
    tables: list[FileTable] = []
    for grid in page.grids:
        budget.spend(sum(map(len, grid)))
        tables += tables_in(grid, f"{place}的表")
    return list(numbered(place, iter(page.lines), "段")), tables, bool(page.pictures)


def read_web_archive(
    data: bytes, place: str, budget: CellBudget
) -> tuple[list[Passage], list[FileTable], bool]:
    """An mht file: every page of it, and whether it has parts that are no text."""
    passages: list[Passage] = []
    tables: list[FileTable] = []
    has_more = False
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    for part in message.walk():
        if part.is_multipart():
            continue
        body = part.get_payload(decode=True)
        if part.get_content_maintype() != "text" or not isinstance(body, bytes):
            has_more = True
            continue
        charset = part.get_content_charset("")
        words, found, pictures = read_web_page(body, place, budget, charset)
        passages += words
        tables += found
        has_more = has_more or (pictures and not message.is_multipart())
    return passages, tables, has_more


def _decoded(data: bytes, charset: str) -> str:
    for encoding in _encodings(data, charset):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    raise UnicodeError("of no known encoding")


def _encodings(data: bytes, charset: str) -> Iterator[str]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        yield "utf-16"
    if charset:
        yield charset
    if declared := _CHARSET.search(data[:4096]):
        yield declared[1].decode("ascii")
    yield from ("utf-8-sig", "gb18030")
