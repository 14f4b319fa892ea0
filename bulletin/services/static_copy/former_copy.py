"""A copy as the last release left it: one list of all files, and one manifest of all parts."""

import json
from datetime import datetime
from itertools import chain, starmap

from bulletin.services.static_copy.journal import UNFINISHED, Journal, read_journal
from bulletin.services.static_copy.known_parts import KnownPart, sum_line
from bulletin.services.static_copy.lists import CopyLists, sound_list
from bulletin.services.static_copy.manifest import Manifest, read_vanished
from bulletin.store.copies.place import CopyPlace


def open_former(place: CopyPlace) -> tuple[Manifest, CopyLists, Journal]:
    """What its manifest and its list tell; an empty manifest, which makes all anew, where there is none."""
    journal = read_journal(place.journal())
    if place.holds_files():
        _note_strays(place, journal)
    manifest, parts = _read(place.manifest(), journal)
    lists = CopyLists(place, manifest)
    for key, part in parts.items():
        lists.put(key, part)
        if UNFINISHED in part.files.values():
            journal.keys.add(key)
    return manifest, lists, journal


def _note_strays(place: CopyPlace, journal: Journal) -> None:
    """What our lists tell where the last release wrote again since: it would not delete these files."""
    lists = place.lists(place.list_files())
    parts = chain.from_iterable(
        sound_list(place, file, text).values() for file, text in lists.items()
    )
    files = dict(chain.from_iterable(part.files.items() for part in parts))
    strays = {path: digest for path, digest in files.items() if path not in journal.digests}
    if strays:
        place.note("".join(starmap(sum_line, strays.items())))
        journal.digests |= strays


def _read(data: bytes, journal: Journal) -> tuple[Manifest, dict[str, KnownPart]]:
    try:
        told = json.loads(data)
        written_at = datetime.fromisoformat(told["written_at"])
        parts = {
            key: KnownPart(
                until=datetime.fromisoformat(each["until"]),
                files={path: journal.digests.get(path, UNFINISHED) for path in each["files"]},
                notices=frozenset(each["notices"]),
                static=frozenset(each["static"]),
            )
            for key, each in told["parts"].items()
        }
        vanished = read_vanished(told)
        made_by, entry = told["made_by"], told["entry"]
    except (ValueError, KeyError, TypeError, AttributeError):  # none, or not ours any more
        return Manifest(), {}
    return Manifest(written_at=written_at, made_by=made_by, entry=entry, vanished=vanished), parts
