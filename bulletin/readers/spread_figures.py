"""Figures that a PDF spreads over the width of a cell, read as the one number that they are.

PDFium puts a blank between figures that stand apart, and the same blank before the amount in the
next column. Where the figures stand tells the two apart: those of one number have even distances.
"""

import ctypes
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pypdfium2 import raw

_FIGURE = re.compile("[0-9０-９XxＸｘ]")
_BLANKS = frozenset(" \u00a0\u3000")
_MIN_FIGURES = 11  # a phone, the shortest number that is looked for
_UNEVEN = 0.2  # share of a distance by which those within one number may differ


@dataclass(frozen=True, slots=True)
class _Char:
    char: str
    left: float
    baseline: float


def join_spread_figures(text: str, textpage: Any) -> str:
    """The text of a page with evenly spread figures joined, and a tab before the next column.

    Args:
        text: what PDFium gave for the page or a part of it.
        textpage: the page that it was read from.
    """
    if not _may_hold_spread_figures(text):
        return text
    for figures in _rows_of_figures(list(_chars(textpage))):
        apart = "".join(char.char for char in figures)
        if not _may_hold_spread_figures(apart):
            continue
        joined = _joined([char for char in figures if char.char not in _BLANKS])
        if joined is not None:
            text = text.replace(apart, joined, 1)
    return text


def _may_hold_spread_figures(text: str) -> bool:
    return re.search(r"(?:[0-9０-９][ \u00a0\u3000]+){7}", text) is not None


def _chars(textpage: Any) -> Iterator[_Char]:
    left, baseline = ctypes.c_double(), ctypes.c_double()
    for place in range(raw.FPDFText_CountChars(textpage)):
        raw.FPDFText_GetCharOrigin(textpage, place, left, baseline)
        char = chr(raw.FPDFText_GetUnicode(textpage, place))
        yield _Char(char, left.value, baseline.value)


def _rows_of_figures(chars: Sequence[_Char]) -> Iterator[list[_Char]]:
    """Figures on one line with nothing but blanks between, those blanks with them."""
    row: list[_Char] = []
    for char in chars:
        if _FIGURE.fullmatch(char.char) or (row and char.char in _BLANKS):
            row.append(char)
            continue
        yield from _trimmed(row)
        row = []
    yield from _trimmed(row)


def _trimmed(row: list[_Char]) -> Iterator[list[_Char]]:
    while row and row[-1].char in _BLANKS:
        row.pop()
    if len(row) > _MIN_FIGURES:
        yield row


def _joined(figures: Sequence[_Char]) -> str | None:
    """Numbers with a tab between, or None where none of them is long enough to be looked for."""
    numbers = _numbers(figures)
    if max(map(len, numbers)) < _MIN_FIGURES:
        return None
    return "\t".join("".join(figure.char for figure in number) for number in numbers)


def _numbers(figures: Sequence[_Char]) -> list[list[_Char]]:
    """Cut figures where the even distance between them changes."""
    numbers = [[figures[0]]]
    even: list[float] = []
    for before, figure in pairwise(figures):
        distance = figure.left - before.left
        usual = sum(even) / len(even) if even else distance
        if abs(distance - usual) <= _UNEVEN * usual:
            numbers[-1].append(figure)
            even.append(distance)
        elif distance > usual:
            numbers.append([figure])
            even = []
        else:  # the figure before was the first of the next column
            numbers.append([numbers[-1].pop(), figure])
            even = [distance]
    return numbers
