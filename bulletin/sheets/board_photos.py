"""Photographs of boards: every code of ours in them, its place, and what could not be read.

A twelve-megapixel photograph of a board of 2.4 m shows a code at about 2.6 pixels a module. ZXing
wants more to find the three corners, so the picture is doubled, sharpened before and after; what any
of the passes reads counts, because a code that reads wrong is none (Reed-Solomon, and our own check
character).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

import zxingcpp
from PIL import Image, ImageFilter, ImageOps

from bulletin.domain.codes import Scan, host_of
from bulletin.domain.locks import PHOTO_LOCK
from bulletin.sheets.photos import is_jpeg, jpeg_of, opened_photo
from bulletin.sheets.qr import QR_CODES

PIXELS_READ = 16_000_000  # more than that shows no more of a code and takes memory
MAX_KEPT_SIDE = 4000  # px; what is kept as evidence can be read again
KEPT_QUALITY = 80
NEAR_SIDE = 2000  # px; the code on a whole A4 sheet has some 7 pixels a module
TILE = 1800  # px; doubled and sharpened, a tile takes some 13 MB a pass
OVERLAP = 520  # px; a code that is wider is read as it stands
EXIF_ORIGINAL, EXIF_TAKEN = 0x8769, 0x9003
_BEFORE = ImageFilter.UnsharpMask(radius=3, percent=200, threshold=0)
_AFTER = ImageFilter.UnsharpMask(radius=4, percent=200, threshold=0)


@dataclass(frozen=True)
class PixelBox:
    """The place of something in the upright photograph, in its pixels."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def centre(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def holds_centre_of(self, other: "PixelBox") -> bool:
        x, y = other.centre
        return self.left <= x <= self.right and self.top <= y <= self.bottom


Corners = tuple[tuple[int, int], ...]  # of a code as it stands on its paper: left upper, clockwise


@dataclass(frozen=True)
class SeenCode:
    scan: Scan
    box: PixelBox
    host: str  # that the code leads to
    corners: Corners  # in the pixels of the upright photograph


@dataclass(frozen=True, kw_only=True)
class PhotoReading:
    """What one photograph shows."""

    width: int  # px, upright
    height: int
    taken: str  # the day that the photograph itself names, as 2026-10-10 09:30; '' for none
    codes: tuple[SeenCode, ...]
    unread: tuple[PixelBox, ...]  # codes that are there and are too small or too blurred
    others: int  # different codes of others
    kept: bytes  # JPEG, upright, without EXIF; b'' of what is not kept


def read_photo(data: bytes, *, keep: bool = False) -> PhotoReading:
    """Read every code of ours in a photograph. Codes of others are passed over.

    Args:
        data: JPEG of up to 60 megapixels, PNG or WebP of up to 20; 20 MB.
        keep: make of it what is kept as evidence, which takes half a second more.

    Raises:
        Refused: it is no photograph, or one that is too large, with what to do.
    """
    with PHOTO_LOCK:
        return _read_one(data, keep=keep)


