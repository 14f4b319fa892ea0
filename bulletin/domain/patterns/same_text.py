"""Whether two notices say the same, word for word, whatever village and period they name."""

import unicodedata
from collections.abc import Iterable, Sequence

from bulletin.domain.characters import folded
from bulletin.domain.deadlines.periods import Period
from bulletin.domain.digests import sha256_hex
from bulletin.domain.notices.content import Document, texts
from bulletin.domain.patterns.period_names import period_names

MIN_SAID = 20  # characters: less is said alike by chance


def text_digest(document: Document, periods: Sequence[Period], places: Iterable[str]) -> str:
    """SHA-256 of what a notice says; '' when it says hardly anything.

    Punctuation and blanks don't count, nor the names of its own periods and places: a text of which
    only these were changed is the same.
    """
    said = "\n".join(texts(document))
    for period in periods:
        said = _without_names(said, period)
    for place in sorted(filter(None, places), key=len, reverse=True):
        said = said.replace(place, "")
    plain = "".join(char for char in folded(said) if unicodedata.category(char)[0] in "LN")
    return sha256_hex(plain.encode()) if len(plain) >= MIN_SAID else ""


def _without_names(said: str, period: Period) -> str:
    pieces, done = "", 0
    for name in period_names(said, period):
        pieces += said[done : name.start]
        done = name.end
    return pieces + said[done:]
