"""Files by their SHA-256: attachments, pictures, photographs and the exact PDFs that were printed."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bulletin.domain.digests import sha256_hex
from bulletin.store.whole_files import written_whole


@dataclass(frozen=True)
class StoredFile:
    """One file of the folder; its name is the SHA-256 of its content once it is whole."""

    path: Path
    size: int  # bytes
    written_at: datetime


class FileStore:
    """A folder of files named by their content. A file is whole or not there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, data: bytes) -> str:
        """Keep the bytes and return their SHA-256. Putting the same twice keeps one."""
        digest = sha256_hex(data)
        target = self._path(digest)
        if target.exists():
            os.utime(target)  # if no record spoke of it any more, it is young again
            return digest
        with written_whole(target) as unfinished:
            unfinished.write_bytes(data)
        return digest

    def get(self, digest: str) -> bytes | None:
        """The bytes, or None when the store does not hold them."""
        try:
            return self._path(digest).read_bytes()
        except FileNotFoundError:
            return None

    def has(self, digest: str) -> bool:
        return self._path(digest).exists()

    def destroy(self, digest: str) -> bool:
        """Remove the bytes for good; False when they were not there."""
        try:
            self._path(digest).unlink()
        except FileNotFoundError:
            return False
        return True

    def stored(self) -> Iterator[StoredFile]:
        """Everything that lies in the folder, also what a crash left half written."""
        for path in self.folder.glob("*/*"):
            try:
                facts = path.stat()
            except FileNotFoundError:  # finished, or destroyed, a moment ago
                continue
            yield StoredFile(path, facts.st_size, datetime.fromtimestamp(facts.st_mtime, UTC))

    def discard(self, file: StoredFile) -> bool:
        """Remove what no record speaks of; False when it is gone already."""
        try:
            file.path.unlink()
        except FileNotFoundError:
            return False
        return True

    def _path(self, digest: str) -> Path:
        return self.folder / digest[:2] / digest