def _read_one(data: bytes, *, keep: bool) -> PhotoReading:
    with opened_photo(data) as picture:
        taken = _taken(picture)
        if is_jpeg(picture) and picture.width * picture.height > 2 * PIXELS_READ:
            # Halved while it is read, so that memory is too.
            picture.draft("RGB", (picture.width // 2, picture.height // 2))
        ImageOps.exif_transpose(picture, in_place=True)
        upright = picture if picture.mode == "RGB" else picture.convert("RGB")
        upright.load()
    factor = min(1.0, (PIXELS_READ / (upright.width * upright.height)) ** 0.5)
    codes, unread, others = _read(
        ImageOps.scale(upright, factor).convert("L") if factor < 1 else upright.convert("L")
    )
    return PhotoReading(
        width=upright.width,
        height=upright.height,
        taken=taken,
        codes=tuple(
            replace(
                seen,
                box=_scaled(seen.box, 1 / factor),
                corners=tuple((round(x / factor), round(y / factor)) for x, y in seen.corners),
            )
            for seen in codes
        ),
        unread=tuple(_scaled(box, 1 / factor) for box in unread),
        others=others,
        kept=_kept(upright) if keep else b"",
    )


def read_paper(data: bytes) -> list[str]:
    """What the QR codes of one paper say that was photographed from near, ours or not.

    Raises:
        Refused: as `read_photo`.
    """
    with PHOTO_LOCK, opened_photo(data) as picture:
        picture.draft("L", (NEAR_SIDE, NEAR_SIDE))
        grey = picture.convert("L")
        grey.thumbnail((NEAR_SIDE, NEAR_SIDE))
        barcodes = zxingcpp.read_barcodes(grey, formats=QR_CODES, try_invert=False)
    return [barcode.text for barcode in barcodes]


def _taken(picture: Image.Image) -> str:
    """The moment that the camera wrote down, as it wrote it: phones know no zone. '' for none."""
    words = str(picture.getexif().get_ifd(EXIF_ORIGINAL).get(EXIF_TAKEN, ""))
    try:
        moment = datetime.strptime(words.strip("\0 "), "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007 - says none
    except ValueError:
        return ""
    return f"{moment:%Y-%m-%d %H:%M}"


def _kept(upright: Image.Image) -> bytes:
    factor = min(1.0, MAX_KEPT_SIDE / max(upright.size))
    size = (max(1, round(upright.width * factor)), max(1, round(upright.height * factor)))
    return jpeg_of(upright.resize(size, Image.Resampling.LANCZOS), KEPT_QUALITY)


def _read(grey: Image.Image) -> tuple[list[SeenCode], list[PixelBox], int]:
    codes: list[SeenCode] = []
    others: set[str] = set()
    read: list[PixelBox] = []  # codes of others too: those need no second look
    unread: list[PixelBox] = []
    for corners, text in _passes(grey):
        box = _box_of(corners)
        if text is None:
            unread.append(box)
            continue
        read.append(box)
        scan = Scan.parse(text)
        if scan is None:
            others.add(text)
        if scan and not any(seen.scan == scan and seen.box.holds_centre_of(box) for seen in codes):
            codes.append(SeenCode(scan, box, host_of(text), corners))
    least = min((seen.box.right - seen.box.left for seen in codes), default=0) // 2
    wide = [box for box in unread if box.right - box.left >= least]
    return codes, _apart(wide, read), len(others)


def _passes(grey: Image.Image) -> Iterator[tuple[Corners, str | None]]:
    """What each pass finds: the picture as it is, then every tile doubled, in two kinds of sharp."""
    yield from _symbols(grey, (0, 0), 1, downscale=True)
    for left, top, right, bottom in _tiles(grey.size):
        tile = grey.crop((left, top, right, bottom))
        yield from _symbols(_doubled(tile.filter(_BEFORE)), (left, top), 2)
        yield from _symbols(_doubled(tile).filter(_AFTER), (left, top), 2, errors=True)


def _doubled(tile: Image.Image) -> Image.Image:
    return tile.resize((tile.width * 2, tile.height * 2), Image.Resampling.BICUBIC)


def _tiles(size: tuple[int, int]) -> Iterator[tuple[int, int, int, int]]:
    """Overlapping squares, so that a code on an edge is whole in one of them."""
    for top in _starts(size[1]):
        for left in _starts(size[0]):
            yield left, top, min(left + TILE, size[0]), min(top + TILE, size[1])


def _starts(length: int) -> range:
    return range(0, max(1, length - OVERLAP), TILE - OVERLAP)


def _symbols(
    image: Image.Image,
    at: tuple[int, int],
    factor: int,
    *,
    downscale: bool = False,
    errors: bool = False,
) -> Iterator[tuple[Corners, str | None]]:
    """The codes in one picture, and with `errors` the places of those that don't read."""
    for barcode in zxingcpp.read_barcodes(
        image, formats=QR_CODES, try_downscale=downscale, try_invert=False, return_errors=errors
    ):
        corners = barcode.position
        points = (corners.top_left, corners.top_right, corners.bottom_right, corners.bottom_left)
        text = barcode.text if barcode.valid else None
        yield tuple((p.x // factor + at[0], p.y // factor + at[1]) for p in points), text


def _box_of(corners: Corners) -> PixelBox:
    xs, ys = zip(*corners, strict=True)
    return PixelBox(min(xs), min(ys), max(xs), max(ys))


def _apart(unread: list[PixelBox], read: list[PixelBox]) -> list[PixelBox]:
    """The places that nothing was read at, each once."""
    apart: list[PixelBox] = []
    for box in unread:
        if not any(
            other.holds_centre_of(box) or box.holds_centre_of(other) for other in (*read, *apart)
        ):
            apart.append(box)
    return apart


def _scaled(box: PixelBox, factor: float) -> PixelBox:
    return PixelBox(*(round(edge * factor) for edge in (box.left, box.top, box.right, box.bottom)))
