"""How wide words stand, in em, roughly: enough to choose between them, never to place them."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from bulletin.sheets.scripts import is_joined

HALF = 0.55  # a figure or Latin letter of the packaged font, in em
MAX_RUN = 24  # characters: numbers of cards and telephones stay whole, long addresses do not
MAX_PIECE = 16  # characters of an address between two joints
BROKEN_RUN = 12
_JOINT = re.compile(r"(?<=[/?&_-])(?![/?&_-])")  # as in web/whole_words.py
JOINED_RUN = 40  # letters: longer than any word of Uyghur or Mongolian
TSHEG = "\u0f0b"  # between the syllables of Tibetan, where a line may end
ZERO_WIDTH_SPACE = "\u200b"  # where a line may end; it neither shows nor counts as content


def ems(words: str) -> float:
    """How wide words run, in the width of a Chinese character."""
    return sum(map(_width, words))


@lru_cache(maxsize=8192)
def _width(char: str) -> float:
    if _is_mark(char):
        return 0.0
    return 1.0 if is_wide(char) else HALF


def _is_mark(char: str) -> bool:
    """What stands above, below or under another letter: accents, the lower parts of a Tibetan stack."""
    return unicodedata.category(char) in ("Mn", "Me")


@lru_cache(maxsize=8192)  # as many characters as a township's papers use
def is_wide(char: str) -> bool:
    """As wide as a Chinese character (Unicode Standard Annex 11)."""
    return unicodedata.east_asian_width(char) in "WF"


def _unbroken_runs(words: str) -> list[str]:
    """The pieces of a text between which a line may end: Latin words, figures, addresses."""
    runs, run = [], ""
    for char in words:
        if char.isspace() or char == ZERO_WIDTH_SPACE or is_wide(char):
            runs.append(run)
            run = ""
        else:
            run += char
            if char == TSHEG:
                runs.append(run)
                run = ""
    return [piece for piece in (*runs, run) if piece]


def breakable(words: str) -> str:
    """The same words, with places to break in runs that would not fit into a line or a cell.

    An address may break after its / ? & _ and -, so that no word of it is torn; what has none of them,
    and what is too long between two, is cut short.
    """
    if len(words) <= MAX_RUN:
        return words  # nearly every cell
    for run in sorted(set(_unbroken_runs(words)), key=len, reverse=True):
        if len(run) > MAX_RUN:
            words = words.replace(run, ZERO_WIDTH_SPACE.join(_pieces(run)))
    return words


def _pieces(run: str) -> Iterator[str]:
    for piece in filter(None, _JOINT.split(run)):
        yield from [piece] if len(piece) <= MAX_PIECE else _cut(piece)


def _cut(run: str) -> Iterator[str]:
    """Cut short, but never within a stack, and through a joined word only where no line would hold it."""
    start = 0
    for at in range(1, len(run)):
        joined = is_joined(run[at - 1]) or is_joined(run[at])
        if at - start >= (JOINED_RUN if joined else BROKEN_RUN) and not _is_mark(run[at]):
            yield run[start:at]
            start = at
    yield run[start:]
