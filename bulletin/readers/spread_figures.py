"""Figures that a PDF spreads over the width of a cell, read as the one number that they are.

PDFium puts a blank between figures that stand apart, and the same blank before the amount in the
next column. Where the figures stand tells the two apart: those of one number have even distances.
"""

import ctypes
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pypdfium2 import raw

from bulletin.domain.privacy.numbers import (
    CARD_LENGTHS,
    IDENTITY_LENGTH,
    PHONE_LENGTH,
    is_card,
    is_identity,
    is_mobile,
)
from bulletin.domain.privacy.text_runs import plain

_FIGURE = re.compile("[0-9０-９XxＸｘ]")
_BETWEEN = frozenset(" \u00a0\u3000\r\n")  # figures set one by one get line ends between
_GLUED = re.compile("[0-9Xx０-９Ｘｘ]{12}")
_APART = re.compile(r"(?:[0-9０-９][ \u00a0\u3000\r\n]+){7}")
_LENGTHS = (IDENTITY_LENGTH, *CARD_LENGTHS, PHONE_LENGTH)
_MIN_FIGURES = PHONE_LENGTH
_SAME_LINE = 1.0  # points between baselines
_UNEVEN = 0.2  # share of a distance by which those within one number may differ


@dataclass(frozen=True, slots=True)
class _Char:
    char: str
    left: float
    baseline: float


def page_text(textpage: Any) -> str:
    """The text of a page with evenly spread figures joined, and a tab before the next column."""
    chars = list(_chars(textpage))
    text = _paired("".join(char.char for char in chars))
    if _APART.search(text) is None and _GLUED.search(text) is None:
        return text
    for row in _rows_of_figures(chars):
        apart = "".join(char.char for char in row)
        figures = [char for char in row if char.char not in _BETWEEN]
        if len(figures) < _MIN_FIGURES:
            continue
        numbers = _numbers(figures)
        if _APART.search(apart) is not None or _cuts_a_glued_one(numbers, apart):
            text = text.replace(apart, "\t".join(numbers), 1)
    return text


def _paired(text: str) -> str:
    """PDFium gives a character beyond the first plane as two halves."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _cuts_a_glued_one(numbers: Sequence[str], apart: str) -> bool:
    groups = apart.split()
    return any(
        _is_sound(number, at_cuts=True) and number not in groups
        for number in numbers
        if len(number) in _LENGTHS
    )


def _chars(textpage: Any) -> Iterator[_Char]:
    left, baseline = ctypes.c_double(), ctypes.c_double()
    for place in range(raw.FPDFText_CountChars(textpage)):
        raw.FPDFText_GetCharOrigin(textpage, place, left, baseline)
        char = chr(raw.FPDFText_GetUnicode(textpage, place))
        yield _Char(char, left.value, baseline.value)


def _rows_of_figures(chars: Iterable[_Char]) -> Iterator[list[_Char]]:
    """Figures on one line with nothing but blanks between, those blanks with them."""
    row: list[_Char] = []
    blanks: list[_Char] = []
    for char in chars:
        if row and char.char in _BETWEEN:
            blanks.append(char)
            continue
        is_figure = _FIGURE.fullmatch(char.char) is not None
        if row and not (is_figure and _goes_on(row[-1], char)):
            yield row
            row = []
        if is_figure:
            row += [*blanks, char] if row else [char]
        blanks = []
    yield row


def _goes_on(before: _Char, char: _Char) -> bool:
    return abs(char.baseline - before.baseline) < _SAME_LINE and char.left > before.left


def _numbers(figures: Sequence[_Char]) -> list[str]:
    row = "".join(figure.char for figure in figures)
    cuts = _settled(row, _cuts(figures))
    return [row[begin:end] for begin, end in pairwise(sorted(cuts))]


def _cuts(figures: Sequence[_Char]) -> set[int]:
    """Where a number ends: the even distance between figures changes."""
    cuts = {0, len(figures)}
    usual: float | None = None
    for place, (before, figure) in enumerate(pairwise(figures), 1):
        distance = figure.left - before.left
        usual = usual or distance
        if distance - usual > _UNEVEN * usual:
            cuts.add(place)
            usual = None
        elif usual - distance > _UNEVEN * usual:  # the one before was the first of its column
            cuts.add(place - 1)
            usual = distance
    return cuts


def _settled(row: str, cuts: set[int]) -> set[int]:
    """Where the gap between columns is like that between figures, a sound number settles the cut."""
    settled, reached = set(cuts), 0
    for begin in range(len(row)):
        if begin < reached:
            continue
        for length in _LENGTHS:
            end = begin + length
            near = not cuts.isdisjoint({begin - 1, begin, begin + 1})
            near_end = not cuts.isdisjoint({end - 1, end, end + 1})
            number = row[begin:end]
            if len(number) == length and _is_sound(number, at_cuts=near and near_end):
                settled -= set(range(begin, end + 1)) | {end + 1}
                settled |= {begin, end, len(row)}
                reached = end
                break
    return settled


def _is_sound(number: str, *, at_cuts: bool) -> bool:
    """An identity number is one wherever it stands; shorter checks ask for the cuts as well."""
    figures = plain(number).upper()
    if len(figures) == IDENTITY_LENGTH and figures[:-1].isdecimal() and is_identity(figures):
        return True
    return at_cuts and figures.isdecimal() and (is_mobile(figures) or is_card(figures))
