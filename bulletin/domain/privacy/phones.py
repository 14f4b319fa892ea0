"""Finds mobile phones, as people group their figures."""

from bulletin.domain.privacy.grouping import (
    BLANK_PHONE_SHAPES,
    DASH_PHONE_SHAPES,
    Candidate,
    chained_by_dash,
    glued_to_letters,
    is_amount,
    reads_as_amounts,
)
from bulletin.domain.privacy.kinds import FindingKind
from bulletin.domain.privacy.numbers import PHONE_LENGTH, is_mobile
from bulletin.domain.privacy.searched_text import HitsUpTo, SearchedText, one_hit
from bulletin.domain.privacy.text_runs import BLANK, LINE_END, Run

_COUNTRY_PREFIXES = ("0086", "86")


def phone_at(
    searched: SearchedText, run: Run, group: int, *, behind_number: bool
) -> HitsUpTo | None:
    """A phone that begins with a group; a published phone of the office uses up its groups."""
    candidate = _candidate(searched, run, group)
    if candidate is None or is_amount(candidate) or glued_to_letters(candidate):
        return None
    believed = _spread_like_phone(searched, candidate, behind_number=behind_number)
    if not believed and searched.label(*candidate.span) is not FindingKind.PHONE:
        return None
    if candidate.number in searched.office_phones:
        return [], candidate.last
    return one_hit(FindingKind.PHONE, candidate, candidate.number)


def stands_alone(searched: SearchedText, candidate: Candidate, *, behind_number: bool) -> bool:
    """Not a part of a longer row of figures, unless the rest of the row is numbers too."""
    if not behind_number and candidate.gap_before not in ("", LINE_END):
        return False
    if candidate.gap_behind in ("", LINE_END):
        return True
    following = _candidate(searched, candidate.run, candidate.last + 1)
    return following is not None and following.sizes in {(PHONE_LENGTH,), *BLANK_PHONE_SHAPES}


def _candidate(searched: SearchedText, run: Run, group: int) -> Candidate | None:
    start = run.starts[group]
    for prefix in ("", *_COUNTRY_PREFIXES):
        begin = start + len(prefix)
        number = run.digits[begin : begin + PHONE_LENGTH]
        if run.digits.startswith(prefix, start) and is_mobile(number):
            return searched.candidate(run, group, begin, PHONE_LENGTH)
    return None


def _spread_like_phone(
    searched: SearchedText, candidate: Candidate, *, behind_number: bool
) -> bool:
    sizes = candidate.sizes
    if not searched.is_believed_over_line_end(candidate):
        return False
    if sizes == (PHONE_LENGTH,):
        return True
    if candidate.gap_kinds == {BLANK}:
        alone = stands_alone(searched, candidate, behind_number=behind_number)
        return alone and sizes in BLANK_PHONE_SHAPES and not reads_as_amounts(candidate)
    one_kind_of_gap = len(candidate.gap_kinds) == 1
    return one_kind_of_gap and sizes in DASH_PHONE_SHAPES and not chained_by_dash(candidate)
