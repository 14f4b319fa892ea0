"""What stands on a printed page: its words, lines and rules measured, and the page as a poor printer gives it."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import pypdfium2
import zxingcpp
from PIL import Image

from bulletin.sheets.pdfium import opened, page_image

MM = 25.4 / 72  # in a point
WHITE = 255


@dataclass(frozen=True)
class Char:
    page: int  # from 1
    char: str
    left: float  # points from the left edge
    bottom: float  # points from the lower edge
    right: float
    top: float
    size: float  # points
    grey: float  # 0 black, 1 white
    is_coloured: bool


def chars(pdf: bytes) -> Iterator[Char]:
    """Every character of every page, in the order in which it was set."""
    raw = pypdfium2.raw
    with opened(pdf) as document:
        for number in range(len(document)):
            page = document[number]
            words = page.get_textpage()
            for place in range(words.count_chars()):
                if not (char := words.get_text_range(place, 1)).strip():
                    continue
                ink = [ctypes.c_uint() for _ in range(4)]
                raw.FPDFText_GetFillColor(words.raw, place, *ink)
                red, green, blue = (part.value for part in ink[:3])
                yield Char(
                    number + 1,
                    char,
                    *words.get_charbox(place, loose=True),
                    size=raw.FPDFText_GetFontSize(words.raw, place),
                    grey=(red + green + blue) / 3 / WHITE,
                    is_coloured=max(red, green, blue) - min(red, green, blue) > 8,
                )
            words.close()
            page.close()


def lines(pdf: bytes) -> list[list[Char]]:
    """Characters by the line of the cell or paragraph in which they stand."""
    found: list[list[Char]] = []
    before = None
    for char in chars(pdf):
        is_next = (
            before is not None
            and before.page == char.page
            and abs(before.bottom - char.bottom) < 2
            and -10 < char.left - before.right < 8  # the gap of two columns is wider
        )
        if is_next:
            found[-1].append(char)
        else:
            found.append([char])
        before = char
    return found


def lone_ends(pdf: bytes) -> list[str]:
    """Last lines of one character, with the line before."""
    found = []
    for above, line in pairwise(lines(pdf)):
        goes_on = (
            (above[0].page, above[0].size) == (line[0].page, line[0].size)
            and abs(above[0].left - line[0].left) < 1
            and 0 < above[0].bottom - line[0].bottom < 2 * line[0].size
        )
        if goes_on and sum(char.char.isalnum() for char in line) <= 1:
            found.append("|".join("".join(char.char for char in each) for each in (above, line)))
    return found


def rules(pdf: bytes, page: int = 1) -> list[tuple[float, float, float, float]]:
    """Rules and frames of a page (counted from 1): left, bottom, right, top in millimetres."""
    with opened(pdf) as document:
        things = document[page - 1].get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_PATH])
        return [tuple(at * MM for at in thing.get_bounds()) for thing in things]


def printed(
    pdf: bytes, page: int = 1, *, dpi: float = 200, scale: float = 1, toner: float = 1
) -> Image.Image:
    """A page in grey, as a printer gives it that scales and spares toner (1 is all of it)."""
    with opened(pdf) as document:
        image = page_image(document, page - 1, dpi * scale, as_printed=True).convert("L")
    return image.point(lambda shade: round(WHITE - (WHITE - shade) * toner))


def links(image: Image.Image) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(image)]


def ink_from_edges(pdf: bytes, page: int = 1, dpi: float = 72) -> tuple[float, ...]:
    """Millimetres from the left, top, right and bottom edge to the first ink."""
    image = printed(pdf, page, dpi=dpi)
    box = image.point(lambda shade: WHITE if shade < WHITE - 3 else 0).getbbox()
    assert box is not None
    edges = (box[0], box[1], image.width - box[2], image.height - box[3])
    return tuple(edge / dpi * 25.4 for edge in edges)
