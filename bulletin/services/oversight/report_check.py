"""Published annual reports against their rules: the sums, the form in force, the words against the tables."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bulletin.domain.errors import Refused, refuse
from bulletin.domain.oversight.annual_report.findings import ReportFinding, ReportVerdict
from bulletin.domain.oversight.annual_report.form_rules import (
    Report,
    content_findings,
    form_findings,
    repeated_text,
)
from bulletin.domain.oversight.annual_report.layout import Figures, Layout, TableName
from bulletin.domain.oversight.annual_report.prose_rules import prose_findings
from bulletin.domain.oversight.annual_report.sum_rules import (
    broken,
    county_findings,
    rules_across_years,
    rules_of_year,
)
from bulletin.readers.annual_report.report import read_report

MAX_REPORT_BYTES = 20 * 1024**2  # of a published report; a scan of one is smaller


@dataclass(frozen=True)
class ReportFile:
    """A report as somebody published it."""

    name: str
    data: bytes


@dataclass(frozen=True)
class CheckedReport:
    name: str
    report: Report | None  # None: it can't be read
    findings: tuple[ReportFinding, ...]


def check_reports(
    layouts: Sequence[Layout],
    files: Sequence[ReportFile],
    *,
    before: ReportFile | None = None,
    county: ReportFile | None = None,
) -> Iterator[CheckedReport]:
    """Each report with what is wrong in it, in the order of the files; the county's comes last.

    Args:
        layouts: the forms, the one in force last.
        before: last year's report of the same body, where there is only one file.
        county: the report that is to be the sum of all of them.

    Raises:
        Refused: last year's report can't be read, or as `refuse_twice`.
    """
    refuse_twice(files, county)
    earlier = read_report(before.data, before.name, layouts) if before else None
    members = []
    for file in files:
        checked = _checked(layouts, file, earlier)
        members.append(checked)
        yield checked
    if county is not None:
        yield _of_county(_checked(layouts, county, None), members)


def refuse_twice(files: Sequence[ReportFile], county: ReportFile | None) -> None:
    """A report that is there twice would count twice in the county's sum, and the county's own as one of its parts.

    Raises:
        Refused: names both files, or the name that two of them have.
    """
    names = Counter(file.name for file in files)
    if same := [name for name, count in names.items() if count > 1]:
        raise refuse("name_twice", f"不止一份叫{same[0]}，分不清是谁的。请改好名字再选。")
    seen: dict[bytes, str] = {}
    for file in files:
        other = seen.setdefault(file.data, file.name)
        if other != file.name:
            raise refuse("file_twice", f"{other}和{file.name}是同一份报告，请只给一份。")
    if county is not None and county.data in seen:
        name = seen[county.data]
        raise refuse("county_among", f"{name}就是县的报告，请不要放在各乡镇、部门的报告里。")


def _checked(layouts: Sequence[Layout], file: ReportFile, earlier: Report | None) -> CheckedReport:
    if len(file.data) > MAX_REPORT_BYTES:
        most = MAX_REPORT_BYTES // 1024**2
        words = (
            f"文件超过{most}兆，没有读。年度报告用不了这么大，请另存一份只有文字和表格的再核对。"
        )
        return CheckedReport(file.name, None, (_unread("file.size", file.name, words),))
    try:
        report = read_report(file.data, file.name, layouts)
    except Refused as refused:
        unread = _unread("file.unread", file.name, str(refused))
        return CheckedReport(file.name, None, (unread,))
    return CheckedReport(file.name, report, tuple(report_findings(report, layouts[-1], earlier)))


def report_findings(
    report: Report, in_force: Layout, earlier: Report | None
) -> Iterator[ReportFinding]:
    yield from form_findings(report, in_force)
    for table in TableName:
        if not any(key.table is table for key in report.figures):
            yield _unread("form.table", table.label, "没有找到这张表，或者是一张图片")
    if report.layout is not None:
        there = {key.table for key in report.figures}
        rules = [rule for rule in rules_of_year(report.layout) if rule.total[0].table in there]
        yield from broken(rules, report.figures)
    yield from content_findings(report)
    yield from prose_findings(report)
    if earlier is not None:
        if report.layout is not None:
            years = rules_across_years(report.layout)
            yield from broken(years, report.figures, earlier.figures)
        yield from repeated_text(report, earlier)


def _of_county(county: CheckedReport, members: Sequence[CheckedReport]) -> CheckedReport:
    """The county's report, and where it is not the sum of the others."""
    report = county.report
    if report is None or report.layout is None:
        return county
    figures: dict[str, Figures] = {
        each.name: each.report.figures if each.report else {} for each in members
    }
    wrong = county_findings(report.layout, report.figures, figures)
    return CheckedReport(county.name, report, (*county.findings, *wrong))


def _unread(rule: str, cell: str, found: str) -> ReportFinding:
    return ReportFinding(
        rule=rule,
        cell=cell,
        expected="",
        found=found,
        verdict=ReportVerdict.NOT_ASSESSABLE,
        words="读不出来",
    )
