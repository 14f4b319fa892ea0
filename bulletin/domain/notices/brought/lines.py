"""What a line of a text is: a heading by its number, an item of a list, a title, a caption."""

import re
from collections.abc import Sequence

from bulletin.domain.notices.brought.parts import Line, Part
from bulletin.domain.notices.brought.tables import UNIT

MAX_TITLE = 100  # characters, as a draft's title has it
_MAX_HEADING = 40
_MAX_CAPTION = 60
_MAX_TYPED_TITLE = 60
_FIRST_LEVEL = re.compile(r"[一二三四五六七八九十百]{1,4}、\s*\S")
_SECOND_LEVEL = re.compile(r"[（(][一二三四五六七八九十]{1,3}[）)]\s*\S")
_NUMBERED = re.compile(r"(\d{1,3})\s*[.．、]\s*(?!\d)(\S.*)", re.ASCII | re.DOTALL)
_BULLET = re.compile(r"(?:[●•○■◆◇▪►➢·]\s*|[-–*]\s+)(\S.*)", re.DOTALL)
_SENTENCE = re.compile("[。；！？;!?]")
_VALUE = re.compile(r"[:：]\s*\S")
_CAPTION = re.compile(r"附?表\s*[\d一二三四五六七八九十]+")
_NO_TITLE_END = tuple("。；：，、;:,！？")
_BRACKETED = re.compile(r"[（(].*[）)]")
_MAX_TITLE_LINES = 3


def heading_level(line: Line) -> int:
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


def bullet_words(line: Line) -> str | None:
    """An item's words without its mark; None for a line that has none."""
    typed = _BULLET.fullmatch(line.text)
    if typed:
        return typed[1]
    return line.text if line.is_bullet else None


def numbered_run(parts: Sequence[Part]) -> list[str]:
    """The items of the lines 1. 2. 3. at the beginning of some parts; [] when they are fewer than two."""
    items: list[str] = []
    for part in parts:
        found = _NUMBERED.fullmatch(part.text) if isinstance(part, Line) else None
        if found is None or (isinstance(part, Line) and (part.level or part.is_bullet)):
            break
        if int(found[1]) != len(items) + 1:
            break
        items.append(found[2])
    return items if len(items) > 1 else []


def is_caption(line: Line) -> bool:
    """表1 收入明细, 单位：元, or a centred line: what stands right above a table."""
    text = line.text
    if line.is_bullet or len(text) > _MAX_CAPTION or _SENTENCE.search(text):
        return False
    if UNIT.match(text) or _CAPTION.match(text):
        return True
    return line.is_centred and not line.level


def title_length(parts: Sequence[Part]) -> int:
    """Of how many lines at its beginning a text's title is made; 0 when it has none."""
    first = parts[0] if parts else None
    if not isinstance(first, Line) or not _may_be_title(first) or len(parts) == 1:
        return 0
    length = 1
    while length < _MAX_TITLE_LINES and length + 1 < len(parts):
        line = parts[length]
        if not isinstance(line, Line) or not _goes_on(first, line):
            break
        length += 1
    while length > 1 and len(_joined(parts[:length])) > MAX_TITLE:
        length -= 1
    return length


def title_words(parts: Sequence[Part]) -> str:
    return _joined(parts)


def _joined(parts: Sequence[Part]) -> str:
    return "".join(" ".join(part.text.split()) for part in parts if isinstance(part, Line))


def _may_be_title(line: Line) -> bool:
    text = line.text
    if line.is_bullet or len(text) > MAX_TITLE or text.endswith(_NO_TITLE_END):
        return False
    if _is_apart(text):
        return False
    is_marked = line.is_title or line.is_centred or line.level == 1
    return is_marked or (len(text) <= _MAX_TYPED_TITLE and not _SENTENCE.search(text))


def _is_apart(text: str) -> bool:
    """What has a number of its own, a unit, a caption: no title and no part of one."""
    patterns = (_FIRST_LEVEL, _SECOND_LEVEL, _NUMBERED, _BULLET, UNIT, _CAPTION)
    return any(pattern.match(text) for pattern in patterns)


def _goes_on(first: Line, line: Line) -> bool:
    if _is_apart(line.text) or line.is_bullet or line.text.endswith(_NO_TITLE_END):
        return False
    if "〔" in line.text or "[" in line.text:  # 张政发〔2026〕3号
        return False
    if first.is_title and line.is_title:
        return True
    is_bracketed = _BRACKETED.fullmatch(line.text) is not None
    if not first.is_centred:
        return is_bracketed and len(line.text) <= _MAX_HEADING
    return line.is_centred and line.level == first.level
