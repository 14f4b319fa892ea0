"""Finds identity, card and phone numbers in running text.

A number alone in its own group of figures is believed when it is sound. A number spread over
several groups must also be spread the way people spread it, because a row of amounts is figures
and blanks too. A label beside it (`privacy_labels`) makes up for a wrong check digit or an odd
spread. Each figure belongs to one number only.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bulletin.domain.privacy.grouping import (
    BLANK_PHONE_SHAPES,
    DASH_PHONE_SHAPES,
    Candidate,
    account_candidates,
    broken_inside_words,
    chained_by_dash,
    glued_to_letters,
    is_amount,
    may_be_pressed,
    reads_as_amounts,
    spread_like_card,
    spread_like_identity,
)
from bulletin.domain.privacy.labels import (
    Label,
    label_beside,
    label_places,
    may_have_label,
    stands_right_behind,
)
from bulletin.domain.privacy.numbers import (
    CARD_LENGTHS,
    IDENTITY_LENGTH,
    OLD_IDENTITY_LENGTH,
    PHONE_LENGTH,
    FindingKind,
    begins_like_card,
    glued_numbers,
    has_birthday,
    has_region,
    is_card,
    is_domestic_card,
    is_identity,
    is_mobile,
    is_old_identity,
    is_rounded_card,
    is_rounded_identity,
    mask_card,
    mask_identity,
    mask_phone,
    may_be_a_plot,
)
from bulletin.domain.privacy.text_runs import BLANK, LINE_END, Run, runs


@dataclass(frozen=True, slots=True)
class Hit:
    """A number found at a span of the plain text. Never holds the number itself."""

    kind: FindingKind
    start: int
    end: int
    masked: str


Found = tuple[list[Hit], int]  # the hits, and the last group that they use up


def find_numbers(text: str, offices: frozenset[str] = frozenset(), context: str = "") -> list[Hit]:
    """Every personal number in plain text (see `privacy_runs.plain`), in order.

    Args:
        text: plain text.
        offices: phones that may be shown, figures only, without the country prefix.
        context: words that describe the text from outside: column title, cell to the left.
    """
    search = _Search(text, offices, context, label_places(text))
    hits = [hit for run in runs(text) for hit in search.in_run(run)]
    return sorted([*hits, *search.lettered_cards()], key=lambda hit: hit.start)


_LETTERED_CARD = re.compile(r"(?<![0-9A-Za-z])[A-Za-z] ?[0-9]{8}(?![0-9A-Za-z])")
_COUNTRY_PREFIXES = ("0086", "86")
_OLD_IDENTITY_SHAPES = ((15,), (6, 6, 3))
_MAX_WIDTH = 100  # characters of text, gaps included


@dataclass(frozen=True, slots=True)
class _Search:
    text: str
    offices: frozenset[str]
    context: str
    label_places: list[int]

    def in_run(self, run: Run) -> Iterator[Hit]:
        group, behind_number = 0, False
        while group < len(run.starts):
            found = self._number_at(run, group, behind_number=behind_number)
            if found is None:
                group, behind_number = group + 1, False
                continue
            hits, last = found
            yield from hits
            group, behind_number = last + 1, True

    def lettered_cards(self) -> Iterator[Hit]:
        """Old social-security cards: one letter and eight figures, right behind their label."""
        for found in _LETTERED_CARD.finditer(self.text):
            start, end = found.span()
            labelled = stands_right_behind(self.text, start, Label.ACCOUNT)
            alone_in_cell = self.text.strip() == found[0]
            if labelled or (alone_in_cell and self._label(start, end) is Label.ACCOUNT):
                yield Hit(FindingKind.BANK_CARD, start, end, mask_card(found[0]))

    def _number_at(self, run: Run, group: int, *, behind_number: bool) -> Found | None:
        return (
            self._identity(run, group)
            or self._card(run, group)
            or self._phone(run, group, behind_number=behind_number)
            or self._glued(run, group)
            or self._labelled(run, group)
        )

    def _labelled(self, run: Run, group: int) -> Found | None:
        start, end = run.places[group]
        if not self.context and not may_have_label(self.label_places, start, end + _MAX_WIDTH):
            return None
        return self._labelled_identity(run, group) or self._labelled_account(run, group)

    def _label(self, start: int, end: int) -> Label | None:
        return label_beside(self.text, start, end, self.context)

    def _candidate(self, run: Run, first: int, begin: int, length: int) -> Candidate | None:
        last = run.group_ending_at(begin + length)
        return None if last is None else Candidate(self.text, run, first, begin, last)

    def _believed_over_line_end(self, candidate: Candidate) -> bool:
        breaks = candidate.gaps.count(LINE_END)
        if breaks == 0:
            return True
        labelled = self._label(*candidate.span) not in (None, Label.HARMLESS)
        return breaks == 1 and (labelled or broken_inside_words(candidate))

    # --- identity numbers ----------------------------------------------------------------------

    def _identity(self, run: Run, group: int) -> Found | None:
        begin = run.starts[group]
        if not has_region(run.digits[begin : begin + 2]):
            return None
        for candidate, number in self._identity_candidates(run, group):
            if not _sound_identity(candidate, number) or not spread_like_identity(candidate):
                continue
            if not self._is_plot(candidate, number):
                return _found(FindingKind.ID_NUMBER, candidate, mask_identity(number))
        return None

    def _identity_candidates(self, run: Run, group: int) -> Iterator[tuple[Candidate, str]]:
        for length in (IDENTITY_LENGTH, IDENTITY_LENGTH - 1, OLD_IDENTITY_LENGTH):
            candidate = self._candidate(run, group, run.starts[group], length)
            if candidate is None:
                continue
            if length != IDENTITY_LENGTH - 1:
                yield candidate, candidate.number
            elif run.closes_with_x and candidate.last == len(run.ends) - 1:
                yield candidate, f"{candidate.number}X"

    def _labelled_identity(self, run: Run, group: int) -> Found | None:
        for candidate, number in self._identity_candidates(run, group):
            likely = has_region(number) or has_birthday(number)
            if not likely or not spread_like_identity(candidate):
                continue
            if self._label(*candidate.span) is Label.IDENTITY:
                return _found(FindingKind.ID_NUMBER, candidate, mask_identity(number))
        return None

    def _is_plot(self, candidate: Candidate, number: str) -> bool:
        """承包方编码, 地块编码: told apart from a small child's number by the label only."""
        if len(number) != IDENTITY_LENGTH or not may_be_a_plot(number):
            return False
        start, end = candidate.span
        if stands_right_behind(self.text, start, Label.HARMLESS):
            return True
        return bool(self.context) and self._label(start, end) is Label.HARMLESS

    def _glued(self, run: Run, group: int) -> Found | None:
        """Numbers typed without anything between them, or glued to a line's own number."""
        begin, end = run.starts[group], run.ends[group]
        if end - begin <= IDENTITY_LENGTH:
            return None
        digits = run.digits[begin:end]
        if run.closes_with_x and group == len(run.ends) - 1:
            digits += "X"
        candidate = Candidate(self.text, run, group, begin, group)
        parts = [part for part in glued_numbers(digits) if not self._is_plot(candidate, part)]
        if not parts:
            return None
        return [_part(candidate, part) for part in parts if part not in self.offices], group

    # --- cards ---------------------------------------------------------------------------------

    def _card(self, run: Run, group: int) -> Found | None:
        begin = run.starts[group]
        if not begins_like_card(run.digits[begin : begin + 4]):
            return None
        for length in CARD_LENGTHS:
            candidate = self._candidate(run, group, begin, length)
            if candidate is None or not may_be_pressed(candidate):
                continue
            if self._sound_card(candidate) and not glued_to_letters(candidate):
                return _found(FindingKind.BANK_CARD, candidate, mask_card(candidate.number))
        return None

    def _sound_card(self, candidate: Candidate) -> bool:
        if not is_card(candidate.number):
            return len(candidate.sizes) == 1 and is_rounded_card(candidate.number)
        if not spread_like_card(candidate.sizes) or not self._believed_over_line_end(candidate):
            return False
        if candidate.gap_kinds == {BLANK}:
            # Four amounts of four figures look the same; cards of our banks begin with 62.
            domestic = is_domestic_card(candidate.number)
            pressed = set(candidate.sizes[:-1]) == {4}
            alone = pressed or self._stands_alone(candidate, behind_number=False)
            return domestic and alone and not reads_as_amounts(candidate)
        return len(candidate.gap_kinds) <= 1

    def _labelled_account(self, run: Run, group: int) -> Found | None:
        for candidate in account_candidates(self.text, run, group):
            if is_amount(candidate) or glued_to_letters(candidate):
                continue
            start, end = candidate.span
            if self._label(start, end) is not Label.ACCOUNT:
                continue
            # 一卡通发放 1500 2000 3000: blanks are believed only right behind the label.
            spaced = candidate.gap_kinds == {BLANK}
            if not spaced or stands_right_behind(self.text, start, Label.ACCOUNT):
                return _found(FindingKind.BANK_CARD, candidate, mask_card(candidate.number))
        return None

    # --- phones --------------------------------------------------------------------------------

    def _phone(self, run: Run, group: int, *, behind_number: bool) -> Found | None:
        candidate = self._phone_candidate(run, group)
        if candidate is None or is_amount(candidate) or glued_to_letters(candidate):
            return None
        believed = self._spread_like_phone(candidate, behind_number=behind_number)
        if not believed and self._label(*candidate.span) is not Label.PHONE:
            return None
        if candidate.number in self.offices:
            return [], candidate.last
        return _found(FindingKind.PHONE, candidate, mask_phone(candidate.number))

    def _phone_candidate(self, run: Run, group: int) -> Candidate | None:
        start = run.starts[group]
        for prefix in ("", *_COUNTRY_PREFIXES):
            begin = start + len(prefix)
            number = run.digits[begin : begin + PHONE_LENGTH]
            if run.digits.startswith(prefix, start) and is_mobile(number):
                return self._candidate(run, group, begin, PHONE_LENGTH)
        return None

    def _spread_like_phone(self, candidate: Candidate, *, behind_number: bool) -> bool:
        sizes = candidate.sizes
        if not self._believed_over_line_end(candidate):
            return False
        if sizes == (PHONE_LENGTH,):
            return True
        if candidate.gap_kinds == {BLANK}:
            alone = self._stands_alone(candidate, behind_number=behind_number)
            return alone and sizes in BLANK_PHONE_SHAPES and not reads_as_amounts(candidate)
        one_kind_of_gap = len(candidate.gap_kinds) == 1
        return one_kind_of_gap and sizes in DASH_PHONE_SHAPES and not chained_by_dash(candidate)

    def _stands_alone(self, candidate: Candidate, *, behind_number: bool) -> bool:
        """Not a part of a longer row of figures, unless the rest of the row is numbers too."""
        if not behind_number and candidate.gap_before not in ("", LINE_END):
            return False
        if candidate.gap_behind in ("", LINE_END):
            return True
        following = self._phone_candidate(candidate.run, candidate.last + 1)
        return following is not None and following.sizes in {(PHONE_LENGTH,), *BLANK_PHONE_SHAPES}


def _found(kind: FindingKind, candidate: Candidate, masked: str) -> Found:
    return [Hit(kind, *candidate.span, masked)], candidate.last


def _sound_identity(candidate: Candidate, number: str) -> bool:
    if len(number) == OLD_IDENTITY_LENGTH:
        return candidate.sizes in _OLD_IDENTITY_SHAPES and is_old_identity(number)
    return is_identity(number) or (len(candidate.sizes) == 1 and is_rounded_identity(number))


def _part(candidate: Candidate, part: str) -> Hit:
    if len(part) == PHONE_LENGTH:
        return Hit(FindingKind.PHONE, *candidate.span, mask_phone(part))
    return Hit(FindingKind.ID_NUMBER, *candidate.span, mask_identity(part))
