"""Word documents: body, tables within tables, text boxes, headers, notes, comments, deletions."""

import re
import zipfile
from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from bulletin.readers.archives import open_archive, refusing_broken
from bulletin.readers.checkmarks import in_symbol_font, is_symbol_font
from bulletin.readers.grids import tables_in
from bulletin.readers.material import CellBudget, FileContent, FileTable, Passage, numbered
from bulletin.readers.packages import everything_else, in_usual_spelling

_P, _TBL, _TR, _TC = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_TEXT_BOX = qn("w:txbxContent")
# Word writes a text box twice, once for old programs.
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_WORDS = frozenset({qn("w:t"), qn("w:delText")})  # deletions stay in the file until accepted
_RUN, _SYMBOL, _FONTS = qn("w:r"), qn("w:sym"), qn("w:rFonts")
_FIELD = qn("w:instrText")  # HYPERLINK "tel:…"
_MARKS = {
    qn("w:tab"): "\t",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
}
_PARTS = (
    ("word/document", "正文"),
    ("word/header", "页眉"),
    ("word/footer", "页脚"),
    ("word/footnotes", "脚注"),
    ("word/endnotes", "尾注"),
    ("word/comments", "批注"),
)
_MAIN = rb'ContentType="[^"]*wordprocessingml\.document\.main\+xml"'
_NAME = rb'PartName="/([^"]+)"'
_MAIN_PART = re.compile(rb"<[^>]*(?:%b[^>]*%b|%b[^>]*%b)" % (_NAME, _MAIN, _MAIN, _NAME))


def read_word(data: bytes) -> FileContent:
    """Read every part of a Word document.

    Raises:
        Refused: `file_broken`, `file_locked`, `file_bomb` or `file_too_many_cells`.
    """
    data = in_usual_spelling(data, "Word 或 WPS")
    budget = CellBudget()
    passages: list[Passage] = []
    tables: list[FileTable] = []
    with open_archive(data) as archive, refusing_broken("Word 或 WPS"):
        for name, place in _parts(archive):
            root = parse_xml(archive.read(name))
            passages.extend(_passages(root, place))
            tables.extend(_tables(root, place, budget))
        return everything_else(archive, FileContent(tuple(passages), tuple(tables)))


def _parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Parts that are written as paragraphs and tables, whether or not something leads to them."""
    names = [name for name in archive.namelist() if name.endswith(".xml")]
    main = _MAIN_PART.search(archive.read("[Content_Types].xml"))
    prefixes = dict(_PARTS)
    if not any(name.startswith("word/document") for name in names):
        name = (main[1] or main[2]).decode() if main else ""
        if name not in names:
            raise LookupError("no document in it")
        prefixes[name] = "正文"  # programs may call it as they like
    for prefix, place in prefixes.items():
        for name in names:
            if name.startswith(prefix):
                yield name, place


def _passages(root: Any, place: str) -> Iterator[Passage]:
    outside = (p for p in root.iter(_P) if nearest(p, _TBL) is None and not is_fallback(p))
    yield from numbered(place, (text_of(paragraph) for paragraph in outside), "段")
    described = root.iter(qn("wp:docPr"))
    alts = (f"{picture.get('title', '')} {picture.get('descr', '')}" for picture in described)
    yield from numbered(f"{place}图片的替代文字", alts, "处")


def _tables(root: Any, place: str, budget: CellBudget) -> Iterator[FileTable]:
    for name, _, grid in _grids(root, budget):
        yield from tables_in(grid, f"{'' if place == '正文' else place}{name}")


def _grids(root: Any, budget: CellBudget) -> Iterator[tuple[str, Any, list[tuple[str, ...]]]]:
    tables = (table for table in root.iter(_TBL) if not is_fallback(table))
    for number, table in enumerate(tables, 1):
        rows = (row for row in table.iter(_TR) if nearest(row, _TBL) is table)
        grid = []
        for row in rows:
            cells = tuple(_cells(row))
            budget.spend(len(cells))
            grid.append(cells)
        yield f"表{number}", table, grid


def _cells(row: Any) -> Iterator[str]:
    for cell in row.iter(_TC):
        if nearest(cell, _TR) is not row:
            continue
        own = (p for p in cell.iter(_P) if nearest(p, _TC) is cell and not is_fallback(p))
        yield "\n".join(text_of(paragraph) for paragraph in own)
        yield from [""] * (span_of(cell) - 1)


def span_of(cell: Any) -> int:
    properties = cell.find(qn("w:tcPr"))
    span = None if properties is None else properties.find(qn("w:gridSpan"))
    return 1 if span is None else min(int(span.get(qn("w:val"), "1")), 63)


def text_of(element: Any) -> str:
    return "".join(_pieces(element))


def _pieces(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag in _WORDS:
            yield in_symbol_font(child.text or "") if _is_symbols(element) else child.text or ""
        elif child.tag == _SYMBOL:
            yield in_symbol_font(chr(int(child.get(qn("w:char"), "20"), 16)))
        elif child.tag == _FIELD:
            yield f" {child.text or ''} "
        elif child.tag in _MARKS:
            yield _MARKS[child.tag]
        elif child.tag not in (_TEXT_BOX, _FALLBACK):  # its paragraphs speak for themselves
            yield from _pieces(child)


def _is_symbols(run: Any) -> bool:
    fonts = run.find(f"{qn('w:rPr')}/{_FONTS}") if run.tag == _RUN else None
    return fonts is not None and is_symbol_font(fonts.get(qn("w:ascii"), ""))


def nearest(element: Any, tag: str) -> Any:
    return next(element.iterancestors(tag), None)


def is_fallback(element: Any) -> bool:
    return nearest(element, _FALLBACK) is not None
