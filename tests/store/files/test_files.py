"""A folder and a bucket keep files alike: whole or not at all, and what is read is what was put."""

import os
import re
import threading
from datetime import UTC, datetime, timedelta

import pytest
from support.object_store import needs_object_store

from bulletin.domain.digests import sha256_hex
from bulletin.domain.errors import Misconfigured
from bulletin.store.bucket import BucketFailure, open_bucket
from bulletin.store.bucket_faults import BucketFault
from bulletin.store.files.folder import FolderFiles
from bulletin.store.files.open import open_files
from bulletin.store.files.store import DamagedFile, sound

NOTHING = "0" * 64
KINDS = ["folder", pytest.param("bucket", marks=needs_object_store)]


class Kept:
    """A store of files, and a hand that reaches past it."""

    def __init__(self, address, bucket=None):
        self.files, self._bucket, self._folder = open_files(address), bucket, address

    def overwrite(self, digest, data):
        if self._bucket:
            self._bucket.put(f"{digest[:2]}/{digest}", data)
        else:
            with open(f"{self._folder}/{digest[:2]}/{digest}", "wb") as file:  # noqa: PTH123
                file.write(data)


@pytest.fixture(params=KINDS)
def kept(request, tmp_path):
    if request.param == "folder":
        return Kept(str(tmp_path / "files"))
    store = request.getfixturevalue("object_store")
    address = f"s3://{store.new_bucket()}/files"
    return Kept(address, store.bucket(address))


def test_a_file_is_kept_once_and_whole(kept):
    digest = kept.files.put(b"notice")
    assert kept.files.put(b"notice") == digest == sha256_hex(b"notice")
    assert kept.files.get(digest) == b"notice"
    ((stored),) = kept.files.stored()
    assert (stored.path.name, stored.size) == (digest, 6)
    assert datetime.now(UTC) - stored.written_at < timedelta(minutes=1)  # noqa: TID251
    assert kept.files.get(NOTHING) is None
    assert (kept.files.has(digest), kept.files.has(NOTHING)) == (True, False)
    assert kept.files.put(b"") in {each.path.name for each in kept.files.stored()}


def test_a_folder_holds_nothing_but_what_was_kept(tmp_path):
    files = FolderFiles(tmp_path / "files")
    (digest,) = {files.put(b"notice") for _ in range(2)}
    assert [each.name for each in (tmp_path / "files").rglob("*") if each.is_file()] == [digest]


def test_a_file_that_cannot_be_kept_leaves_nothing_half_written(tmp_path):
    (tmp_path / "files").write_text("a file stands where the folder should be")
    with pytest.raises(OSError, match=r".+"):
        FolderFiles(tmp_path / "files").put(b"notice")
    assert [each.name for each in tmp_path.rglob("*")] == ["files"]


def test_what_is_destroyed_is_gone_and_only_once(kept):
    digest = kept.files.put(b"notice")
    assert [kept.files.destroy(digest) for _ in range(2)] == [True, False]
    assert kept.files.get(digest) is None
    kept.files.put(b"stray")
    (stray,) = kept.files.stored()
    assert [kept.files.discard(stray) for _ in range(2)] == [True, False]
    assert not list(kept.files.stored())


def test_other_bytes_under_its_name_are_given_to_nobody_and_putting_it_again_mends_it(kept):
    digest = kept.files.put(b"notice")
    kept.overwrite(digest, b"another")
    with pytest.raises(DamagedFile, match=f"{digest}.*{re.escape(kept.files.where)}"):
        kept.files.get(digest)
    assert sound(kept.files, digest) is None
    kept.files.put(b"notice")
    assert kept.files.get(digest) == b"notice"


