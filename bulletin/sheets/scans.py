"""Scans of papers: a PDF or pictures become one picture a page."""

from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2

from bulletin.domain.errors import refuse
from bulletin.sheets.pdfium import POINTS_PER_INCH, opened, page_image, png_of
from bulletin.sheets.photos import JPEG_QUALITY, MAX_SIDE, jpeg_of, normalised

PDF = "application/pdf"
MAX_PAGES = 30  # a board has no room for more
PLAIN = 2.0  # bits a pixel: a page of letters has about one, a scanner's noise four and more
MAX_DPI = 300  # a small slip is not blown up


def count_pages(data: bytes, media_type: str) -> int:
    """How many pages a scan has, without drawing them.

    Raises:
        Refused: it can't be opened.
    """
    if media_type != PDF:
        return 1
    with _opened_scan(data) as document:
        return len(document)


def pages_of(data: bytes, media_type: str) -> Iterator[tuple[bytes, str]]:
    """Each page upright, without what a camera wrote into it: (bytes, media type).

    Raises:
        Refused: it can't be opened.
    """
    if media_type != PDF:
        yield normalised(data)
        return
    with _opened_scan(data) as document:
        drawn = [_drawn(document, index) for index in range(len(document))]
    yield from drawn


@contextmanager
def _opened_scan(data: bytes) -> Iterator[pypdfium2.PdfDocument]:
    try:
        with opened(data) as document:
            yield document
    except pypdfium2.PdfiumError as fault:
        raise refuse("no_scan", "这份PDF打不开，可能有密码或者坏了，请重新扫描。") from fault


def _drawn(document: pypdfium2.PdfDocument, index: int) -> tuple[bytes, str]:
    """A page as large as pictures are kept, whatever the size of its paper.

    A page of letters stays sharp; one of a scanner's noise as PNG takes seconds and megabytes.
    """
    longest = max(document.get_page_size(index)) / POINTS_PER_INCH  # inches
    page = page_image(document, index, min(MAX_DPI, MAX_SIDE / longest))
    if page.convert("L").entropy() < PLAIN:
        return png_of(page), "image/png"
    return jpeg_of(page, JPEG_QUALITY), "image/jpeg"
