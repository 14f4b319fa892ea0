"""The privacy check: personal data in texts, tables and documents.

Rings: identity numbers, mobile phones, bank and social-security cards, and columns whose titles
promise such things, an address or a state of health. Silent: numbers that are masked already,
landlines, the office's own published phones, amounts, dates, document and register numbers. The
check is help, not proof: names, pictures and what words describe need a person's eyes.

A finding says where and what kind, never the value.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from bulletin.domain.digests import sha256_hex
from bulletin.domain.notices.content import (
    Attachment,
    Document,
    Heading,
    Image,
    ListBlock,
    Paragraph,
    Table,
)
from bulletin.domain.privacy.columns import is_shown, personal_columns
from bulletin.domain.privacy.numbers import FindingKind, bare_mobile
from bulletin.domain.privacy.search import find_numbers
from bulletin.domain.privacy.text_runs import plain

__all__ = [
    "FindingKind",
    "PrivacyFinding",
    "quoted",
    "scan_document",
    "scan_table",
    "scan_text",
]


@dataclass(frozen=True)
class PrivacyFinding:
    """One piece of personal data.

    `place` is in Chinese, for the liaison who looks for it. `masked` is all that may be shown:
    first and last two places of an identity number, the leading 1 of a phone, the last two places
    of a card, the count of filled cells of a column.
    """

    kind: FindingKind
    place: str
    masked: str
    # SHA-256 of the words it was found in and where: whoever cleared it cleared just this.
    source: str = field(default="", repr=False, compare=False)


def scan_text(
    text: str, place: str, allowed_phones: Iterable[str] = frozenset()
) -> list[PrivacyFinding]:
    """Check running text. With several lines, a finding's place says which: 正文第3段第2行.

    Lines that read as the head of a table (`姓名 身份证号 金额`, as a PDF's text has it) ring as
    columns.

    Args:
        text: anything that people write.
        place: where the text stands, in Chinese.
        allowed_phones: the office's own published phones, with any punctuation.
    """
    offices = _office_numbers(allowed_phones)
    return _scan_passage(text, place, offices)


def scan_table(
    titles: Sequence[str],
    rows: Sequence[Sequence[str]],
    place: str,
    allowed_phones: Iterable[str] = frozenset(),
    *,
    first_row: int = 1,
) -> list[PrivacyFinding]:
    """Check a table: its column titles, then every cell (表1第3行“备注”).

    A column rings when one of its cells at least is neither empty nor masked.

    Args:
        titles: column titles, as many as there are; further columns are called by their number.
        rows: cells as text; rows may be of unequal length.
        place: what the table is called.
        allowed_phones: the office's own published phones, with any punctuation.
        first_row: what the first of `rows` is called.
    """
    table = _TableCheck(titles, place, _office_numbers(allowed_phones))
    findings = [*table.columns(rows), *table.titles_themselves()]
    for number, row in enumerate(rows, first_row):
        findings.extend(table.row(row, f"{place}第{number}行"))
    return findings


def scan_document(
    document: Document, title: str, allowed_phones: Iterable[str] = frozenset()
) -> list[PrivacyFinding]:
    """Check everything that an edition says in words: title, blocks, names of attachments.

    What lies inside pictures and attachments is not read here.
    """
    offices = _office_numbers(allowed_phones)
    findings = _scan_passage(title, "标题", offices)
    tables = images = attachments = 0
    for number, block in enumerate(document.blocks, 1):
        match block:
            case Heading(text=text) | Paragraph(text=text):
                findings += _scan_passage(text, f"正文第{number}段", offices)
            case ListBlock(items=items):
                for item_number, item in enumerate(items, 1):
                    findings += _scan_passage(item, f"正文第{number}段第{item_number}项", offices)
            case Table():
                tables += 1
                findings += _scan_typed_table(block, f"表{tables}", offices)
            case Image(alt=alt, caption=caption):
                images += 1
                findings += _scan_passage(alt, f"图片{images}的替代文字", offices)
                findings += _scan_passage(caption, f"图片{images}的说明", offices)
            case Attachment(name=name):
                attachments += 1
                findings += _scan_passage(name, f"附件{attachments}的名称", offices)
    return findings


def quoted(words: str) -> str:
    """Words as a place may quote them: one short line, longer rows of figures starred out."""
    line = re.sub(r"\s+", "", words)
    starred = (
        _LONG_FIGURES.sub("*******", plain(line)) if _LONG_FIGURES.search(plain(line)) else line
    )
    return starred if len(starred) <= _MAX_QUOTE else f"{starred[:_MAX_QUOTE]}…"


def _office_numbers(phones: Iterable[str]) -> frozenset[str]:
    """Published phones as they are compared: figures only, without the country prefix."""
    return frozenset(bare_mobile(re.sub(r"[^0-9]", "", plain(phone))) for phone in phones)


# --- passages ----------------------------------------------------------------------------------

_LONG_FIGURES = re.compile(r"[0-9](?:[ ._*-]{0,3}[0-9]){6,}[Xx]?")
_MAX_QUOTE = 20
_MIN_HEADS = 3  # words in a line of text that make it the head of a table
_MAX_HEAD = 12
_NO_HEAD = re.compile(r"[0-9,，。；;、:：]")


def _scan_passage(text: str, place: str, offices: frozenset[str]) -> list[PrivacyFinding]:
    words = plain(text)
    line_ends = [found.start() for found in re.finditer("\n", words)]

    def where(offset: int) -> str:
        return f"{place}第{bisect_right(line_ends, offset) + 1}行" if line_ends else place

    findings = list(_columns_in_text(words.split("\n"), place))
    findings += (
        PrivacyFinding(hit.kind, where(hit.start), hit.masked, _source(words, hit.start))
        for hit in find_numbers(words, offices)
    )
    return findings


def _source(words: str, start: int) -> str:
    return sha256_hex(f"{start}\0{words}".encode())


def _columns_in_text(lines: Sequence[str], place: str) -> Iterator[PrivacyFinding]:
    for number, line in enumerate(lines[:-1], 1):
        heads = line.split()
        if not _is_head(heads) or len(lines[number].split()) < _MIN_HEADS:
            continue
        for index, _topic in personal_columns(heads):
            named = f"{place}第{number}行“{quoted(heads[index])}”"
            yield PrivacyFinding(
                FindingKind.COLUMN, named, "文字中的表格", _source("\n".join(lines), index)
            )


def _is_head(words: Sequence[str]) -> bool:
    return len(words) >= _MIN_HEADS and all(
        len(word) <= _MAX_HEAD and not _NO_HEAD.search(word) for word in words
    )


# --- tables ------------------------------------------------------------------------------------

_MIN_BOXES = 15  # cells of one figure each, as forms give an identity number its boxes


@dataclass(frozen=True)
class _TableCheck:
    titles: Sequence[str]
    place: str
    offices: frozenset[str]

    def columns(self, rows: Sequence[Sequence[str]]) -> Iterator[PrivacyFinding]:
        for index, topic in personal_columns(self.titles):
            shown = sum(
                is_shown(row[index], topic, self.offices) for row in rows if index < len(row)
            )
            if shown:
                place = f"{self.place}第{index + 1}列“{quoted(self.titles[index])}”"
                words = "\n".join(row[index] for row in rows if index < len(row))
                yield PrivacyFinding(
                    FindingKind.COLUMN, place, f"{shown}格有内容", _source(words, index)
                )

    def titles_themselves(self) -> Iterator[PrivacyFinding]:
        for index, title in enumerate(self.titles, 1):
            for hit in find_numbers(plain(title), self.offices):
                source = _source(title, hit.start)
                yield PrivacyFinding(hit.kind, f"{self.place}第{index}列的标题", hit.masked, source)

    def row(self, cells: Sequence[str], place: str) -> Iterator[PrivacyFinding]:
        left = ""
        for index, cell in enumerate(cells):
            if any(char.isdecimal() for char in cell):
                context = f"{self._title(index)} {left}"
                for hit in find_numbers(plain(cell), self.offices, context):
                    source = _source(cell, hit.start)
                    yield PrivacyFinding(
                        hit.kind, f"{place}{self._named(index)}", hit.masked, source
                    )
            left = cell
        yield from self._boxes(cells, place)

    def _boxes(self, cells: Sequence[str], place: str) -> Iterator[PrivacyFinding]:
        single = "".join(cell.strip() if len(cell.strip()) == 1 else "\t" for cell in cells)
        if len(single) - single.count("\t") < _MIN_BOXES:
            return
        for hit in find_numbers(plain(single), self.offices):
            if hit.kind is FindingKind.ID_NUMBER:
                yield PrivacyFinding(hit.kind, f"{place}{self._named(hit.start)}", hit.masked)

    def _title(self, index: int) -> str:
        return self.titles[index] if index < len(self.titles) else ""

    def _named(self, index: int) -> str:
        title = quoted(self._title(index))
        return f"“{title}”" if title else f"第{index + 1}列"


def _scan_typed_table(table: Table, place: str, offices: frozenset[str]) -> list[PrivacyFinding]:
    titles = [column.title for column in table.columns]
    findings = _scan_passage(table.caption, f"{place}的标题", offices)
    findings += scan_table(titles, table.rows, place, offices)
    if table.footer:
        check = _TableCheck(titles, place, offices)
        findings += check.row(table.footer, f"{place}合计行")
    return findings
