"""What every store of files promises, wherever it lies."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import Protocol

from bulletin.domain.digests import sha256_hex


@dataclass(frozen=True)
class StoredFile:
    """One file of a store; its name is the SHA-256 of its content once it is whole."""

    path: PurePath
    size: int  # bytes
    written_at: datetime


class DamagedFile(OSError):
    """The store holds other bytes under this name; nobody gets them."""

    def __init__(self, digest: str, where: str) -> None:
        super().__init__(f"file {digest} in {where} is damaged: its SHA-256 does not match")


class FileStore(Protocol):
    """Files named by their content. A file is whole or not there, and what is read is what was put.

    Raises:
        DamagedFile: by what reads, where the bytes are not those that were put.
        BucketFailure, OSError: by everything, where the store can't be reached or written.
    """

    def __hash__(self) -> int: ...

    @property
    def where(self) -> str:
        """For the operator: a folder, or the address of a bucket."""

    @property
    def keeps_versions(self) -> bool:
        """Whether what is destroyed stays readable for who knows how. Writes and removes something to find out."""

    def put(self, data: bytes) -> str:
        """Keep the bytes and return their SHA-256. Putting the same twice keeps one, which is young again."""

    def get(self, digest: str) -> bytes | None:
        """The bytes, or None when the store does not hold them."""

    def has(self, digest: str) -> bool: ...

    def destroy(self, digest: str) -> bool:
        """Remove the bytes for good; False when they were not there."""

    def stored(self) -> Iterator[StoredFile]:
        """Everything of ours that lies there, also what a crash left half written."""

    def discard(self, file: StoredFile) -> bool:
        """Remove what no record speaks of; False when it is gone already, or was put again since it was listed."""


def sound(files: FileStore, digest: str) -> bytes | None:
    """The bytes, or None where they are missing or damaged: for who takes along what there is."""
    try:
        return files.get(digest)
    except DamagedFile:
        return None


def checked(data: bytes, digest: str, where: str) -> bytes:
    """The bytes of a file as they were read.

    Raises:
        DamagedFile: they are not those that were put.
    """
    if sha256_hex(data) != digest:
        raise DamagedFile(digest, where)
    return data
