"""A list of the copy: what the last run left of some parts of it, as `sha256sum -c` reads it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

PART = "# "  # `sha256sum` passes over such lines


@dataclass(frozen=True, kw_only=True)
class KnownPart:
    """What the last run left of a part."""

    until: datetime  # from then on it says something else by itself
    files: Mapping[str, str]  # path → SHA-256 in hexadecimal
    notices: frozenset[str] = frozenset()  # that its pages link to
    static: frozenset[str] = frozenset()


def sum_line(path: str, digest: str) -> str:
    return f"{digest}  {path}\n"


def list_text(parts: Mapping[str, KnownPart]) -> str:
    """As `read_list` takes it back: a line each part, and below it one each file."""
    lines: list[str] = []
    for key, part in sorted(parts.items()):
        told = {
            "key": key,
            "until": part.until.isoformat(),
            "notices": sorted(part.notices),
            "static": sorted(part.static),
        }
        lines.append(f"{PART}{_json(told)}\n")
        lines += (sum_line(path, digest) for path, digest in sorted(part.files.items()))
    return "".join(lines)


def read_list(text: str) -> dict[str, KnownPart]:
    parts: dict[str, KnownPart] = {}
    files: dict[str, str] = {}
    for line in text.split("\n"):  # a name may hold what `splitlines` takes for an end
        if line.startswith(PART):
            told, files = json.loads(line[len(PART) :]), {}
            parts[told["key"]] = KnownPart(
                until=datetime.fromisoformat(told["until"]),
                files=files,
                notices=frozenset(told["notices"]),
                static=frozenset(told["static"]),
            )
        elif line:
            digest, _gap, path = line.partition("  ")
            files[path] = digest
    return parts


_json = json.JSONEncoder(ensure_ascii=False).encode
