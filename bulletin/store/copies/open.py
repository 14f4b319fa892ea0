"""Opens the place of a copy by its address; the only place that asks which kind it is."""

from pathlib import Path

from bulletin.store.bucket import is_bucket, open_bucket
from bulletin.store.copies.bucket import CopyInBucket
from bulletin.store.copies.folder import CopyInFolder
from bulletin.store.copies.place import CopyPlace


def open_copy(address: str, secret: bytes) -> CopyPlace:
    """A folder by its path, or a bucket as `s3://bucket/prefix`.

    Args:
        secret: of the installation; it locks the lists in a bucket that everybody may read.

    Raises:
        Misconfigured: the address of a bucket that can't be opened from here.
    """
    if is_bucket(address):
        return CopyInBucket(open_bucket(address), secret)
    return CopyInFolder(Path(address))


def normal_name(address: str) -> str:
    """One name for a place, however it is spelled: of two processes that write there each knows the other by it."""
    return address.rstrip("/") if is_bucket(address) else str(Path(address).resolve())
