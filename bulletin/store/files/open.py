"""Opens a store of files by its address; the only place that asks which kind it is."""

from pathlib import Path

from bulletin.store.bucket import is_bucket, open_bucket
from bulletin.store.files.bucket import BucketFiles
from bulletin.store.files.folder import FolderFiles
from bulletin.store.files.store import FileStore


def open_files(address: str) -> FileStore:
    """A folder by its path, or a bucket as `s3://bucket/prefix`.

    Raises:
        Misconfigured: the address of a bucket that can't be opened from here.
    """
    return BucketFiles(open_bucket(address)) if is_bucket(address) else FolderFiles(Path(address))
