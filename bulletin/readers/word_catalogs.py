"""Tables of a Word document as a reader sees them: what is shown is read, the rest is named.

The privacy check reads the whole file (`word_files`); a catalog is what stands on the page.
"""

import io
from collections.abc import Callable, Iterator
from typing import Any

import docx
from docx.opc.exceptions import OpcError
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from bulletin.readers.archives import refusing_broken
from bulletin.readers.material import CellBudget
from bulletin.readers.packages import in_usual_spelling
from bulletin.readers.unseen import Grid, GridTable, Unseen, compared
from bulletin.readers.word_cells import grid_of, lines_above, tables_of
from bulletin.readers.word_files import is_fallback, nearest, text_of
from bulletin.readers.word_numbering import Numbering, with_bases

_P, _TBL, _TR, _TC, _RUN = (qn(f"w:{name}") for name in ("p", "tbl", "tr", "tc", "r"))
_WORDS = frozenset(qn(f"w:{name}") for name in ("t", "tab", "br", "cr", "sym", "noBreakHyphen"))
_DELETED = tuple(qn(f"w:{name}") for name in ("del", "moveFrom", "delText", "delInstrText"))
_FIELD_CHAR, _CODE, _KIND = qn("w:fldChar"), qn("w:instrText"), qn("w:fldCharType")
_HIDDEN, _STRUCK = ("vanish", "specVanish"), ("strike", "dstrike")


def word_tables(data: bytes) -> list[GridTable]:
    """The cells of each table of the body, with its place and the number of its first row.

    The lines that stand right above a table (一、党务公开) are rows of one cell, numbered below one.

    Raises:
        Refused: as `read_word`.
    """
    data = in_usual_spelling(data, "Word 或 WPS")
    with refusing_broken("Word 或 WPS", OpcError):
        part = docx.Document(io.BytesIO(data)).part
        body, styles = part.element, _related(part, "/styles")
        _drop_deleted(body)
        _show_results_of_fields(body)
        _write_numbers(body, Numbering(_related(part, "/numbering"), styles))
        tables = list(tables_of(body))
        whole = [grid_of(table, CellBudget()) for table in tables]
        by_id = {style.get(qn("w:styleId"), ""): style for style in _all(styles, "w:style")}
        _drop_runs(body, by_id, _HIDDEN)
        _empty_rows(body, lambda row: _has(row, "w:trPr", "w:hidden"))
        shown = [grid_of(table, CellBudget()) for table in tables]
        _drop_runs(body, by_id, _STRUCK)
        unstruck = [grid_of(table, CellBudget()) for table in tables]
        grids = zip(tables, whole, shown, unstruck, strict=True)
        return [_table(number, *each) for number, each in enumerate(grids, 1)]


def _table(number: int, table: Any, whole: Grid, shown: Grid, unstruck: Grid) -> GridTable:
    above = [(line,) for line in lines_above(table)]
    unseen: dict[int, Unseen] = {}
    for index, rows in enumerate(zip(whole, shown, unstruck, strict=True), len(above)):
        if found := compared(*rows):
            unseen[index] = found
    return GridTable(f"表{number}", [*above, *unstruck], 1 - len(above), unseen)


def _related(part: Any, kind: str) -> Any:
    for relation in part.rels.values():
        if not relation.is_external and relation.reltype.endswith(kind):
            return parse_xml(relation.target_part.blob)
    return None


def _all(root: Any, tag: str) -> Iterator[Any]:
    return iter(()) if root is None else root.iter(qn(tag))


# --- what is on the page -----------------------------------------------------------------------


def _drop_deleted(body: Any) -> None:
    """Deletions and the old place of moves; rows and cells that revision marks take away."""
    _empty_rows(body, lambda row: _has(row, "w:trPr", "w:del"))
    for cell in body.iter(_TC):
        if _has(cell, "w:tcPr", "w:cellDel"):
            _empty(cell)
    for element in [each for each in body.iter(*_DELETED) if each.getparent().tag != qn("w:rPr")]:
        _remove(element)


