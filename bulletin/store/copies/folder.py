"""A copy in a folder: behind a web server, or to be uploaded."""

import os
from collections.abc import Collection, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from bulletin.store.copies.place import JOURNAL, LISTS, MANIFEST

HALF = ".half"
HOW_TO_CHECK = b"# What the files must be: cat .lists/* | sha256sum -c --quiet\n"
SYNCED_AT_ONCE = 32  # files
READ_BY_ALL, ENTERED_BY_ALL = 0o644, 0o755


class CopyInFolder:
    """A `CopyPlace` in a folder. Unlike all else that is written, web servers and uploaders read it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def where(self) -> str:
        return str(self._folder)

    def holds_files(self) -> bool:
        ours = {LISTS.rstrip("/"), HALF}
        there = self._folder.iterdir() if self._folder.is_dir() else ()
        return any(each.name not in ours for each in there)

    def is_foreign(self) -> bool:
        return not (self._folder / JOURNAL).exists() and self.holds_files()

    def journal(self) -> str:
        file = self._folder / JOURNAL
        return file.read_text(encoding="utf-8") if file.exists() else ""

    def manifest(self) -> bytes:
        try:
            return (self._folder / MANIFEST).read_bytes()
        except OSError:
            return b""

    def list_files(self) -> list[str]:
        lists = self._folder / LISTS
        return os.listdir(lists) if lists.is_dir() else []  # noqa: PTH208 - names, of many

    def lists(self, files: Collection[str]) -> dict[str, str]:
        there = {file: self._folder / LISTS / file for file in files}
        return {name: f.read_text(encoding="utf-8") for name, f in there.items() if f.exists()}

    def present(self, paths: Collection[str]) -> set[str]:
        # Not by `Path`: making one of each of a million takes longer than asking for it.
        return {path for path in paths if os.path.isfile(f"{self._folder}/{path}")}  # noqa: PTH113

    def note(self, lines: str) -> None:
        self._make(self._folder)
        with (self._folder / JOURNAL).open("a", encoding="utf-8") as journal:
            journal.write(lines)
            journal.flush()
            os.fsync(journal.fileno())

    def write(self, files: Mapping[str, bytes]) -> None:
        for path, data in files.items():
            self._write(path, data)

    def delete(self, paths: Collection[str]) -> None:
        for path in paths:
            (self._folder / path).unlink(missing_ok=True)
            self._delete_empty((self._folder / path).parent)

    def settle(self, paths: Iterable[str]) -> None:
        """Many at once: a disk commits them together."""
        with ThreadPoolExecutor(SYNCED_AT_ONCE) as threads:
            for _ in threads.map(_sync, (self._folder / path for path in paths)):
                pass

    def write_lists(self, lists: Mapping[str, str]) -> None:
        paths = {f"{LISTS}{file}": text.encode() for file, text in lists.items()}
        self.write(paths)
        self.settle(paths)

    def write_manifest(self, manifest: bytes) -> None:
        self._write(MANIFEST, manifest, synced=True)

    def end(self, files: Collection[str]) -> None:
        self._write(JOURNAL, HOW_TO_CHECK, synced=True)
        for file in set(self.list_files()) - set(files):
            (self._folder / LISTS / file).unlink(missing_ok=True)

    def _write(self, path: str, data: bytes, *, synced: bool = False) -> None:
        """Whole or not at all: somebody may be reading or uploading the folder right now.

        What a run leaves half-written is always the one file that the next run writes first.
        """
        file = self._folder / path
        self._make(file.parent)
        half = self._folder / HALF
        half.write_bytes(data)
        half.chmod(READ_BY_ALL)
        if synced:
            _sync(half)
        half.replace(file)

    def _make(self, folder: Path) -> None:
        if folder.is_dir():
            return
        self._make(folder.parent)
        folder.mkdir(exist_ok=True)
        folder.chmod(ENTERED_BY_ALL)

    def _delete_empty(self, folder: Path) -> None:
        """The folder and those that it leaves empty; only tried, for what is in N/ takes long to list."""
        with suppress(OSError):  # not empty
            while folder != self._folder:
                folder.rmdir()
                folder = folder.parent


def _sync(file: Path) -> None:
    with file.open("rb+") as written:
        os.fsync(written.fileno())
