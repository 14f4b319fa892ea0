"""Figures that a PDF spreads over the width of a cell, read as the one number that they are.

PDFium puts a blank between figures that stand apart, and the same blank before the amount in the
next column. Where the figures stand tells the two apart: those of one number have even distances.
"""

import ctypes
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise, product
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
_POINTS = frozenset(".．")
_GLUED = re.compile("[0-9Xx０-９Ｘｘ]{12}")
_APART = re.compile(r"(?:[0-9０-９][ \u00a0\u3000\r\n]+){7}")
_LENGTHS = (IDENTITY_LENGTH, *CARD_LENGTHS, PHONE_LENGTH)
_MIN_FIGURES = PHONE_LENGTH
_SAME_LINE = 1.0  # points between baselines
_UNEVEN = 0.2  # share of a distance by which those within one number may differ
_NOT_QUITE_EVEN = 0.03  # ends a number where it is sound just there
_OVERPRINTED_TOLERANCE = 0.5  # points
_MAX_BETWEEN = 4  # figures of another number printed over two of one


@dataclass(frozen=True, slots=True)
class _Char:
    char: str
    left: float
    baseline: float


def page_text(textpage: Any) -> str:
    """The text of a page with evenly spread figures joined, and a tab before the next column."""
    chars = list(_chars(textpage))
    text = _paired("".join(_joined(chars)))
    words = set(text.split())
    return text + "".join(f"\n{each}" for each in _overprinted(chars) if each not in words)


def _joined(chars: Sequence[_Char]) -> list[str]:
    """The characters, those of a row of figures that is spread put together at its start."""
    words = [char.char for char in chars]
    text = "".join(words)
    if _APART.search(text) is None and _GLUED.search(text) is None:
        return words
    for begin, end in _rows_of_figures(chars):
        apart = text[begin:end]
        figures = [char for char in chars[begin:end] if char.char not in _BETWEEN]
        if len(figures) < _MIN_FIGURES:
            continue
        start, point = _fraction_before(chars, begin, figures) or (begin, "")
        numbers = _numbers(figures, is_fraction=bool(point))
        if _APART.search(apart) is None and not _cuts_a_glued_one(numbers, apart):
            continue
        words[start:end] = [point + "\t".join(numbers)] + [""] * (end - start - 1)
    return words


def _fraction_before(
    chars: Sequence[_Char], begin: int, figures: Sequence[_Char]
) -> tuple[int, str] | None:
    """Behind the figure before a point that is spread with the row: 0 . 4 7 0 is a share, no number."""
    before = [n for n in range(max(0, begin - 6), begin) if chars[n].char not in _BETWEEN][-2:]
    if len(before) < 2:  # noqa: PLR2004 - a figure and the point
        return None
    figure, point = before
    if _FIGURE.fullmatch(chars[figure].char) is None or chars[point].char not in _POINTS:
        return None
    places = (chars[figure], chars[point], figures[0])
    furthest = (figures[1].left - figures[0].left) * (1 + _UNEVEN)
    spread = all(_goes_on(a, b) and b.left - a.left <= furthest for a, b in pairwise(places))
    return (figure + 1, ".") if spread else None


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


def _overprinted(chars: Sequence[_Char]) -> Iterator[str]:
    """Sound numbers of lines whose words run over each other: their figures have even distances.

    PDFium then mixes the figures of both, in the order of neither.
    """
    for _, line in groupby(chars, key=lambda char: round(char.baseline)):
        figures = [char for char in line if _FIGURE.fullmatch(char.char)]
        if len(figures) > _MIN_FIGURES and any(b.left < a.left for a, b in pairwise(figures)):
            yield from dict.fromkeys(_chains(sorted(figures, key=lambda char: char.left)))


def _chains(figures: Sequence[_Char]) -> Iterator[str]:
    """Sound numbers that stand at even distances, with no figure before them at that distance."""
    for place, first in enumerate(figures):
        for second in figures[place + 1 : place + 1 + _MAX_BETWEEN]:
            distance = second.left - first.left
            if len(_chain(figures, first.left - distance, distance)) > 1:
                continue
            chain = _chain(figures, first.left, distance)
            numbers = (chain[:length] for length in _LENGTHS if length <= len(chain))
            yield from (number for number in numbers if _is_sound(number, at_cuts=True))


