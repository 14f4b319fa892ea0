"""The folder of the copy: files written whole, noted before they are written, and nothing of others deleted."""

import os
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import starmap
from pathlib import Path

from bulletin.domain.digests import sha256_hex
from bulletin.domain.errors import Refusal, Refused
from bulletin.domain.open_data.copy_parts import PartFiles
from bulletin.services.static_copy.manifest import KnownPart, manifest_json, read_manifest

LIST = "SHA256SUMS"  # what the folder holds of ours, as `sha256sum -c` reads it
MANIFEST = "manifest.json"
HALF = ".half"
REMEMBERED = timedelta(days=400)  # that a file had to vanish
SYNCED_AT_ONCE = 32  # files
UNFINISHED = "0" * 64  # instead of a digest: the file is being written or deleted


@dataclass(frozen=True)
class Copied:
    """What became of a folder: how many files are new, changed, gone, and as they were."""

    new: int = 0
    changed: int = 0
    gone: int = 0
    same: int = 0


class CopyFolder:
    """A folder that holds a copy, while a run writes it. A run that is cut off is completed by the next.

    Raises:
        Refused: the folder holds something else, which would be published along.
    """

    def __init__(self, folder: Path, now: datetime) -> None:
        self._folder, self._now = folder, now
        lines = _listed(folder)
        self._listed = {path for path, _ in lines}  # with what a run deleted that was cut off
        self._there = {path for path in self._listed if (folder / path).is_file()}
        # By such a run: what became of these nobody knows, so that they are written again.
        self._begun = {path for path, digest in lines if digest == UNFINISHED}
        sound = self._there - self._begun
        self._digests = {path: digest for path, digest in lines if path in sound}
        self._begun_as = _by_blind_name(self._begun)
        self._written: set[str] = set()
        self._held: set[str] = set()  # by the parts that were put
        self._new = self._changed = self._gone = 0
        self.manifest = read_manifest(folder / MANIFEST)
        folder.mkdir(parents=True, exist_ok=True)

    def begin_anew(self) -> None:
        """Every part is about to be made anew; should this run be cut off, the next one does so too."""
        if self.manifest.made_by:
            self.manifest.made_by = ""
            self._write_file(MANIFEST, manifest_json(self.manifest))

    def unsound(self) -> set[str]:
        """The parts that may not be as the last run left them: a run was cut off since, or files are missing."""
        sound = self._digests.keys()
        return {key for key, part in self.manifest.parts.items() if not part.files <= sound}

    def put_all(self, parts: Sequence[PartFiles]) -> list[PartFiles]:
        """Write parts, after noting of all of them at once that they are begun.

        Returns:
            Those of which anything changed since the last run that came to its end.
        """
        digests = [{path: sha256_hex(data) for path, data in part.files.items()} for part in parts]
        ahead = list(zip(parts, digests, strict=True))
        self._note(path for each in ahead for path in self._touched(*each))
        return [part for part, of_part in ahead if self._put(part, of_part)]

    def _touched(self, part: PartFiles, digests: Mapping[str, str]) -> list[str]:
        return [*sorted(self._gone_of(part) | self._begun_beside(part)), *self._changed_of(digests)]

    def _gone_of(self, part: PartFiles) -> frozenset[str]:
        known = self.manifest.parts.get(part.key)
        return known.files - part.files.keys() - self._held if known else frozenset()

    def _begun_beside(self, part: PartFiles) -> set[str]:
        """What a cut-off run wrote under a name that some disks take for one of these."""
        begun = set().union(*(self._begun_as.get(path.casefold(), set()) for path in part.files))
        return begun - part.files.keys() - self._written

    def _changed_of(self, digests: Mapping[str, str]) -> list[str]:
        return [path for path, digest in digests.items() if self._digests.get(path) != digest]

    def _put(self, part: PartFiles, digests: Mapping[str, str]) -> bool:
        """Delete what a part held before and holds no more, and write it.

        In this order, because on some disks `A.pdf` is `a.pdf`, and what was a file may be a folder now.
        For the same reason what a cut-off run wrote as `a.pdf` goes before `A.pdf` is written.
        """
        gone = self._gone_of(part)
        self._delete(gone | self._begun_beside(part))
        self._held |= part.files.keys()
        changed = self._changed_of(digests)
        for path in changed:
            self._write(path, part.files[path], digests[path])
        if part.files:
            self.manifest.parts[part.key] = KnownPart(
                until=part.until,
                files=frozenset(part.files),
                notices=part.notices,
                static=part.static,
            )
        else:
            self.manifest.parts.pop(part.key, None)
        return bool(gone or changed)

    def close(self, made_by: str, entry: int) -> Copied:
        """Delete what no part holds, and write down what there is."""
        held: set[str] = set().union(*(part.files for part in self.manifest.parts.values()))
        self._delete((self._listed | self._digests.keys()) - held)
        self._sync_written()  # before the list vouches for it
        self.manifest.made_by, self.manifest.entry = made_by, entry
        self.manifest.written_at = self._now
        self._forget_vanished()
        self._write_file(MANIFEST, manifest_json(self.manifest))
        self._write_file(LIST, "".join(starmap(_line, sorted(self._digests.items()))).encode())
        same = len(self._digests) - self._new - self._changed
        return Copied(self._new, self._changed, self._gone, same)

    def _sync_written(self) -> None:
        """Many at once: a disk commits them together."""
        written = (self._folder / path for path in self._written & self._digests.keys())
        with ThreadPoolExecutor(SYNCED_AT_ONCE) as threads:
            for _ in threads.map(_sync, written):
                pass

    def _note(self, paths: Iterable[str]) -> None:
        """On the disk before anything is done to them: after a power cut, too, the next run knows of it."""
        lines = "".join(_line(path, UNFINISHED) for path in paths)
        if lines:
            with (self._folder / LIST).open("a", encoding="utf-8") as journal:
                journal.write(lines)
                journal.flush()
                os.fsync(journal.fileno())

    def _write(self, path: str, data: bytes, digest: str) -> None:
        self._write_file(path, data)
        is_new = path not in self._there
        self._new, self._changed = self._new + is_new, self._changed + (not is_new)
        self._digests[path] = digest
        self._there.add(path)
        self._written.add(path)

    def _write_file(self, path: str, data: bytes) -> None:
        """Whole or not at all: somebody may be reading or uploading the folder right now.

        What a run leaves half-written is always the one file that the next run writes first.
        """
        file = self._folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        half = self._folder / HALF
        half.write_bytes(data)
        if path in {MANIFEST, LIST}:
            _sync(half)
        half.replace(file)

    def _delete(self, paths: Iterable[str]) -> None:
        """Delete files; each is noted as vanished, also if a run deleted it that could not write it down."""
        for path in paths:
            self.manifest.vanished[path] = self._now
            if path not in self._there:
                continue
            self._there.remove(path)
            self._digests.pop(path, None)
            self._gone += 1
            (self._folder / path).unlink(missing_ok=True)
            self._delete_empty((self._folder / path).parent)

    def _delete_empty(self, folder: Path) -> None:
        """The folder and those that it leaves empty; only tried, for what is in N/ takes long to list."""
        with suppress(OSError):  # not empty
            while folder != self._folder:
                folder.rmdir()
                folder = folder.parent

    def _forget_vanished(self) -> None:
        """What is there again, and what vanished so long ago that nobody asks any more."""
        since = self._now - REMEMBERED
        self.manifest.vanished = {
            path: at
            for path, at in self.manifest.vanished.items()
            if path not in self._digests and at >= since
        }


def _sync(file: Path) -> None:
    with file.open("rb+") as written:
        os.fsync(written.fileno())


def _by_blind_name(paths: Iterable[str]) -> dict[str, set[str]]:
    """Paths by what they are called on a disk that doesn't tell upper case from lower."""
    named: dict[str, set[str]] = defaultdict(set)
    for path in paths:
        named[path.casefold()].add(path)
    return dict(named)


def _line(path: str, digest: str) -> str:
    return f"{digest}  {path}\n"


def _listed(folder: Path) -> list[tuple[str, str]]:
    """(path, SHA-256) of what earlier runs wrote here, the newest last; some of it may be deleted already."""
    if (folder / LIST).exists():
        lines = (folder / LIST).read_text(encoding="utf-8").splitlines()
        parts = (line.partition("  ") for line in lines)
        return [(path, digest) for digest, _gap, path in parts if path]
    if folder.is_dir() and any(folder.iterdir()):
        raise Refused(
            Refusal("folder_in_use", f"{folder} 里有别的文件，请换一个空文件夹，免得一起公开出去。")
        )
    return []
