"""A notice board of real sheets, and photographs of it as a phone would take them."""

import io
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from PIL import Image, ImageChops, ImageFilter

from bulletin.domain.codes import Scan
from bulletin.sheets.layout import CODE_SIDE_MM
from bulletin.sheets.pdfium import opened, page_image
from bulletin.sheets.qr import decode, qr_code

BOARD_MM = (2400, 1200)
SHEET_MM = (210, 297)
CODE_AT_MM = (26.0, 237.4)  # of a sheet: the left upper corner of the code without its quiet zone
PX_PER_MM = 3.0
WOOD = 168

Point = tuple[float, float]


@dataclass(frozen=True)
class Pasted:
    """One code on the board: what it says, where it stands (mm), how many modules wide it is."""

    scan: Scan
    corners: tuple[Point, ...]
    modules: int


@dataclass(frozen=True)
class WallBoard:
    picture: Image.Image  # grey, PX_PER_MM
    pasted: tuple[Pasted, ...]


@dataclass(frozen=True)
class Light:
    """What stands between the board and the file."""

    blur: float = 0.6  # px
    noise: float = 6.0  # standard deviation of 255
    glare: bool = False
    uneven: float = 0.0  # how much darker the dark side is, 0–1
    quality: int = 75


@dataclass(frozen=True)
class Photographed:
    jpeg: bytes
    truth: tuple[tuple[Scan, float], ...]  # each code in the picture, and its pixels a module
    places: tuple[tuple[Scan, Point], ...]  # and the middle of it


def hang_sheets(
    pdfs: Sequence[bytes], public_url: str, *, chance: Random | None = None
) -> WallBoard:
    """Pin every page of some sheets to a board, row by row, none quite straight."""
    chance = chance or Random(0)
    board = Image.new("L", _px(*BOARD_MM), WOOD)
    pasted: list[Pasted] = []
    places = _places(chance)
    for pdf in pdfs:
        scans = decode(pdf)
        with opened(pdf) as document:
            pages = [page_image(document, n, PX_PER_MM * 25.4) for n in range(len(document))]
        for page, (scan,) in zip(pages, scans, strict=True):
            paper = page.convert("L").resize(_px(*SHEET_MM))
            pasted.append(_pin(board, paper, scan, public_url, next(places), chance))
    return WallBoard(board, tuple(pasted))


def _places(chance: Random) -> Iterator[Point]:
    for row in range(3):
        for column in range(10):
            yield (
                40 + column * 234 + chance.uniform(-6, 6),
                60 + row * 378 + chance.uniform(-15, 15),
            )


def _pin(
    board: Image.Image, page: Image.Image, scan: Scan, url: str, at: Point, chance: Random
) -> Pasted:
    angle = chance.uniform(-2.5, 2.5)
    mask = Image.new("L", page.size, 255)
    left, top = _px(*at)
    turned = page.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=WOOD)
    board.paste(turned, (left, top), mask.rotate(angle, expand=True))
    centre = at[0] + turned.width / PX_PER_MM / 2, at[1] + turned.height / PX_PER_MM / 2
    (x, y), side = CODE_AT_MM, CODE_SIDE_MM
    corners = tuple(
        _turned(dx - SHEET_MM[0] / 2, dy - SHEET_MM[1] / 2, -angle, centre)
        for dx, dy in ((x, y), (x + side, y), (x + side, y + side), (x, y + side))
    )
    return Pasted(scan, corners, qr_code(scan.url(url)).modules)


def _turned(x: float, y: float, degrees: float, centre: Point) -> Point:
    turn = math.radians(degrees)
    return (
        centre[0] + x * math.cos(turn) - y * math.sin(turn),
        centre[1] + x * math.sin(turn) + y * math.cos(turn),
    )


def photograph(
    board: WallBoard,
    size: tuple[int, int] = (4000, 3000),
    *,
    tilt: Point = (0.0, 0.0),
    light: Light | None = None,
    fills: float = 0.94,
    span_mm: tuple[float, float] = (0.0, 2400.0),
    chance: Random | None = None,
) -> Photographed:
    """Photograph a board from in front of it.

    Args:
        tilt: degrees to the side and up.
        fills: the part of the picture's width that the span fills.
        span_mm: from where to where of the board's width the picture goes.
    """
    chance, light = chance or Random(0), light or Light()
    camera = _Camera(size, tilt, fills, span_mm)
    # Shrunk before it is bent, so that nothing is skipped: a lens gathers all the light.
    factor = camera.pixels_a_mm / PX_PER_MM
    shrunk = board.picture.resize(
        (round(board.picture.width * factor), round(board.picture.height * factor)),
        Image.Resampling.LANCZOS,
    )
    corners = [(0, 0), (size[0], 0), (size[0], size[1]), (0, size[1])]
    back = [camera.on_board(point) for point in corners]
    scale = shrunk.width / BOARD_MM[0]
    coefficients = _homography(corners, [(x * scale, y * scale) for x, y in back])
    picture = shrunk.transform(
        size, Image.Transform.PERSPECTIVE, coefficients, Image.Resampling.BICUBIC, fillcolor=96
    )
    buffer = io.BytesIO()
    _lit(picture, light, chance).save(buffer, "JPEG", quality=light.quality)
    visible = list(_in_sight(board, camera, size))
    return Photographed(
        buffer.getvalue(),
        tuple((pasted.scan, _pixels_a_module(pasted, corners)) for pasted, corners in visible),
        tuple((pasted.scan, _middle(corners)) for pasted, corners in visible),
    )


