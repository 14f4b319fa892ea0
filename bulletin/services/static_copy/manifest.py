"""The manifest of the copy: which lists tell what it holds, and what had to vanish."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, kw_only=True)
class KnownList:
    """What need not be read in a list."""

    file: str  # its name, which holds a digest of it
    until: datetime  # the earliest of its parts
    parts: int
    files: int
    static: frozenset[str]  # of all its parts


@dataclass(kw_only=True)
class Manifest:
    """Which lists of a copy hold, and what had to vanish from it.

    Whoever keeps the copy elsewhere (a mirror, an object store) reads here what must be deleted there too.
    """

    written_at: datetime | None = None  # by a run that came to its end
    looked_at: datetime | None = None  # whether all files are there
    made_by: str = ""  # by which program and settings; others make every page anew
    entry: int = 0  # of the history: all before it are in the copy
    head: str = ""  # the hash of that entry: another history has another one
    signs: int = 0  # of a notice's code, which tell its list
    lists: dict[str, KnownList] = field(default_factory=dict)  # by their names
    vanished: dict[str, datetime] = field(default_factory=dict)  # path → since when


def read_manifest(data: bytes) -> Manifest | None:
    """Of the last run that came to its end; None where there is none, or not of ours any more."""
    try:
        told = json.loads(data)
        return Manifest(
            written_at=_moment(told["written_at"]),
            looked_at=_moment(told["looked_at"]),
            made_by=told["made_by"],
            entry=told["entry"],
            head=told["head"],
            signs=told["signs"],
            lists={name: _known_list(each) for name, each in told["lists"].items()},
            vanished=read_vanished(told),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def read_vanished(told: Mapping[str, Any]) -> dict[str, datetime]:
    return {path: datetime.fromisoformat(at) for path, at in told["vanished"].items()}


def _moment(told: str | None) -> datetime | None:
    return datetime.fromisoformat(told) if told else None


def _known_list(told: Mapping[str, Any]) -> KnownList:
    return KnownList(
        file=told["file"],
        until=datetime.fromisoformat(told["until"]),
        parts=told["parts"],
        files=told["files"],
        static=frozenset(told["static"]),
    )


def manifest_json(manifest: Manifest) -> bytes:
    """As `read_manifest` takes it back: a line each list, for who looks into it."""
    told = {
        "written_at": manifest.written_at and manifest.written_at.isoformat(),
        "looked_at": manifest.looked_at and manifest.looked_at.isoformat(),
        "made_by": manifest.made_by,
        "entry": manifest.entry,
        "head": manifest.head,
        "signs": manifest.signs,
        "vanished": {path: at.isoformat() for path, at in sorted(manifest.vanished.items())},
    }
    lists = ",\n".join(
        f"{_json(name)}: {_json(_told(each))}" for name, each in sorted(manifest.lists.items())
    )
    return f'{_json(told)[:-1]}, "lists": {{\n{lists}\n}}}}\n'.encode()


def _told(known: KnownList) -> dict[str, Any]:
    return vars(known) | {"until": known.until.isoformat(), "static": sorted(known.static)}


_json = json.JSONEncoder(ensure_ascii=False).encode
