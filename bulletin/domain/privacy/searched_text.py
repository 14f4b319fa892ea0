"""A text in which numbers are looked for, with what surrounds it."""

from dataclasses import dataclass

from bulletin.domain.privacy.grouping import Candidate, broken_inside_words
from bulletin.domain.privacy.kinds import FindingKind, mask
from bulletin.domain.privacy.labels import (
    HARMLESS,
    Label,
    label_beside,
    may_have_label,
    stands_right_behind,
)
from bulletin.domain.privacy.text_runs import LINE_END, Run


@dataclass(frozen=True, slots=True)
class Hit:
    """A number found at a span of the plain text. Never holds the number itself."""

    kind: FindingKind
    start: int
    end: int
    masked: str


HitsUpTo = tuple[list[Hit], int]  # the hits, and the last group that they use up


def one_hit(kind: FindingKind, candidate: Candidate, number: str) -> HitsUpTo:
    return [Hit(kind, *candidate.span, mask(kind, number))], candidate.last


@dataclass(frozen=True, slots=True)
class SearchedText:
    """`text` is plain, `context` is what a table says of it, `office_phones` may be shown."""

    text: str
    office_phones: frozenset[str]
    context: str
    label_places: list[int]

    def may_have_label(self, start: int, end: int) -> bool:
        return bool(self.context) or may_have_label(self.label_places, start, end)

    def label(self, start: int, end: int) -> Label | None:
        return label_beside(self.text, start, end, self.context)

    def stands_right_behind(self, start: int, label: Label) -> bool:
        return stands_right_behind(self.text, start, label)

    def is_named(self, start: int, label: Label) -> bool:
        """Whether the label stands right before a place, or names the cell of the text."""
        if self.stands_right_behind(start, label):
            return True
        return bool(self.context) and label_beside("", 0, 0, self.context) == label

    def candidate(self, run: Run, first: int, begin: int, length: int) -> Candidate | None:
        """The figures of a certain length, where they end with the end of a group."""
        last = run.group_ending_at(begin + length)
        if last is None or run.cuts_a_fraction(first, last):
            return None
        return Candidate(self.text, run, first, begin, last)

    def is_believed_over_line_end(self, candidate: Candidate) -> bool:
        breaks = candidate.gaps.count(LINE_END)
        if breaks == 0:
            return True
        labelled = self.label(*candidate.span) not in (None, HARMLESS)
        return breaks == 1 and (labelled or broken_inside_words(candidate))
