"""Parts of a file become a draft: title, blocks, and sentences for what could not come along."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bulletin.domain.notices.brought.closing import is_closing, without_closing
from bulletin.domain.notices.brought.lines import (
    begins_anew,
    bullet_words,
    heading_level,
    is_caption,
    numbered_run,
)
from bulletin.domain.notices.brought.opening import opened
from bulletin.domain.notices.brought.parts import (
    BroughtLine,
    BroughtPicture,
    FileParts,
    Grid,
    Part,
    WholeBlock,
)
from bulletin.domain.notices.brought.rows import parted, row_words
from bulletin.domain.notices.brought.tables import has_merged_body, table_of
from bulletin.domain.notices.content import Block, Heading, ListBlock, Paragraph, Table
from bulletin.domain.notices.content_serialization import MAX_COLUMNS, MAX_ROWS, MAX_TEXT

MAX_BLOCKS = 3000  # more than anybody could read on a board
_MAX_CAPTIONS = 3


@dataclass(frozen=True, kw_only=True)
class Outline:
    """A draft out of a file; pictures stand among its blocks, to be kept before it is saved."""

    title: str
    blocks: tuple[Block | BroughtPicture, ...]
    omitted: tuple[str, ...]


def outline_of(file: FileParts) -> Outline:
    parts, closing = without_closing(_with_captions(_apart(_said(file.parts))))
    title, rest, said = opened(parts)
    omitted = [*file.omitted, *said]
    if closing:
        omitted.append(f"文末的落款“{'　'.join(closing)}”没有带来：纸样会自己写上落款和日期。")
    blocks = list(_blocks(rest, omitted))
    blocks += (Paragraph(note) for note in file.notes)
    if len(blocks) > MAX_BLOCKS:
        omitted.append(f"文件有{len(blocks)}段，最多带{MAX_BLOCKS}段，后面的没有带来。")
        blocks = blocks[:MAX_BLOCKS]
    return Outline(title=title, blocks=tuple(blocks), omitted=tuple(dict.fromkeys(omitted)))


def _said(parts: Sequence[Part]) -> Iterator[Part]:
    """The parts that say something, blanks at the ends of lines away."""
    for part in parts:
        if not isinstance(part, BroughtLine):
            yield part
            continue
        lines = [line for line in map(str.strip, part.text.splitlines()) if line]
        if any(map(begins_anew, lines[1:])) or (len(lines) > 1 and is_closing(lines[-1])):
            yield from (replace(part, text=line) for line in lines)
        elif lines:
            yield replace(part, text="\n".join(lines))


def _apart(parts: Iterator[Part]) -> Iterator[Part]:
    """Rows of a table that are lines above or below it, taken out: 单位：元, 村主任：　会计：."""
    for part in parts:
        above, table, below = parted(part.rows) if isinstance(part, Grid) else ([], [], [])
        if not isinstance(part, Grid) or not table:
            yield part
            continue
        captions = (*part.captions, *map(row_words, above))
        heads = max(0, part.heads - len(above))
        yield replace(part, rows=tuple(table), captions=captions, heads=heads)
        yield from (BroughtLine(text=row_words(row)) for row in below)


def _with_captions(parts: Iterator[Part]) -> list[Part]:
    """Lines right above a table go with it: 表1 收入明细, 单位：元."""
    kept: list[Part] = []
    for part in parts:
        if isinstance(part, Grid):
            above: list[str] = []
            while len(kept) > 1 and len(above) < _MAX_CAPTIONS and _stands_above(kept[-1]):
                above.insert(0, " ".join(kept.pop().text.split()))  # type: ignore[union-attr]
            kept.append(replace(part, captions=(*above, *part.captions)))
        else:
            kept.append(part)
    return kept


def _stands_above(part: Part) -> bool:
    return isinstance(part, BroughtLine) and is_caption(part)


def _blocks(parts: Sequence[Part], omitted: list[str]) -> Iterator[Block | BroughtPicture]:
    at = tables = 0
    while at < len(parts):
        part = parts[at]
        if isinstance(part, BroughtPicture):
            yield part
        elif isinstance(part, WholeBlock):
            yield part.block
        elif isinstance(part, Grid):
            tables += 1
            yield from _of_grid(part, f"第{tables}张表", omitted)
        elif items := numbered_run(parts, at):
            yield ListBlock(tuple(map(_one_line, items)), ordered=True)
            at += len(items) - 1
        elif items := _bullets(parts, at):
            yield ListBlock(tuple(map(_one_line, items)))
            at += len(items) - 1
        else:
            yield from _of_line(part)
        at += 1


def _bullets(parts: Sequence[Part], start: int) -> list[str]:
    items = []
    for at in range(start, len(parts)):
        part = parts[at]
        words = bullet_words(part) if isinstance(part, BroughtLine) else None
        if words is None:
            break
        items.append(words)
    return items


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _of_line(line: BroughtLine) -> Iterator[Block]:
    if level := heading_level(line):
        yield Heading(level, _one_line(line.text))
        return
    for start in range(0, len(line.text), MAX_TEXT):
        yield Paragraph(line.text[start : start + MAX_TEXT])


def _of_grid(grid: Grid, name: str, omitted: list[str]) -> Iterator[Block]:
    block = table_of(grid)
    if block is None:
        return
    if isinstance(block, Paragraph):
        yield block
        return
    if has_merged_body(grid):
        omitted.append(f"{name}里合并的格子拆开了，字只留在其中一格，请看一看。")
    if any(not column.title for column in block.columns):
        omitted.append(f"{name}有的列没有列名，请补上。")
    yield _fitted(block, name, omitted)


def _fitted(table: Table, name: str, omitted: list[str]) -> Table:
    """A table of no more columns and rows than one may have."""
    columns, rows = len(table.columns), len(table.rows)
    if columns > MAX_COLUMNS:
        omitted.append(
            f"{name}有{columns}列，最多放{MAX_COLUMNS}列，右边{columns - MAX_COLUMNS}列没有带来。"
        )
    if rows > MAX_ROWS:
        omitted.append(f"{name}有{rows}行，最多放{MAX_ROWS}行，后面{rows - MAX_ROWS}行没有带来。")
    return replace(
        table,
        columns=table.columns[:MAX_COLUMNS],
        rows=tuple(row[:MAX_COLUMNS] for row in table.rows[:MAX_ROWS]),
        footer=table.footer[:MAX_COLUMNS] if table.footer else None,
    )
