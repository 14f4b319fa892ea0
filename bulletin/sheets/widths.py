"""How wide words stand, in em, roughly: enough to choose between them, never to place them."""

import unicodedata
from functools import lru_cache

HALF = 0.55  # a figure or Latin letter of the packaged font, in em
MAX_RUN = 24  # characters: numbers of cards and telephones stay whole, long addresses do not
BROKEN_RUN = 12
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
    """The same words, with places to break in runs that would not fit into a line or a cell."""
    if len(words) <= MAX_RUN:
        return words  # nearly every cell
    for run in sorted(set(unbroken_runs(words)), key=len, reverse=True):
        if len(run) > MAX_RUN:
            pieces = (run[at : at + BROKEN_RUN] for at in range(0, len(run), BROKEN_RUN))
            words = words.replace(run, ZERO_WIDTH_SPACE.join(pieces))
    return words
