"""Photographs without what was removed: where a paper lies in one, and the same picture with it painted over."""

from collections.abc import Sequence

from PIL import ImageDraw, ImageOps

from bulletin.domain.boards.photo_areas import Outline
from bulletin.domain.locks import PHOTO_LOCK
from bulletin.sheets.board_photos import KEPT_QUALITY, Corners
from bulletin.sheets.layout import CODE_SIDE_MM
from bulletin.sheets.photos import jpeg_of, opened_photo

MARGIN_MM = 16  # around the paper: a lens bends, a corner is found within a pixel, and paper curls
FILL = (128, 128, 128)
# Of a sheet on A4: its width and height, and where the left upper corner of its code stands (mm).
# An A3 sheet is the same in larger. They are what `parts/style.typ` sets; a test compares them.
UPRIGHT = (210, 297, 25.9, 237.5)
FLIPPED = (297, 210, 20.0, 155.5)


def paper_outline(
    corners: Corners, size: tuple[int, int], *, flipped: bool | None = False
) -> Outline:
    """Where the whole paper lies, from where its code lies.

    Args:
        corners: of the code as it stands on the paper, left upper first, clockwise, in pixels.
        size: of the picture, in the same pixels.
        flipped: whether the sheet lies; None when nobody knows: then what either would cover.
    """
    shapes = [UPRIGHT, FLIPPED] if flipped is None else [FLIPPED if flipped else UPRIGHT]
    left, top = -max(x for _, _, x, _ in shapes), -max(y for _, _, _, y in shapes)
    right = max(width - x for width, _, x, _ in shapes)
    bottom = max(height - y for _, height, _, y in shapes)
    edges = left - MARGIN_MM, top - MARGIN_MM, right + MARGIN_MM, bottom + MARGIN_MM
    points = ((0, 1), (2, 1), (2, 3), (0, 3))
    return tuple(_in_picture(corners, size, edges[x], edges[y]) for x, y in points)


def _in_picture(
    corners: Corners, size: tuple[int, int], across: float, down: float
) -> tuple[float, float]:
    """A point of the paper, in mm from the left upper corner of its code."""
    point = []
    for axis in (0, 1):
        nw, ne, se, sw = (corner[axis] for corner in corners)
        along = (ne - nw + se - sw) / 2 / CODE_SIDE_MM
        below = (sw - nw + se - ne) / 2 / CODE_SIDE_MM
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
