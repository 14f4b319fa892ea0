"""Pictures as they are kept: upright, of a sensible size, without EXIF."""

import io

from PIL import Image, ImageOps, UnidentifiedImageError

from bulletin.domain.refusals import refuse
from bulletin.sheets.pictures import MOST_PIXELS

LONGEST_SIDE = 2400  # px; enough for A4 at 200 dpi
JPEG_QUALITY = 85


def normalised(data: bytes) -> tuple[bytes, str]:
    """Turn a picture upright, shrink it, and drop everything but its pixels.

    Returns:
        The bytes and their media type (PNG stays PNG, all else becomes JPEG).

    Raises:
        Refused: it is no picture, or one that is too large to open.
    """
    try:
        with Image.open(io.BytesIO(data)) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise refuse("picture_too_large", "图片太大，请用手机重新拍一张，或先压缩。")
            keeps_png = picture.format == "PNG"
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            return _written(upright, keeps_png=keeps_png)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError) as fault:
        raise refuse("no_picture", "这不是能打开的图片，请换成JPG或PNG。") from fault


def _written(picture: Image.Image, *, keeps_png: bool) -> tuple[bytes, str]:
    out = io.BytesIO()
    if keeps_png:
        mode = "RGBA" if "A" in picture.getbands() or "transparency" in picture.info else "RGB"
        clean = Image.new(mode, picture.size)
        clean.paste(picture.convert(mode))
        clean.save(out, "PNG", optimize=True)
        return out.getvalue(), "image/png"
    picture.convert("RGB").save(out, "JPEG", quality=JPEG_QUALITY, optimize=True)
    return out.getvalue(), "image/jpeg"
