"""How people spread one number over several groups, and how amounts and codes look instead."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from bulletin.domain.privacy.numbers import (
    ACCOUNT_LENGTHS,
    IDENTITY_LENGTH,
    PHONE_LENGTH,
    may_be_a_plot,
)
from bulletin.domain.privacy.text_runs import BLANK, DASH, DOT, LINE_END, Run

SINGLE_FIGURES = (1,) * PHONE_LENGTH  # 1 3 9 1 2 3 4 5 6 7 8
BLANK_PHONE_SHAPES = frozenset({(3, 4, 4), (3, 8), SINGLE_FIGURES})
DASH_PHONE_SHAPES = BLANK_PHONE_SHAPES | {(3, 3, 5), (7, 4)}
_MAX_GROUPS_OF_MIXED_GAPS = 3
CENTS = 2  # decimals of an amount
_MAX_LINE_ENDS = 3  # a narrow cell breaks a number over four lines
_AREA_CODE_AND_FIGURE = (12, 6)  # 630223202205 150000: a village's code and an amount behind it
_MAX_GROUPS_ON_CARD = 6  # five and a line end
_MIN_GROUP_BY_HAND = 3
_CARD_BODIES = ({4}, {5})
_CARD_HEAD_AND_REST = re.compile(r"6,1[0-3]")
_MAX_ZEROS_IN_SINGLE_FIGURES = 4
_WORDS_BEFORE_PHONE = re.compile(
    r"(?:^|[^a-z])(?:tel|phone|mobile|mob|wx|wechat|vx|qq|m|t)$", re.IGNORECASE
)
_AMOUNT_UNITS = tuple("元万亿亩斤吨")
_AMOUNT_SIGNS = frozenset("¥$￥")
_LETTER_AND_DASH = re.compile(r"[A-Za-z]-")
_DASH_AND_LETTER = re.compile(r"-[A-Za-z]")
_FRACTION = re.compile(r"\.[0-9]{2}(?![0-9])")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Figures of a run from offset `begin`, which lies in or behind group `first`, to group `last`.

    `begin` lies behind the start of `first` when a country prefix stands there.
    """

    text: str
    run: Run
    first: int
    begin: int
    last: int

    @property
    def number(self) -> str:
        return self.run.digits[self.begin : self.run.ends[self.last]]

    @property
    def sizes(self) -> tuple[int, ...]:
        return self.run.sizes(self.begin, self.last)

    @property
    def gaps(self) -> str:
        return self.run.gaps[bisect_right(self.run.starts, self.begin) - 1 : self.last]

    @property
    def gap_kinds(self) -> set[str]:
        return set(self.gaps) - {LINE_END}

    @property
    def gap_before(self) -> str:
        return self.run.gaps[self.first - 1] if self.first else ""

    @property
    def gap_behind(self) -> str:
        return self.run.gaps[self.last : self.last + 1]

    @property
    def span(self) -> tuple[int, int]:
        return self.run.places[self.first][0], self.run.places[self.last][1]

    @property
    def glued_before(self) -> str:
        start = self.span[0]
        return self.text[max(0, start - 1) : start]

    @property
    def glued_after(self) -> str:
        end = self.span[1]
        return self.text[end : end + 1]


def spread_like_identity(candidate: Candidate) -> bool:
    """Whether digits stand apart as people write one number, and not as counts in a row."""
    if candidate.gaps.count(LINE_END) > _MAX_LINE_ENDS and not _one_below_another(candidate):
        return False
    if _ends_within_an_amount(candidate):
        return False
    if not _may_be_of_our_years(candidate):
        return True
    # 630223 2025-01-15 1234 and 630223202205 150000: a village's code, and a day or an amount.
    if candidate.sizes == _AREA_CODE_AND_FIGURE and candidate.gap_kinds == {BLANK}:
        return False
    if set(candidate.sizes) == {1} and not _stands_apart(candidate):
        return False  # eighteen counts out of a longer row of counts
    one_kind_of_gap = len(candidate.gap_kinds) <= 1
    return one_kind_of_gap or len(candidate.sizes) <= _MAX_GROUPS_OF_MIXED_GAPS


def _ends_within_an_amount(candidate: Candidate) -> bool:
    """The figures stop before the cents of the last of some amounts: 5105.10 191.90 5203318.00."""
    if candidate.gap_behind != DOT or BLANK not in candidate.gaps:
        return False
    run = candidate.run
    edges = zip(run.starts, run.ends, strict=True)
    groups = [run.digits[start:end] for start, end in edges][candidate.first : candidate.last + 2]
    yuan, cents = groups[::2], groups[1::2]
    return (
        candidate.gaps + candidate.gap_behind == (DOT + BLANK) * (len(yuan) - 1) + DOT
        and all(len(each) == CENTS for each in cents)
        and not any(each.startswith("0") and each != "0" for each in yuan)
    )