def _in_sight(
    board: WallBoard, camera: "_Camera", size: tuple[int, int]
) -> Iterator[tuple[Pasted, list[Point]]]:
    """The codes that are whole in the picture, with their corners in it."""
    for pasted in board.pasted:
        corners = [camera.in_picture(corner) for corner in pasted.corners]
        if all(8 <= x <= size[0] - 8 and 8 <= y <= size[1] - 8 for x, y in corners):
            yield pasted, corners


def _pixels_a_module(pasted: Pasted, corners: list[Point]) -> float:
    sides = [math.dist(corners[n], corners[(n + 1) % 4]) for n in range(4)]
    return min(sides) / pasted.modules


def _middle(corners: list[Point]) -> Point:
    return sum(x for x, _ in corners) / 4, sum(y for _, y in corners) / 4


class _Camera:
    """A pinhole in front of the middle of the span, turned so that the board stands askew."""

    def __init__(
        self, size: tuple[int, int], tilt: Point, fills: float, span_mm: tuple[float, float]
    ) -> None:
        self.pixels_a_mm = size[0] * fills / (span_mm[1] - span_mm[0])
        self._size = size
        self._middle = (sum(span_mm) / 2, BOARD_MM[1] / 2)
        self._focal = size[0] * 0.8
        self._distance = self._focal / self.pixels_a_mm
        side, up = (math.radians(angle) for angle in tilt)
        turn_y = (
            (math.cos(side), 0, math.sin(side)),
            (0, 1, 0),
            (-math.sin(side), 0, math.cos(side)),
        )
        turn_x = ((1, 0, 0), (0, math.cos(up), -math.sin(up)), (0, math.sin(up), math.cos(up)))
        self._turn = [
            [sum(turn_y[i][k] * turn_x[k][j] for k in range(3)) for j in range(3)] for i in range(3)
        ]
        edges = [(0, 0), (2400, 0), (2400, 1200), (0, 1200)]
        self._back = _homography([self.in_picture(edge) for edge in edges], edges)

    def in_picture(self, point: Point) -> Point:
        flat = (point[0] - self._middle[0], point[1] - self._middle[1], 0.0)
        x, y, z = (sum(row[k] * flat[k] for k in range(3)) for row in self._turn)
        depth = self._distance + z
        return (
            self._size[0] / 2 + self._focal * x / depth,
            self._size[1] / 2 + self._focal * y / depth,
        )

    def on_board(self, point: Point) -> Point:
        a, b, c, d, e, f, g, h = self._back
        under = g * point[0] + h * point[1] + 1
        return (
            (a * point[0] + b * point[1] + c) / under,
            (d * point[0] + e * point[1] + f) / under,
        )


def _homography(here: Sequence[Point], there: Sequence[Point]) -> tuple[float, ...]:
    """The eight coefficients that take four points to four others, as Pillow wants them."""
    rows = []
    for (x, y), (u, v) in zip(here, there, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    for column in range(8):
        pivot = max(range(column, 8), key=lambda row: abs(rows[row][column]))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        rows[column] = [value / rows[column][column] for value in rows[column]]
        for row in range(8):
            if row != column and rows[row][column]:
                by = rows[row][column]
                rows[row] = [a - by * b for a, b in zip(rows[row], rows[column], strict=True)]
    return tuple(row[8] for row in rows)


def _lit(picture: Image.Image, light: Light, chance: Random) -> Image.Image:
    if light.uneven:
        slope = (
            Image.linear_gradient("L").rotate(chance.choice((0, 90, 180, 270))).resize(picture.size)
        )
        shade = slope.point(lambda value: round(255 * (1 - light.uneven * value / 255)))
        picture = ImageChops.multiply(picture, shade)
    if light.glare:
        side = picture.height // 2
        spot = ImageChops.invert(Image.radial_gradient("L").resize((side, side)))
        veil = Image.new("L", picture.size, 0)
        at = (chance.randrange(picture.width - side), chance.randrange(picture.height - side))
        # The gradient ends at the edge of its square, so that no frame shows.
        veil.paste(spot.point(lambda value: round(max(0, value - 75) * 0.85)), at)
        picture = ImageChops.screen(picture, veil)
    picture = picture.filter(ImageFilter.GaussianBlur(light.blur))
    if light.noise:
        grain = Image.effect_noise(picture.size, light.noise)
        picture = ImageChops.add(picture, grain, scale=1, offset=-128)
    return picture


def _px(width: float, height: float) -> tuple[int, int]:
    return round(width * PX_PER_MM), round(height * PX_PER_MM)


def close_up(pdfs: Sequence[bytes], *, dpi: float = 110) -> bytes:
    """The pages of some sheets side by side, near enough to read at once: a quick photograph."""
    pages = []
    for pdf in pdfs:
        with opened(pdf) as document:
            pages += [page_image(document, n, dpi).convert("L") for n in range(len(document))]
    wall = Image.new(
        "L",
        (sum(p.width + 20 for p in pages) or 40, max((p.height for p in pages), default=40)),
        WOOD,
    )
    left = 0
    for page in pages:
        wall.paste(page, (left, 0))
        left += page.width + 20
    buffer = io.BytesIO()
    wall.save(buffer, "JPEG", quality=75)
    return buffer.getvalue()
