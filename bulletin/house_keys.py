"""What signs for a house, and goes along when it moves as a whole."""

from pathlib import Path

from bulletin.domain.errors import Misconfigured
from bulletin.settings import Settings
from bulletin.store.key_folder import KeyFolder
from bulletin.store.whole_files import write_once


def _signing_files(settings: Settings) -> tuple[Path, ...]:
    """What signs for a house; not all of it need be there."""
    KeyFolder(settings.data).secret()
    return KeyFolder(settings.data).files


def other_keys(settings: Settings, folder: Path) -> tuple[str, ...]:
    """What signs in another data folder already, and is not what signs here: the names of the files."""
    found = [(each, folder / each.name) for each in _signing_files(settings)]
    return tuple(
        there.name for here, there in found if there.exists() and _read(there) != _read(here)
    )


def _read(file: Path) -> str | None:
    return file.read_text(encoding="utf-8").strip() if file.exists() else None


def hand_over_keys(settings: Settings, folder: Path) -> list[str]:
    """What signs for a house goes along to its new data folder; returns the names of the files.

    Raises:
        Misconfigured: others sign there.
    """
    if others := other_keys(settings, folder):
        raise Misconfigured(f"{', '.join(others)} in {folder} are others and were left as they are")
    present = [each for each in _signing_files(settings) if each.exists()]
    for each in present:
        write_once(folder / each.name, each.read_text(encoding="utf-8"))
    return [each.name for each in present]
