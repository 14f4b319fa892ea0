"""How large and how close a sheet is set: a short notice grows until its page is used."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from math import ceil
from typing import Literal

from bulletin.domain.formats import Paper
from bulletin.domain.notices.content import Document, Image, Table
from bulletin.sheets.extract import last_page_is_bare
from bulletin.sheets.pages import lines_of
from bulletin.sheets.pdfium import page_count

Fit = Literal["normal", "tight", "loose", "airy", "large", "larger", "largest"]

Medium = Paper | Literal["phone"]  # a picture for the village's group chat

# Points (of A4) in a line, on upright paper and on paper that lies: 28 characters of 三号 on A4, 32 on
# A3, 20 on a phone, and a trifle lest the last be pushed out; 20 mm less than the paper on either side
# where it lies. `parts/style.typ` reads them.
TEXT_WIDTHS: dict[Medium, tuple[float, float]] = {
    "a4": (448.5, 728.504),
    "a3": (512.5, 807.874),
    "phone": (320.5, 320.5),
}
_PAGE = {"a4": 564.0, "a3": 640.0}  # points of A4 between letterhead and foot
TITLE_EMS = 19.0  # what one line of a title holds at 二号 on A4, with a little air
TITLE_POINTS, TITLE_GROWTH = 22.0, 1.375  # at least; beside larger words, so many times their size
AROUND_TITLE, SIGNATURE_LINES = 32.0, 3  # points; lines with their air


@dataclass(frozen=True)
class _Larger:
    fit: Fit
    size: float  # points, as `parts/style.typ` has it
    pitch: float


LARGER = (  # a test compares them with the style
    _Larger("largest", 26, 46),
    _Larger("larger", 22, 39),
    _Larger("large", 18, 32),
)


def larger_fits(document: Document, title: str, paper: Paper) -> Iterator[Fit]:
    """The larger sizes in which a notice may stay on its one page, the largest first.

    Tables grow with their notice; one with pictures keeps its size, since they do not.
    """
    if any(isinstance(block, Image) for block in document.blocks):
        return
    for each in LARGER:
        if _height(document, title, each, paper) <= _PAGE[paper]:
            yield each.fit


def well_fitted(set_type: Callable[[Fit], bytes], larger: Iterable[Fit]) -> tuple[bytes, Fit]:
    """Set as large as the one page allows, else closer or wider where the signature would stand alone."""
    for fit in larger:
        pdf = set_type(fit)
        if page_count(pdf) == 1:
            return pdf, fit
    pdf = set_type("normal")
    if not last_page_is_bare(pdf):
        return pdf, "normal"
    others: tuple[Fit, ...] = ("tight", "loose", "airy")
    for fit in others:
        other = set_type(fit)
        if not last_page_is_bare(other):
            return other, fit
    return pdf, "normal"


def title_ems(fit: Fit, paper: Paper) -> float:
    """What one line of the title holds: it grows with the words of the notice."""
    size = next((each.size for each in LARGER if each.fit == fit), 0.0)
    of_paper = TITLE_EMS * TEXT_WIDTHS[paper][0] / TEXT_WIDTHS["a4"][0]
    return of_paper * TITLE_POINTS / max(TITLE_POINTS, size * TITLE_GROWTH)


def _height(document: Document, title: str, larger: _Larger, paper: Paper) -> float:
    """Points that a notice takes at least: how much it really takes shows once it is set."""
    line = int(TEXT_WIDTHS[paper][0] / larger.size)
    lines = sum(lines_of(block, line) for block in document.blocks)
    tables = sum(isinstance(block, Table) for block in document.blocks)
    title_lines = ceil(len(title) / title_ems(larger.fit, paper))
    title_height = title_lines * larger.pitch + AROUND_TITLE
    return title_height + (lines - tables + SIGNATURE_LINES) * larger.pitch
