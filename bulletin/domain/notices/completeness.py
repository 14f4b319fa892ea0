"""What a draft still lacks before somebody else can review it, and what a person is asked about."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import zip_longest

from bulletin.domain.amounts import signed_amount
from bulletin.domain.days import day_words
from bulletin.domain.notices.content import (
    Attachment,
    Block,
    Document,
    Heading,
    Image,
    ListBlock,
    Paragraph,
    Table,
    texts,
)
from bulletin.domain.notices.draft_checks import DraftCheck, Weight

_AMOUNT = re.compile(
    r"[\d零〇一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟][,，.\d]*\s*[万亿]?元"
)

_Placed = tuple[int, str]  # block, counted from 0, and the heading's words


@dataclass(frozen=True, kw_only=True)
class DraftFacts:
    """An edition as far as its completeness is concerned."""

    title: str
    document: Document
    uploaded: frozenset[str] = frozenset()  # SHA-256 of the files that arrived
    edition: int = 1  # from 2 on a correction
    change_note: str = ""
    publish_at: datetime | None = None  # the chosen moment; None: with the last step
    is_finance: bool = False  # one of its items is 财务
    late_words: str = ""  # how much later than due the chosen moment is
    reports_until: date | None = None  # the last day that it reports on, when that is still to come


def missing(draft: DraftFacts, now: datetime) -> tuple[DraftCheck, ...]:
    """Everything that is still to be written, chosen or uploaded; empty when it may be submitted."""
    return (*_in_title_and_text(draft), *_in_blocks(draft), *_around_the_text(draft, now))


def doubts(draft: DraftFacts) -> tuple[DraftCheck, ...]:
    """What goes on only when a person says that it is meant so, or why; empty when nothing is odd."""
    return tuple(_odd_things(draft))


def _odd_things(draft: DraftFacts) -> Iterator[DraftCheck]:
    if draft.is_finance and not _has_figures(draft.document):
        words = "财务公开里没有一个金额，请补上。确实没有收支的，核对后再提交。"
        yield DraftCheck(code="no_figures", words=words, weight=Weight.DOUBT)
    for place, title in _blank_headings(draft.document):
        words = f"小标题“{title}”下面还是空的，请补写或删掉；确实要这样公开的，核对后再提交。"
        yield DraftCheck(code="heading_blank", words=words, weight=Weight.DOUBT, block=place)
    if draft.reports_until is not None:
        day = day_words(draft.reports_until)
        words = f"这一期到{day}才结束，现在报的不是全期。确实要提前公开的，写明原因再提交。"
        yield DraftCheck(code="period_runs", words=words, weight=Weight.REASON)
    if draft.late_words:
        words = (
            f"{draft.late_words}。请把发布时间改早；确实要到那天的，核对后再提交，审查的人会看到。"
        )
        yield DraftCheck(code="planned_late", words=words, weight=Weight.DOUBT, field="publish_at")


def _has_figures(document: Document) -> bool:
    """Whether some amount stands in a table or in the text; an attachment may hold them."""
    tables = [block for block in document.blocks if isinstance(block, Table)]
    cells = (cell for table in tables for row in (*table.rows, table.footer or ()) for cell in row)
    return (
        any(isinstance(block, Attachment) for block in document.blocks)
        or any(signed_amount(cell) is not None for cell in cells)
        or any(_AMOUNT.search(text) for text in texts(document))
    )


def _in_title_and_text(draft: DraftFacts) -> Iterator[DraftCheck]:
    if not draft.title.strip():
        yield DraftCheck(code="title_missing", words="请写标题。", field="title")
    if draft.document.is_empty:
        words = "正文还是空的，请写好再提交。"
        yield DraftCheck(code="content_missing", words=words, field="document")
    for place, title in _empty_headings(draft.document):
        words = f"小标题“{title}”下面还没有内容，请补写，或删掉这个小标题。"
        yield DraftCheck(code="heading_empty", words=words, block=place)


def _is_blank(block: Block) -> bool:
    match block:
        case Paragraph(text=text):
            return not text.strip()
        case ListBlock(items=items):
            return not any(item.strip() for item in items)
        case _:
            return False


def _empty_headings(document: Document) -> list[_Placed]:
    """Headings with nothing under them, not even a smaller heading."""
    return _headings_without_text(list(enumerate(document.blocks)))


def _blank_headings(document: Document) -> list[_Placed]:
    """Headings with blank lines under them and nothing else, as an outline begins."""
    filled = [(at, block) for at, block in enumerate(document.blocks) if not _is_blank(block)]
    empty = _empty_headings(document)
    return [heading for heading in _headings_without_text(filled) if heading not in empty]


def _headings_without_text(blocks: Sequence[tuple[int, Block]]) -> list[_Placed]:
    return [
        (at, block.text)
        for (at, block), (_, after) in zip_longest(blocks, blocks[1:], fillvalue=(0, None))
        if isinstance(block, Heading)
        and (after is None or (isinstance(after, Heading) and after.level <= block.level))
    ]


def _in_blocks(draft: DraftFacts) -> Iterator[DraftCheck]:
    for at, block in enumerate(draft.document.blocks):
        if isinstance(block, Image | Attachment) and block.file not in draft.uploaded:
            words = "有图片或附件没有上传成功，请删掉它，重新上传。"
            yield DraftCheck(code="file_missing", words=words, block=at)
        if isinstance(block, Image) and not block.alt:
            words = "每张图片要写一句文字说明，看不清图的人靠它。"
            yield DraftCheck(code="alt_missing", words=words, block=at)
        for column, head in enumerate(block.columns if isinstance(block, Table) else ()):
            if not head.title:
                words = "表格的每一列都要有列名。"
                yield DraftCheck(code="column_untitled", words=words, block=at, column=column)


def _around_the_text(draft: DraftFacts, now: datetime) -> Iterator[DraftCheck]:
    if draft.edition > 1 and not draft.change_note:
        words = "更正要写明改了什么、为什么改。"
        yield DraftCheck(code="change_note_missing", words=words, field="change_note")
    if draft.publish_at is not None and draft.publish_at < now:
        words = "选定的发布时间已经过了，请改时间，或选审完即发布。"
        yield DraftCheck(code="moment_passed", words=words, field="publish_at")
