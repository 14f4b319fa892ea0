"""What the privacy check found: where and what kind, never the value."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from bulletin.domain.digests import sha256_hex
from bulletin.domain.notices.positions import NOWHERE, Position
from bulletin.domain.privacy.kinds import FindingKind
from bulletin.domain.privacy.numbers import bare_mobile
from bulletin.domain.privacy.text_runs import plain

_LONG_FIGURES = re.compile(r"[0-9](?:[ ._*-]{0,3}[0-9]){6,}[Xx]?")
_MAX_QUOTE = 20


@dataclass(frozen=True)
class PrivacyFinding:
    """One piece of personal data.

    `place` is in Chinese, for the liaison who looks for it. `masked` is all that may be shown:
    first and last two places of an identity number, the leading 1 of a phone, the last two places
    of a card, the count of filled cells of a column.
    """

    kind: FindingKind
    place: str
    masked: str
    # SHA-256 of the words it was found in and where: whoever cleared it cleared just this.
    source: str = field(default="", repr=False, compare=False)
    position: Position = field(default=NOWHERE, repr=False, compare=False)  # in a draft


def quoted(words: str) -> str:
    """Words as a place may quote them: one short line, longer rows of figures starred out."""
    line = re.sub(r"\s+", "", words)
    starred, figures = _LONG_FIGURES.subn("*******", plain(line))
    starred = starred if figures else line
    return starred if len(starred) <= _MAX_QUOTE else f"{starred[:_MAX_QUOTE]}…"


def office_numbers(phones: Iterable[str]) -> frozenset[str]:
    """Published phones as they are compared: figures only, without the country prefix."""
    return frozenset(bare_mobile(re.sub(r"[^0-9]", "", plain(phone))) for phone in phones)


def source_of(words: str, start: int) -> str:
    """What a clearance is bound to: the SHA-256 of the words and the place in them."""
    return sha256_hex(f"{start}\0{words}".encode())
