"""Cells that a reader of the file does not see: hidden, filtered away, struck through."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Grid = list[tuple[str, ...]]


@dataclass(frozen=True)
class Unseen:
    """A row with what is hidden or struck, and one sentence for each thing to look at."""

    whole: tuple[str, ...]  # the row with it
    notes: tuple[str, ...]
    withheld: bool = False  # the whole row is out of sight


@dataclass(frozen=True)
class GridTable:
    """The shown cells of a table, and by the index of the row what is out of sight."""

    place: str
    rows: Grid
    first_row: int = 1
    unseen: Mapping[int, Unseen] = field(default_factory=dict)


def compared(
    whole: tuple[str, ...], shown: Sequence[str], unstruck: Sequence[str]
) -> Unseen | None:
    """What is out of sight of a row: `shown` without what is hidden, `unstruck` without both."""
    notes = []
    for before, after, word in ((whole, shown, "隐藏"), (shown, unstruck, "划掉")):
        lost = [_lost(one, other) for one, other in zip(before, after, strict=True) if one != other]
        if lost:
            notes.append(
                f"文件里{word}了“{_short('；'.join(filter(None, lost)))}”，请看一看要不要。"
            )
    if not notes:
        return None
    return Unseen(whole, tuple(notes), withheld=not any(map(str.strip, unstruck)))


def _lost(before: str, after: str) -> str:
    """What a cell no longer shows."""
    end = 0  # from the end: 每季度每月 became 每月 by losing 每季度
    while end < len(after) and before[-1 - end] == after[-1 - end]:
        end += 1
    start = 0
    while start < len(after) - end and before[start] == after[start]:
        start += 1
    return " ".join(before[start : len(before) - end].split())


def _short(words: str) -> str:
    return words if len(words) <= 40 else f"{words[:40]}……"  # noqa: PLR2004
