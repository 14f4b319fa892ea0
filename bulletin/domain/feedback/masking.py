"""Personal numbers in what residents write are masked as it arrives: nobody reads them, nothing keeps them."""

from collections.abc import Iterable

from bulletin.domain.privacy.findings import office_numbers
from bulletin.domain.privacy.search import find_numbers
from bulletin.domain.privacy.text_runs import plain


def masked_text(text: str, office_phones: Iterable[str] = ()) -> str:
    """The words with identity numbers, phones and cards masked.

    Args:
        text: as it was typed.
        office_phones: published phones, which stay.
    """
    words = text.replace("\r\n", "\n")
    searched = plain(words)
    hits = find_numbers(searched, office_numbers(office_phones))
    if not hits:
        return words
    # Where folding took characters away, places differ: then the folded words are kept.
    kept = words if len(words) == len(searched) else searched
    for hit in reversed(hits):
        kept = f"{kept[: hit.start]}{hit.masked}{kept[hit.end :]}"
    return kept
