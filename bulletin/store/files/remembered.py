"""Files of which it is known what they hold: for acts that ask again while others wait."""

from collections.abc import Iterator

from bulletin.store.files.store import FileStore, StoredFile


class RememberedFiles:
    """A `FileStore` that answers a second time without asking. It lives as long as one act."""

    def __init__(self, files: FileStore) -> None:
        self.files = files
        self._there: dict[str, bool] = {}
        self._read: dict[str, bytes | None] = {}

    def __eq__(self, other: object) -> bool:
        """What was read from the one was read from the other."""
        return self.files == (other.files if isinstance(other, RememberedFiles) else other)

    def __hash__(self) -> int:
        return hash(self.files)

    @property
    def where(self) -> str:
        return self.files.where

    @property
    def keeps_versions(self) -> bool:
        return self.files.keeps_versions

    def put(self, data: bytes) -> str:
        digest = self.files.put(data)
        self._there[digest], self._read[digest] = True, data
        return digest

    def get(self, digest: str) -> bytes | None:
        if digest not in self._read:
            self._read[digest] = self.files.get(digest)
        return self._read[digest]

    def has(self, digest: str) -> bool:
        if digest not in self._there:
            self._there[digest] = self.files.has(digest)
        return self._there[digest]

    def destroy(self, digest: str) -> bool:
        self._there[digest], self._read[digest] = False, None
        return self.files.destroy(digest)

    def stored(self) -> Iterator[StoredFile]:
        return self.files.stored()

    def discard(self, file: StoredFile) -> bool:
        self._there.pop(file.path.name, None)
        self._read.pop(file.path.name, None)
        return self.files.discard(file)
