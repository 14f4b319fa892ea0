"""Photographs of boards: every code of ours in them, where it stands, and what could not be read.

A twelve-megapixel photograph of a board of 2.4 m shows a code at about 2.6 pixels a module. ZXing
wants more to find the three corners, so the picture is doubled, sharpened before and after; what any
of the passes reads counts, because a code that reads wrong is none (Reed-Solomon, and our own check
character).
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass

import zxingcpp
from PIL import Image, ImageFilter, ImageOps, UnidentifiedImageError
from PIL.Image import DecompressionBombError, DecompressionBombWarning

from bulletin.domain.codes import Scan
from bulletin.domain.refusals import refuse
from bulletin.domain.turns import PHOTOS
from bulletin.sheets.decoding import QR_CODES
from bulletin.sheets.pictures import MOST_PIXELS

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_PHOTO_BYTES = 20 * 1024 * 1024
PIXELS_READ = 16_000_000  # more than that shows no more of a code and takes memory
LONGEST_KEPT = 4000  # px; what is kept as evidence can be read again
KEPT_QUALITY = 80
TILE = 1800  # px; doubled and sharpened, a tile takes some 13 MB a pass
OVERLAP = 520  # px; a code that is wider is read as it stands
HEIC_BRANDS = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"}
EXIF_ORIGINAL, EXIF_TAKEN = 0x8769, 0x9003
_BEFORE = ImageFilter.UnsharpMask(radius=3, percent=200, threshold=0)
_AFTER = ImageFilter.UnsharpMask(radius=4, percent=200, threshold=0)


@dataclass(frozen=True)
class Box:
    """Where something stands in the upright photograph, in its pixels."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def centre(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def holds_centre_of(self, other: "Box") -> bool:
        x, y = other.centre
        return self.left <= x <= self.right and self.top <= y <= self.bottom


@dataclass(frozen=True)
class SeenCode:
    scan: Scan
    box: Box


@dataclass(frozen=True)
class PhotoReading:
    """What one photograph shows."""

    width: int  # px, upright
    height: int
    taken: str  # the day that the photograph itself names, as 2026-10-10 09:30; '' for none
    codes: tuple[SeenCode, ...]
    unread: tuple[Box, ...]  # codes that are there and are too small or too blurred
    kept: bytes  # JPEG, upright, without EXIF


def read_photo(data: bytes) -> PhotoReading:
    """Read every code of ours in a photograph. Codes of others are passed over.

    Args:
        data: JPEG, PNG or WebP of up to 20 MB and 60 megapixels.

    Raises:
        Refused: it is no photograph, or one that is too large, with what to do.
    """
    _ensure_photo(data)
    with PHOTOS:
        return _read_one(data)


