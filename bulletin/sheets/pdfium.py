"""PDFium, one caller at a time: the library keeps global state and is not safe among threads."""

import io
from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2
from PIL import Image

from bulletin.domain.locks import PDFIUM_LOCK

POINTS_PER_INCH, MM_PER_INCH = 72, 25.4


@contextmanager
def opened(pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """The document while the block runs; close pages before it ends."""
    with PDFIUM_LOCK:
        document = pypdfium2.PdfDocument(pdf)
        try:
            yield document
        finally:
            document.close()


def page_count(pdf: bytes) -> int:
    with opened(pdf) as document:
        return len(document)


def is_flipped(pdf: bytes) -> bool:
    """Whether the sheet lies: wider than it is high."""
    with opened(pdf) as document:
        width, height = document.get_page_size(0)
        return bool(width > height)


def page_image(
    document: pypdfium2.PdfDocument,
    index: int,
    dpi: float,
    *,
    as_printed: bool = False,
    part: tuple[float, float, float, float] = (0, 0, 0, 0),
) -> Image.Image:
    """One page (counted from 0) at `dpi` dots per inch.

    `as_printed` is grey and its edges are not smoothed: what paper shows, harsher than a screen.
    `part` leaves out so many points from the left, bottom, right and top.
    """
    page = document[index]
    try:
        bitmap = page.render(
            scale=dpi / POINTS_PER_INCH,
            crop=part,
            grayscale=as_printed,
            no_smoothtext=as_printed,
            no_smoothimage=as_printed,
            no_smoothpath=as_printed,
        )
        try:
            image: Image.Image = bitmap.to_pil().copy()
        finally:
            bitmap.close()
    finally:
        page.close()
    return image


def png_of(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "PNG", compress_level=6)
    return buffer.getvalue()
