"""The second folder's copy of the history, written on by the clock."""

from pathlib import Path

from bulletin.services.house import House
from bulletin.store import history, witness

WITNESS_TICK = "witness"


def write_on(house: House) -> int:
    """Append what happened since the last time; returns how many entries.

    Without a second folder nothing is written. After a restore a new file begins, so that nothing
    that was witnessed is ever written over.
    """
    folder = house.backup_dir
    if folder is None:
        return 0
    file = witness.newest(folder) or witness.begin(folder)
    seen = witness.last(file) if file.exists() else None
    with house.sessions.reading() as session:
        if seen is not None and history.hash_of(session, seen.number) != seen.hash:
            file, seen = witness.begin(folder), None
        entries = list(history.entries(session, after=seen.number if seen else 0))
    if entries:
        witness.append(file, entries)
    return len(entries)


def lines_beyond(folder: Path, number: int, head_hash: str) -> list[witness.Line]:
    """What was witnessed after an entry of the same chain; nothing when no file knows the entry."""
    for file in sorted(folder.glob(f"{witness.STEM}-*.jsonl"), reverse=True):
        found = list(witness.lines(file))
        if number == 0 or any((line.number, line.hash) == (number, head_hash) for line in found):
            return [line for line in found if line.number > number]
    return []
