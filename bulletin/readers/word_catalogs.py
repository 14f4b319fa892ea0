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

from bulletin.readers.archives import open_archive, refusing_broken
from bulletin.readers.material import CellBudget
from bulletin.readers.unseen import Grid, GridTable, Unseen, compared
from bulletin.readers.word_files import is_fallback, nearest, span_of, text_of
from bulletin.readers.word_numbering import Numbering, with_bases

_P, _TBL, _TR, _TC, _RUN = (qn(f"w:{name}") for name in ("p", "tbl", "tr", "tc", "r"))
_WORDS = frozenset(qn(f"w:{name}") for name in ("t", "tab", "br", "cr", "sym", "noBreakHyphen"))
_DELETED = tuple(qn(f"w:{name}") for name in ("del", "moveFrom", "delText", "delInstrText"))
_FIELD_CHAR, _CODE, _KIND = qn("w:fldChar"), qn("w:instrText"), qn("w:fldCharType")
_MAX_LINES_ABOVE, _MAX_LINE_ABOVE = 5, 60  # a longer one is running text
_MAX_SPAN = 63
_HIDDEN, _STRUCK = ("vanish", "specVanish"), ("strike", "dstrike")


def word_tables(data: bytes) -> list[GridTable]:
    """The cells of each table of the body, with its place and the number of its first row.

    The lines that stand right above a table (一、党务公开) are rows of one cell, numbered below one.

    Raises:
        Refused: as `read_word`.
    """
    open_archive(data).close()
    with refusing_broken("Word 或 WPS", OpcError):
        part = docx.Document(io.BytesIO(data)).part
        body, styles = part.element, _related(part, "/styles")
        _drop_deleted(body)
        _show_results_of_fields(body)
        _write_numbers(body, Numbering(_related(part, "/numbering"), styles))
        tables = list(_tables(body))
        whole = [_grid(table, CellBudget()) for table in tables]
        by_id = {style.get(qn("w:styleId"), ""): style for style in _all(styles, "w:style")}
        _drop_runs(body, by_id, _HIDDEN)
        _empty_rows(body, lambda row: _has(row, "w:trPr", "w:hidden"))
        shown = [_grid(table, CellBudget()) for table in tables]
        _drop_runs(body, by_id, _STRUCK)
        unstruck = [_grid(table, CellBudget()) for table in tables]
        grids = zip(tables, whole, shown, unstruck, strict=True)
        return [_table(number, *each) for number, each in enumerate(grids, 1)]


def _table(number: int, table: Any, whole: Grid, shown: Grid, unstruck: Grid) -> GridTable:
    above = [(line,) for line in _lines_above(table)]
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


# --- cells -------------------------------------------------------------------------------------


def _tables(body: Any) -> Iterator[Any]:
    """Tables that stand for themselves; of a frame of single cells those within it."""
    frames: set[Any] = set()
    for table in body.iter(_TBL):
        outer = nearest(table, _TBL)
        if is_fallback(table) or not (outer is None or outer in frames):
            continue
        within = next((each for each in table.iter(_TBL) if each is not table), None)
        if within is not None and all(len(row.findall(_TC)) == 1 for row in table.findall(_TR)):
            frames.add(table)
        else:
            yield table


def _grid(table: Any, budget: CellBudget) -> Grid:
    grid: Grid = []
    for row in table.iter(_TR):
        if nearest(row, _TBL) is table:
            cells = tuple(_cells(row))
            budget.spend(len(cells))
            grid.append(cells)
    return grid


def _cells(row: Any) -> Iterator[str]:
    yield from [""] * _grid_gap(row, "w:gridBefore")
    for cell in row.iter(_TC):
        if nearest(cell, _TR) is row:
            yield "" if _goes_on(cell) else _cell_text(cell)
            yield from [""] * (span_of(cell) - 1)
    yield from [""] * _grid_gap(row, "w:gridAfter")


def _grid_gap(row: Any, tag: str) -> int:
    gap = row.find(f"{qn('w:trPr')}/{qn(tag)}")
    return 0 if gap is None else min(int(gap.get(qn("w:val"), "0")), _MAX_SPAN)


def _goes_on(cell: Any) -> bool:
    """Part of the merged cell above it or to its left, which shows the words of both."""
    merges = (cell.find(f"{qn('w:tcPr')}/{qn(tag)}") for tag in ("w:vMerge", "w:hMerge"))
    return any(
        merge is not None and merge.get(qn("w:val"), "continue") == "continue" for merge in merges
    )


def _cell_text(cell: Any) -> str:
    """The paragraphs of a cell, line by line; a table within it is a line for each of its rows."""
    lines: list[str] = []
    for element in cell.iter(_P, _TR):
        if is_fallback(element) or nearest(element, _TC) is not cell:
            continue
        if element.tag == _P:
            lines.append(text_of(element))
        else:
            lines.append(" ".join(filter(None, (_cell_text(each) for each in _own(element)))))
    return "\n".join(lines)


def _own(row: Any) -> Iterator[Any]:
    return (cell for cell in row.iter(_TC) if nearest(cell, _TR) is row)


def _lines_above(table: Any) -> list[str]:
    lines: list[str] = []
    for before in table.itersiblings(preceding=True):
        if before.tag == _TBL or len(lines) == _MAX_LINES_ABOVE:
            break
        line = text_of(before).strip() if before.tag == _P else ""
        if line and len(line) <= _MAX_LINE_ABOVE:
            lines.insert(0, line)
    return lines
