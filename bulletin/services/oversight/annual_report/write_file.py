"""A report as a file: Word, PDF or web page, from the figures of a year or from a report that was read."""

from pathlib import PurePath

from bulletin.domain.errors import refuse
from bulletin.domain.oversight.annual_report.layout import Layout
from bulletin.domain.oversight.annual_report.printed_tables import printed_tables
from bulletin.domain.oversight.annual_report.written import (
    WrittenReport,
    headings_of,
    written_parts,
)
from bulletin.readers.annual_report.report import read_report
from bulletin.services.site import Site
from bulletin.writers.annual_report.web import write_page
from bulletin.writers.annual_report.word import write_word
from bulletin.writers.annual_report.workbook import write_tables

FORMS = (".docx", ".pdf", ".html", ".xlsx")  # the last: its tables alone


def write_file(site: Site, report: WrittenReport, ending: str) -> bytes:
    """A report in one of `FORMS`, by the ending of its name."""
    if ending == ".docx":
        return write_word(report)
    if ending == ".html":
        return write_page(report)
    if ending == ".xlsx":
        return write_tables(report.tables)
    return site.composer.compose_report(report).pdf


def read_again(site: Site, data: bytes, name: str) -> WrittenReport:
    """A published report as it was read, in its own layout, to be written in another format.

    Raises:
        Refused: it can't be read, or its tables are not those of any form.
    """
    report = read_report(data, name, site.report_layouts)
    layout = report.layout
    if layout is None:
        raise refuse("no_tables", f"{PurePath(name).name}里没有认出年度报告的表。")
    headings = tuple(
        heading or own for (heading, _), own in zip(report.parts, headings_of(layout), strict=True)
    )
    return WrittenReport(
        title=report.title or _plain_title(layout),
        body="",
        parts=written_parts(
            headings,
            tuple(text for _, text in report.parts),
            printed_tables(layout, report.figures, dict(report.row_words)),
        ),
    )


def _plain_title(layout: Layout) -> str:
    return layout.title.replace("{year}年度", "").replace("{year}年", "").replace("{body}", "")
