"""Files in a folder of this machine, or of a disk that several share."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from bulletin.domain.digests import sha256_hex
from bulletin.store.files.store import StoredFile, checked
from bulletin.store.whole_files import written_whole


class FolderFiles:
    """A `FileStore` in a folder."""

    keeps_versions = False

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def where(self) -> str:
        return str(self.folder)

    def put(self, data: bytes) -> str:
        digest = sha256_hex(data)
        target = self._path(digest)
        if target.exists() and sha256_hex(target.read_bytes()) == digest:
            os.utime(target)  # if no record spoke of it any more, it is young again
            return digest
        with written_whole(target) as unfinished:
            unfinished.write_bytes(data)
        return digest

    def get(self, digest: str) -> bytes | None:
        try:
            return checked(self._path(digest).read_bytes(), digest, self.where)
        except FileNotFoundError:
            return None

    def has(self, digest: str) -> bool:
        return self._path(digest).exists()

    def destroy(self, digest: str) -> bool:
        try:
            self._path(digest).unlink()
        except FileNotFoundError:
            return False
        return True

    def stored(self) -> Iterator[StoredFile]:
        for path in self.folder.glob("*/*"):
            try:
                found = _stored(path)
            except FileNotFoundError:  # finished, or destroyed, a moment ago
                continue
            yield found

    def discard(self, file: StoredFile) -> bool:
        path = Path(file.path)
        try:
            if _stored(path).written_at > file.written_at:
                return False
            path.unlink()
        except FileNotFoundError:
            return False
        return True

    def _path(self, digest: str) -> Path:
        return self.folder / digest[:2] / digest


def _stored(path: Path) -> StoredFile:
    facts = path.stat()
    return StoredFile(path, facts.st_size, datetime.fromtimestamp(facts.st_mtime, UTC))
