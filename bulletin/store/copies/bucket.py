"""A copy in a bucket, from which an object store shows it as a website."""

import base64
import zlib
from collections.abc import Collection, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken

from bulletin.domain.errors import Misconfigured
from bulletin.store.bucket import Bucket
from bulletin.store.copies.content_types import headers_of
from bulletin.store.copies.place import LIST, MANIFEST

AT_ONCE = 16  # objects: most of the time is spent waiting for an answer
LISTS = ".lists/"
NOTES = f"{LISTS}notes/"


class CopyInBucket:
    """A `CopyPlace` in a bucket.

    Everybody may read a bucket of pages, and the lists name what had to vanish: they lie there locked,
    with a key that the installation alone has.
    """

    def __init__(self, bucket: Bucket, secret: bytes) -> None:
        self._bucket = bucket
        key = sha256(b"lists of the copy " + secret).digest()
        self._lock = Fernet(base64.urlsafe_b64encode(key))
        self._keys: set[str] | None = None
        self._notes: list[str] = []

    @property
    def where(self) -> str:
        return self._bucket.address

    def is_foreign(self) -> bool:
        return bool(self._there()) and not any(key.startswith(LISTS) for key in self._there())

    def listed(self) -> str:
        self._notes = sorted(key for key in self._there() if key.startswith(NOTES))
        return "".join(self._read(key).decode() for key in (f"{LISTS}{LIST}", *self._notes))

    def manifest(self) -> bytes:
        return self._read(f"{LISTS}{MANIFEST}")

    def present(self, paths: Collection[str]) -> set[str]:
        return self._there() & set(paths)

    def note(self, lines: str) -> None:
        """An object of its own each time: none can be added to."""
        last = int(self._notes[-1].removeprefix(NOTES)) if self._notes else 0
        self._notes.append(f"{NOTES}{last + 1:08}")
        self._write(self._notes[-1], lines.encode())

    def write(self, files: Mapping[str, bytes]) -> None:
        with ThreadPoolExecutor(AT_ONCE) as threads:
            for _ in threads.map(self._put, files.items()):
                pass

    def delete(self, path: str) -> None:
        self._bucket.delete([path])

    def settle(self, paths: Iterable[str]) -> None:
        """What a store has confirmed it keeps."""

    def write_manifest(self, manifest: bytes) -> None:
        self._write(f"{LISTS}{MANIFEST}", manifest)

    def write_list(self, text: str) -> None:
        self._write(f"{LISTS}{LIST}", text.encode())
        if self._notes:
            self._bucket.delete(self._notes)
        self._notes = []

    def _put(self, file: tuple[str, bytes]) -> None:
        path, data = file
        self._bucket.put(path, data, headers_of(path))

    def _there(self) -> set[str]:
        """Asked once: what comes and goes from then on is this run's own."""
        if self._keys is None:
            self._keys = {found.key for found in self._bucket.objects()}
        return self._keys

    def _write(self, key: str, data: bytes) -> None:
        self._bucket.put(key, self._lock.encrypt(zlib.compress(data)))

    def _read(self, key: str) -> bytes:
        locked = self._bucket.get(key)
        if locked is None:
            return b""
        try:
            return zlib.decompress(self._lock.decrypt(locked))
        except InvalidToken as error:
            raise Misconfigured(
                f"{self.where} holds the copy of another installation: name an empty place, or give this machine "
                "the file `secret` of the one that wrote it"
            ) from error
