"""Pictures made fit for paper: upright, in plain colours, no larger than print can show."""

import io
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageOps, UnidentifiedImageError

from bulletin.domain.errors import Refusal
from bulletin.sheets.problems import SheetUnprintable

TEXT_WIDTH_POINTS = 448
MAX_POINTS_HIGH = 380  # two thirds of the room between head and foot
PRINT_PIXELS = 1900  # 300 dpi over the text width
SCREEN_DPI = 96  # how large a small picture is taken to be
MAX_PIXELS = 60_000_000
MARGIN = 60  # px below the last line
MIN_HEIGHT = 1080  # px; chats crop what is wider than high
Image.MAX_IMAGE_PIXELS = None  # whoever opens a picture judges its size before reading its pixels


@dataclass(frozen=True)
class Picture:
    data: bytes
    suffix: str
    width: int  # points on A4


def printable(data: bytes, named: str) -> Picture:
    """A picture as the sheet carries it, the same bytes for the same picture.

    Args:
        data: any format that Pillow reads.
        named: what the refusal calls it.

    Raises:
        SheetUnprintable: when it is no picture, or larger than 60 megapixels.
    """
    try:
        with Image.open(io.BytesIO(data)) as original:
            if original.width * original.height > MAX_PIXELS:
                sentence = f"图片“{named}”太大，请缩小后重新上传。"
                raise SheetUnprintable(Refusal("picture_too_large", sentence))
            is_photo = original.format == "JPEG"
            picture = ImageOps.exif_transpose(original)
            picture = picture.convert("RGB" if is_photo or not _see_through(picture) else "RGBA")
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as fault:
        sentence = f"图片“{named}”打不开，请换成 JPG 或 PNG 图片重新上传。"
        raise SheetUnprintable(Refusal("picture_unreadable", sentence)) from fault
    width, height = picture.size
    picture.thumbnail((PRINT_PIXELS, PRINT_PIXELS * 2))
    buffer = io.BytesIO()
    if is_photo:
        picture.save(buffer, "JPEG", quality=88)
    else:
        picture.save(buffer, "PNG")
    return Picture(buffer.getvalue(), "jpg" if is_photo else "png", _points_wide(width, height))


def _see_through(picture: Image.Image) -> bool:
    return picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info


def _points_wide(width: int, height: int) -> int:
    wide = min(TEXT_WIDTH_POINTS, width * 72 // SCREEN_DPI)
    return max(36, min(wide, MAX_POINTS_HIGH * width // height))


def without_empty_end(page: Image.Image) -> Image.Image:
    """A picture without the empty rest of its page."""
    ground = Image.new(page.mode, page.size, page.getpixel((0, page.height - 1)))
    box = ImageChops.difference(page, ground).getbbox()
    end = page.height if box is None else min(page.height, max(box[3] + MARGIN, MIN_HEIGHT))
    return page.crop((0, 0, page.width, end))
