"""The families of fonts that sheets are set in: the office's own and the packaged one, and their files."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import typst
from fontTools.ttLib import TTCollection, TTFont, TTLibError

from bulletin.domain.errors import Misconfigured
from bulletin.sheets.facts import FontChoice

COLLECTIONS = frozenset({".ttc", ".otc"})
SUFFIXES = frozenset({".ttf", ".otf"}) | COLLECTIONS
FAMILY_NAMES = (16, 1)  # of the name table: the typographic family, the family
REGULAR = 400  # of the table OS/2; what a font without that table is taken for


@dataclass(frozen=True)
class FontFace:
    file: Path
    index: int  # in its file: a collection has several
    families: frozenset[str]  # every name of its family
    weight: int  # 400 regular, 700 bold
    font: TTFont  # to be read before the next face is asked for


def font_files(folders: Iterable[Path]) -> Iterator[Path]:
    """The font files of some folders, in them and below, in a fixed order."""
    for folder in folders:
        yield from sorted(path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES)


def font_faces(folders: Iterable[Path]) -> Iterator[FontFace]:
    """Every face of the font files that can be read and name their family."""
    for file in font_files(folders):
        try:
            with file.open("rb") as stream:
                several = file.suffix.lower() in COLLECTIONS
                fonts = (
                    TTCollection(stream, lazy=True).fonts
                    if several
                    else [TTFont(stream, lazy=True)]
                )
                for index, font in enumerate(fonts):
                    yield FontFace(file, index, _families(font), _weight(font), font)
        except (TTLibError, OSError, KeyError):
            continue  # Typst passes over it too


def _families(font: TTFont) -> frozenset[str]:
    names = font["name"].names
    return frozenset(record.toUnicode() for record in names if record.nameID in FAMILY_NAMES)


def _weight(font: TTFont) -> int:
    return int(font["OS/2"].usWeightClass) if "OS/2" in font else REGULAR


@cache
def characters_of(folders: tuple[Path, ...]) -> dict[str, frozenset[int]]:
    """The code points that every face of a family has, by each name of the family.

    Args:
        folders: where font files lie, in them and below.
    """
    characters: dict[str, frozenset[int]] = {}
    for face in font_faces(folders):
        points = frozenset(face.font.getBestCmap() or {})
        for family in face.families:
            characters[family] = characters.get(family, points) & points
    return characters


@cache
def read_fonts(folders: tuple[Path, ...]) -> typst.Fonts:
    """The fonts of some folders, and the monospaced face of fingerprints. Read once a process."""
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=True,
        font_paths=[str(folder) for folder in folders],
    )


def own_families(folders: Sequence[Path]) -> tuple[str, ...]:
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(folder) for folder in folders],
    )
    return tuple(sorted(fonts.families()))


def ensure_present(choice: FontChoice, families: Sequence[str], folders: Sequence[Path]) -> None:
    for family in (choice.body, choice.title):
        if family not in families:
            where = ", ".join(str(folder) for folder in folders)
            raise Misconfigured(
                f"the font {family!r} is not in {where}; put its file into BULLETIN_FONT_DIR, or "
                f"name one of: {', '.join(sorted(families))}"
            )
