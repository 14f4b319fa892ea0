"""Photographs without what was removed: where a paper lies in one, and the same picture with it painted over."""

from collections.abc import Sequence
from dataclasses import dataclass

from PIL import ImageDraw, ImageOps

from bulletin.domain.boards.photo_areas import Outline
from bulletin.domain.formats import Paper
from bulletin.domain.locks import PHOTO_LOCK
from bulletin.sheets.board_photos import KEPT_QUALITY, Corners
from bulletin.sheets.photos import jpeg_of, opened_photo

MARGIN_MM = 16  # around the paper: a lens bends, a corner is found within a pixel, and paper curls
FILL = (128, 128, 128)


@dataclass(frozen=True)
class PaperShape:
    """A sheet and where its code stands on it, in mm. A test compares them with `parts/style.typ`."""

    width: float
    height: float
    left: float  # of the left upper corner of its code, from that of the paper
    top: float
    side: float  # of the code


@dataclass(frozen=True)
class PrintedPaper:
    """How an edition was printed once."""

    paper: Paper
    flipped: bool | None  # None when nobody knows
    pages: int


_SHAPES = {  # paper, whether it lies, whether it is a page between the first and the last
    ("a4", False, False): PaperShape(210, 297, 25.9, 237.5, 45),
    ("a4", False, True): PaperShape(210, 297, 25.9, 251.5, 36),
    ("a4", True, False): PaperShape(297, 210, 20.0, 155.5, 45),
    ("a4", True, True): PaperShape(297, 210, 20.0, 164.5, 36),
    ("a3", False, False): PaperShape(297, 420, 28.0, 348.6, 54),
    ("a3", False, True): PaperShape(297, 420, 28.0, 367.3, 43.2),
    ("a3", True, False): PaperShape(420, 297, 20.0, 233.5, 54),
    ("a3", True, True): PaperShape(420, 297, 20.0, 244.3, 43.2),
}


def paper_shapes(printed: Sequence[PrintedPaper], page: int | None) -> list[PaperShape]:
    """Every shape that a page may have: one where it was printed once, more where nobody knows.

    Args:
        printed: the print runs of its edition; none: any shape.
        page: counted from 1; None for a sheet of one page.
    """
    found = [
        shape
        for (paper, flipped, between), shape in _SHAPES.items()
        for run in printed
        if run.paper == paper
        and run.flipped in (None, flipped)
        and between is (page is not None and 1 < page < run.pages)
    ]
    return found or list(_SHAPES.values())


def paper_outline(corners: Corners, size: tuple[int, int], shapes: Sequence[PaperShape]) -> Outline:
    """Where the whole paper lies, from where its code lies.

    Args:
        corners: of the code as it stands on the paper, left upper first, clockwise, in pixels.
        size: of the picture, in the same pixels.
        shapes: that the paper may have; of several, what any of them would cover.
    """
    left = min(-shape.left / shape.side - _margin(shape) for shape in shapes)
    top = min(-shape.top / shape.side - _margin(shape) for shape in shapes)
    right = max((shape.width - shape.left) / shape.side + _margin(shape) for shape in shapes)
    bottom = max((shape.height - shape.top) / shape.side + _margin(shape) for shape in shapes)
    edges = left, top, right, bottom
    points = ((0, 1), (2, 1), (2, 3), (0, 3))
    return tuple(_in_picture(corners, size, edges[x], edges[y]) for x, y in points)


def _margin(shape: PaperShape) -> float:
    return MARGIN_MM / shape.side


def _in_picture(
    corners: Corners, size: tuple[int, int], across: float, down: float
) -> tuple[float, float]:
    """A point of the paper, in sides of its code from the left upper corner of the code."""
    point = []
    for axis in (0, 1):
        nw, ne, se, sw = (corner[axis] for corner in corners)
        along = (ne - nw + se - sw) / 2
        below = (sw - nw + se - ne) / 2
        point.append((nw + along * across + below * down) / size[axis])
    return point[0], point[1]


def covered(photo: bytes, outlines: Sequence[Outline]) -> bytes:
    """The photograph as JPEG, every area painted over with one grey: nothing of it is left to be read.

    Raises:
        Refused: it is no photograph.
    """
    with PHOTO_LOCK, opened_photo(photo) as picture:
        upright = ImageOps.exif_transpose(picture).convert("RGB")
        draw = ImageDraw.Draw(upright)
        for outline in outlines:
            draw.polygon([(x * upright.width, y * upright.height) for x, y in outline], fill=FILL)
        return jpeg_of(upright, KEPT_QUALITY)
