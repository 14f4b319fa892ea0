"""A PDF: its lines, and its tables as they are ruled."""

from io import BytesIO
from typing import Any

import pdfplumber
from pdfminer.pdfexceptions import PDFException
from pdfplumber.utils.exceptions import PdfminerException

from bulletin.domain.errors import refuse
from bulletin.readers.annual_report.rows import ReportTable
from bulletin.readers.brought.pdf import joined, unnumbered
from bulletin.readers.material import CellBudget
from bulletin.readers.pdf_files import MAX_PAGES, opened_pdf, too_many_pages


def pdf_material(data: bytes) -> list[str | ReportTable]:
    """Lines and tables in reading order.

    Raises:
        Refused: broken, locked, too long, too many cells, or a scan without text.
    """
    with opened_pdf(data) as document:  # says what is broken or locked
        if len(document) > MAX_PAGES:
            raise too_many_pages()
    budget = CellBudget()
    material: list[str | ReportTable] = []
    try:
        with pdfplumber.open(BytesIO(data)) as document:
            for page in document.pages:
                material += _of_page(page, budget)
                page.close()
    except (PdfminerException, PDFException) as fault:
        raise refuse("file_broken", "PDF 文件已损坏，打不开。请重新导出后再试。") from fault
    if not material:
        raise refuse(
            "pdf_without_text",
            "这份 PDF 是扫描件（只有图片，没有文字），读不出表格。请用原来的 Word 文件或网页。",
        )
    return material


def _of_page(page: Any, budget: CellBudget) -> list[str | ReportTable]:
    tables = page.find_tables()
    boxes = [table.bbox for table in tables]
    placed: list[tuple[float, str | ReportTable]] = []
    for table in tables:
        rows = table.extract()
        budget.spend(sum(map(len, rows)))
        placed.append((table.bbox[1], tuple(tuple(map(_cell, row)) for row in rows)))
    outside = [
        line
        for line in page.extract_text_lines(return_chars=False)
        if not any(_lies_in(line, box) for box in boxes)
    ]
    lines = [(line["top"], line["text"].strip()) for line in outside if line["text"].strip()]
    # The page's number is its last line, and none of the report's.
    placed += lines[: len(unnumbered([words for _, words in lines], page.page_number))]
    return _with_paragraphs([each for _, each in sorted(placed, key=lambda pair: pair[0])])


def _cell(text: str | None) -> str | None:
    return None if text is None else " ".join(text.split())


def _lies_in(line: dict[str, Any], box: tuple[float, float, float, float]) -> bool:
    middle: float = (line["top"] + line["bottom"]) / 2
    return box[1] <= middle <= box[3]


def _with_paragraphs(placed: list[str | ReportTable]) -> list[str | ReportTable]:
    """Lines that the page broke are put together, between one table and the next."""
    material: list[str | ReportTable] = []
    lines: list[str] = []
    for each in [*placed, ()]:
        if isinstance(each, str):
            lines.append(each)
            continue
        material += joined(lines)
        lines = []
        if each:
            material.append(each)
    return material
