"""The privacy check: personal data in texts, tables and documents.

Reported: identity numbers, mobile phones, bank and social-security cards, and columns whose titles
promise such things, an address or a state of health. Left alone: numbers that are masked already,
landlines, the office's own published phones, amounts, dates, document and register numbers. The
check is help, not proof: names, pictures and what words describe need a person's eyes.

A finding says where and what kind, never the value.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from bulletin.domain.notices.content import (
    Attachment,
    Document,
    Heading,
    Image,
    ListBlock,
    Paragraph,
    Table,
)
from bulletin.domain.privacy.columns import personal_columns
from bulletin.domain.privacy.findings import PrivacyFinding, office_numbers, quoted, source_of
from bulletin.domain.privacy.kinds import FindingKind
from bulletin.domain.privacy.search import find_numbers
from bulletin.domain.privacy.tables import TableCheck, scan_table
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
    findings = _scan_passage(title, "标题", office_phones)
    tables = images = attachments = 0
    for number, block in enumerate(document.blocks, 1):
        match block:
            case Heading(text=text) | Paragraph(text=text):
                findings += _scan_passage(text, f"正文第{number}段", office_phones)
            case ListBlock(items=items):
                for item_number, item in enumerate(items, 1):
                    findings += _scan_passage(
                        item, f"正文第{number}段第{item_number}项", office_phones
                    )
            case Table():
                tables += 1
                findings += _scan_typed_table(block, f"表{tables}", office_phones)
            case Image(alt=alt, caption=caption):
                images += 1
                findings += _scan_passage(alt, f"图片{images}的替代文字", office_phones)
                findings += _scan_passage(caption, f"图片{images}的说明", office_phones)
            case Attachment(name=name):
                attachments += 1
                findings += _scan_passage(name, f"附件{attachments}的名称", office_phones)
    return findings


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
        findings += check.row(table.footer, f"{place}合计行")
    return findings
