"""What all sheets of a site look like: its templates and its fonts."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from bulletin.domain.digests import sha256_hex
from bulletin.sheets.fonts import font_files

PARTS = "parts"


def template_files(template_dir: Path) -> list[Path]:
    """The templates and what they share, in the order of their names."""
    return sorted((*template_dir.glob("*.typ"), *(template_dir / PARTS).iterdir()))


def look_of(template_dir: Path, font_dirs: Sequence[Path], words: Iterable[str]) -> str:
    """A digest that changes with templates, fonts and some words, and so with what preflight saw."""
    files = [part.read_bytes() for part in template_files(template_dir)]
    fonts = (f"{file}:{file.stat().st_size}" for file in font_files(font_dirs))
    return sha256_hex(b"\0".join([*files, *(word.encode() for word in (*words, *fonts))]))
