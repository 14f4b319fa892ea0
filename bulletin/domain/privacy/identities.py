"""Finds identity numbers: by themselves, beside a label, or glued to other numbers."""

from collections.abc import Callable, Iterator

from bulletin.domain.privacy.grouping import Candidate, spread_like_identity
from bulletin.domain.privacy.kinds import FindingKind, mask
from bulletin.domain.privacy.labels import HARMLESS
from bulletin.domain.privacy.numbers import (
    IDENTITY_LENGTH,
    OLD_IDENTITY_LENGTH,
    PHONE_LENGTH,
    glued_numbers,
    has_birthday,
    has_region,
    is_identity,
    is_old_identity,
    is_rounded_identity,
    may_be_a_plot,
)
from bulletin.domain.privacy.searched_text import Hit, HitsUpTo, SearchedText, one_hit
from bulletin.domain.privacy.text_runs import LINE_END, Run

_OLD_IDENTITY_SHAPES = ((15,), (6, 6, 3))


def whole_identity_at(searched: SearchedText, run: Run, group: int) -> HitsUpTo | None:
    """An identity number of 18 places with its check character: hardly any other number has those."""
    return _first_sound(searched, run, group, lambda _candidate, number: _is_whole(number))


def identity_at(searched: SearchedText, run: Run, group: int) -> HitsUpTo | None:
    """An identity number that is sound in itself and begins with a group."""
    return _first_sound(searched, run, group, _is_sound)


def _first_sound(
    searched: SearchedText, run: Run, group: int, is_sound: Callable[[Candidate, str], bool]
) -> HitsUpTo | None:
    begin = run.starts[group]
    if not has_region(run.digits[begin : begin + IDENTITY_LENGTH]):
        return None
    for candidate, number in _candidates(searched, run, group):
        if not is_sound(candidate, number) or not spread_like_identity(candidate):
            continue
        if not _is_plot(searched, candidate, number):
            return one_hit(FindingKind.ID_NUMBER, candidate, number)
    return None


def labelled_identity_at(searched: SearchedText, run: Run, group: int) -> HitsUpTo | None:
    """Figures that are likely an identity number, beside a label that says so."""
    for candidate, number in _candidates(searched, run, group):
        likely = has_region(number) or has_birthday(number)
        if not likely or candidate.gaps.count(LINE_END) > 1:
            continue
        if searched.label(*candidate.span) is FindingKind.ID_NUMBER:
            return one_hit(FindingKind.ID_NUMBER, candidate, number)
    return None


def glued_numbers_at(searched: SearchedText, run: Run, group: int) -> HitsUpTo | None:
    """Numbers typed without anything between them, or glued to a line's own number."""
    begin, end = run.starts[group], run.ends[group]
    if end - begin <= IDENTITY_LENGTH or run.cuts_a_fraction(group, group):
        return None
    digits = run.digits[begin:end]
    if run.closes_with_x and group == len(run.ends) - 1:
        digits += "X"
    candidate = Candidate(searched.text, run, group, begin, group)
    numbers = [n for n in glued_numbers(digits) if not _is_plot(searched, candidate, n)]
    if not numbers:
        return None
    shown = [number for number in numbers if number not in searched.office_phones]
    return [_glued_hit(candidate, number) for number in shown], group


def _glued_hit(candidate: Candidate, number: str) -> Hit:
    is_phone = len(number) == PHONE_LENGTH
    kind = FindingKind.PHONE if is_phone else FindingKind.ID_NUMBER
    return Hit(kind, *candidate.span, mask(kind, number))


def _candidates(searched: SearchedText, run: Run, group: int) -> Iterator[tuple[Candidate, str]]:
    for length in (IDENTITY_LENGTH, IDENTITY_LENGTH - 1, OLD_IDENTITY_LENGTH):
        candidate = searched.candidate(run, group, run.starts[group], length)
        if candidate is None:
            continue
        if length != IDENTITY_LENGTH - 1:
            yield candidate, candidate.number
        elif run.closes_with_x and candidate.last == len(run.ends) - 1:
            yield candidate, f"{candidate.number}X"


def _is_whole(number: str) -> bool:
    return len(number) == IDENTITY_LENGTH and is_identity(number)


def _is_sound(candidate: Candidate, number: str) -> bool:
    if len(number) == OLD_IDENTITY_LENGTH:
        return candidate.sizes in _OLD_IDENTITY_SHAPES and is_old_identity(number)
    return is_identity(number) or (len(candidate.sizes) == 1 and is_rounded_identity(number))


def _is_plot(searched: SearchedText, candidate: Candidate, number: str) -> bool:
    """承包方编码, 地块编码: told apart from a small child's number by the label only."""
    if len(number) != IDENTITY_LENGTH or not may_be_a_plot(number):
        return False
    start, end = candidate.span
    if searched.stands_right_behind(start, HARMLESS):
        return True
    return bool(searched.context) and searched.label(start, end) == HARMLESS
