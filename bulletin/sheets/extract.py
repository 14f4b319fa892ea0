"""The content of a sheet, read back from its PDF, so that paper and page can be compared.

The tagged PDF says what is what. Left out as frame: artifacts (letterhead, foot, watermark,
repeated table heads), everything inside a Div (the template's `frame`: change note, signature,
the foot that is read aloud), the title (the one heading of level one) and the labels of lists and
attachments.
"""

import ctypes
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from bulletin.domain.characters import is_joiner
from bulletin.sheets.pdfium import opened
from bulletin.sheets.scripts import has_right_to_left

_FRAME = frozenset({"Div", "Lbl", "H1"})
_TURNED = str.maketrans(")]}>》〉」』】〕”’»›", "([{<《〈「『【〔“‘«‹")
MOST_LOST = 0.12  # of the letters that run from the right
_LINE_END_HYPHENS = {0x02: "-", 0xFFFE: "-"}  # how PDFium reports a hyphen that ends a line


def content_text(pdf: bytes) -> str:
    """The content in reading order, NFC, without white space and invisible characters."""
    with opened(pdf) as document:
        pieces = [_page_content(document, index) for index in range(len(document))]
    return plain(_paired("".join(pieces)))


def reads_as(pdf: bytes, texts: Iterable[str]) -> bool:
    """Whether the paper says what the page says, text by text, in their order.

    Lines with words that run from the right come back from PDFium in the order of the eye, as far as
    it guesses it, and with turned brackets. A document that has such words is compared by the
    characters of each text, whatever their order within it.
    """
    paper, page = content_text(pdf), [plain(text) for text in texts]
    if not has_right_to_left(paper):
        return paper == plain("".join(page))
    return _same_text_by_text(paper, page) or _same_but_for_lost_letters(paper, "".join(page))


def _same_text_by_text(paper: str, page: Sequence[str]) -> bool:
    at = 0
    for text in page:
        part = paper[at : at + len(text)]
        at += len(text)
        if part != text and _characters(part) != _characters(text):
            return False
    return at == len(paper)


def _same_but_for_lost_letters(paper: str, page: str) -> bool:
    """PDFium loses some letters of a line that runs from the right; it never adds one."""
    seen, said = Counter(_characters(paper)), Counter(_characters(page))
    lost = said - seen
    letters = sum(count for char, count in said.items() if has_right_to_left(char))
    return (
        seen <= said
        and all(map(has_right_to_left, lost))
        and 0 < lost.total() <= letters * MOST_LOST
    )


def _characters(text: str) -> list[str]:
    return sorted(unicodedata.normalize("NFKC", text).translate(_TURNED))


def last_page_is_bare(pdf: bytes) -> bool:
    """Whether the last of several pages holds the signature alone."""
    with opened(pdf) as document:
        if len(document) == 1:
            return False
        with closing(document[len(document) - 1]) as page:
            # Content comes before the signature: mostly the first leaf decides.
            return all(framed for framed, _ in _leaves(page))


def plain(text: str) -> str:
    """NFC without white space, controls, joiners and selectors: what two renderings must share."""
    characters = (
        char
        for char in unicodedata.normalize("NFC", text)
        if not (char.isspace() or is_joiner(char) or unicodedata.category(char) in ("Cc", "Cf"))
    )
    return "".join(characters)


def _paired(text: str) -> str:
    """PDFium gives a character beyond the first plane as two halves."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _page_content(document: pypdfium2.PdfDocument, index: int) -> str:
    with closing(document[index]) as page, closing(page.get_textpage()) as textpage:
        framed = frozenset(_framed_ids(page))
        words = _words_by_piece(textpage)
        return "".join(
            "".join(words.get(_address(piece), ()))
            for piece in _pieces(page)
            if _is_content(piece, framed)
        )


def _pieces(page: pypdfium2.PdfPage) -> Iterator[Any]:
    """The objects of a page, in the order in which they were set.

    PDFium's own order of the text is a guess by lines, which puts the one line of a cell amid the
    many lines of its neighbour.
    """
    for place in range(pdfium.FPDFPage_CountObjects(page.raw)):
        yield pdfium.FPDFPage_GetObject(page.raw, place)


def _is_content(piece: Any, framed: frozenset[int]) -> bool:
    marked = pdfium.FPDFPageObj_GetMarkedContentID(piece)
    return marked >= 0 and marked not in framed


def _words_by_piece(textpage: Any) -> dict[int, list[str]]:
    """The characters of every text object, by its address.

    Blanks and line ends that PDFium adds between objects belong to none and are left out.
    """
    words: dict[int, list[str]] = {}
    for place in range(pdfium.FPDFText_CountChars(textpage.raw)):
        if piece := pdfium.FPDFText_GetTextObject(textpage.raw, place):
            char = pdfium.FPDFText_GetUnicode(textpage.raw, place)
            words.setdefault(_address(piece), []).append(_LINE_END_HYPHENS.get(char) or chr(char))
    return words


def _address(piece: Any) -> int:
    return ctypes.cast(piece, ctypes.c_void_p).value or 0


def _framed_ids(page: pypdfium2.PdfPage) -> Iterator[int]:
    """The marked-content ids of this page that belong to the frame."""
    return (marked for framed, marked in _leaves(page) if framed)


def _leaves(page: pypdfium2.PdfPage) -> Iterator[tuple[bool, int]]:
    """Whether it belongs to the frame, and its id, for all marked content of this page."""
    return ((not _FRAME.isdisjoint(kinds), marked) for kinds, marked in leaves_of(page))


def leaves_of(page: pypdfium2.PdfPage) -> Iterator[tuple[frozenset[str], int]]:
    """The kinds of the elements around it (Table, Div …), and its id, for all marked content of this page."""
    tree = pdfium.FPDF_StructTree_GetForPage(page.raw)
    try:
        for place in range(pdfium.FPDF_StructTree_CountChildren(tree)):
            element = pdfium.FPDF_StructTree_GetChildAtIndex(tree, place)
            yield from _leaves_below(element, frozenset())
    finally:
        pdfium.FPDF_StructTree_Close(tree)


def _leaves_below(element: Any, around: frozenset[str]) -> Iterator[tuple[frozenset[str], int]]:
    kinds = around | {_text_of(pdfium.FPDF_StructElement_GetType, element)}
    for place in range(pdfium.FPDF_StructElement_CountChildren(element)):
        child = pdfium.FPDF_StructElement_GetChildAtIndex(element, place)
        if child:
            yield from _leaves_below(child, kinds)
        else:
            marked = pdfium.FPDF_StructElement_GetChildMarkedContentID(element, place)
            if marked >= 0:
                yield kinds, marked


def _text_of(ask: Callable[..., int], element: Any) -> str:
    """Call a PDFium function that fills a UTF-16 buffer and answers its length in bytes."""
    size = ask(element, None, 0)
    buffer = ctypes.create_string_buffer(size)
    ask(element, buffer, size)
    return buffer.raw[: max(0, size - 2)].decode("utf-16-le")
