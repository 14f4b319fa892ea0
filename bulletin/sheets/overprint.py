"""Whether every character of a page can be read: on the paper, and not over another one."""

import unicodedata
from collections.abc import Iterator
from contextlib import closing
from itertools import product

import pypdfium2
import pypdfium2.raw as pdfium

from bulletin.sheets.pdfium import MM_PER_INCH, POINTS_PER_INCH
from bulletin.sheets.problems import SheetProblem
from bulletin.sheets.scripts import is_joined

PRINTER_EDGE_MM = 4.5  # what office printers leave white
GRID = 12.0  # points: characters of one cell of it are compared
WATERMARK = 90.0  # points: what is higher lies behind the words

PointBox = tuple[float, float, float, float]  # left, bottom, right, top in points


def overprint_problems(document: pypdfium2.PdfDocument, index: int) -> Iterator[SheetProblem]:
    """The first character of a page that is where printers can't print, or on another one."""
    with closing(document[index]) as page:
        width, height = page.get_size()
        seen = list(_characters(page))
    edge = PRINTER_EDGE_MM / MM_PER_INCH * POINTS_PER_INCH
    for char, (left, bottom, right, top) in seen:
        if left < edge or bottom < edge or right > width - edge or top > height - edge:
            sentence = f"第{index + 1}页的“{char}”字印到纸边外面去了，请联系管理员检查打印模板。"
            yield SheetProblem("cut_off", sentence)
            break
    if pair := _overprinted(seen):
        sentence = f"第{index + 1}页的“{pair}”两个字印在一起了，请联系管理员检查打印模板。"
        yield SheetProblem("overprinted", sentence)


def _characters(page: pypdfium2.PdfPage) -> Iterator[tuple[str, PointBox]]:
    """What is seen of a page's text. Marks that belong over or under a letter are none of it."""
    with closing(page.get_textpage()) as words:
        for place in range(words.count_chars()):
            char = chr(pdfium.FPDFText_GetUnicode(words.raw, place))
            if char.isprintable() and not char.isspace() and unicodedata.category(char)[0] != "M":
                yield char, words.get_charbox(place)


def _overprinted(seen: list[tuple[str, PointBox]]) -> str:
    """The first two characters of which one covers the middle of the other; '' for none.

    A font may draw two as one, such as a long dash: then both have the same box. Joined letters
    reach into one another.
    """
    taken: dict[tuple[int, int], list[tuple[str, PointBox]]] = {}
    for char, box in seen:
        left, bottom, right, top = box
        if top - bottom > WATERMARK:
            continue
        columns = range(int(left / GRID), int(right / GRID) + 1)
        lines = range(int(bottom / GRID), int(top / GRID) + 1)
        for cell in product(columns, lines):
            others = taken.setdefault(cell, [])
            for other, placed in others:
                if is_joined(char) and is_joined(other):
                    continue
                if box != placed and (_covers(placed, box) or _covers(box, placed)):
                    return other + char
            others.append((char, box))
    return ""


def _covers(box: PointBox, other: PointBox) -> bool:
    across, up = (other[0] + other[2]) / 2, (other[1] + other[3]) / 2
    return box[0] < across < box[2] and box[1] < up < box[3]
