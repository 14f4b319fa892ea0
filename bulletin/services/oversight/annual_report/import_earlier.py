"""Last year's report is brought: its figures from a workbook, or a report as it was published."""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import PurePath

from bulletin.domain.errors import Refusal, Refused, refuse
from bulletin.domain.oversight.annual_report.content import ReportContent
from bulletin.domain.oversight.annual_report.form_rules import Report
from bulletin.domain.oversight.annual_report.layout import Layout
from bulletin.domain.people import Actor
from bulletin.readers.annual_report.report import read_report
from bulletin.readers.annual_report.workbook import addressed, read_tables
from bulletin.readers.brought.file import read_brought
from bulletin.readers.brought.worksheets import Workbook
from bulletin.services.history import record
from bulletin.services.oversight.annual_report.reporting_body import ensure_writes
from bulletin.services.oversight.annual_report.written import history_subject
from bulletin.services.site import Site
from bulletin.store.annual_reports import EarlierReport, is_issued

_BOOKS = frozenset({".xlsx", ".xls", ".et", ".csv"})
_YEAR = re.compile(r"(\d{4})\s*年")
_MOST_NAMED = 8  # cells
MAX_NAME = 120  # characters


def import_earlier(
    site: Site, actor: Actor, year: int, name: str, data: bytes, now: datetime
) -> None:
    """Keep the report of a year that was made elsewhere. The same year brought again replaces it.

    Args:
        year: of the report that is brought.

    Raises:
        Refused: not a keeper, issued here, can't be read, of another year, or cells that are wrong, each by its name;
            then nothing is kept.
    """
    ensure_writes(actor)
    report = _read(site, name, data)
    if report.layout is None:
        raise refuse("no_tables", "没有认出年度报告的表。请用下面的空表填好再传，或者换一个文件。")
    own = _YEAR.search(report.title)
    if own and int(own[1]) != year:
        raise refuse("other_year", f"这是{own[1]}年的报告，要的是{year}年的。")
    content = _content(report, report.layout)
    with site.sessions.writing() as session:
        if is_issued(session, actor.township_id, year):
            raise refuse("issued_here", f"{year}年的报告是在这里发布的，以发布的为准。")
        session.add(
            EarlierReport(
                township_id=actor.township_id or None,
                year=year,
                file_name=PurePath(name.replace("\\", "/")).name[:MAX_NAME],
                content=content.as_json(),
                brought_at=now,
                brought_by=actor.id,
            )
        )
        subject = history_subject(actor.township_id, year)
        record(session, actor, "bring_report", subject, now, digest=content.digest)


def _read(site: Site, name: str, data: bytes) -> Report:
    """The report of a file, all of whose cells are there.

    Raises:
        Refused: as `import_earlier` says.
    """
    suffix = PurePath(name).suffix.lower()
    book = read_brought(data, name) if suffix in _BOOKS else None
    if isinstance(book, Workbook):
        report = read_tables(book, site.report_layouts)
    else:
        report, book = read_report(data, name, site.report_layouts), None
    if faults := list(_faults(report, book)):
        left = len(faults) - _MOST_NAMED
        shown = faults[:_MOST_NAMED] + ([f"还有{left}处。"] if left > 0 else [])
        raise Refused(*(Refusal("cell_wrong", words) for words in shown))
    return report


def _faults(report: Report, book: Workbook | None) -> Iterator[str]:
    """Each cell that holds no number, and each row that is missing."""
    if report.layout is None:
        return
    odd = dict(report.odd)
    for where, words in odd.items():
        place = addressed(book, where, words) if book else ""
        yield f"{where}{f'（{place}）' if place else ''}：“{words}”，读不出数字。"
    missing = {
        f"{key.table.label} · {report.layout.row_words(key)}"
        for key in report.layout.cells()
        if key not in report.figures
    }
    for where in sorted(missing - set(odd)):
        if where.partition(" · ")[0] not in odd:
            yield f"{where}：没有找到这一行。"


def _content(report: Report, layout: Layout) -> ReportContent:
    return ReportContent(
        title=report.title,
        body="",
        layout=layout.name,
        headings=tuple(heading for heading, _ in report.parts),
        texts=tuple(text for _, text in report.parts),
        figures=report.figures,
    )
