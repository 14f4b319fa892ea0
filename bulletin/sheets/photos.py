"""Photographs as they come from phones: opened with care, kept upright, of a sensible size, without EXIF."""

import io
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, ImageOps

from bulletin.domain.boards.sheet_verdicts import MAX_PHOTO_BYTES
from bulletin.domain.errors import refuse
from bulletin.sheets.pictures import MAX_PIXELS

FORMATS = ("JPEG", "PNG", "WEBP")
MAX_WHOLE_PIXELS = 20_000_000  # of what can't be halved while it is read: WebP takes 15 bytes each
MAX_SIDE = 2400  # px; enough for A4 at 200 dpi
JPEG_QUALITY = 85
HEIC_BRANDS = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"}
_BROKEN = (OSError, SyntaxError, ValueError, LookupError, ArithmeticError, struct.error, zlib.error)


@contextmanager
def opened_photo(data: bytes) -> Iterator[Image.Image]:
    """A photograph whose head is read and whose pixels are not yet.

    Args:
        data: JPEG of up to 60 megapixels, PNG or WebP of up to 20.

    Raises:
        Refused: it is no photograph, too large, or broken (also when its pixels turn out to be).
    """
    _ensure_photo(data)
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
            most = MAX_PIXELS if is_jpeg(picture) else MAX_WHOLE_PIXELS
            if picture.width * picture.height > most:
                sentence = (
                    f"照片超过{most // 10_000}万像素，请用手机相机的普通画质重新拍一张JPG照片。"
                )
                raise refuse("picture_too_large", sentence)
            yield picture
    except _BROKEN as fault:
        raise refuse(
            "no_picture", "这不是能打开的照片，请用手机重新拍一张，传JPG或PNG。"
        ) from fault


def is_jpeg(picture: Image.Image) -> bool:
    """Also one with a second picture behind it, as phones write them."""
    return picture.format in {"JPEG", "MPO"}


def _ensure_photo(data: bytes) -> None:
    """Name the files that people take for photographs."""
    if len(data) > MAX_PHOTO_BYTES:
        raise refuse("photo_too_large", "照片太大，最多20 MB。请用手机的普通画质重新拍一张。")
    if data.startswith(b"%PDF"):
        raise refuse("pdf", "这是PDF文件，不是照片。请拍下来，传JPG或PNG照片。")
    if data[4:8] == b"ftyp" and data[8:12] in HEIC_BRANDS:
        sentence = "这是苹果手机的HEIC照片，这里打不开。请在“设置—相机—格式”里选“兼容性最佳”再拍，或转成JPG。"
        raise refuse("heic", sentence)


def normalised(data: bytes) -> tuple[bytes, str]:
    """Turn a picture upright, shrink it, and drop everything but its pixels.

    Returns:
        The bytes and their media type (PNG stays PNG, all else becomes JPEG).

    Raises:
        Refused: as `opened_photo`.
    """
    with opened_photo(data) as picture:
        keeps_png = picture.format == "PNG"
        picture.thumbnail((MAX_SIDE, MAX_SIDE))  # before it is turned: JPEG is read smaller
        upright = ImageOps.exif_transpose(picture)
    if keeps_png:
        see_through = "A" in upright.getbands() or "transparency" in upright.info
        buffer = io.BytesIO()
        bare(upright, "RGBA" if see_through else "RGB").save(buffer, "PNG", optimize=True)
        return buffer.getvalue(), "image/png"
    return jpeg_of(upright, JPEG_QUALITY), "image/jpeg"


def shrunk(photo: bytes, longest: int) -> bytes:
    """A photograph that is kept, as small as a page shows it (JPEG)."""
    with opened_photo(photo) as picture:
        picture.thumbnail((longest, longest))
        return jpeg_of(picture, JPEG_QUALITY)


def jpeg_of(picture: Image.Image, quality: int) -> bytes:
    """A picture as JPEG with nothing but its pixels."""
    buffer = io.BytesIO()
    bare(picture, "RGB").save(buffer, "JPEG", quality=quality)
    return buffer.getvalue()


def bare(picture: Image.Image, mode: str) -> Image.Image:
    """The pixels alone: what a camera or a program wrote beside them stays behind."""
    clean = picture.convert(mode)
    clean.info.clear()  # Pillow writes a JPEG's comment into the next file
    return clean
