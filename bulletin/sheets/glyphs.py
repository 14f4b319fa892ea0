"""Which characters a font family has, read from its files."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTCollection, TTFont, TTLibError

SUFFIXES = frozenset({".ttf", ".otf", ".ttc", ".otc"})
FAMILY_NAMES = (16, 1)  # of the name table: the typographic family, the family


@cache
def characters_of(folders: tuple[Path, ...]) -> dict[str, frozenset[int]]:
    """The code points that every face of a family has, by each name of the family.

    Args:
        folders: where font files lie, in them and below.
    """
    found: dict[str, frozenset[int]] = {}
    for face in _faces(folders):
        points = frozenset(face.getBestCmap() or {})
        for family in _families(face):
            found[family] = found.get(family, points) & points
    return found


def lacking(words: str, family: str, folders: Sequence[Path]) -> list[str]:
    """The characters of some words that a family does not have, each once, as they come."""
    known = characters_of(tuple(folders)).get(family, frozenset())
    return [char for char in dict.fromkeys(words) if ord(char) not in known and not char.isspace()]


def font_files(folders: Iterable[Path]) -> Iterator[Path]:
    """The font files of some folders, in them and below, in a fixed order."""
    for folder in folders:
        yield from sorted(path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES)


def _faces(folders: Iterable[Path]) -> Iterator[TTFont]:
    for file in font_files(folders):
        try:
            if file.suffix.lower() in {".ttc", ".otc"}:
                with TTCollection(file, lazy=True) as collection:
                    yield from collection.fonts
            else:
                with TTFont(file, lazy=True) as face:
                    yield face
        except (TTLibError, OSError):
            continue  # Typst passes over it too


def _families(face: TTFont) -> set[str]:
    names = face["name"].names
    return {record.toUnicode() for record in names if record.nameID in FAMILY_NAMES}
