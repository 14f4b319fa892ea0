"""Files on their way from one store to another, while the site goes on."""

from collections.abc import Iterator
from enum import StrEnum

from bulletin.store.files.store import DamagedFile, FileStore, StoredFile


class Copying(StrEnum):
    """What became of one file."""

    COPIED = "copied"
    DAMAGED = "damaged"  # the former store holds other bytes under its name
    MISSING = "missing"  # in neither, or removed meanwhile


class MovingFiles:
    """A `FileStore` that takes over from another: what it lacks is read there until all is moved.

    Several machines come to it one after the other, so that what is current for one is the former for another.
    """

    def __init__(self, current: FileStore, former: FileStore) -> None:
        self.current, self.former = current, former

    @property
    def where(self) -> str:
        return self.current.where

    @property
    def keeps_versions(self) -> bool:
        return self.current.keeps_versions or self.former.keeps_versions

    def put(self, data: bytes) -> str:
        return self.current.put(data)

    def get(self, digest: str) -> bytes | None:
        try:
            data = self.current.get(digest)
        except DamagedFile:
            if (data := self.former.get(digest)) is None:
                raise
        return self.former.get(digest) if data is None else data

    def has(self, digest: str) -> bool:
        return self.current.has(digest) or self.former.has(digest)

    def destroy(self, digest: str) -> bool:
        """In this order, so that nobody who copies it meanwhile brings it back.

        Who copies looks afterwards whether it is still where it came from; who copies the other way, for another
        machine, finds it gone there by the third.
        """
        destroyed = [store.destroy(digest) for store in (self.former, self.current, self.former)]
        return any(destroyed)

    def stored(self) -> Iterator[StoredFile]:
        """What lies in the current store: the former one is given up as a whole."""
        return self.current.stored()

    def discard(self, file: StoredFile) -> bool:
        return self.current.discard(file)

    def copy(self, digest: str) -> Copying:
        """Bring one file over, read back from where it is now."""
        try:
            data = self.former.get(digest)
        except DamagedFile:
            return Copying.DAMAGED
        if data is None:
            return Copying.MISSING
        self.current.put(data)
        try:
            is_there = self.current.get(digest) is not None
        except DamagedFile:
            self.current.destroy(digest)  # or the next run takes it for moved
            raise
        if not self.former.has(digest):  # removed for good while it was copied
            self.current.destroy(digest)
            return Copying.MISSING
        return Copying.COPIED if is_there else Copying.MISSING
