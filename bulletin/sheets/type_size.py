"""How large the type of the tables of a sheet is, measured on the paper itself."""

import ctypes
from collections.abc import Iterator
from contextlib import closing

import pypdfium2
import pypdfium2.raw as pdfium

from bulletin.sheets.extract import leaves_of
from bulletin.sheets.problems import SheetProblem

MIN_POINTS = 12.0  # 4.2 mm, read from a metre: distance / 250
ROUNDING = 0.05  # points
A4_SHORT_SIDE = 600.0  # points: what is wider is A3


def small_table(document: pypdfium2.PdfDocument) -> Iterator[SheetProblem]:
    """Advises A3 where a table on A4 had to be set smaller than is read outdoors."""
    if min(document[0].get_size()) > A4_SHORT_SIDE:
        return
    sizes = [size for index in range(len(document)) for size in _table_sizes(document, index)]
    if sizes and min(sizes) < MIN_POINTS - ROUNDING:
        sentence = f"表格的字只有{min(sizes):.1f}磅，贴在室外请用A3打印。".replace(".0磅", "磅")
        yield SheetProblem("small_table", sentence, stops=False)


def _table_sizes(document: pypdfium2.PdfDocument, index: int) -> Iterator[float]:
    """The size of every piece of text in the tables of one page."""
    with closing(document[index]) as page:
        tabled = {marked for kinds, marked in leaves_of(page) if "Table" in kinds}
        if not tabled:
            return
        for place in range(pdfium.FPDFPage_CountObjects(page.raw)):
            piece = pdfium.FPDFPage_GetObject(page.raw, place)
            if pdfium.FPDFPageObj_GetMarkedContentID(piece) in tabled:
                size, matrix = ctypes.c_float(), pdfium.FS_MATRIX()
                if pdfium.FPDFTextObj_GetFontSize(piece, size) and pdfium.FPDFPageObj_GetMatrix(
                    piece, matrix
                ):
                    yield size.value * abs(matrix.d)
