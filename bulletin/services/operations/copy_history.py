"""The second folder's copy of the history, written on by the clock."""

from pathlib import Path

from bulletin.services.site import Site
from bulletin.store import history, history_copy


def copy_history(site: Site) -> int:
    """Append what happened since the last time; returns how many entries.

    Without a second folder nothing is written. After a restore a new file begins, so that no copied
    line is ever written over.
    """
    folder = site.backup_dir
    if folder is None:
        return 0
    file = history_copy.newest(folder) or history_copy.begin(folder)
    last = history_copy.last(file) if file.exists() else None
    with site.sessions.reading() as session:
        if last is not None and history.hash_of(session, last.number) != last.hash:
            file, last = history_copy.begin(folder), None
        entries = list(history.entries(session, after=last.number if last else 0))
    if entries:
        history_copy.append(file, entries)
    return len(entries)


def lines_after(folder: Path, number: int, head_hash: str) -> list[history_copy.CopyLine]:
    """What was copied after an entry of the same chain; nothing when no file knows the entry."""
    for file in sorted(folder.glob(f"{history_copy.STEM}-*.jsonl"), reverse=True):
        lines = list(history_copy.lines(file))
        if number == 0 or any((line.number, line.hash) == (number, head_hash) for line in lines):
            return [line for line in lines if line.number > number]
    return []
