"""Files in a bucket of an S3-compatible object store."""

import re
import secrets
from collections.abc import Iterator
from pathlib import PurePosixPath

from bulletin.domain.digests import sha256_hex
from bulletin.store.bucket import Bucket
from bulletin.store.files.store import StoredFile, checked

OURS = re.compile(r"[0-9a-f]{2}/[0-9a-f]{64}")  # whatever else lies in the bucket belongs to others
PROBE_BYTES = 16


class BucketFiles:
    """A `FileStore` in a bucket. An object appears in one piece, so there is nothing half-written."""

    def __init__(self, bucket: Bucket) -> None:
        self._bucket = bucket

    @property
    def where(self) -> str:
        return self._bucket.address

    @property
    def keeps_versions(self) -> bool:
        key = _key(sha256_hex(probe := secrets.token_bytes(PROBE_BYTES)))
        self._bucket.put(key, probe)
        try:
            found = self._bucket.head(key)
        finally:
            self._bucket.delete([key])
        return found is not None and found.version

    def put(self, data: bytes) -> str:
        digest = sha256_hex(data)
        self._bucket.put(
            _key(digest), data
        )  # again too: it is young again, and whole if it was not
        return digest

    def get(self, digest: str) -> bytes | None:
        data = self._bucket.get(_key(digest))
        return None if data is None else checked(data, digest, self.where)

    def has(self, digest: str) -> bool:
        return self._bucket.head(_key(digest)) is not None

    def destroy(self, digest: str) -> bool:
        key = _key(digest)
        was_there = self._bucket.head(key) is not None
        # Asked in any case: only this answer tells a bucket that is not there.
        self._bucket.delete([key])
        return was_there

    def stored(self) -> Iterator[StoredFile]:
        for found in self._bucket.objects():
            if OURS.fullmatch(found.key):
                yield StoredFile(PurePosixPath(found.key), found.size, found.written_at)

    def discard(self, file: StoredFile) -> bool:
        found = self._bucket.head(str(file.path))
        # Asked for alone, an object says when it was written in whole seconds; listed, with parts of them.
        if found is None or found.written_at > file.written_at:
            return False
        self._bucket.delete([found.key])
        return True


def _key(digest: str) -> str:
    return f"{digest[:2]}/{digest}"
