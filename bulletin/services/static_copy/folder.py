"""The folder of the copy: files written whole, noted before they are written, and nothing of others deleted."""

from collections.abc import Iterable
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
UNFINISHED = "0" * 64  # instead of a digest: the file is being written


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
        self._begun = {path for path, digest in lines if digest == UNFINISHED}  # by such a run
        self._digests = {p: digest for p, digest in dict(lines).items() if (folder / p).is_file()}
        self._new = self._changed = self._gone = 0
        self.manifest = read_manifest(folder / MANIFEST)
        folder.mkdir(parents=True, exist_ok=True)

    def begin_anew(self) -> None:
        """Every part is about to be made anew; should this run be cut off, the next one does so too."""
        if self.manifest.made_by:
            self.manifest.made_by = ""
            self._write_file(MANIFEST, manifest_json(self.manifest))

    def put(self, part: PartFiles) -> bool:
        """Delete what a part held before and holds no more, and write it.

        In this order, because on some disks `A.pdf` is `a.pdf`, and what was a file may be a folder now.

        Returns:
            Whether anything changed since the last run that came to its end.
        """
        known = self.manifest.parts.get(part.key)
        gone = known.files - part.files.keys() if known else frozenset()
        self._delete(gone)
        written = [self._write(path, data) for path, data in part.files.items()]
        if part.files:
            self.manifest.parts[part.key] = KnownPart(
                until=part.until,
                files=frozenset(part.files),
                notices=part.notices,
                static=part.static,
            )
        else:
            self.manifest.parts.pop(part.key, None)
        return bool(gone) or any(written) or not self._begun.isdisjoint(part.files)

    def close(self, made_by: str, entry: int) -> Copied:
        """Delete what no part holds, and write down what there is."""
        held: set[str] = set().union(*(part.files for part in self.manifest.parts.values()))
        self._delete((self._listed | self._digests.keys()) - held)
        self.manifest.made_by, self.manifest.entry = made_by, entry
        self.manifest.written_at = self._now
        self._forget_vanished()
        self._write_file(MANIFEST, manifest_json(self.manifest))
        self._write_file(LIST, "".join(starmap(_line, sorted(self._digests.items()))).encode())
        same = len(self._digests) - self._new - self._changed
        return Copied(self._new, self._changed, self._gone, same)

    def _write(self, path: str, data: bytes) -> bool:
        digest, before = sha256_hex(data), self._digests.get(path)
        if before == digest:
            return False
        with (self._folder / LIST).open("a", encoding="utf-8") as journal:
            journal.write(_line(path, UNFINISHED))
            journal.flush()
            self._write_file(path, data)
            journal.write(_line(path, digest))
        self._digests[path] = digest
        self._new, self._changed = self._new + (before is None), self._changed + bool(before)
        return True

    def _write_file(self, path: str, data: bytes) -> None:
        """Whole or not at all: somebody may be reading or uploading the folder right now.

        What a run leaves half-written is always the one file that the next run writes first.
        """
        file = self._folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        half = self._folder / HALF
        half.write_bytes(data)
        half.replace(file)

    def _delete(self, paths: Iterable[str]) -> None:
        """Delete files; each is noted as vanished, also if a run deleted it that could not write it down."""
        for path in paths:
            self.manifest.vanished[path] = self._now
            if self._digests.pop(path, None) is None:
                continue
            self._gone += 1
            (self._folder / path).unlink(missing_ok=True)
            for parent in (self._folder / path).parents:
                if parent == self._folder or any(parent.iterdir()):
                    break
                parent.rmdir()

    def _forget_vanished(self) -> None:
        """What is there again, and what vanished so long ago that nobody asks any more."""
        since = self._now - REMEMBERED
        self.manifest.vanished = {
            path: at
            for path, at in self.manifest.vanished.items()
            if path not in self._digests and at >= since
        }


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
