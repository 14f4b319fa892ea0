"""Figures in the words of a report, against its tables."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from bulletin.domain.oversight.annual_report.findings import Finding, Verdict
from bulletin.domain.oversight.annual_report.form_rules import Report
from bulletin.domain.oversight.annual_report.layout import CellKey, TableName

_NUMBER = r"(\d+)\s*(?:件|宗|份)"
# Between a word and its figure no other figure and no end of a clause: 受理3259件，答复3278件 are two.
_GAP = r"[^\d，,；;。、]{0,24}?"


@dataclass(frozen=True)
class _Prose:
    rule: str
    pattern: re.Pattern[str]
    cells: tuple[CellKey, ...]  # any of which the figure may be, or the sum of all
    verdict: Verdict


def _requests(row: str) -> CellKey:
    return CellKey(TableName.REQUESTS, row, "total")


def _reviews(row: str) -> CellKey:
    return CellKey(TableName.REVIEWS, row, "total")


_PROSE = (
    _Prose(
        "prose.received",
        re.compile(rf"新收(?:到)?{_GAP}{_NUMBER}"),
        (_requests("received"),),
        Verdict.FAIL,
    ),
    _Prose(
        "prose.carried_over",
        re.compile(rf"上年(?:度)?结转{_GAP}{_NUMBER}"),
        (_requests("carried_over"),),
        Verdict.FAIL,
    ),
    _Prose(
        "prose.carried_forward",
        re.compile(rf"结转(?:至|到)?(?:下|次|明)年(?:度)?{_GAP}{_NUMBER}"),
        (_requests("carried_forward"),),
        Verdict.FAIL,
    ),
    # What was received is told with or without what last year left, and answers in many ways.
    _Prose(
        "prose.taken",
        re.compile(rf"(?<!新)(?:收到|受理){_GAP}申请{_GAP}{_NUMBER}"),
        (_requests("received"), _requests("carried_over")),
        Verdict.UNCERTAIN,
    ),
    _Prose(
        "prose.handled",
        re.compile(rf"(?:办结|答复){_GAP}{_NUMBER}"),
        (_requests("handled"),),
        Verdict.UNCERTAIN,
    ),
    _Prose(
        "prose.reconsideration",
        re.compile(rf"行政复议(?:案件|申请)?{_GAP}{_NUMBER}"),
        (_reviews("reconsideration"),),
        Verdict.UNCERTAIN,
    ),
    _Prose(
        "prose.lawsuits",
        re.compile(rf"行政诉讼(?:案件)?{_GAP}{_NUMBER}"),
        (_reviews("lawsuit_direct"), _reviews("lawsuit_after")),
        Verdict.UNCERTAIN,
    ),
)


def prose_findings(report: Report) -> Iterator[Finding]:
    """Each figure in the words that no figure of its table agrees with."""
    for number, (_heading, text) in enumerate(report.parts, 1):
        for prose in _PROSE:
            for found in prose.pattern.finditer(text):
                yield from _compared(report, prose, f"第{number}部分", found)


def _compared(report: Report, prose: _Prose, place: str, found: re.Match[str]) -> Iterator[Finding]:
    if any(cell not in report.figures for cell in prose.cells):
        return  # that a table can't be read is said once, by its sums
    figures = [report.figures[cell] or Decimal(0) for cell in prose.cells]
    if Decimal(found[1]) not in {*figures, sum(figures)}:
        yield Finding(
            rule=prose.rule,
            cell=f"{place}：{found[0]}",
            expected=" 或 ".join(dict.fromkeys(f"{each:f}" for each in figures)),
            found=found[1],
            verdict=prose.verdict,
            words="文字与表格不一致",
        )
