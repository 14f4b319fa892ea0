"""How wide words stand, in em, roughly: enough to choose between them, never to place them."""

import re
import unicodedata
from functools import lru_cache

HALF = 0.55  # a figure or Latin letter of the packaged font, in em
MAX_RUN = 24  # characters: numbers of cards and telephones stay whole, long addresses do not
MAX_PIECE = 16  # of an address between two of its joints
BROKEN_RUN = 12
ADDRESS_JOINT = re.compile(r"(?<=[/?&_-])(?![/?&_-])")  # where an address is broken
ZERO_WIDTH_SPACE = "\u200b"  # where a line may end; it neither shows nor counts as content


def ems(words: str) -> float:
    """How wide words run, in the width of a Chinese character."""
    return sum(1.0 if is_wide(char) else HALF for char in words)


@lru_cache(maxsize=8192)  # as many characters as a township's papers use
def is_wide(char: str) -> bool:
    """As wide as a Chinese character (Unicode Standard Annex 11)."""
    return unicodedata.east_asian_width(char) in "WF"


def unbroken_runs(words: str) -> list[str]:
    """The pieces of a text between which a line may end: Latin words, figures, addresses."""
    runs, run = [], ""
    for char in words:
        if char.isspace() or char == ZERO_WIDTH_SPACE or is_wide(char):
            runs.append(run)
            run = ""
        else:
            run += char
    return [piece for piece in (*runs, run) if piece]


def breakable(words: str) -> str:
    """The same words, with places to break in runs that would not fit into a line or a cell.

    An address may break after its / ? & _ and -, so that no line is left half empty and no word of
    it is torn; what has none of them, and what stays too long between two, every `BROKEN_RUN` characters.
    """
    if len(words) <= MAX_RUN:
        return words  # nearly every cell
    for run in sorted(set(unbroken_runs(words)), key=len, reverse=True):
        if len(run) > MAX_RUN:
            words = words.replace(run, ZERO_WIDTH_SPACE.join(_pieces(run)))
    return words


def _pieces(run: str) -> list[str]:
    """A run in pieces that fit, each up to a joint of the address."""
    pieces = []
    for piece in ADDRESS_JOINT.split(run):
        size = BROKEN_RUN if len(piece) > MAX_PIECE else len(piece)
        pieces += [piece[at : at + size] for at in range(0, len(piece), size)] if piece else []
    return pieces
