"""Several sheets bound into one PDF, in order, for one run of the printer."""

import io
from collections.abc import Iterable

import pypdfium2

from bulletin.domain.locks import PDFIUM


def bound(pdfs: Iterable[bytes]) -> bytes:
    """One PDF with the pages of all. The pages stay as they are; their tags do not come along.

    Args:
        pdfs: taken one after another, so that hundreds need not lie in memory at once. Taking one
            must open no other PDF: PDFium serves one caller at a time.
    """
    with PDFIUM:
        whole = pypdfium2.PdfDocument.new()
        try:
            for pdf in pdfs:
                part = pypdfium2.PdfDocument(pdf)
                whole.import_pages(part)
                part.close()
            held = io.BytesIO()
            whole.save(held)
        finally:
            whole.close()
    return held.getvalue()
