"""What changed between two texts of a notice: in its blocks, and in what stands around them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bulletin.domain.days import instant_words
from bulletin.domain.notices.changes.blocks import BlockChange, block_changes
from bulletin.domain.notices.changes.words import (
    Runs,
    changed_words,
    is_changed,
    replaced_words,
)
from bulletin.domain.notices.content import Document


@dataclass(frozen=True, kw_only=True)
class NoticeText:
    """All of a notice that a reviewer reads."""

    title: str
    document: Document
    change_note: str = ""
    publish_at: datetime | None = None  # the chosen moment; None: with the last step
    period: str = ""  # 15日


@dataclass(frozen=True)
class FieldChange:
    label: str
    words: Runs


@dataclass(frozen=True)
class NoticeChanges:
    fields: tuple[FieldChange, ...]  # those that changed: title, note, moment, days
    blocks: tuple[BlockChange, ...]  # all, in the order of the later text

    @property
    def changed_blocks(self) -> tuple[BlockChange, ...]:
        return tuple(block for block in self.blocks if block.is_changed)

    @property
    def count(self) -> int:
        """How many things changed, as a person would count them."""
        return len(self.fields) + sum(block.count for block in self.changed_blocks)


def notice_changes(before: NoticeText, after: NoticeText) -> NoticeChanges:
    """All that is different, in the order in which the later text is read."""
    blocks = block_changes(before.document, after.document)
    return NoticeChanges(tuple(_fields(before, after)), blocks)


def _fields(before: NoticeText, after: NoticeText) -> Iterator[FieldChange]:
    pairs = (
        ("标题", changed_words(before.title, after.title)),
        ("更正说明", changed_words(before.change_note, after.change_note)),
        ("发布时间", replaced_words(_moment_words(before), _moment_words(after))),
        ("公示", replaced_words(before.period, after.period)),
    )
    yield from (FieldChange(label, words) for label, words in pairs if is_changed(words))


def _moment_words(text: NoticeText) -> str:
    return instant_words(text.publish_at) if text.publish_at else "审完即发布"
