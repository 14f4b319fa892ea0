"""The families of fonts that sheets are set in: the office's own and the packaged one."""

from collections.abc import Sequence
from pathlib import Path

import typst

from bulletin.domain.errors import Misconfigured
from bulletin.sheets.facts import FontChoice


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
