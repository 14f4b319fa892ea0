"""Scans of papers: a PDF or pictures become one picture a page."""

from collections.abc import Iterator

import pypdfium2

from bulletin.domain.refusals import refuse
from bulletin.sheets.pdfium import POINTS_PER_INCH, opened, page_image, png_of
from bulletin.sheets.photos import LONGEST_SIDE, normalised

MOST_PAGES = 30  # a board has no room for more
MOST_DPI = 300  # a small slip is not blown up


def pages_of(data: bytes, media_type: str) -> Iterator[tuple[bytes, str]]:
    """Each page upright, without what a camera wrote into it: (bytes, media type).

    Raises:
        Refused: it can't be opened, or has more than `MOST_PAGES` pages.
    """
    if media_type != "application/pdf":
        yield normalised(data)
        return
    try:
        with opened(data) as document:
            if len(document) > MOST_PAGES:
                raise refuse("too_many_pages", f"最多{MOST_PAGES}页，这份有{len(document)}页。")
            drawn = [_drawn(document, index) for index in range(len(document))]
    except pypdfium2.PdfiumError as fault:
        raise refuse("no_scan", "这份PDF打不开，可能有密码或者坏了，请重新扫描。") from fault
    yield from (normalised(page) for page in drawn)


def _drawn(document: pypdfium2.PdfDocument, index: int) -> bytes:
    """A page as large as pictures are kept, whatever the size of its paper."""
    longest = max(document.get_page_size(index)) / POINTS_PER_INCH  # inches
    return png_of(page_image(document, index, min(MOST_DPI, LONGEST_SIDE / longest)))
