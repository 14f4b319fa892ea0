"""What a Word document shows: deletions, codes of fields, hidden and struck words go; numbers are written out.

Each way of taking away answers with the words that went, for who wants to name them.
"""

from collections.abc import Callable
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from bulletin.readers.word_files import is_fallback, nearest, text_of
from bulletin.readers.word_numbering import Numbering, with_bases

_P, _TR, _TC, _RUN = (qn(f"w:{name}") for name in ("p", "tr", "tc", "r"))
_WORDS = frozenset(qn(f"w:{name}") for name in ("t", "tab", "br", "cr", "sym", "noBreakHyphen"))
_DELETED = tuple(qn(f"w:{name}") for name in ("del", "moveFrom", "delText", "delInstrText"))
_DELETION = qn("w:del")
_FIELD_CHAR, _CODE, _KIND = qn("w:fldChar"), qn("w:instrText"), qn("w:fldCharType")
_RUN_LOOKS, _VALUE = qn("w:rPr"), qn("w:val")
_RUN_STYLE = f"{_RUN_LOOKS}/{qn('w:rStyle')}"
_PARAGRAPH_STYLE = f"{qn('w:pPr')}/{qn('w:pStyle')}"
HIDDEN, STRUCK = ("vanish", "specVanish"), ("strike", "dstrike")


def related(part: Any, kind: str) -> Any:
    """The root of a part that a document's part leads to, such as /styles; None for one without."""
    for relation in part.rels.values():
        if not relation.is_external and relation.reltype.endswith(kind):
            return parse_xml(relation.target_part.blob)
    return None


def styles_by_id(styles: Any) -> dict[str, Any]:
    found = () if styles is None else styles.iter(qn("w:style"))
    return {style.get(qn("w:styleId"), ""): style for style in found}


def drop_deleted(body: Any) -> list[str]:
    """Deletions and the old place of moves; rows and cells that revision marks take away."""
    words = empty_rows(body, lambda row: has(row, "w:trPr", "w:del"))
    for cell in body.iter(_TC):
        if has(cell, "w:tcPr", "w:cellDel"):
            words.append(text_of(cell))
            _empty(cell)
    for element in [each for each in body.iter(*_DELETED) if each.getparent().tag != qn("w:rPr")]:
        if element.tag == _DELETION and not is_fallback(element):
            words.append(text_of(element))
        _remove(element)
    return _said(words)


def show_results_of_fields(body: Any) -> None:
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
        _put_before(begin, "☑" if state is not None and is_on(state) else "☐")
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


def write_numbers(body: Any, numbering: Numbering) -> None:
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


def drop_runs(body: Any, styles: dict[str, Any], marks: tuple[str, ...]) -> list[str]:
    """Take away the runs that are marked (hidden, struck), directly or by a style."""
    words: list[str] = []
    tags = [qn(f"w:{mark}") for mark in marks]
    roots = (body, *styles.values())
    if all(next(root.iter(*tags), None) is None for root in roots):
        return words  # nothing is marked anywhere: most documents
    for paragraph in list(body.iter(_P)):
        runs = [run for run in paragraph.iter(_RUN) if nearest(run, _P) is paragraph]
        own = [run for run in runs if run.get("label") is None]
        marked = [run for run in own if any(_is_marked(run, styles, tag) for tag in tags)]
        if marked and not is_fallback(paragraph):
            words.append("".join(map(text_of, marked)))
        if marked and not any(text_of(run).strip() for run in own if run not in marked):
            marked = runs  # nothing is left that the number would stand before
        for run in marked:
            if marks is STRUCK and _parts_figures(run):
                _put_before(run, " ")
            run.getparent().remove(run)
    return _said(words)


def _parts_figures(run: Any) -> bool:
    """Figures on both sides of what was struck are two figures: 12 and 45, not 1245."""
    before, after = run.getprevious(), run.getnext()
    if before is None or after is None:
        return False
    return text_of(before)[-1:].isdecimal() and text_of(after)[:1].isdecimal()


def _is_marked(run: Any, styles: dict[str, Any], tag: str) -> bool:
    own = run.find(f"{_RUN_LOOKS}/{tag}")
    if own is not None:
        return is_on(own)
    paragraph = nearest(run, _P)
    named = (
        run.find(_RUN_STYLE),
        paragraph.find(_PARAGRAPH_STYLE),
    )
    for style in named:
        name = "" if style is None else style.get(_VALUE, "")
        for _, element in with_bases(styles, name):
            by_style = element.find(f"{_RUN_LOOKS}/{tag}")
            if by_style is not None:
                return is_on(by_style)
    return False


def is_on(element: Any) -> bool:
    return element.get(qn("w:val"), "1") not in {"0", "false", "off"}


def empty_rows(body: Any, is_gone: Callable[[Any], bool]) -> list[str]:
    words: list[str] = []
    for row in body.iter(_TR):
        if is_gone(row):
            words += (text_of(paragraph) for paragraph in row.iter(_P))
            _empty(row)
    return _said(words)


def _said(words: list[str]) -> list[str]:
    return [" ".join(each.split()) for each in words if each.strip()]


def _empty(element: Any) -> None:
    for paragraph in list(element.iter(_P)):
        for child in list(paragraph):
            paragraph.remove(child)


def has(element: Any, properties: str, tag: str) -> bool:
    found = element.find(f"{qn(properties)}/{qn(tag)}")
    return found is not None and is_on(found)


def _remove(element: Any) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