def _show_results_of_fields(body: Any) -> None:
    """Of a field (HYPERLINK, SEQ, REF) only the result is shown; fields stand within fields."""
    open_fields: list[tuple[list[Any], bool]] = []  # what stands in the code, result has begun
    codes: list[Any] = list(body.iter(_CODE))
    for element in list(body.iter(_FIELD_CHAR, *_WORDS)):
        kind = element.get(_KIND)
        if kind == "begin":
            _show_form_field(element)
            open_fields.append(([], False))
        elif kind == "separate" and open_fields:
            open_fields[-1] = (open_fields[-1][0], True)
        elif kind == "end" and open_fields:
            within, _ = open_fields.pop()
            codes += within  # of a field that is never closed nothing is taken away
        elif kind is None:
            for within, has_result in open_fields:
                if not has_result:
                    within.append(element)
    for element in codes:
        if element.getparent() is not None:
            _remove(element)


def _show_form_field(begin: Any) -> None:
    """The tick of a form field, and what was picked from its list."""
    for box in begin.iter(qn("w:checkBox")):
        state = box.find(qn("w:checked"))
        state = box.find(qn("w:default")) if state is None else state
        _put_before(begin, "☑" if state is not None and _is_on(state) else "☐")
    for entries in begin.iter(qn("w:ddList")):
        chosen = entries.find(qn("w:result"))
        place = 0 if chosen is None else int(chosen.get(qn("w:val"), "0"))
        names = [entry.get(qn("w:val"), "") for entry in entries.findall(qn("w:listEntry"))]
        if place < len(names):
            _put_before(begin, names[place])


def _put_before(element: Any, words: str) -> None:
    text = OxmlElement("w:t")
    text.text = words
    element.addprevious(text)


def _write_numbers(body: Any, numbering: Numbering) -> None:
    for paragraph in list(body.iter(_P)):
        if is_fallback(paragraph) or not (label := numbering.label(paragraph)):
            continue
        gap = " " if label[-1].isalnum() and text_of(paragraph).strip() else ""
        run, text = OxmlElement("w:r"), OxmlElement("w:t")
        text.text = label + gap
        run.set("label", "1")
        run.append(text)
        properties = paragraph.find(qn("w:pPr"))
        paragraph.insert(0 if properties is None else 1, run)


def _drop_runs(body: Any, styles: dict[str, Any], marks: tuple[str, ...]) -> None:
    """Take away the runs that are marked (hidden, struck), directly or by a style."""
    for paragraph in list(body.iter(_P)):
        runs = [run for run in paragraph.iter(_RUN) if nearest(run, _P) is paragraph]
        own = [run for run in runs if run.get("label") is None]
        marked = [run for run in own if any(_is_marked(run, styles, mark) for mark in marks)]
        if marked and not any(text_of(run).strip() for run in own if run not in marked):
            marked = runs  # nothing is left that the number would stand before
        for run in marked:
            run.getparent().remove(run)


def _is_marked(run: Any, styles: dict[str, Any], mark: str) -> bool:
    tag = qn(f"w:{mark}")
    own = run.find(f"{qn('w:rPr')}/{tag}")
    if own is not None:
        return _is_on(own)
    paragraph = nearest(run, _P)
    named = (
        run.find(f"{qn('w:rPr')}/{qn('w:rStyle')}"),
        paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}"),
    )
    for style in named:
        name = "" if style is None else style.get(qn("w:val"), "")
        for _, element in with_bases(styles, name):
            by_style = element.find(f"{qn('w:rPr')}/{tag}")
            if by_style is not None:
                return _is_on(by_style)
    return False


def _is_on(element: Any) -> bool:
    return element.get(qn("w:val"), "1") not in {"0", "false", "off"}


def _empty_rows(body: Any, is_gone: Callable[[Any], bool]) -> None:
    for row in body.iter(_TR):
        if is_gone(row):
            _empty(row)


def _empty(element: Any) -> None:
    for paragraph in list(element.iter(_P)):
        for child in list(paragraph):
            paragraph.remove(child)


def _has(element: Any, properties: str, tag: str) -> bool:
    found = element.find(f"{qn(properties)}/{qn(tag)}")
    return found is not None and _is_on(found)


def _remove(element: Any) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
