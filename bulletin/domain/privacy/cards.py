"""Finds bank and social-security cards, and accounts beside a label."""

from bulletin.domain.privacy.grouping import (
    Candidate,
    account_candidates,
    glued_to_letters,
    is_amount,
    may_be_pressed,
    reads_as_amounts,
    spread_by_hand,
    spread_like_card,
)
from bulletin.domain.privacy.kinds import FindingKind
from bulletin.domain.privacy.numbers import (
    CARD_LENGTHS,
    begins_like_card,
    is_card,
    is_domestic_card,
    is_rounded_card,
)
from bulletin.domain.privacy.phones import stands_alone
from bulletin.domain.privacy.searched_text import HitsUpTo, SearchedText, one_hit
from bulletin.domain.privacy.text_runs import BLANK, Run


def card_at(searched: SearchedText, run: Run, group: int) -> HitsUpTo | None:
    """A card that is sound in itself and begins with a group."""
    begin = run.starts[group]
    if not begins_like_card(run.digits[begin : begin + 4]):
        return None
    for length in CARD_LENGTHS:
        candidate = searched.candidate(run, group, begin, length)
        if candidate is None or not _is_worth_a_look(searched, candidate):
            continue
        if _is_sound(searched, candidate) and not glued_to_letters(candidate):
            return one_hit(FindingKind.BANK_CARD, candidate, candidate.number)
    return None


def labelled_account_at(searched: SearchedText, run: Run, group: int) -> HitsUpTo | None:
    """Figures of any account, beside a label that says so."""
    for candidate in account_candidates(searched.text, run, group):
        if is_amount(candidate) or glued_to_letters(candidate):
            continue
        start, end = candidate.span
        if searched.label(start, end) is not FindingKind.BANK_CARD:
            continue
        # 一卡通发放 1500 2000 3000: blanks are believed only right behind the label.
        spaced = candidate.gap_kinds == {BLANK}
        if not spaced or searched.stands_right_behind(start, FindingKind.BANK_CARD):
            return one_hit(FindingKind.BANK_CARD, candidate, candidate.number)
    return None


def _is_worth_a_look(searched: SearchedText, candidate: Candidate) -> bool:
    return may_be_pressed(candidate) or searched.may_have_label(*candidate.span)


def _is_sound(searched: SearchedText, candidate: Candidate) -> bool:
    if not is_card(candidate.number):
        return len(candidate.sizes) == 1 and is_rounded_card(candidate.number)
    if not searched.is_believed_over_line_end(candidate):
        return False
    if searched.label(*candidate.span) is FindingKind.BANK_CARD and not is_amount(candidate):
        return True
    # Four amounts of four figures look the same; cards of our banks begin with 62.
    domestic = is_domestic_card(candidate.number)
    if len(candidate.gap_kinds) <= 1 and spread_like_card(candidate.sizes):
        if candidate.gap_kinds != {BLANK}:
            return True
        pressed = set(candidate.sizes[:-1]) == {4}
        alone = pressed or stands_alone(searched, candidate, behind_number=False)
        return domestic and alone and not reads_as_amounts(candidate)
    alone = stands_alone(searched, candidate, behind_number=False)
    return domestic and alone and spread_by_hand(candidate) and not reads_as_amounts(candidate)
