"""A report as it is written into a file: a title, and six parts of words and tables."""

import re
from dataclasses import dataclass

from bulletin.domain.oversight.annual_report.content import ReportContent
from bulletin.domain.oversight.annual_report.layout import Layout, TableName
from bulletin.domain.oversight.annual_report.printed_tables import PrintedTable, printed_tables

_BEHIND_THE_YEAR = re.compile(r"(?<=\d年度)|(?<=\d年)(?!度)")
_LINE = 20  # characters of 二号 between the margins of GB/T 9704
NUMERALS = "一二三四五六"
_TABLES_OF_PARTS = {2: TableName.PROACTIVE, 3: TableName.REQUESTS, 4: TableName.REVIEWS}


@dataclass(frozen=True, kw_only=True)
class WrittenPart:
    heading: str  # 一、总体情况
    paragraphs: tuple[str, ...] = ()
    table: PrintedTable | None = None


@dataclass(frozen=True, kw_only=True)
class WrittenReport:
    title: str
    body: str  # who reports: 红崖子沟乡
    parts: tuple[WrittenPart, ...]
    note: str = ""  # under the title: 草稿，还没有发布

    @property
    def title_lines(self) -> list[str]:
        """One that a line does not hold is broken behind the year."""
        return _BEHIND_THE_YEAR.split(self.title, 1) if len(self.title) > _LINE else [self.title]

    @property
    def tables(self) -> dict[TableName, PrintedTable]:
        return {
            name: table
            for number, name in _TABLES_OF_PARTS.items()
            if (table := self.parts[number - 1].table) is not None
        }


def headings_of(layout: Layout) -> tuple[str, ...]:
    """The headings of the six parts with their numbers."""
    return tuple(f"{n}、{words}" for n, words in zip(NUMERALS, layout.parts, strict=True))


def written_parts(
    headings: tuple[str, ...], texts: tuple[str, ...], tables: dict[TableName, PrintedTable]
) -> tuple[WrittenPart, ...]:
    """The six parts: the words of each by paragraphs, and the table that belongs to it."""
    named = {number: tables[name] for number, name in _TABLES_OF_PARTS.items()}
    return tuple(
        WrittenPart(heading=heading, paragraphs=paragraphs_of(text), table=named.get(number))
        for number, (heading, text) in enumerate(zip(headings, texts, strict=True), 1)
    )


def written_of(content: ReportContent, layout: Layout, note: str = "") -> WrittenReport:
    """What a report says, in the layout of its form."""
    tables = printed_tables(layout, content.figures)
    return WrittenReport(
        title=content.title,
        body=content.body,
        parts=written_parts(content.headings, content.texts, tables),
        note=note,
    )


def paragraphs_of(text: str) -> tuple[str, ...]:
    """Its paragraphs, without the blank lines between them."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())
