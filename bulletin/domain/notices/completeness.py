"""What a draft still lacks before somebody else can review it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest

from bulletin.domain.errors import Refusal
from bulletin.domain.notices.content import Document, Heading, Image, Table


@dataclass(frozen=True, kw_only=True)
class DraftFacts:
    """An edition as far as its completeness is concerned."""

    title: str
    document: Document
    uploaded: frozenset[str] = frozenset()  # SHA-256 of the files that arrived
    edition: int = 1  # from 2 on a correction
    change_note: str = ""
    publish_at: datetime | None = None  # the chosen moment; None: with the last step


def missing(draft: DraftFacts, now: datetime) -> tuple[Refusal, ...]:
    """Everything that is still to be written, chosen or uploaded; empty when it may be submitted."""
    return (*_in_title_and_text(draft), *_in_blocks(draft.document), *_around_the_text(draft, now))


def _in_title_and_text(draft: DraftFacts) -> Iterator[Refusal]:
    if not draft.title.strip():
        yield Refusal("title_missing", "请写标题。")
    if draft.document.is_empty:
        yield Refusal("content_missing", "正文还是空的，请写好再提交。")
    for title in _empty_headings(draft.document):
        words = f"小标题“{title}”下面还没有内容，请补写，或删掉这个小标题。"
        yield Refusal("heading_empty", words)


def _empty_headings(document: Document) -> list[str]:
    """Headings with nothing under them, not even a smaller heading."""
    return [
        block.text
        for block, after in zip_longest(document.blocks, document.blocks[1:])
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