def _one_below_another(candidate: Candidate) -> bool:
    """Every figure on its own line, and no more of them: a number that is set from top to bottom."""
    single = len(candidate.gaps) == len(candidate.number) - 1
    return single and set(candidate.gaps) == {LINE_END} and candidate.gap_before == ""


def may_be_pressed(candidate: Candidate) -> bool:
    """A quick look before `spread_like_card`: few groups, or every figure by itself."""
    groups = candidate.last - candidate.first + 1
    return groups <= _MAX_GROUPS_ON_CARD or groups >= len(candidate.number)


def spread_like_card(sizes: tuple[int, ...]) -> bool:
    """Groups as they are pressed on cards or typed by people: fours, fives, six and the rest."""
    if len(sizes) == 1 or set(sizes) == {1}:
        return True
    if _CARD_HEAD_AND_REST.fullmatch(",".join(map(str, sizes))):
        return True
    body, rest = set(sizes[:-1]), sizes[-1]
    return body in _CARD_BODIES and rest <= max(body)


def spread_by_hand(candidate: Candidate) -> bool:
    """Groups as somebody may type one card: few, none but the last of one or two figures."""
    sizes = candidate.sizes
    return len(sizes) <= _MAX_GROUPS_ON_CARD and min(sizes[:-1]) >= _MIN_GROUP_BY_HAND


def _may_be_of_our_years(candidate: Candidate) -> bool:
    is_new = len(candidate.number) >= IDENTITY_LENGTH - 1
    return not is_new or may_be_a_plot(candidate.number)


def _stands_apart(candidate: Candidate) -> bool:
    return {candidate.gap_before, candidate.gap_behind} <= {"", LINE_END}


def chained_by_dash(candidate: Candidate) -> bool:
    """A dash or dot ties the figures to more figures, or to letters as in an address."""
    start, end = candidate.span
    if _LETTER_AND_DASH.fullmatch(candidate.text, max(0, start - 2), start):
        return True
    if _DASH_AND_LETTER.match(candidate.text, end):
        return True
    return not {DASH, DOT}.isdisjoint((candidate.gap_before, candidate.gap_behind))


def reads_as_amounts(candidate: Candidate) -> bool:
    """All groups behind the first are whole hundreds, or single figures are mostly zeros."""
    if candidate.sizes == SINGLE_FIGURES:
        return candidate.number.count("0") > _MAX_ZEROS_IN_SINGLE_FIGURES
    groups, at = [], candidate.begin
    for size in candidate.sizes:
        groups.append(candidate.run.digits[at : at + size])
        at += size
    return all(group.endswith("00") for group in groups[1:])


def broken_inside_words(candidate: Candidate) -> bool:
    """A number broken over a line end stands glued to words on both sides.

    A column of amounts breaks its lines too, but there blanks or line ends stand around.
    """
    before, after = candidate.glued_before, candidate.glued_after
    return bool(before.strip()) and (not after or bool(after.strip()))


def glued_to_letters(candidate: Candidate) -> bool:
    """HT13912345678 is a contract; Tel13912345678 is a phone."""
    before, after = candidate.glued_before, candidate.glued_after
    if after.isascii() and after.isalpha():
        return True
    if not (before.isascii() and before.isalpha()):
        return False
    start = candidate.span[0]
    return _WORDS_BEFORE_PHONE.search(candidate.text[max(0, start - 8) : start]) is None


def is_amount(candidate: Candidate) -> bool:
    """A unit behind it, a currency sign before it, or a decimal point on either side."""
    start, end = candidate.span
    before = candidate.text[max(0, start - 2) : start]
    return (
        candidate.glued_after in _AMOUNT_UNITS
        or candidate.glued_before in _AMOUNT_SIGNS
        or _FRACTION.match(candidate.text[end : end + 4]) is not None
        or (before[-1:] == "." and before[:1].isdecimal())
    )


def account_candidates(text: str, run: Run, group: int) -> Iterator[Candidate]:
    """From a group: the chain of one kind of gap that can be an account, then the group alone."""
    last, gap = group, run.gaps[group : group + 1]
    while last < len(run.gaps) and run.gaps[last] == gap and last - group < ACCOUNT_LENGTHS.stop:
        last += 1
    for end in dict.fromkeys((last, group)):
        candidate = Candidate(text, run, group, run.starts[group], end)
        spread = end == group or gap == DASH or spread_like_card(candidate.sizes)
        if run.cuts_a_fraction(group, end):
            continue
        if spread and len(candidate.number) in ACCOUNT_LENGTHS:
            yield candidate
