"""What the check finds in a report before it is issued, and what people said to it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bulletin.domain.digests import canonical, sha256_hex
from bulletin.domain.oversight.annual_report.counts import ReportCount
from bulletin.domain.oversight.annual_report.drafts import TO_WRITE, TextPart
from bulletin.domain.oversight.annual_report.fields import unknown_fields
from bulletin.domain.oversight.annual_report.findings import ReportFinding, ReportVerdict
from bulletin.domain.oversight.annual_report.sum_rules import (
    COUNTY_SUM,
    OF_MEMBERS,
    county_findings,
)
from bulletin.domain.people import Actor
from bulletin.services.oversight.annual_report.written import StandingReport
from bulletin.services.oversight.report_check import report_findings
from bulletin.services.site import Site
from bulletin.store.annual_reports import remarks_of

_KEY = 16  # hexadecimal digits by which a page names a finding
Told = tuple[str, str, str, str]  # rule, cell, expected, found


@dataclass(frozen=True, kw_only=True)
class ReportFindingLine:
    finding: ReportFinding
    key: str
    reason: str  # what a person said to it; '' while nobody did
    said_by: str

    @property
    def stops(self) -> bool:
        """Whether the report is not issued as long as nobody said why: it is wrong, or a part of the sum lacks."""
        return (self.finding.is_fault or self.finding.rule == COUNTY_SUM) and not self.reason


def finding_lines(
    site: Site, actor: Actor, year: int, report: StandingReport
) -> list[ReportFindingLine]:
    """What was found, what stops the report first; what somebody explained or dismissed last."""
    with site.sessions.reading() as session:
        remarks = {
            (each.rule, each.cell, each.expected, each.found): (
                each.reason,
                each.maker.name if each.maker else "",
            )
            for each in session.scalars(remarks_of(actor.township_id, year))
        }
    lines = [_line(finding, remarks) for finding in _found(site, year, report)]
    return sorted(lines, key=lambda line: (bool(line.reason), not line.stops))


def told(finding: ReportFinding) -> Told:
    """What makes a finding the same one: where the figures change, it is another."""
    return finding.rule, finding.cell, finding.expected, finding.found


def _line(finding: ReportFinding, remarks: Mapping[Told, tuple[str, str]]) -> ReportFindingLine:
    reason, said_by = remarks.get(told(finding), ("", ""))
    key = sha256_hex(canonical(told(finding)))[:_KEY]
    return ReportFindingLine(finding=finding, key=key, reason=reason, said_by=said_by)


def _found(site: Site, year: int, report: StandingReport) -> Iterator[ReportFinding]:
    earlier = report.earlier.report(site.report_layouts) if report.earlier else None
    yield from report_findings(
        report.content.report(site.report_layouts), site.report_layout(year), earlier
    )
    yield from _of_members(site, year, report)
    if report.earlier is None:
        yield _finding(
            *("years.before", "上年的报告", "上年的数字", "没有"),
            "上年结转、现行有效要和上年的报告对",
            ReportVerdict.NOT_ASSESSABLE,
        )
    for part in TextPart:
        where, text = f"第{part.number}部分", report.texts[part]
        for name in unknown_fields(text, report.values):
            words = "没有叫这个名字的数字"
            yield _finding(
                *("text.field", where, "有的名字", f"【{name}】"), words, ReportVerdict.FAIL
            )
        for found in dict.fromkeys(TO_WRITE.findall(text)):
            words = "还没有写"
            yield _finding(*("text.unfinished", where, "", found), words, ReportVerdict.FAIL)
    yield from _request_fees(report)


def _of_members(site: Site, year: int, report: StandingReport) -> Iterator[ReportFinding]:
    """Where a county's report is incomplete, as a township has issued none, or is not the sum of those that have."""
    if lacking := [each.name for each in report.members if each.content is None]:
        words, found = OF_MEMBERS, f"还没有发布：{'、'.join(lacking)}"
        yield _finding(
            *(COUNTY_SUM, "全部", f"{len(report.members)}个乡镇都发布", found),
            words,
            ReportVerdict.NOT_ASSESSABLE,
        )
    members = {each.name: each.content.figures for each in report.members if each.content}
    if members:
        yield from county_findings(site.report_layout(year), report.content.figures, members)


def _request_fees(report: StandingReport) -> Iterator[ReportFinding]:
    """六 says nothing of what applicants paid (国办函〔2020〕109号)."""
    paid = report.values.get(ReportCount.REQUEST_FEES.label, "0")
    others = report.texts[TextPart.OTHERS]
    if paid not in {"", "0"} and "费" not in others:
        where, expected = f"第{TextPart.OTHERS.number}部分", f"信息处理费{paid}元"
        yield _finding(
            *("text.request_fees", where, expected, others.strip()),
            "收了信息处理费，第六部分要写",
            ReportVerdict.FAIL,
        )


def _finding(
    rule: str, cell: str, expected: str, found: str, words: str, verdict: ReportVerdict
) -> ReportFinding:
    return ReportFinding(
        rule=rule, cell=cell, expected=expected, found=found, verdict=verdict, words=words
    )
