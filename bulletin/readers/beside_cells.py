"""Words of a workbook beside its cells: comments, text boxes, caches, headers, formats."""

import html
import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.xml.functions import fromstring

from bulletin.domain.privacy.findings import quoted
from bulletin.readers.archives import ERRORS_OF_BROKEN_FILES
from bulletin.readers.material import Passage, numbered
from bulletin.readers.number_formats import holds_figures, with_figures

_STYLES = "xl/styles.xml"
_FORMAT = re.compile(rb"formatCode=\"([^\"]*)\"")
_HEADER_FOOTER = re.compile(rb"<(?:odd|even|first)(Header|Footer)>(.*?)</", re.DOTALL)
_HEADER_CODES = re.compile(
    r"&(?:K[0-9A-Fa-f+-]{6}|[LCRPNDTFAGUESXYBIOHZ]|\"[^\"]*\"|[0-9]{1,2}(?![0-9]))"
)
# Parts beside the cells: where their words stand, and in which elements.
_SIDE_PARTS = (
    (re.compile(r"xl/(?:comments[^/]*|comments/[^/]+)\.xml"), "批注", frozenset({"comment"})),
    (re.compile(r"xl/threadedComments/[^/]+\.xml"), "批注", frozenset({"threadedComment"})),
    (re.compile(r"xl/drawings/[^/]+\.xml"), "文本框", frozenset({"p"})),
    (re.compile(r"xl/externalLinks/[^/]+\.xml"), "外部链接的缓存", frozenset({"v"})),
)


def side_passages(archive: zipfile.ZipFile) -> Iterator[Passage]:
    for pattern, place, elements in _SIDE_PARTS:
        parts = [archive.read(name) for name in archive.namelist() if pattern.fullmatch(name)]
        yield from numbered(
            place, (text for part in parts for text in _texts(part, elements)), "处"
        )


def _texts(part: bytes, elements: frozenset[str]) -> Iterator[str]:
    for element in fromstring(part).iter():
        if isinstance(element.tag, str) and element.tag.rpartition("}")[2] in elements:
            yield "".join(element.itertext())


def headers_and_footers(sheets: Iterable[bytes]) -> tuple[list[str], list[Passage]]:
    """What the file writes, and what it means without the codes of fonts and places."""
    words = {b"Header": "页眉", b"Footer": "页脚"}
    raw_texts, passages = [], []
    for sheet in sheets:
        for which, raw in _HEADER_FOOTER.findall(sheet):
            text = html.unescape(raw.decode("utf-8", "replace"))
            raw_texts.append(text)
            passages.append(Passage(words[which], _HEADER_CODES.sub(" ", text)))
    return raw_texts, passages


def written_by_formats(archive: zipfile.ZipFile, data: bytes) -> list[Passage] | None:
    """Cells to which their format adds figures: "630223"@ shows the half that was not typed.

    None where a program wrote its styles in a way that nobody else reads.
    """
    styles = archive.read(_STYLES) if _STYLES in archive.namelist() else b""
    codes = (html.unescape(code.decode("utf-8", "replace")) for code in _FORMAT.findall(styles))
    telling = {code for code in codes if holds_figures(code)}
    try:
        return list(_with_figures(data, telling)) if telling else []
    except (*ERRORS_OF_BROKEN_FILES, InvalidFileException):  # the cells were read without styles
        return None


def _with_figures(data: bytes, telling: set[str]) -> Iterator[Passage]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    for sheet in book.worksheets:
        sheet.reset_dimensions()
        cells = (cell for row in sheet.iter_rows() for cell in row if cell.value is not None)
        texts = (
            with_figures(c.value, c.number_format) for c in cells if c.number_format in telling
        )
        yield from numbered(f"工作表“{quoted(sheet.title)}”带格式的内容", texts, "处")
