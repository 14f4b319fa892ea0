"""What changed in the blocks of a text: paragraphs, headings, lists, tables, pictures, files."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bulletin.domain.notices.changes.alignment import Pair, align
from bulletin.domain.notices.changes.block_likeness import BlockLikeness, block_words, name_of
from bulletin.domain.notices.changes.paragraphs import Places, Regrouped, regrouped
from bulletin.domain.notices.changes.tables import TableChange, table_changes
from bulletin.domain.notices.changes.words import (
    ChangeMark,
    Runs,
    WordRun,
    changed_words,
    is_changed,
)
from bulletin.domain.notices.content import (
    SUMMARY_TITLE,
    Attachment,
    Block,
    Document,
    Heading,
    Image,
    ListBlock,
    Summary,
    Table,
    Translation,
)

KIND_WORDS = {
    "heading": "小标题",
    "paragraph": "正文",
    "list": "列表",
    "table": "表格",
    "image": "图片",
    "attachment": "附件",
    "summary": SUMMARY_TITLE,
    "translation": "译文",
}
LEVEL_WORDS = {1: "一级", 2: "二级", 3: "三级"}


@dataclass(frozen=True)
class LineChange:
    """One item of a list, or the text of another block."""

    mark: ChangeMark
    words: Runs
    moved: bool = False

    @property
    def is_changed(self) -> bool:
        return self.moved or self.mark is not ChangeMark.SAME


@dataclass(frozen=True, kw_only=True)
class BlockChange:
    """A block in its two places, counted from 0; None where it is not."""

    mark: ChangeMark
    kind: str  # 小标题 | 正文 | 列表 …
    before: int | None
    after: int | None
    also_before: Places = ()  # the other paragraphs that were joined to it
    also_after: Places = ()  # the other ones into which it was split
    moved: bool = False
    lines: tuple[LineChange, ...] = ()
    table: TableChange | None = None
    notes: tuple[str, ...] = ()  # what changed besides its words

    @property
    def is_changed(self) -> bool:
        return self.moved or self.mark is not ChangeMark.SAME

    @property
    def count(self) -> int:
        """How many things changed in it, as a person would count them."""
        if self.mark in (ChangeMark.ADDED, ChangeMark.REMOVED):
            return 1
        inside = sum(line.is_changed for line in self.lines) + len(self.notes) + self.moved
        return inside + (self.table.count if self.table else 0)


def block_changes(before: Document, after: Document) -> tuple[BlockChange, ...]:
    """Every block of both texts once, in the order of the later one; what went stands where it stood."""
    pairs = align(
        before.blocks,
        after.blocks,
        keys=[lambda block: block, name_of],
        likeness=BlockLikeness().of,
    )
    return tuple(
        _regrouped_change(before.blocks, after.blocks, found)
        if isinstance(found, Regrouped)
        else _block_change(before.blocks, after.blocks, found)
        for found in regrouped(before.blocks, after.blocks, pairs)
    )


def _regrouped_change(
    before: Sequence[Block], after: Sequence[Block], group: Regrouped
) -> BlockChange:
    """A paragraph that was split, or several that were joined; each break is a line's end in the words."""
    was = "\n".join(block_words(before[place]) for place in group.before)
    now = "\n".join(block_words(after[place]) for place in group.after)
    words = changed_words(was, now)
    is_other = any(run.mark is not ChangeMark.SAME and run.text.strip("\n") for run in words)
    count = max(len(group.before), len(group.after))
    return BlockChange(
        mark=ChangeMark.CHANGED,
        kind=KIND_WORDS["paragraph"],
        before=group.before[0],
        after=group.after[0],
        also_before=group.before[1:],
        also_after=group.after[1:],
        lines=(LineChange(ChangeMark.CHANGED if is_other else ChangeMark.SAME, words),),
        notes=(f"拆成{count}段" if len(group.after) > 1 else f"由{count}段合成",),
    )


def _block_change(before: Sequence[Block], after: Sequence[Block], pair: Pair) -> BlockChange:
    old = None if pair.before is None else before[pair.before]
    new = None if pair.after is None else after[pair.after]
    shown = new or old
    table = _table(old, new)
    lines = () if table else _lines(old, new)
    notes = tuple(_notes(old, new))
    is_other = (
        any(line.is_changed for line in lines) or bool(notes) or bool(table and table.is_changed)
    )
    return BlockChange(
        mark=_block_mark(old, new, is_other=is_other),
        kind=KIND_WORDS.get(shown.type, "") if shown else "",
        before=pair.before,
        after=pair.after,
        moved=pair.moved,
        lines=lines,
        table=table,
        notes=notes,
    )


def _block_mark(old: Block | None, new: Block | None, *, is_other: bool) -> ChangeMark:
    if old is None or new is None:
        return ChangeMark.ADDED if old is None else ChangeMark.REMOVED
    return ChangeMark.CHANGED if is_other else ChangeMark.SAME


def _table(old: Block | None, new: Block | None) -> TableChange | None:
    """A table against its former self; one that came or went against an empty one of its columns."""
    if isinstance(old, Table) and isinstance(new, Table):
        return table_changes(old, new)
    if isinstance(new, Table) and old is None:
        return table_changes(Table(new.columns, ()), new)
    if isinstance(old, Table) and new is None:
        return table_changes(old, Table(old.columns, ()))
    return None


def _lines(old: Block | None, new: Block | None) -> tuple[LineChange, ...]:
    was, now = (_lines_of(block) for block in (old, new))
    pairs = align(was, now, keys=[lambda line: line], likeness=BlockLikeness().of_words)
    return tuple(_line(was, now, pair) for pair in pairs)


def _lines_of(block: Block | None) -> tuple[str, ...]:
    match block:
        case None:
            return ()
        case ListBlock(items=items):
            return items
        case Summary(lines=lines):
            return tuple(f"{line.label}：{line.words}" for line in lines)
        case Translation(title=title, paragraphs=paragraphs):
            return (title, *paragraphs)
        case _:
            return (block_words(block),)


def _line(was: Sequence[str], now: Sequence[str], pair: Pair) -> LineChange:
    if pair.after is None:
        return LineChange(ChangeMark.REMOVED, (WordRun(ChangeMark.REMOVED, was[pair.before or 0]),))
    if pair.before is None:
        return LineChange(ChangeMark.ADDED, (WordRun(ChangeMark.ADDED, now[pair.after]),))
    words = changed_words(was[pair.before], now[pair.after])
    return LineChange(
        ChangeMark.CHANGED if is_changed(words) else ChangeMark.SAME, words, moved=pair.moved
    )


def _notes(old: Block | None, new: Block | None) -> Iterator[str]:
    """What is another besides the words."""
    if old is None or new is None:
        return
    if old.type != new.type:
        yield f"由{KIND_WORDS.get(old.type, '')}改成{KIND_WORDS.get(new.type, '')}"
    match old, new:
        case Heading(level=was), Heading(level=now) if was != now:
            yield f"由{LEVEL_WORDS[was]}标题改成{LEVEL_WORDS[now]}标题"
        case ListBlock(ordered=was), ListBlock(ordered=now) if was != now:
            yield "改成编号的列表" if now else "改成不编号的列表"
        case (Image(file=was), Image(file=now)) if was != now:
            yield "换了一张图片"
        case (Attachment(file=was), Attachment(file=now)) if was != now:
            yield "换了文件"
        case (Translation(language=was), Translation(language=now)) if was != now:
            yield f"由{was.label}改成{now.label}"
