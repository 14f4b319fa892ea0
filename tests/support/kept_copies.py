"""Parts of a copy without a village, and a copy as the last release left it."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from bulletin.domain.open_data.copy_parts import PartFiles
from support.clock import NOON

UNTIL = NOON + timedelta(days=90)
Files = Mapping[str, str]  # path → text


def part(files: Files, key: str = "N/A", until: datetime = UNTIL) -> PartFiles:
    return PartFiles(
        key=key,
        until=until,
        files={path: text.encode() for path, text in files.items()},
        notices=frozenset(),
        static=frozenset(),
    )


def pages_in(folder: Path) -> dict[str, str]:
    """Path → text, without what tells of the copy itself."""
    return {path: data.decode() for path, data in bytes_in(folder).items()}


def bytes_in(folder: Path) -> dict[str, bytes]:
    files = {str(file.relative_to(folder)): file for file in folder.rglob("*") if file.is_file()}
    return {
        path: file.read_bytes()
        for path, file in files.items()
        if path not in {"SHA256SUMS", "manifest.json"} and not path.startswith(".lists/")
    }


def former_lists(parts: Mapping[str, Files], *, made_by: str, now: datetime) -> tuple[bytes, str]:
    """The manifest and the list of all files, as the last release wrote them."""
    told = {
        "written_at": now.isoformat(),
        "made_by": made_by,
        "entry": 1,
        "vanished": {"N/GONE/index.html": now.isoformat()},
        "parts": {
            key: {"until": UNTIL.isoformat(), "files": sorted(files), "notices": [], "static": []}
            for key, files in parts.items()
        },
    }
    files = {path: text for of_part in parts.values() for path, text in of_part.items()}
    lines = (f"{sha256(text.encode()).hexdigest()}  {path}\n" for path, text in files.items())
    return json.dumps(told).encode(), "".join(lines)


def former_copy(
    folder: Path, parts: Mapping[str, Files], *, made_by: str = "x", now: datetime = NOON
) -> None:
    """A folder with what the last release wrote; what is there already stays, as it would."""
    for path, text in (each for files in parts.values() for each in files.items()):
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    manifest, listed = former_lists(parts, made_by=made_by, now=now)
    (folder / "manifest.json").write_bytes(manifest)
    (folder / "SHA256SUMS").write_text(listed)
