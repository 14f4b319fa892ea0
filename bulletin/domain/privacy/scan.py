"""The privacy check: personal data in texts, tables and documents.

Reported: identity numbers, mobile phones, bank and social-security cards, and columns whose titles
promise such things, an address or a state of health. Left alone: numbers that are masked already,
landlines, the office's own published phones, amounts, dates, document and register numbers. The
check is help, not proof: names, pictures and what words describe need a person's eyes.

A finding says where and what kind, never the value.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bulletin.domain.notices.content import (
    Attachment,
    Block,
    Document,
    Heading,
    Image,
    ListBlock,
    Paragraph,
    Summary,
    Table,
    Translation,
)
from bulletin.domain.notices.positions import Position
from bulletin.domain.privacy.columns import personal_columns
from bulletin.domain.privacy.findings import PrivacyFinding, office_numbers, quoted, source_of
from bulletin.domain.privacy.kinds import FindingKind
from bulletin.domain.privacy.search import find_numbers
from bulletin.domain.privacy.tables import TableCheck, in_row, scan_table
from bulletin.domain.privacy.text_runs import plain

_MIN_HEADS = 3  # words in a line of text that make it the head of a table
_MAX_HEAD = 12
_NO_HEAD = re.compile(r"[0-9,，。；;、:：]")


def scan_text(
    text: str, place: str, allowed_phones: Iterable[str] = frozenset()
) -> list[PrivacyFinding]:
    """Check running text. With several lines, a finding's place says which: 正文第3段第2行.

    Lines that read as the head of a table (`姓名 身份证号 金额`, as a PDF's text has it) are reported
    as columns.

    Args:
        text: anything that people write.
        place: where the text stands, in Chinese.
        allowed_phones: the office's own published phones, with any punctuation.
    """
    office_phones = office_numbers(allowed_phones)
    return _scan_passage(text, place, office_phones)


def scan_document(
    document: Document, title: str, allowed_phones: Iterable[str] = frozenset()
) -> list[PrivacyFinding]:
    """Check everything that an edition says in words: title, blocks, names of attachments.

    What lies inside pictures and attachments is not read here.
    """
    office_phones = office_numbers(allowed_phones)
    in_title = Position(field="title")
    findings = [replace(f, position=in_title) for f in _scan_passage(title, "标题", office_phones)]
    of_its_kind: Counter[str] = Counter()
    for at, block in enumerate(document.blocks):
        of_its_kind[block.type] += 1
        found = _scan_block(block, at + 1, of_its_kind[block.type], office_phones)
        findings += (replace(f, position=replace(f.position, block=at)) for f in found)
    return findings


def _scan_block(
    block: Block, number: int, of_its_kind: int, office_phones: frozenset[str]
) -> list[PrivacyFinding]:
    place = f"正文第{number}段"
    match block:
        case Heading(text=text) | Paragraph(text=text):
            return _scan_passage(text, place, office_phones)
        case ListBlock(items=items):
            return [
                replace(finding, position=Position(row=row))
                for row, item in enumerate(items)
                for finding in _scan_passage(item, f"{place}第{row + 1}项", office_phones)
            ]
        case Table():
            return _scan_typed_table(block, f"表{of_its_kind}", office_phones)
        case Image(alt=alt, caption=caption):
            seen = _scan_passage(alt, f"图片{of_its_kind}的替代文字", office_phones)
            return seen + _scan_passage(caption, f"图片{of_its_kind}的说明", office_phones)
        case Attachment(name=name):
            return _scan_passage(name, f"附件{of_its_kind}的名称", office_phones)
        case Summary(lines=lines):
            return [
                replace(finding, position=Position(row=row))
                for row, line in enumerate(lines)
                for finding in _scan_passage(
                    f"{line.label} {line.words}", f"明白账第{row + 1}行", office_phones
                )
            ]
        case Translation(language=language, title=title, paragraphs=paragraphs):
            return [
                replace(finding, position=Position(row=row))
                for row, text in enumerate((title, *paragraphs))
                for finding in _scan_passage(text, f"{language.label}第{row}段", office_phones)
            ]


def _scan_passage(text: str, place: str, office_phones: frozenset[str]) -> list[PrivacyFinding]:
    words = plain(text)
    line_ends = [match.start() for match in re.finditer("\n", words)]

    def where(offset: int) -> str:
        return f"{place}第{bisect_right(line_ends, offset) + 1}行" if line_ends else place

    findings = list(_columns_in_text(words.split("\n"), place))
    findings += (
        PrivacyFinding(hit.kind, where(hit.start), hit.masked, source_of(words, hit.start))
        for hit in find_numbers(words, office_phones)
    )
    return findings


def _columns_in_text(lines: Sequence[str], place: str) -> Iterator[PrivacyFinding]:
    for number, line in enumerate(lines[:-1], 1):
        heads = line.split()
        if not _is_head(heads) or len(lines[number].split()) < _MIN_HEADS:
            continue
        for index, _content in personal_columns(heads):
            named = f"{place}第{number}行“{quoted(heads[index])}”"
            yield PrivacyFinding(
                FindingKind.COLUMN, named, "文字中的表格", source_of("\n".join(lines), index)
            )


def _is_head(words: Sequence[str]) -> bool:
    return len(words) >= _MIN_HEADS and all(
        len(word) <= _MAX_HEAD and not _NO_HEAD.search(word) for word in words
    )


def _scan_typed_table(
    table: Table, place: str, office_phones: frozenset[str]
) -> list[PrivacyFinding]:
    titles = [column.title for column in table.columns]
    findings = _scan_passage(table.caption, f"{place}的标题", office_phones)
    findings += scan_table(titles, table.rows, place, office_phones)
    if table.footer:
        check = TableCheck(titles, place, office_phones)
        of_sums = check.row(table.footer, f"{place}合计行")
        findings += (in_row(finding, len(table.rows)) for finding in of_sums)
    return findings