def _chain(figures: Sequence[_Char], left: float, distance: float) -> str:
    number = ""
    while distance > _OVERPRINTED_TOLERANCE:
        near = [each for each in figures if abs(each.left - left) < _OVERPRINTED_TOLERANCE]
        if not near:
            break
        number += near[0].char
        left = near[0].left + distance
    return number


def _rows_of_figures(chars: Sequence[_Char]) -> Iterator[tuple[int, int]]:
    """Where figures stand on one line with nothing but blanks between: the first, behind the last."""
    begin = end = 0  # no row while both are the same
    for place, char in enumerate(chars):
        if begin < end and char.char in _BETWEEN:
            continue
        is_figure = _FIGURE.fullmatch(char.char) is not None
        if begin < end and not (is_figure and _goes_on(chars[end - 1], char)):
            yield begin, end
            begin = end
        if is_figure:
            begin, end = (begin if begin < end else place), place + 1
    if begin < end:
        yield begin, end


def _goes_on(before: _Char, char: _Char) -> bool:
    return abs(char.baseline - before.baseline) < _SAME_LINE and char.left > before.left


def _numbers(figures: Sequence[_Char], *, is_fraction: bool) -> list[str]:
    """The numbers of a row; the first one stays whole when it is the end of a fraction."""
    row = "".join(figure.char for figure in figures)
    cuts = _cuts(figures, _UNEVEN)
    first = min(cuts - {0}) if is_fraction else 0
    cuts = _settled(row, first, cuts, _cuts(figures, _NOT_QUITE_EVEN))
    return [row[begin:end] for begin, end in pairwise(sorted(cuts))]


def _cuts(figures: Sequence[_Char], uneven: float) -> set[int]:
    """Where a number ends: the even distance between figures changes."""
    cuts = {0, len(figures)}
    usual: float | None = None
    for place, (before, figure) in enumerate(pairwise(figures), 1):
        distance = figure.left - before.left
        usual = usual or distance
        if distance - usual > uneven * usual:
            cuts.add(place)
            usual = None
        elif usual - distance > uneven * usual:  # the one before was the first of its column
            cuts.add(place - 1)
            usual = distance
    return cuts


def _settled(row: str, first: int, cuts: set[int], slight_cuts: set[int]) -> set[int]:
    """Where the gap between columns is like that between figures, a sound number settles the cut."""
    spans = list(_sound_spans(row, first, cuts, slight_cuts))
    inside = {place for begin, end in spans for place in range(begin, end + 2)}
    return (cuts - inside) | {place for span in spans for place in span} | {0, len(row)}


def _sound_spans(
    row: str, first: int, cuts: set[int], slight_cuts: set[int]
) -> Iterator[tuple[int, int]]:
    """Sound numbers from a place on that share no figure: what is surest first.

    An identity number is one wherever it stands; others are evenly spread from one cut to the next.
    """
    exact = cuts | slight_cuts
    near = exact | {place + side for place in exact for side in (-1, 1)}
    taken: set[int] = set()
    for ends, lengths in ((set[int](), (IDENTITY_LENGTH,)), (exact, _LENGTHS), (near, _LENGTHS)):
        for begin, length in product(range(first, len(row)), lengths):
            end = begin + length
            if end > len(row) or not taken.isdisjoint(range(begin, end)):
                continue
            is_even = cuts.isdisjoint(range(begin + 2, end - 1))
            if _is_sound(row[begin:end], at_cuts=is_even and {begin, end} <= ends):
                taken.update(range(begin, end))
                yield begin, end


def _is_sound(number: str, *, at_cuts: bool) -> bool:
    """An identity number is one wherever it stands; shorter checks ask for the cuts as well."""
    figures = plain(number).upper()
    if len(figures) == IDENTITY_LENGTH and figures[:-1].isdecimal() and is_identity(figures):
        return True
    if not at_cuts or not figures.isdecimal():
        return False
    return is_mobile(figures) or (len(figures) in CARD_LENGTHS and is_card(figures))
