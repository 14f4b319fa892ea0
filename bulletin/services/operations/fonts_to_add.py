"""Which scripts no sheet can be set in yet, and where the administrator puts their fonts."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bulletin.services.site import Site
from bulletin.sheets.glyphs import scripts_without_a_font
from bulletin.sheets.scripts import Script


@dataclass(frozen=True)
class FontsToAdd:
    scripts: Sequence[Script]
    folder: Path  # absolute; it need not exist yet


def fonts_to_add(site: Site) -> FontsToAdd:
    """No problem of the site: nothing is wrong where nobody writes these scripts."""
    *own, _packaged = site.composer.font_dirs
    folder = own[0] if own else site.data / "fonts"
    return FontsToAdd(scripts_without_a_font(site.composer.font_dirs), folder.resolve())
