"""The manifest of the copy: what each part of it holds, and what had to vanish."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, kw_only=True)
class KnownPart:
    """What the last run left of a part."""

    until: datetime  # from then on it says something else by itself
    files: frozenset[str]
    notices: frozenset[str] = frozenset()  # that its pages link to
    static: frozenset[str] = frozenset()


@dataclass(kw_only=True)
class Manifest:
    """What a copy holds, until when each part of it is right, and what had to vanish from it.

    Whoever keeps the copy elsewhere (a mirror, an object store) reads here what must be deleted there too.
    """

    written_at: datetime | None = None  # by a run that came to its end
    made_by: str = ""  # by which program and settings; others make every page anew
    entry: int = 0  # of the history: all before it are in the copy
    parts: dict[str, KnownPart] = field(default_factory=dict)
    vanished: dict[str, datetime] = field(default_factory=dict)  # path → since when


def read_manifest(data: bytes) -> Manifest:
    """Of the last run that came to its end; an empty one makes everything anew."""
    try:
        told = json.loads(data)
        return Manifest(
            written_at=datetime.fromisoformat(told["written_at"]),
            made_by=told["made_by"],
            entry=told["entry"],
            parts={key: _known_part(each) for key, each in told["parts"].items()},
            vanished={p: datetime.fromisoformat(at) for p, at in told["vanished"].items()},
        )
    except (ValueError, KeyError, TypeError, AttributeError):  # none, or not ours any more
        return Manifest()


def _known_part(told: Mapping[str, Any]) -> KnownPart:
    return KnownPart(
        until=datetime.fromisoformat(told["until"]),
        files=frozenset(told["files"]),
        notices=frozenset(told["notices"]),
        static=frozenset(told["static"]),
    )


def manifest_json(manifest: Manifest) -> bytes:
    """As `read_manifest` takes it back: a line each part, for who looks into it.

    Not by `indent`: with it Python's encoder takes five times as long, and a county has 200,000 parts.
    """
    told = {
        "written_at": manifest.written_at and manifest.written_at.isoformat(),
        "made_by": manifest.made_by,
        "entry": manifest.entry,
        "vanished": {path: at.isoformat() for path, at in sorted(manifest.vanished.items())},
    }
    parts = ",\n".join(
        f"{_json(key)}: {_json(_told(part))}" for key, part in sorted(manifest.parts.items())
    )
    return f'{_json(told)[:-1]}, "parts": {{\n{parts}\n}}}}\n'.encode()


def _told(part: KnownPart) -> dict[str, Any]:
    return {
        "until": part.until.isoformat(),
        "files": sorted(part.files),
        "notices": sorted(part.notices),
        "static": sorted(part.static),
    }


_json = json.JSONEncoder(ensure_ascii=False).encode
