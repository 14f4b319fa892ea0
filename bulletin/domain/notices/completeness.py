"""What a draft still lacks before somebody else can review it, and what a person is asked about."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import zip_longest

from bulletin.domain.amounts import amount_of
from bulletin.domain.days import day_words
from bulletin.domain.errors import Refusal
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

_AMOUNT = re.compile(
    r"[\d零〇一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟][,，.\d]*\s*[万亿]?元"
)


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


def missing(draft: DraftFacts, now: datetime) -> tuple[Refusal, ...]:
    """Everything that is still to be written, chosen or uploaded; empty when it may be submitted."""
    return (*_in_title_and_text(draft), *_in_blocks(draft.document), *_around_the_text(draft, now))


def doubts(draft: DraftFacts) -> tuple[Refusal, ...]:
    """What goes on only when a person says that it is meant so; empty when nothing is odd."""
    return tuple(_odd_things(draft))


def _odd_things(draft: DraftFacts) -> Iterator[Refusal]:
    if draft.is_finance and not _has_figures(draft.document):
        yield Refusal(
            "no_figures", "财务公开里没有一个金额，请补上。确实没有收支的，核对后再提交。"
        )
    if blank := _blank_headings(draft.document):
        words = f"这些小标题下面还是空的：{'、'.join(blank)}。请补写或删掉；确实要这样公开的，核对后再提交。"
        yield Refusal("heading_blank", words)
    if draft.reports_until is not None:
        words = f"这一期到{day_words(draft.reports_until)}才结束，现在报的不是全期。确实要提前公开的，核对后再提交。"
        yield Refusal("period_runs", words)
    if draft.late_words:
        words = (
            f"{draft.late_words}。请把发布时间改早；确实要到那天的，核对后再提交，审查的人会看到。"
        )
        yield Refusal("planned_late", words)


DOUBTS = frozenset(
    {"no_figures", "heading_blank", "period_runs", "planned_late"}
)  # the codes of `doubts`


def _has_figures(document: Document) -> bool:
    """Whether some amount stands in a table or in the text; an attachment may hold them."""
    tables = [block for block in document.blocks if isinstance(block, Table)]
    cells = (cell for table in tables for row in (*table.rows, table.footer or ()) for cell in row)
    return (
        any(isinstance(block, Attachment) for block in document.blocks)
        or any(amount_of(cell) is not None for cell in cells)
        or any(_AMOUNT.search(text) for text in texts(document))
    )


def _in_title_and_text(draft: DraftFacts) -> Iterator[Refusal]:
    if not draft.title.strip():
        yield Refusal("title_missing", "请写标题。")
    if draft.document.is_empty:
        yield Refusal("content_missing", "正文还是空的，请写好再提交。")
    for title in _empty_headings(draft.document):
        words = f"小标题“{title}”下面还没有内容，请补写，或删掉这个小标题。"
        yield Refusal("heading_empty", words)


def _is_blank(block: Block) -> bool:
    match block:
        case Paragraph(text=text):
            return not text.strip()
        case ListBlock(items=items):
            return not any(item.strip() for item in items)
        case _:
            return False


def _empty_headings(document: Document) -> list[str]:
    """Headings with nothing under them, not even a smaller heading."""
    return _headings_without_text(document.blocks)


def _blank_headings(document: Document) -> list[str]:
    """Headings with blank lines under them and nothing else, as an outline begins."""
    written = _headings_without_text([b for b in document.blocks if not _is_blank(b)])
    empty = _empty_headings(document)
    return [title for title in written if title not in empty]


def _headings_without_text(blocks: Sequence[Block]) -> list[str]:
    return [
        block.text
        for block, after in zip_longest(blocks, blocks[1:])
        if isinstance(block, Heading)
        and (after is None or (isinstance(after, Heading) and after.level <= block.level))
    ]


def _in_blocks(document: Document) -> Iterator[Refusal]:
    for block in document.blocks:
        if isinstance(block, Image) and not block.alt:
            yield Refusal("alt_missing", "每张图片要写一句文字说明，看不清图的人靠它。")
        if isinstance(block, Table) and not all(column.title for column in block.columns):
            yield Refusal("column_untitled", "表格的每一列都要有列名。")


def _around_the_text(draft: DraftFacts, now: datetime) -> Iterator[Refusal]:
    if not draft.uploaded.issuperset(draft.document.files):
        yield Refusal("file_missing", "有图片或附件没有上传成功，请删掉它，重新上传。")
    if draft.edition > 1 and not draft.change_note:
        yield Refusal("change_note_missing", "更正要写明改了什么、为什么改。")
    if draft.publish_at is not None and draft.publish_at < now:
        yield Refusal("moment_passed", "选定的发布时间已经过了，请改时间，或选审完即发布。")