def _read_one(data: bytes) -> PhotoReading:
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
            pixels = picture.width * picture.height
            if pixels > MOST_PIXELS:
                raise _too_large()
            taken = _taken(picture)
            if (
                pixels > 2 * PIXELS_READ
            ):  # JPEG only: halved while it is read, so that memory is too
                picture.draft("RGB", (picture.width // 2, picture.height // 2))
            ImageOps.exif_transpose(picture, in_place=True)
            upright = picture if picture.mode == "RGB" else picture.convert("RGB")
            upright.load()
    except (DecompressionBombError, DecompressionBombWarning) as fault:
        raise _too_large() from fault
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as fault:
        raise refuse(
            "no_picture", "这不是能打开的照片，请用手机重新拍一张，传JPG或PNG。"
        ) from fault
    factor = min(1.0, (PIXELS_READ / (upright.width * upright.height)) ** 0.5)
    codes, unread = _read(
        ImageOps.scale(upright, factor).convert("L") if factor < 1 else upright.convert("L")
    )
    return PhotoReading(
        upright.width, upright.height, taken,
        tuple(SeenCode(seen.scan, _scaled(seen.box, 1 / factor)) for seen in codes),
        tuple(_scaled(box, 1 / factor) for box in unread),
        _kept(upright),
    )  # fmt: skip


def _ensure_photo(data: bytes) -> None:
    """Name the files that people take for photographs."""
    if len(data) > MOST_PHOTO_BYTES:
        raise refuse("photo_too_large", "照片太大，最多20 MB。请用手机的普通画质重新拍一张。")
    if data.startswith(b"%PDF"):
        raise refuse("no_picture", "这是PDF文件，不是照片。请拍下公开栏，传JPG或PNG照片。")
    if data[4:8] == b"ftyp" and data[8:12] in HEIC_BRANDS:
        sentence = "这是苹果手机的HEIC照片，这里打不开。请在“设置—相机—格式”里选“兼容性最佳”再拍，或转成JPG。"
        raise refuse("heic", sentence)


def _too_large() -> Exception:
    return refuse("picture_too_large", "照片超过6000万像素，请把手机相机调到普通画质重新拍一张。")


def _taken(picture: Image.Image) -> str:
    """The moment that the camera wrote down, as it wrote it: phones know no zone."""
    words = picture.getexif().get_ifd(EXIF_ORIGINAL).get(EXIF_TAKEN, "")
    day, _, time = str(words).strip().partition(" ")
    named = f"{day.replace(':', '-')} {time[:5]}".strip()
    return named if named[:1].isdigit() and len(named) in {10, 16} else ""


def _kept(upright: Image.Image) -> bytes:
    held = io.BytesIO()
    factor = min(1.0, LONGEST_KEPT / max(upright.size))
    size = (max(1, round(upright.width * factor)), max(1, round(upright.height * factor)))
    kept = upright.resize(size, Image.Resampling.LANCZOS)  # a new picture: nothing comes along
    kept.save(held, "JPEG", quality=KEPT_QUALITY)
    return held.getvalue()


def _read(grey: Image.Image) -> tuple[list[SeenCode], list[Box]]:
    codes: list[SeenCode] = []
    unread: list[Box] = []
    for box, scan in _found(grey):
        if scan is None:
            unread.append(box)
        elif not any(seen.scan == scan and seen.box.holds_centre_of(box) for seen in codes):
            codes.append(SeenCode(scan, box))
    return codes, _apart(unread, [seen.box for seen in codes])


def _found(grey: Image.Image) -> Iterator[tuple[Box, Scan | None]]:
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
    image: Image.Image, at: tuple[int, int], factor: int, *, downscale: bool = False,
    errors: bool = False,
) -> Iterator[tuple[Box, Scan | None]]:  # fmt: skip
    """The codes of ours in one picture, and with `errors` the places of codes that don't read."""
    for found in zxingcpp.read_barcodes(
        image, formats=QR_CODES, try_downscale=downscale, try_invert=False, return_errors=errors
    ):
        corners = found.position
        points = (corners.top_left, corners.top_right, corners.bottom_right, corners.bottom_left)
        xs, ys = [p.x // factor + at[0] for p in points], [p.y // factor + at[1] for p in points]
        box = Box(min(xs), min(ys), max(xs), max(ys))
        scan = Scan.parse(found.text) if found.valid else None
        if scan is not None or not found.valid:
            yield box, scan


def _apart(unread: list[Box], read: list[Box]) -> list[Box]:
    """The places that nothing was read at, each once; specks that no code could be are dropped."""
    least = min((box.right - box.left for box in read), default=0) // 2
    kept: list[Box] = []
    for box in unread:
        taken = any(
            other.holds_centre_of(box) or box.holds_centre_of(other) for other in (*read, *kept)
        )
        if not taken and box.right - box.left >= least:
            kept.append(box)
    return kept


def _scaled(box: Box, factor: float) -> Box:
    return Box(*(round(edge * factor) for edge in (box.left, box.top, box.right, box.bottom)))
