"""Cells of a catalog: ticks, channels, and words that a narrow column broke in two."""

import re

from bulletin.domain.characters import folded
from bulletin.readers.checkmarks import CHOSEN, NOT_CHOSEN, with_marks

_CJK = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f\u201c\u201d]"
_GAP = re.compile(rf"(?<={_CJK})\s+(?={_CJK})")
_SPACES = re.compile(r"\s+")
_MARKS = re.compile(rf"([{CHOSEN}{NOT_CHOSEN}])")
_CHECKED = re.compile(rf"[{CHOSEN}vV]|是|有|1")
_DITTO = re.compile(r"[(（]?同(?:上|前)[)）]?。?|[〃″]")
_SEPARATORS = re.compile(r"[、,，;；\n]|\s{2,}")
_WHOLE_LINE = 5  # characters: a shorter line is a piece of a word
_NUMBERED = re.compile(r"(?:^|(?<=[;；。、，,\s]))[(（]?(?:[0-9]{1,2}[.、)）．](?![0-9])|[①-⑳])\s*")
_POINTS = re.compile(rf"{_NUMBERED.pattern}|[;；]|\s{{3,}}")  # a wide gap was a new line
_MIN_LISTED = 3
BRACKETS = re.compile(r"[(（][^()（）]*[)）]")


def tidy(cell: str) -> str:
    """One line, without the gaps that a narrow column left inside words."""
    return _SPACES.sub(" ", _GAP.sub("", cell.strip()))


def is_checked(cell: str) -> bool:
    return _CHECKED.fullmatch(with_marks(cell)[0].strip()) is not None


def is_ditto(cell: str) -> bool:
    """同上: the cell repeats the one above it."""
    return _DITTO.fullmatch(tidy(cell)) is not None


def channels_in(cell: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The channels that are chosen, and what was guessed about them.

    ■ √ ▲ stand before what is chosen, □ before what is not; without marks all are.
    """
    marked, guessed = with_marks(cell)
    words = folded(marked)
    pieces = _MARKS.split(words)
    if len(pieces) == 1:
        return tuple(filter(None, map(tidy, _SEPARATORS.split(words)))), ()
    unmarked = tidy(pieces[0])
    chosen: list[str] = []
    guesses = ["勾选符号写成了字母或者“口”，按原来的符号理解。"] if guessed else []
    for mark, names in zip(pieces[1::2], pieces[2::2], strict=True):
        name, *rest = names.strip().splitlines() or [""]
        if mark in CHOSEN and name.strip():
            chosen.append(tidy(name))
        guesses += (
            f"“{tidy(line)}”前面没有勾选符号，按未选理解。" for line in rest if line.strip()
        )
    if unmarked:
        chosen.insert(0, unmarked)
        guesses.append(f"“{unmarked}”前面没有勾选符号，按已选理解。")
    if not chosen:
        guesses.append("公开渠道一个也没有勾选。")
    return tuple(chosen), tuple(guesses)


def listed(cell: str) -> tuple[str, ...]:
    """What a cell lists: numbered, line by line, or with 、 between."""
    lines: list[str] = []
    for raw in cell.splitlines():
        line = raw.strip()
        if lines and not _begins_anew(lines[-1], line):
            lines[-1] += line
        elif line:
            lines.append(line)
    numbered = [piece for line in lines for piece in _POINTS.split(line)]
    points = [tidy(point).strip("；;。、，, ") for point in numbered]
    items = [point for point in points if point]
    if len(items) == 1 and not re.search(r"[，。,;；《（(]", items[0]):
        pieces = items[0].split("、")
        if len(pieces) >= _MIN_LISTED:
            return tuple(pieces)
    return tuple(items)


def _begins_anew(before: str, line: str) -> bool:
    long_enough = min(len(before), len(line)) >= _WHOLE_LINE
    return bool(long_enough or _NUMBERED.match(line) or before.endswith(("；", ";", "。")))
