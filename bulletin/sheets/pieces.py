"""Where the lines of a cell end: a name, a figure and a date are never torn, no character ends alone."""

import re
from collections.abc import Callable, Sequence
from itertools import accumulate

from bulletin.sheets.widths import ZERO_WIDTH_SPACE

Measure = Callable[[str], float]  # the em of some words on one line

STEP, SHORTEST = 0.25, 2.0  # em
MOST_HEAD_LINES = 6

_OPEN, _CLOSE = "（《〈【〔“‘", "，。、；：！？）》〉】〕”’…％·"
_TAIL = f"[{_CLOSE}]*"
_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_BRACKET = "（[^（）]{1,8}）"
_DATE = r"\d+年(?:\d+月(?:\d+日)?)?|\d+月\d+日"
_FIGURE = rf"[-+−]?\d[\d,.:/%~-]*[万亿]?[{_HAN}]?"
# Words: Latin and its like up to the next blank, as far as Arabic and Mongolian; Tibetan to its dots.
_RUN = "(?:[!-\u058f]+|[\u0590-\u08ff\u1800-\u18af]+|[\u0f00-\u0f0a\u0f0f-\u0fff]+[\u0f0b-\u0f0e]*)"
# A mark that follows its letter stays with it: selectors, joiners, accents.
_MARKS = "[\u0300-\u036f\u200c\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef]*"
_PIECE = re.compile(
    rf"{_BRACKET}{_TAIL}"
    rf"|[{_OPEN}]*(?:{_DATE}|{_FIGURE}){_MARKS}{_TAIL}"
    rf"|[{_OPEN}]*{_RUN}{_TAIL}"
    rf"|[{_OPEN}]*.{_MARKS}{_TAIL}",
    re.DOTALL,
)
_NAME = re.compile(rf"[{_HAN}]{{1,4}}")
_LONG_NAME = re.compile(rf"[{_HAN}]+(?:·[{_HAN}]+)+")
_WITH_UNIT = re.compile(r"(.+?)(（[^（）]+）)")
_KNOWN = re.compile(
    rf"[{_HAN}\u2010-\u203b\u2e80-\u33ff\uff00-\uffef\n\x20-\x7e\xa0-\xff{ZERO_WIDTH_SPACE}]*"
)


def pieces_of(words: str) -> list[str]:
    """The pieces of a text between which a line may end; a name has as many as it has parts."""
    if _NAME.fullmatch(words):
        return [words]
    if _LONG_NAME.fullmatch(words):
        return re.findall("[^·]+·?", words)
    return [match.group() for match in _PIECE.finditer(words)]


def hard_pieces(words: str) -> list[str]:
    """Those that a column must have room for: a remark in brackets may be broken at need."""
    return [piece for piece in pieces_of(words) if not re.match(_BRACKET, piece)]


def is_measured(words: str) -> bool:
    """Whether all of it is of scripts whose characters stand side by side, each as wide as it is."""
    return _KNOWN.fullmatch(words) is not None


def cell_lines(words: str, room: float, measure: Measure) -> list[str] | None:
    """The lines of a cell in a column of `room` (em), two characters at least in the last of them.

    None where only Typst can tell: a piece is wider, or letters join and stack.
    """
    if not is_measured(words):
        return None
    lines: list[str] = []
    for typed in words.split("\n"):
        filled = _filled(pieces_of(typed), room, measure)
        if any(measure("".join(line).rstrip()) > room for line in filled):
            return None
        if _ends_alone(filled) and measure(filled[-2][-1] + "".join(filled[-1])) <= room:
            filled[-1].insert(0, filled[-2].pop())
        lines += ["".join(line) for line in filled]
    return lines


def _ends_alone(lines: Sequence[list[str]]) -> bool:
    last = "".join(lines[-1]).strip(ZERO_WIDTH_SPACE).rstrip(_CLOSE)
    return len(lines) > 1 and len(last) <= 1 and len(lines[-2]) > 1


def head_widths(title: str, measure: Measure) -> tuple[float, ...]:
    """The em that a head needs over one to four lines; 月保障金额（元） ends a line before its unit."""
    heads = (_head(title, count, measure) for count in range(1, 5))
    return tuple(accumulate((max(map(measure, lines)) for lines in heads), min))


def head_lines(title: str, room: float, measure: Measure) -> list[str]:
    """The head in as few lines as fit into `room` (em), alike in length."""
    for count in range(1, MOST_HEAD_LINES + 1):
        lines = _head(title, count, measure)
        if all(measure(line) <= room for line in lines):
            return lines
    return [title]


def _head(title: str, count: int, measure: Measure) -> list[str]:
    """A head in at most `count` lines, its unit in brackets on a line of its own."""
    unit = _WITH_UNIT.fullmatch(title)
    if count == 1:
        return [title]
    if unit is None:
        return _alike(title, count, measure)
    return [*_alike(unit[1], count - 1, measure), unit[2]]


def _alike(words: str, count: int, measure: Measure) -> list[str]:
    """Words in at most `count` lines, the longest of them as short as may be; none of one character."""
    pieces = [match.group() for match in _PIECE.finditer(words)]  # of a head, no name
    if count == 1:
        return [words]
    room = max(SHORTEST, measure(words) / count)
    while len(lines := _filled(pieces, room, measure)) > count or _ends_alone(lines):
        room += STEP
    return ["".join(line) for line in lines]


def _filled(pieces: Sequence[str], room: float, measure: Measure) -> list[list[str]]:
    """Lines of pieces, each filled as far as it goes; what shows nothing begins no line."""
    lines: list[list[str]] = [[]]
    for piece in pieces:
        unseen = piece.isspace() or piece == ZERO_WIDTH_SPACE
        if not lines[-1] or unseen or measure("".join(lines[-1]) + piece) <= room:
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return lines
