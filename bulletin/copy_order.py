"""What is to be copied, and by which program: with another one all of its pages are made anew."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from hashlib import sha256
from pathlib import Path

import bulletin
from bulletin.settings import Settings
from bulletin.wiring import folder

# Settings that make no page, and are others on each machine of a county.
OF_MACHINE = {
    *("data", "database_url", "read_url", "files", "former_files", "shared_store", "queue"),
    *("backup_dir", "metrics", "copy", "township", "sheet_templates", "font_dir"),
}
PROGRAM = {".py", ".html", ".css", ".js", ".yaml", ".svg", ".po"}  # what pages are made of


@dataclass(frozen=True)
class CopyOrder:
    """What is to be copied: a site as of a moment, published at an address."""

    settings: Settings
    address: str
    now: datetime
    live: str  # where forms are sent; '' when phones can reach the copy alone
    languages: frozenset[str] | None = None  # beside Chinese, by their tags; None: all of the site


def program_of(order: CopyOrder) -> str:
    """SHA-256 of the program and the settings that make the pages; with others they may look different."""
    settings = {k: v for k, v in vars(order.settings).items() if k not in OF_MACHINE}
    languages = sorted(order.languages if order.languages is not None else ["*"])
    digest = sha256(repr((settings, order.address, order.live, languages)).encode())
    digest.update(_program(order.settings.languages))
    return digest.hexdigest()


@cache
def _program(own_languages: Path) -> bytes:
    """SHA-256 of what this process has loaded: read once."""
    digest = sha256()
    program = Path(bulletin.__file__).parent
    for place in (program, folder("templates"), folder("schedules"), own_languages):
        for file in sorted(place.rglob("*")):
            if file.suffix in PROGRAM:
                digest.update(file.read_bytes())
    return digest.digest()
