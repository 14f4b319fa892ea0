"""How the form of a report differs from the one in force, and what its text leaves open."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from bulletin.domain.oversight.annual_report.findings import ReportFinding, ReportVerdict
from bulletin.domain.oversight.annual_report.layout import CellKey, Figures, Layout, TableName
from bulletin.domain.oversight.annual_report.words import plain

_MIN_PROBLEMS = 10  # characters of part 五
# The parts in a body's own words, and from how many characters on a sentence is no set phrase (没有收取信息处理费).
_OWN_WORDS = {1: ("第一部分", 20), 5: ("第五部分", _MIN_PROBLEMS), 6: ("第六部分", 20)}
# What can be said of any place, and says nothing about this one.
_ANYWHERE = re.compile(r"部分地区|一些地方|一些地区|有的地方|各级政府部门|个别地区")
_OF_FEES = re.compile(r"收费|信息处理费|收取")


@dataclass(frozen=True, kw_only=True)
class Report:
    """A report as it was read."""

    parts: tuple[
        tuple[str, str], ...
    ]  # of each of the six the heading and the text; '' where it was not found
    figures: Figures
    layout: Layout | None  # whose tables it has; None where not all of them were found
    row_words: tuple[
        tuple[CellKey, str], ...
    ] = ()  # what rows are called that the form calls otherwise
    title: str = ""  # 红崖子沟乡2023年度政府信息公开工作报告; '' where none was found
    odd: tuple[tuple[str, str], ...] = ()  # rows that could not be read: where, and why

    def text_of(self, number: int) -> str:
        """The words of one of the six parts, from 1."""
        return self.parts[number - 1][1]

    @property
    def has_parts(self) -> bool:
        return any(heading for heading, _ in self.parts)


def form_findings(report: Report, in_force: Layout) -> Iterator[ReportFinding]:
    """Where a report has another form than the one in force, part by part."""
    if not report.has_parts:
        yield _finding(
            *("form.heading", "六个部分", "", "没有认出标题"),
            "读不出来",
            ReportVerdict.NOT_ASSESSABLE,
        )
    for number, heading in enumerate(in_force.parts if report.has_parts else (), 1):
        written = report.parts[number - 1][0]
        if not written:
            where = f"第{number}部分", heading, "没有找到"
            yield _finding("form.heading", *where, "与现行样式不同", ReportVerdict.UNCERTAIN)
        elif plain(written) != plain(heading):
            yield _of_form("form.heading", f"第{number}部分", heading, written)
    for key, words in report.row_words:
        yield _of_form("form.row", key.table.label, in_force.row_words(key), words)
    layout = report.layout
    if layout is None:
        return
    wanted, there = set(in_force.cells()), set(layout.cells())
    for table in TableName:
        rows = {key.row for key in wanted - there if key.table is table}
        more = {key.row for key in there - wanted if key.table is table}
        if rows or more:
            count = f"{len({k.row for k in there if k.table is table})}行"
            expected = f"{len({k.row for k in wanted if k.table is table})}行（{in_force.order}）"
            yield _of_form("form.rows", table.label, expected, f"{count}（{layout.name}年的样式）")


def _of_form(rule: str, cell: str, expected: str, found: str) -> ReportFinding:
    return _finding(rule, cell, expected, found, "与现行样式不同", ReportVerdict.FAIL)


def _finding(
    rule: str, cell: str, expected: str, found: str, words: str, verdict: ReportVerdict
) -> ReportFinding:
    return ReportFinding(
        rule=rule, cell=cell, expected=expected, found=found, verdict=verdict, words=words
    )


def content_findings(report: Report) -> Iterator[ReportFinding]:
    """Cells without a figure, a part that says nothing, and words that would fit anybody."""
    if report.layout is not None:
        for key in report.layout.cells():
            if key in report.figures and report.figures[key] is None:
                yield _said(
                    "form.empty_cell", report.layout.words_of(key), "0", "空格", "没有的要填0"
                )
    for where, found in report.odd:
        words = "这一行读不出数字"
        yield _finding("form.no_number", where, "数字", found, words, ReportVerdict.NOT_ASSESSABLE)
    problems, others = report.text_of(5), report.text_of(6)
    if report.parts[4][0] and len("".join(problems.split())) < _MIN_PROBLEMS:
        yield _said(
            "text.problems", "第五部分", "存在的问题和改进情况", problems, "要写本机关自己的问题"
        )
    fees = _fees(report.figures)
    if fees and report.parts[5][0] and not _OF_FEES.search(others):
        words = "收了费，第六部分要写"
        yield _said("text.fees", "第六部分", f"收费{fees}万元", others.strip(), words)
    for number, (heading, text) in enumerate(report.parts, 1):
        for found in dict.fromkeys(_ANYWHERE.findall(text)):
            cell = f"第{number}部分 {heading}"
            words = "放到哪里都能说的话，看不出说的是本机关"
            yield _finding(
                *("text.of_nobody", cell, "本机关的情况", found), words, ReportVerdict.UNCERTAIN
            )


def _fees(figures: Figures) -> Decimal | None:
    return figures.get(CellKey(TableName.PROACTIVE, "fees", "amount"))


def _said(rule: str, cell: str, expected: str, found: str, words: str) -> ReportFinding:
    return _finding(rule, cell, expected, found, words, ReportVerdict.FAIL)


def repeated_text(report: Report, before: Report) -> Iterator[ReportFinding]:
    """Sentences of the parts 一, 五 and 六 that stood there in last year's report word for word."""
    for number, (part, least) in _OWN_WORDS.items():
        earlier = set(_sentences(before.text_of(number), least))
        for sentence in _sentences(report.text_of(number), least):
            if sentence in earlier:
                words = "与上年一字不差"
                yield _finding(
                    *("text.repeated", part, "今年的情况", sentence),
                    words,
                    ReportVerdict.UNCERTAIN,
                )


def _sentences(text: str, least: int) -> list[str]:
    """Sentences without their numbering, those of so many characters."""
    found = (
        re.sub(r"^\W*[\d一二三四五六七八九十]+[.．、）)]\s*", "", each.strip())
        for each in re.split(r"[。\n]", text)
    )
    return [each for each in found if len(each) >= least]
