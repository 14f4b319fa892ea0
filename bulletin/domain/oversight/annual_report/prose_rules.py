"""Figures in the words of a report, against its tables."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from bulletin.domain.oversight.annual_report.findings import ReportFinding, ReportVerdict
from bulletin.domain.oversight.annual_report.form_rules import Report
from bulletin.domain.oversight.annual_report.layout import CellKey, TableName

_NUMBER = r"(\d{1,3}(?:,\d{3})+|\d+)\s*(?:件|宗|份)"
# Between a word and its figure, in one clause, stands no other figure.
_GAP = r"[^\d]{0,24}?"


_CLAUSE = re.compile(r"(?:[^。；;，（(）)\n、]|(?<=\d),(?=\d))+")
# A figure of a part, of a change or of something else that is counted.
_OF_SOMETHING_ELSE = re.compile(
    r"其中|自然人|企业|机构|较上年|同比|减少|增加|增长|下降|咨询|留言|信件|提案|建议"
)
_OF_CASES = re.compile(r"复议|诉讼")


@dataclass(frozen=True)
class _Prose:
    rule: str
    pattern: re.Pattern[str]
    cells: tuple[CellKey, ...]  # any of which the figure may be, or the sum of all
    verdict: ReportVerdict  # of a clause that says 申请; else it is for a person to look at
    of_cases: bool = False  # 行政复议, 行政诉讼


def _requests(row: str) -> CellKey:
    return CellKey(TableName.REQUESTS, row, "total")


def _reviews(row: str) -> CellKey:
    return CellKey(TableName.REVIEWS, row, "total")


_PROSE = (
    _Prose(
        "prose.received",
        re.compile(rf"新收(?:到)?{_GAP}{_NUMBER}"),
        (_requests("received"),),
        ReportVerdict.FAIL,
    ),
    _Prose(
        "prose.carried_over",
        re.compile(rf"上年(?:度)?结转{_GAP}{_NUMBER}"),
        (_requests("carried_over"),),
        ReportVerdict.FAIL,
    ),
    _Prose(
        "prose.carried_forward",
        re.compile(rf"结转(?:至|到)?(?:下|次|明)年(?:度)?{_GAP}{_NUMBER}"),
        (_requests("carried_forward"),),
        ReportVerdict.FAIL,
    ),
    # What was received is told with or without what last year left, and answers in many ways.
    _Prose(
        "prose.taken",
        re.compile(rf"(?<!新)(?:收到|受理){_GAP}申请{_GAP}{_NUMBER}"),
        (_requests("received"), _requests("carried_over")),
        ReportVerdict.UNCERTAIN,
    ),
    _Prose(
        "prose.handled",
        re.compile(rf"(?:办结|答复)(?!上年){_GAP}申请{_GAP}{_NUMBER}"),
        (_requests("handled"),),
        ReportVerdict.UNCERTAIN,
    ),
    _Prose(
        "prose.reconsideration",
        re.compile(rf"行政复议(?:案件|申请)?{_GAP}{_NUMBER}"),
        (_reviews("reconsideration"),),
        ReportVerdict.UNCERTAIN,
        of_cases=True,
    ),
    _Prose(
        "prose.lawsuits",
        re.compile(rf"行政诉讼(?:案件)?{_GAP}{_NUMBER}"),
        (_reviews("lawsuit_direct"), _reviews("lawsuit_after")),
        ReportVerdict.UNCERTAIN,
        of_cases=True,
    ),
)


def prose_findings(report: Report) -> Iterator[ReportFinding]:
    """Each figure in the words that no figure of its table agrees with, clause by clause."""
    for number, (_heading, text) in enumerate(report.parts, 1):
        for clause in _CLAUSE.findall(text):
            if _OF_SOMETHING_ELSE.search(clause):
                continue
            for prose in _PROSE:
                found = prose.pattern.search(clause)
                if found and bool(_OF_CASES.search(clause)) == prose.of_cases:
                    yield from _compared(report, prose, f"第{number}部分", found)


def _compared(
    report: Report, prose: _Prose, place: str, found: re.Match[str]
) -> Iterator[ReportFinding]:
    if any(cell not in report.figures for cell in prose.cells):
        return  # that a table can't be read is said once, by its sums
    figures = [report.figures[cell] or Decimal(0) for cell in prose.cells]
    told = found[1].replace(",", "")
    if Decimal(told) not in {*figures, sum(figures)}:
        is_sure = "申请" in found.string
        yield ReportFinding(
            rule=prose.rule,
            cell=f"{place}：{found[0]}",
            expected=" 或 ".join(dict.fromkeys(f"{each:f}" for each in figures)),
            found=told,
            verdict=prose.verdict if is_sure else ReportVerdict.UNCERTAIN,
            words="文字与表格不一致",
        )
