"""The history written on in a second folder, so that paper on a wall can be held against it after a fire."""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bulletin.domain.history import ChainEntry

STEM = "history"
MAX_LINE = 65536  # bytes


@dataclass(frozen=True, kw_only=True)
class CopyLine:
    number: int
    at: datetime
    act: str
    subject: str
    facts: dict[str, Any]
    hash: str


def newest(folder: Path) -> Path | None:
    """The file that is written on now; every restore begins a new one."""
    files = sorted(folder.glob(f"{STEM}-*.jsonl"))
    return files[-1] if files else None


def begin(folder: Path) -> Path:
    """A new file after all others."""
    return folder / f"{STEM}-{len(list(folder.glob(f'{STEM}-*.jsonl'))) + 1:04d}.jsonl"


def lines(file: Path) -> Iterator[CopyLine]:
    """What a file holds; a last line that a power cut tore is left out."""
    with file.open("rb") as text:
        yield from (_read(raw) for raw in text if raw.endswith(b"\n"))


def last(file: Path) -> CopyLine | None:
    """The newest line, read from the end: the file grows for years."""
    with file.open("rb") as text:
        text.seek(max(0, text.seek(0, os.SEEK_END) - MAX_LINE))
        whole = [raw for raw in text.read().splitlines(keepends=True) if raw.endswith(b"\n")]
    return _read(whole[-1]) if whole else None


def _read(raw: bytes) -> CopyLine:
    payload = json.loads(raw)
    return CopyLine(
        number=payload["number"],
        at=datetime.fromisoformat(payload["at"]),
        act=payload["act"],
        subject=payload["subject"],
        facts=payload["facts"],
        hash=payload["hash"],
    )


def append(file: Path, entries: list[ChainEntry]) -> None:
    """Write entries on and make sure that they are on the disk. A torn last line is mended first."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a+b") as text:
        _drop_torn_line(text)
        for entry in entries:
            payload = {
                "number": entry.number,
                "at": entry.at.isoformat(),
                "act": entry.act,
                "subject": entry.subject,
                "facts": dict(entry.facts),
                "hash": entry.hash,
            }
            text.write(json.dumps(payload, ensure_ascii=False).encode() + b"\n")
        text.flush()
        os.fsync(text.fileno())


def _drop_torn_line(text: Any) -> None:
    start = max(0, text.seek(0, os.SEEK_END) - MAX_LINE)
    text.seek(start)
    whole = start + text.read().rfind(b"\n") + 1
    text.truncate(whole)
    text.seek(whole)