def test_many_who_put_the_same_at_once_keep_one(kept):
    data = os.urandom(200_000)
    threads = [threading.Thread(target=kept.files.put, args=(data,)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [kept.files.get(file.path.name) for file in kept.files.stored()] == [data]


@needs_object_store
def test_what_else_lies_in_the_bucket_is_none_of_ours(object_store):
    """The daily round removes what no record speaks of: not the pages of the copy beside it."""
    address = f"s3://{object_store.new_bucket()}"
    object_store.bucket(address).put("N/7KQ2M4XXXX/index.html", b"a page")
    files = open_files(address)
    digest = files.put(b"notice")
    assert [str(file.path) for file in files.stored()] == [f"{digest[:2]}/{digest}"]


@needs_object_store
def test_a_bucket_that_keeps_versions_is_found_out_and_left_clean(object_store):
    for versioned in (False, True):
        files = open_files(f"s3://{object_store.new_bucket(versioned=versioned)}")
        assert files.keeps_versions is versioned
        assert not list(files.stored())


@needs_object_store
def test_an_object_store_that_is_cut_off_is_no_store_without_files(object_store):
    files = open_files(f"s3://{object_store.new_bucket()}/files")
    digest = files.put(b"notice")
    with object_store.cut_off():
        for asked in (files.get, files.has, files.destroy):
            with pytest.raises(BucketFailure) as failed:
                asked(digest)
            assert failed.value.fault is BucketFault.UNREACHABLE
        with pytest.raises(BucketFailure):
            files.put(b"another")
        with pytest.raises(BucketFailure):
            list(files.stored())
    assert files.get(digest) == b"notice"


@needs_object_store
def test_a_store_that_does_not_answer_is_not_asked_again_at_once(object_store, monkeypatch):
    """Whoever waits for it keeps others waiting."""
    monkeypatch.setattr("bulletin.store.bucket.GIVEN_UP", 3600.0)
    files = open_files(f"s3://{object_store.new_bucket()}")
    with object_store.cut_off(), pytest.raises(BucketFailure, match="sending request"):
        files.has(NOTHING)
    with pytest.raises(BucketFailure, match="sending request"):
        files.has(NOTHING)


@needs_object_store
def test_a_bucket_that_is_not_there_is_named(object_store):
    files = open_files("s3://no-such-bucket/files")
    for asked in (files.get, files.destroy):
        with pytest.raises(BucketFailure, match="no-such-bucket") as failed:
            asked(NOTHING)
        assert failed.value.fault is BucketFault.NO_BUCKET


@pytest.mark.parametrize(
    ("address", "environ", "said"),
    [
        ("s3://", {}, "expected s3://bucket"),
        ("s3://UPPER/x", {}, "expected s3://bucket"),
        ("s3://files", {"AWS_ENDPOINT_URL": "http://oss.example.cn"}, "unprotected"),
        ("s3://files", {}, "needs AWS_ACCESS_KEY_ID"),
        ("s3://files", {"AWS_ENDPOINT_URL": "https://oss.example.cn"}, "needs AWS_ACCESS_KEY_ID"),
        ("s3://files", {"AWS_ENDPOINT_URL_S3": "http://8.8.8.8:9000"}, "unprotected"),
    ],
)
@needs_object_store
def test_an_address_that_cannot_be_meant_stops_the_start(address, environ, said):
    with pytest.raises(Misconfigured, match=said):
        open_bucket(address, environ)


@needs_object_store
@pytest.mark.parametrize(
    "host", ["10.1.2.3:9000", "127.0.0.2:9000", "minio:9000", "[fd00::1]:9000"]
)
def test_within_the_house_a_store_needs_no_certificate(host):
    environ = {"AWS_ENDPOINT_URL": f"http://{host}", "AWS_ACCESS_KEY_ID": "k"}
    open_bucket("s3://files", environ | {"AWS_SECRET_ACCESS_KEY": "s"})


def test_without_the_package_the_start_says_what_to_install(monkeypatch):
    def missing(name):
        raise ModuleNotFoundError(name=name)

    monkeypatch.setattr("bulletin.store.bucket.import_module", missing)
    with pytest.raises(Misconfigured, match=r"obstore: install bulletin with \[s3\]"):
        open_files("s3://bucket/files")
