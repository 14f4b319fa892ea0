"""Running text as figures: one plain form for every way to write one, groups of figures chained into runs.

A run is a chain of figure groups that one number may be spread over: `6302 2319-8001`. Between
its groups stand at most a few blanks, a dash, a dot, or one line end. A comma, a letter, a Chinese
character, a tab or an asterisk ends a run, so that 1,234.50, 农经发〔2011〕13号 and a number that is
masked already never chain into one.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from bulletin.domain.characters import folded
from bulletin.domain.privacy.numbers import as_spreadsheet_keeps

BLANK, DASH, DOT, LINE_END = "b", "d", "p", "n"

_DASHES = frozenset("_/⁃−﹣－\ufffe")  # beside Unicode's own dashes; U+FFFE is PDF's soft hyphen
_DOTS = frozenset("·•・‧．")
_LINE_ENDS = frozenset("\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")
_CHECK_X = frozenset("×хХχΧ")  # look-alikes of the check character X
_UNSEEN = frozenset({"Cf", "Cc", "Mn", "Me"})  # zero-width blanks, joiners, variation selectors


class _PlainForms(dict[int, str]):
    """For `str.translate`: works out the plain form of a character once and remembers it."""

    def __missing__(self, code: int) -> str:
        form = self[code] = _plain_form(chr(code))
        return form


def _plain_form(char: str) -> str:
    if char in "\n\t":
        return char
    if char in _LINE_ENDS:
        return "\n"
    category = unicodedata.category(char)
    if category == "Nd":
        return str(unicodedata.decimal(char))
    if category == "Pd" or char in _DASHES:
        return "-"
    if category == "Zs":
        return " "
    if char in _DOTS:
        return "."
    if char in _CHECK_X:
        return "X"
    if category in _UNSEEN:
        return ""
    form = folded(char)
    # ① folds to 1 but numbers a line; it must not become part of the number behind it.
    return char if category == "No" or len(form) != 1 else form


_PLAIN = _PlainForms()
_EXPONENT = re.compile(r"(?<![0-9A-Za-z.])[1-9]\.[0-9]{7,20}[Ee]\+?[0-9]{1,2}(?![0-9A-Za-z])")


def plain(text: str) -> str:
    """Text as figures are looked for in it: half-width, one kind of blank, dash, dot and line end.

    Line ends stay where they were, so that a line's number is the same in both.
    """
    words = text.replace("\r\n", "\n").translate(_PLAIN)
    return _EXPONENT.sub(_spelled_out, words) if "+" in words or "E" in words else words


def _spelled_out(figure: re.Match[str]) -> str:
    """6.3022319800101E+17 as the figures that it stands for."""
    return as_spreadsheet_keeps(Decimal(figure[0]))


@dataclass(frozen=True, slots=True)
class Run:
    """Groups of figures in one chain.

    `starts` are offsets into `digits`, one per group; `ends` the same for the ends; `gaps[i]` says
    what stands between group i and i + 1; `places` are the groups' spans in the plain text;
    `decimals` are the groups that stand behind the point of a decimal fraction.
    """

    digits: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    gaps: str
    places: tuple[tuple[int, int], ...]
    closes_with_x: bool
    decimals: frozenset[int]

    def cuts_a_fraction(self, first: int, last: int) -> bool:
        """Whether the groups are a decimal fraction, or begin or end amid one: no number does."""
        if first in self.decimals or last + 1 in self.decimals:
            return True
        return last == first + 1 and last in self.decimals

    def group_ending_at(self, offset: int) -> int | None:
        """Which group ends at this offset into `digits`, if one does."""
        group = bisect_left(self.ends, offset)
        return group if group < len(self.ends) and self.ends[group] == offset else None

    def sizes(self, begin: int, last: int) -> tuple[int, ...]:
        """Group sizes from offset `begin` to group `last`, a line end counted as no gap."""
        first = bisect_left(self.starts, begin + 1)
        cuts = [self.starts[g] for g in range(first, last + 1) if self.gaps[g - 1] != LINE_END]
        edges = [begin, *cuts, self.ends[last]]
        return tuple(right - left for left, right in pairwise(edges))


_GROUP = re.compile(r"[0-9]+")
_DECIMAL = re.compile(
    r"(?:(?<![0-9])(?<![0-9]\.)(?P<whole>[0-9]+)|(?:^|(?<=[\s,(:+-])))"
    r"\.(?P<places>[0-9]+)(?![0-9]|\.[0-9]|[ .-]{0,3}[Xx](?![0-9A-Za-z]))"
)
_MIN_PLACES = 5  # 6302.23 may be a piece of a number; 0.12345 and 17.33333 are shares
_PLACES_OF_A_DOUBLE = 17  # figures that a spreadsheet writes for one value
_PHONE_WITH_A_DOT = re.compile(r"(?:(?:00)?86)?1[3-9][0-9]\.[0-9]{8}")
_GAP = re.compile(
    r"(?P<b> {1,4})|(?P<d> {0,2}(?:--?|- -) {0,2})|(?P<p>\.)|(?P<n>[ -]{0,3}\n {0,8})"
)
_CLOSING_X = re.compile(r"[ .-]{0,2}\n? {0,2}[Xx](?![0-9A-Za-z])")
_MAX_GAP = 12
_MIN_NUMBER = 11


def runs(text: str) -> Iterator[Run]:
    """Every run of plain text that is long enough to hold a personal number."""
    spans: list[tuple[int, int]] = []
    gaps: list[str] = []
    decimals = _decimals(text)
    for group in _GROUP.finditer(text):
        gap = _gap(text, spans[-1][1], group.start()) if spans else None
        if gap is None:
            yield from _run(text, spans, gaps, decimals)
            spans, gaps = [], []
        else:
            gaps.append(gap)
        spans.append(group.span())
    yield from _run(text, spans, gaps, decimals)


def _decimals(text: str) -> set[int]:
    """Where the figures behind the points of decimal fractions begin: shares, averages."""
    starts: set[int] = set()
    for match in _DECIMAL.finditer(text):
        whole, places = match["whole"] or "", match["places"]
        is_share = whole in ("", "0")
        figures = len(whole) + len(places)
        is_value = len(places) >= _MIN_PLACES and figures <= _PLACES_OF_A_DOUBLE
        if (is_share or is_value) and not _PHONE_WITH_A_DOT.fullmatch(match[0]):
            starts.add(match.start("places"))
    return starts


def _gap(text: str, start: int, end: int) -> str | None:
    if end - start > _MAX_GAP:
        return None
    gap = _GAP.fullmatch(text, start, end)
    return gap.lastgroup if gap else None


def _run(
    text: str, spans: list[tuple[int, int]], gaps: list[str], decimals: set[int]
) -> Iterator[Run]:
    digits = "".join(text[start:end] for start, end in spans)
    if len(digits) < _MIN_NUMBER:
        return
    starts, ends, length = [], [], 0
    for start, end in spans:
        starts.append(length)
        length += end - start
        ends.append(length)
    closes_with_x = _CLOSING_X.match(text, spans[-1][1]) is not None
    places = frozenset(group for group, (start, _) in enumerate(spans) if start in decimals)
    yield Run(
        digits=digits,
        starts=tuple(starts),
        ends=tuple(ends),
        gaps="".join(gaps),
        places=tuple(spans),
        closes_with_x=closes_with_x,
        decimals=places,
    )
