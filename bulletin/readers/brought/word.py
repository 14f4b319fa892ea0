"""Word documents for a draft: paragraphs, lists, tables and pictures where they stand, notes at the end.

The document is walked as it lies (`word_shown` has taken away what it does not show), not by way of
HTML: a converter such as mammoth keeps no automatic numbers (一、 （一）), which make the headings here, and
lets hidden and struck words pass as if they were shown.
"""

import io
from collections.abc import Iterator
from typing import Any

import docx
from docx.opc.exceptions import OpcError
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from bulletin.domain.notices.brought.parts import (
    MAX_PICTURES,
    BroughtLine,
    BroughtPicture,
    FileParts,
    Part,
)
from bulletin.readers.archives import refusing_broken
from bulletin.readers.brought.sentences import sample
from bulletin.readers.brought.word_remainder import (
    beside_the_text,
    in_the_text,
    notes_by_id,
    outermost_of,
    taken_away,
)
from bulletin.readers.brought.word_styles import Looks
from bulletin.readers.brought.word_tables import (
    cells_of,
    grid_of,
    has_tables_within,
    only_lays_out,
    rows_of,
)
from bulletin.readers.material import CellBudget
from bulletin.readers.packages import in_usual_spelling
from bulletin.readers.word_files import text_of
from bulletin.readers.word_numbering import Numbering
from bulletin.readers.word_shown import (
    HIDDEN,
    STRUCK,
    drop_deleted,
    drop_runs,
    empty_rows,
    has,
    related,
    show_results_of_fields,
    styles_by_id,
    write_numbers,
)

_P, _TBL, _BOX = qn("w:p"), qn("w:tbl"), qn("w:txbxContent")
_BLIP, _EMBEDDED, _LINKED = qn("a:blip"), qn("r:embed"), qn("r:link")
_OLD_PICTURE, _ID = "{urn:schemas-microsoft-com:vml}imagedata", qn("r:id")
_NOTES = (("/footnotes", "footnote"), ("/endnotes", "endnote"))
_CONTENTS = "Table of Contents"


def word_parts(data: bytes) -> FileParts:
    """The parts of a .docx in reading order.

    Raises:
        Refused: `file_broken`, `file_locked`, `file_bomb` or `file_too_many_cells`.
    """
    data = in_usual_spelling(data, "Word 或 WPS")
    with refusing_broken("Word 或 WPS", OpcError):
        part = docx.Document(io.BytesIO(data)).part
        body = part.element.body
        numbering = Numbering(related(part, "/numbering"), styles := related(part, "/styles"))
        named = styles_by_id(styles)
        deleted = drop_deleted(body)
        show_results_of_fields(body)
        bullets = {p for p in body.iter(_P) if numbering.is_bullet(p)}
        write_numbers(body, numbering)
        hidden = drop_runs(body, named, HIDDEN)
        hidden += empty_rows(body, lambda row: has(row, "w:trPr", "w:hidden"))
        struck = drop_runs(body, named, STRUCK)
        notes = tuple(_write_notes(part, body))
        omitted = [*taken_away(deleted, hidden, struck), *beside_the_text(part), *in_the_text(body)]
        walk = _BodyReader(part, Looks(named), bullets)
        parts = tuple(walk.blocks(body))
        return FileParts(parts=parts, notes=notes, omitted=(*omitted, *walk.omitted()))


def _write_notes(part: Any, body: Any) -> Iterator[str]:
    """A mark where each footnote and endnote is referred to; its words for the end."""
    number = 0
    for kind, name in _NOTES:
        words = notes_by_id(part, kind, f"w:{name}")
        for reference in list(body.iter(qn(f"w:{name}Reference"))):
            if not (note := words.get(reference.get(qn("w:id"), ""), "")):
                continue
            number += 1
            mark = OxmlElement("w:t")
            mark.text = f"［注{number}］"
            reference.addprevious(mark)
            yield f"［注{number}］{note}"


class _BodyReader:
    """Goes through the blocks of a document and notes what it has to move or leave."""

    def __init__(self, part: Any, looks: Looks, bullets: set[Any]) -> None:
        self._part, self._looks, self._bullets = part, looks, bullets
        self._budget = CellBudget()
        self._moved: list[str] = []  # words of text boxes
        self._remote: list[str] = []  # addresses of pictures that lie elsewhere
        self._pictures = self._left_pictures = self._contents = self._nested = 0

    def blocks(self, container: Any) -> Iterator[Part]:
        for child in container:
            if child.tag == _P:
                yield self._line(child)
                yield from self._drawn(child)
            elif child.tag == _TBL:
                yield from self._table(child)
            elif self._is_contents(child):
                self._contents += 1
            elif child.tag != qn("w:sectPr") and next(child.iter(_P, _TBL), None) is not None:
                yield from self.blocks(child)

    def _line(self, paragraph: Any) -> BroughtLine:
        return BroughtLine(
            text=text_of(paragraph).replace("\t", "　"),
            level=self._looks.level(paragraph),
            is_title=self._looks.is_title(paragraph),
            is_centred=self._looks.is_centred(paragraph),
            is_bullet=paragraph in self._bullets,
        )

    def _table(self, table: Any) -> Iterator[Part]:
        if only_lays_out(table):
            for row in rows_of(table):
                for cell in cells_of(row):
                    yield from self.blocks(cell)
            return
        self._nested += has_tables_within(table)
        yield grid_of(table, self._budget)
        yield from self._drawn(table)

    def _drawn(self, element: Any) -> Iterator[Part]:
        """Pictures and text boxes, behind the paragraph or table that they are fastened to."""
        for tag, own in ((_BLIP, _EMBEDDED), (_OLD_PICTURE, _ID)):
            for drawing in outermost_of(element, tag, _BOX):
                yield from self._picture(drawing, own)
        for box in outermost_of(element, _BOX, _BOX):
            words = [text_of(paragraph) for paragraph in box.iter(_P)]
            if any(map(str.strip, words)):
                self._moved += filter(None, map(str.strip, words))
            yield from self.blocks(box)

    def _picture(self, drawing: Any, own: str) -> Iterator[BroughtPicture]:
        for name in (drawing.get(own), drawing.get(_LINKED)):
            relation = self._part.rels.get(name) if name else None
            if relation is None:
                continue
            if relation.is_external:
                self._remote.append(relation.target_ref)
                continue
            self._pictures += 1
            if self._pictures > MAX_PICTURES:
                self._left_pictures += 1
                return
            target = relation.target_part
            yield BroughtPicture(target.blob, str(target.partname).rpartition("/")[2])
            return

    @staticmethod
    def _is_contents(element: Any) -> bool:
        galleries = element.iter(qn("w:docPartGallery")) if element.tag == qn("w:sdt") else ()
        return any(each.get(qn("w:val")) == _CONTENTS for each in galleries)

    def omitted(self) -> Iterator[str]:
        if self._moved:
            yield f"文本框里的字移到了正文里，请看看位置对不对：“{sample(self._moved)}”。"
        if self._remote:
            addresses = sample(dict.fromkeys(self._remote))
            yield f"有{len(self._remote)}张图片在别的网站上，没有去取，也没有带来：“{addresses}”。"
        if self._left_pictures:
            yield f"图片超过{MAX_PICTURES}张，后面{self._left_pictures}张没有带来。"
        if self._contents:
            yield "目录没有带来。"
        if self._nested:
            yield "表格里还套着表格，里面的表合成了格子里的字，请看一看。"
