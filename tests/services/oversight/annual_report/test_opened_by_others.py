"""What a township gives away is opened by LibreOffice as it was written: the Word file and the PDF."""

from collections import Counter

import pytest
from support.annual_reports import filled, layouts, texts_of
from support.libreoffice import needs_libreoffice, printed_by_libreoffice
from support.own_report import YEAR, finish, issued
from support.printed import chars

from bulletin.domain.oversight.annual_report.printed_tables import printed_tables
from bulletin.domain.oversight.annual_report.written import (
    WrittenReport,
    headings_of,
    written_parts,
)
from bulletin.readers.annual_report.report import read_report
from bulletin.services.oversight.annual_report.figures import figures_of
from bulletin.services.oversight.annual_report.write_file import write_file
from bulletin.services.oversight.annual_report.written import kept_file
from bulletin.sheets.pdfium import opened

pytestmark = [
    pytest.mark.slow,
    pytest.mark.sqlite_only(reason="the same files from both"),
    needs_libreoffice,
]
LAYOUTS = tuple(layouts().values())
A4 = (595, 842)  # points
PAGES = 3


def _report(layout):
    figures = filled(layout)
    tables = printed_tables(layout, figures)
    return WrittenReport(
        title=layout.title.format(body="示例乡", year=2025),
        body="示例乡",
        parts=written_parts(headings_of(layout), texts_of(figures), tables),
    )


def _cells(report):
    """The characters of every cell of every table."""
    rows = [row for part in report.parts if part.table for row in part.table.rows]
    return Counter("".join("".join(cell.words.split()) for row in rows for cell in row))


def _characters(pdf):
    """How often each stands on each page."""
    pages = {}
    for each in chars(pdf):
        pages.setdefault(each.page, Counter())[each.char] += 1
    return pages


def _sizes(pdf):
    with opened(pdf) as document:
        return [tuple(round(side) for side in document[n].get_size()) for n in range(len(document))]


@pytest.mark.parametrize("name", ["2019", "2023", "2021"])
def test_the_word_file_printed_by_libreoffice_has_every_cell_on_as_many_pages(
    zhangjia, tmp_path, name
):
    layout = layouts()[name]
    report = _report(layout)
    printed = printed_by_libreoffice(tmp_path, "a.docx", write_file(zhangjia.site, report, ".docx"))
    assert _sizes(printed) == [A4] * PAGES
    everywhere = sum(_characters(printed).values(), Counter())
    assert _cells(report) - everywhere == Counter()
    found = read_report(printed, "a.pdf", LAYOUTS)
    assert (found.layout, found.figures, found.odd) == (layout, filled(layout), ())
    assert [heading for heading, _ in found.parts] == list(headings_of(layout))


@pytest.mark.parametrize("name", ["2019", "2023", "2021"])
def test_the_pdf_is_opened_page_by_page_with_all_that_stands_on_each(zhangjia, tmp_path, name):
    report = _report(layouts()[name])
    own = write_file(zhangjia.site, report, ".pdf")
    printed = printed_by_libreoffice(tmp_path, "a.pdf", own)
    assert _sizes(printed) == _sizes(own) == [A4] * PAGES
    assert _characters(printed) == _characters(own)
    assert _cells(report) - sum(_characters(own).values(), Counter()) == Counter()


@pytest.mark.parametrize("ending", [".docx", ".pdf"])
def test_what_was_kept_of_an_issued_report_is_opened(zhangjia, tmp_path, ending):
    finish(zhangjia)
    number = issued(zhangjia)
    kept = kept_file(zhangjia.site, zhangjia.wang, YEAR, number, ending)
    printed = printed_by_libreoffice(tmp_path, f"a{ending}", kept)
    figures = figures_of(zhangjia.site, zhangjia.wang, YEAR)
    assert set(_sizes(printed)) == {A4}
    if ending == ".docx":
        assert read_report(printed, "a.pdf", LAYOUTS).figures == figures
    else:
        assert _characters(printed) == _characters(kept)
