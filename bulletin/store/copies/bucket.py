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
from bulletin.store.copies.place import JOURNAL, LISTS, MANIFEST

AT_ONCE = 16  # objects: most of the time is spent waiting for an answer
FEW = 200  # objects of which each is asked for; to have all told takes a request a thousand
NOTES = f"{LISTS}notes/"
FORMER = f"{LISTS}{JOURNAL}"  # of the last release: its list of all files


class CopyInBucket:
    """A `CopyPlace` in a bucket.

    Everybody may read a bucket of pages, and the lists name what had to vanish: they lie there locked,
    with a key that the installation alone has.
    """

    def __init__(self, bucket: Bucket, secret: bytes) -> None:
        self._bucket = bucket
        key = sha256(b"lists of the copy " + secret).digest()
        self._lock = Fernet(base64.urlsafe_b64encode(key))
        self._keys: set[str] | None = None  # of all files, once they were asked for
        self._listed: set[str] | None = None  # the same, below .lists/

    @property
    def where(self) -> str:
        return self._bucket.address

    def holds_files(self) -> bool:
        return any(not found.key.startswith(LISTS) for found in self._bucket.objects())

    def is_foreign(self) -> bool:
        return not self._of_lists() and self.holds_files()

    def journal(self) -> str:
        noted = [key for key in self._of_lists() if key == FORMER or key.startswith(NOTES)]
        return "".join(self._read(key).decode() for key in sorted(noted))

    def manifest(self) -> bytes:
        return self._read(f"{LISTS}{MANIFEST}")

    def list_files(self) -> list[str]:
        others = (FORMER, f"{LISTS}{MANIFEST}", NOTES)
        lists = (key for key in self._of_lists() if not key.startswith(others))
        return [key.removeprefix(LISTS) for key in lists]

    def lists(self, files: Collection[str]) -> dict[str, str]:
        with ThreadPoolExecutor(AT_ONCE) as threads:
            read = threads.map(self._read, (f"{LISTS}{file}" for file in files))
            return {file: data.decode() for file, data in zip(files, read, strict=True) if data}

    def present(self, paths: Collection[str]) -> set[str]:
        if self._keys is None and len(paths) <= FEW:
            with ThreadPoolExecutor(AT_ONCE) as threads:
                found = zip(paths, threads.map(self._bucket.head, paths), strict=True)
                return {path for path, head in found if head}
        return self._there() & set(paths)

    def note(self, lines: str) -> None:
        """An object of its own each time: none can be added to."""
        notes = [key for key in self._of_lists() if key.startswith(NOTES)]
        last = int(max(notes).removeprefix(NOTES)) if notes else 0
        self._write(f"{NOTES}{last + 1:08}", lines.encode())

    def write(self, files: Mapping[str, bytes]) -> None:
        with ThreadPoolExecutor(AT_ONCE) as threads:
            for _ in threads.map(self._put, files.items()):
                pass

    def delete(self, paths: Collection[str]) -> None:
        if paths:
            self._bucket.delete(sorted(paths))

    def settle(self, paths: Iterable[str]) -> None:
        """What a store has confirmed it keeps."""

    def write_lists(self, lists: Mapping[str, str]) -> None:
        keys = [f"{LISTS}{file}" for file in lists]
        with ThreadPoolExecutor(AT_ONCE) as threads:
            for _ in threads.map(self._write, keys, (text.encode() for text in lists.values())):
                pass

    def write_manifest(self, manifest: bytes) -> None:
        self._write(f"{LISTS}{MANIFEST}", manifest)

    def end(self, files: Collection[str]) -> None:
        held = {f"{LISTS}{file}" for file in (MANIFEST, *files)}
        outdated = self._of_lists() - held
        self.delete(outdated)
        self._of_lists().difference_update(outdated)

    def _put(self, file: tuple[str, bytes]) -> None:
        path, data = file
        self._bucket.put(path, data, headers_of(path))

    def _there(self) -> set[str]:
        """Asked once: what comes and goes from then on is this run's own."""
        if self._keys is None:
            self._keys = {found.key for found in self._bucket.objects()}
        return self._keys

    def _of_lists(self) -> set[str]:
        if self._listed is None:
            self._listed = {found.key for found in self._bucket.objects(LISTS)}
        return self._listed

    def _write(self, key: str, data: bytes) -> None:
        self._bucket.put(key, self._lock.encrypt(zlib.compress(data)))
        self._of_lists().add(key)

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
