"""Finds personal numbers in running text.

A number alone in its own group of figures is believed when it is sound. A number spread over
several groups must also be spread the way people spread it, because a row of amounts is figures
and blanks too. A label beside it (`labels.py`) makes up for a wrong check digit or an odd
spread, and says the kind of figures that could be two: only the 18 places of an identity number
with their check character are one whatever stands beside them. Each figure belongs to one number
only.
"""

from collections.abc import Iterator

from bulletin.domain.privacy.cards import card_at, labelled_account_at
from bulletin.domain.privacy.identities import (
    glued_numbers_at,
    identity_at,
    labelled_identity_at,
    whole_identity_at,
)
from bulletin.domain.privacy.kinds import NUMBER_KINDS, FindingKind, mask
from bulletin.domain.privacy.labels import label_places
from bulletin.domain.privacy.papers import papers_in
from bulletin.domain.privacy.phones import phone_at
from bulletin.domain.privacy.searched_text import Hit, HitsUpTo, SearchedText
from bulletin.domain.privacy.text_runs import Run, runs

_MAX_WIDTH = 100  # characters of text, gaps included


def find_numbers(
    text: str, office_phones: frozenset[str] = frozenset(), context: str = ""
) -> list[Hit]:
    """Every personal number in plain text (see `text_runs.plain`), in order.

    Args:
        text: plain text.
        office_phones: phones that may be shown, figures only, without the country prefix.
        context: words that describe the text from outside: column title, cell to the left.
    """
    searched = SearchedText(text, office_phones, context, label_places(text))
    hits = [hit for run in runs(text) for hit in _in_run(searched, run)]
    hits += _beside_labels(searched)
    used = [(hit.start, hit.end) for hit in hits]
    hits += (
        paper
        for paper in papers_in(searched)
        if all(paper.end <= start or end <= paper.start for start, end in used)
    )
    return sorted(hits, key=lambda hit: hit.start)


def _in_run(searched: SearchedText, run: Run) -> Iterator[Hit]:
    group, behind_number = 0, False
    while group < len(run.starts):
        number = _number_at(searched, run, group, behind_number=behind_number)
        if number is None:
            group, behind_number = group + 1, False
            continue
        hits, last = number
        yield from hits
        group, behind_number = last + 1, True


def _number_at(
    searched: SearchedText, run: Run, group: int, *, behind_number: bool
) -> HitsUpTo | None:
    return (
        _as_labelled(searched, run, group, behind_number=behind_number)
        or identity_at(searched, run, group)
        or card_at(searched, run, group)
        or phone_at(searched, run, group, behind_number=behind_number)
        or glued_numbers_at(searched, run, group)
        or _labelled_number_at(searched, run, group)
    )


def _as_labelled(
    searched: SearchedText, run: Run, group: int, *, behind_number: bool
) -> HitsUpTo | None:
    """Figures that could be of two kinds are of the one that the words beside them name."""
    start, end = run.places[group]
    if not searched.may_have_label(start, end):
        return None
    label = searched.label(start, end)
    if label is None:
        return None
    named = searched.is_named(start, label)
    match label:
        case FindingKind.ID_NUMBER if named:
            return identity_at(searched, run, group) or labelled_identity_at(searched, run, group)
        case FindingKind.PHONE if named:
            return phone_at(searched, run, group, behind_number=behind_number)
        case FindingKind.BANK_CARD:
            number = whole_identity_at(searched, run, group) or card_at(searched, run, group)
            return number or (labelled_account_at(searched, run, group) if named else None)
        case _:
            return None


def _labelled_number_at(searched: SearchedText, run: Run, group: int) -> HitsUpTo | None:
    start, end = run.places[group]
    if not searched.may_have_label(start, end + _MAX_WIDTH):
        return None
    return labelled_identity_at(searched, run, group) or labelled_account_at(searched, run, group)


def _beside_labels(searched: SearchedText) -> Iterator[Hit]:
    """Numbers that their label alone makes one, right behind it or alone in its cell."""
    for number in NUMBER_KINDS:
        if number.beside_label is None:
            continue
        for match in number.beside_label.finditer(searched.text):
            start, end = match.span()
            labelled = searched.stands_right_behind(start, number.kind)
            alone_in_cell = searched.text.strip() == match[0]
            if labelled or (alone_in_cell and searched.label(start, end) is number.kind):
                yield Hit(number.kind, start, end, mask(number.kind, match[0]))
