"""What a line of a text is: a heading by its number, an item of a list, a caption."""

import re
from collections.abc import Sequence

from bulletin.domain.notices.brought.parts import BroughtLine, Part
from bulletin.domain.notices.brought.tables import UNIT

_MAX_HEADING = 40
_MAX_CAPTION = 60
_FIRST_LEVEL = re.compile(r"[一二三四五六七八九十百]{1,4}、\s*\S")
_SECOND_LEVEL = re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)]\s*\S")
_NUMBERED = re.compile(r"(\d{1,3})\s*[.．、]\s*(?!\d)(\S.*)", re.ASCII | re.DOTALL)
_BULLET = re.compile(r"(?:[●•○■◆◇▪►➢·]\s*|[-–*]\s+)(\S.*)", re.DOTALL)
_SENTENCE = re.compile("[。；！？;!?]")
_VALUE = re.compile(r"[:：]\s*\S")
_CAPTION = re.compile(r"附?表\s*[\d一二三四五六七八九十]+")


def heading_level(line: BroughtLine) -> int:
    """1 to 3 for a heading (一、收入情况), 0 for another line (一、为了加强……，根据……。)."""
    text = line.text
    if line.is_bullet or "\n" in text:
        return 0
    if line.level:
        return line.level if len(text) <= _MAX_HEADING * 2 else 0
    if len(text) > _MAX_HEADING or _SENTENCE.search(text) or _VALUE.search(text):
        return 0
    if _FIRST_LEVEL.match(text):
        return 1
    return 2 if _SECOND_LEVEL.match(text) else 0


def bullet_words(line: BroughtLine) -> str | None:
    """An item's words without its mark; None for a line that has none."""
    typed = _BULLET.fullmatch(line.text)
    if typed:
        return typed[1]
    return line.text if line.is_bullet else None


def numbered_run(parts: Sequence[Part], start: int) -> list[str]:
    """The items of the lines 1. 2. 3. from one place on; [] when they are fewer than two."""
    items: list[str] = []
    for at in range(start, len(parts)):
        part = parts[at]
        found = _NUMBERED.fullmatch(part.text) if isinstance(part, BroughtLine) else None
        if found is None or (isinstance(part, BroughtLine) and (part.level or part.is_bullet)):
            break
        if int(found[1]) != len(items) + 1:
            break
        items.append(found[2])
    return items if len(items) > 1 else []


def is_caption(line: BroughtLine) -> bool:
    """表1 收入明细, 单位：元, or a centred line: what stands right above a table."""
    text = line.text
    if line.is_bullet or len(text) > _MAX_CAPTION or _SENTENCE.search(text):
        return False
    if UNIT.match(text) or _CAPTION.match(text):
        return True
    return line.is_centred and not line.level


def is_apart(text: str) -> bool:
    """What has a number of its own, a unit, a caption: no title and no part of one."""
    return begins_anew(text) or any(pattern.match(text) for pattern in (UNIT, _CAPTION))


def is_sentence(text: str) -> bool:
    return _SENTENCE.search(text) is not None


def begins_anew(text: str) -> bool:
    """Whether a line has a number or mark of its own: after a soft return it is no part of the one above."""
    patterns = (_FIRST_LEVEL, _SECOND_LEVEL, _NUMBERED, _BULLET)
    return any(pattern.match(text) for pattern in patterns)
