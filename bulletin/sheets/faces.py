"""How wide words stand in the fonts of a sheet, so that a table is planned before it is set."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from PIL import ImageFont

from bulletin.domain.characters import is_joiner
from bulletin.sheets.fonts import REGULAR, characters_of, font_faces
from bulletin.sheets.widths import HALF, ZERO_WIDTH_SPACE, is_wide

Weight = Literal["regular", "bold"]
WEIGHTS: dict[Weight, int] = {"regular": REGULAR, "bold": 700}  # of the table OS/2
DIGITS = "0123456789"
PER_EM = 1000  # pixels: finer than any font counts
SEAM = 0.25  # em that Typst puts between Chinese and what is not
_HAN = "\u2e80-\u2fff\u3005-\u3007\u3040-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_OTHER = "0-9A-Za-z\u00c0-\u052f"
_SEAMS = re.compile(f"(?<=[{_HAN}])(?=[{_OTHER}])|(?<=[{_OTHER}])(?=[{_HAN}])")

_Family = tuple[ImageFont.FreeTypeFont, frozenset[int] | None]  # None: it has whatever is asked for


class Face(dict[str, float]):
    """The width of every character in em; the first font that has it decides."""

    def __init__(self, families: Sequence[_Family]) -> None:
        super().__init__()
        self._families = families
        # Figures of a font may differ, and stand alike in a column: all count as the widest.
        self.update(dict.fromkeys(DIGITS, max(map(self._width, DIGITS))))

    def __missing__(self, char: str) -> float:
        self[char] = width = self._width(char)
        return width

    def words(self, words: str) -> float:
        """The em that some words need on one line, rather too many than too few."""
        return sum(map(self.__getitem__, words)) + SEAM * len(_SEAMS.findall(words))

    def _width(self, char: str) -> float:
        if char == ZERO_WIDTH_SPACE or is_joiner(char):
            return 0.0
        for font, characters in self._families:
            if characters is None or ord(char) in characters:
                return float(font.getlength(char)) / PER_EM
        return 1.0 if is_wide(char) else HALF


@dataclass(frozen=True)
class Faces:
    """Of one family or its substitutes: what tables are measured with."""

    regular: Face
    bold: Face


def faces_of(families: Sequence[str], folders: Sequence[Path]) -> Faces:
    """As `face_of`, of both weights."""
    chosen, where = tuple(families), tuple(folders)
    return Faces(face_of(chosen, "regular", where), face_of(chosen, "bold", where))


@cache
def face_of(families: tuple[str, ...], weight: Weight, folders: tuple[Path, ...]) -> Face:
    """The faces that Typst takes for these families, of the weight that is nearest.

    Args:
        families: as a sheet names them, the first one deciding.
        folders: where font files lie, in them and below.
    """
    nearest: dict[str, tuple[int, Path, int]] = {}
    for face in font_faces(folders):
        away = abs(face.weight - WEIGHTS[weight])
        for family in face.families.intersection(families):
            if family not in nearest or away < nearest[family][0]:
                nearest[family] = away, face.file, face.index
    present = [family for family in families if family in nearest]
    return Face([_opened(family, *nearest[family][1:], present, folders) for family in present])


def _opened(
    family: str, file: Path, index: int, present: Sequence[str], folders: tuple[Path, ...]
) -> _Family:
    font = ImageFont.truetype(file, PER_EM, index=index, layout_engine=ImageFont.Layout.BASIC)
    # Reading which characters a font has takes a third of a second: only where it decides.
    return font, None if len(present) == 1 else characters_of(folders).get(family)
