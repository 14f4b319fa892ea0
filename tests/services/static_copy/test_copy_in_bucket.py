"""The copy in a bucket: as in a folder, each file with its type, and the lists of it for nobody else."""

from datetime import timedelta

import pytest
from support.clock import NOON
from support.kept_copies import part
from support.object_store import needs_object_store

from bulletin.domain.errors import Misconfigured, Refused
from bulletin.services.static_copy.kept_copy import KeptCopy
from bulletin.store.bucket import Bucket, BucketFailure
from bulletin.store.bucket_faults import BucketFault
from bulletin.store.copies.bucket import CopyInBucket
from bulletin.store.copies.content_types import headers_of
from bulletin.store.copies.open import open_copy

pytestmark = needs_object_store
LATER, AT_LAST = NOON + timedelta(hours=1), NOON + timedelta(hours=2)
NAMES = "F/A/名单 #1?~[2].csv"
SECRET = b"of this installation"


@pytest.fixture
def address(object_store):
    return f"s3://{object_store.new_bucket()}/site"


def kept(address, now=NOON):
    return KeptCopy(open_copy(address, SECRET), now)


def run(address, now, *files):
    copy = kept(address, now)
    for number, each in enumerate(files):
        copy.put_all([part(each, f"N/{'ABC'[number]}")])
    return copy.close("x", 1)


@pytest.fixture
def pages_of(object_store, address):
    """pages_of(): what strangers find there."""
    bucket = object_store.bucket(address)

    def read():
        keys = (found.key for found in bucket.objects())
        return {key: bucket.get(key).decode() for key in keys if not key.startswith(".lists/")}

    return read


def test_only_what_changed_is_sent_and_what_must_vanish_is_gone(address, pages_of):
    done = run(address, NOON, {"N/A/index.html": "a", NAMES: "王"}, {"N/B/index.html": "b"})
    assert (done.new, done.changed, done.gone, done.same) == (3, 0, 0, 0)
    assert pages_of() == {"N/A/index.html": "a", NAMES: "王", "N/B/index.html": "b"}
    done = run(address, LATER, {"N/A/index.html": "new"}, {"N/B/index.html": "b"})
    assert (done.new, done.changed, done.gone, done.same) == (0, 1, 1, 1)
    assert pages_of() == {"N/A/index.html": "new", "N/B/index.html": "b"}
    assert kept(address, AT_LAST).manifest.vanished == {NAMES: LATER}
    assert kept(address, AT_LAST).unsound() == set()


def test_its_lists_tell_strangers_nothing(address, object_store):
    run(address, NOON, {"N/A/index.html": "a", NAMES: "王"})
    run(address, LATER, {"N/A/index.html": "a"})
    bucket = object_store.bucket(address)
    lists = [bucket.get(f.key) for f in bucket.objects() if f.key.startswith(".lists/")]
    assert len(lists) == 2  # of the notices, and the manifest
    assert all(b"N/A" not in each and NAMES.encode() not in each for each in lists)
    with pytest.raises(Misconfigured, match="another installation"):
        KeptCopy(open_copy(address, b"of another one"), AT_LAST)


@pytest.mark.parametrize("moment", range(9))
def test_a_run_that_is_cut_off_at_any_moment_is_completed_by_the_next(
    address, pages_of, monkeypatch, moment
):
    run(address, NOON, {"N/A/index.html": "a", NAMES: "王"}, {"N/B/index.html": "b"})
    left = iter(range(moment))

    def cut_off_in_time(act):
        def cut(self, *given):
            if next(left, None) is None:
                raise BucketFailure(BucketFault.UNREACHABLE, self.address, "cut off")
            return act(self, *given)

        return cut

    with monkeypatch.context() as patched:
        for name in ("put", "delete"):
            patched.setattr(Bucket, name, cut_off_in_time(getattr(Bucket, name)))
        with pytest.raises(BucketFailure, match="cut off"):
            run(address, LATER, {"N/A/index.html": "new", "N/A/paper.pdf": "p"}, {})
    run(address, AT_LAST, {"N/A/index.html": "last"}, {"N/B/index.html": "b"})
    assert pages_of() == {"N/A/index.html": "last", "N/B/index.html": "b"}
    assert kept(address, AT_LAST).unsound() == set()


def test_what_is_noted_is_kept_before_anything_is_touched(address, monkeypatch):
    run(address, NOON, {NAMES: "王"})
    seen = []
    for name in ("put", "delete"):
        act = getattr(Bucket, name)

        def noted(self, *given, act=act, name=name):
            seen.append((name, given[0]))
            return act(self, *given)

        monkeypatch.setattr(Bucket, name, noted)
    kept(address, LATER).put_all([part({"N/A/index.html": "a"})])
    assert seen == [
        ("put", ".lists/notes/00000001"),
        ("delete", [NAMES]),
        ("put", "N/A/index.html"),
    ]


def test_a_bucket_with_other_things_is_refused_and_left_alone(address, object_store):
    bucket = object_store.bucket(address)
    bucket.put("工资.xlsx", b"1")
    with pytest.raises(Refused, match="别的文件"):
        kept(address)
    assert [found.key for found in bucket.objects()] == ["工资.xlsx"]


def test_notes_that_a_cut_off_run_left_are_added_to(address):
    place = open_copy(address, SECRET)
    assert isinstance(place, CopyInBucket)
    place.note("a\n")
    again = open_copy(address, SECRET)
    assert again.journal() == "a\n"
    again.note("b\n")
    assert open_copy(address, SECRET).journal() == "a\nb\n"
    again.end([])
    assert again.journal() == open_copy(address, SECRET).journal() == ""


@pytest.fixture
def asked(monkeypatch):
    """What was asked of the bucket, in order."""
    seen = []
    for name in ("put", "get", "head", "objects", "delete"):
        act = getattr(Bucket, name)

        def noted(self, *given, act=act, name=name):
            seen.append(name)
            return act(self, *given)

        monkeypatch.setattr(Bucket, name, noted)
    return seen


def test_where_nothing_changed_few_things_are_asked_however_many_files_there_are(address, asked):
    """Neither the files nor the lists are asked for, but those of the one part that every run puts."""
    copy = kept(address)
    for number in range(40):
        files = {f"V/{number}/{page}/index.html": "a" for page in range(10)}
        copy.put_all([part(files, f"V/{number}")])
    copy.put_all([part({"index.html": "a"}, "")])
    copy.close("x", 1)
    asked.clear()
    copy = kept(address, LATER)
    copy.lists.due(LATER)
    copy.put_all([part({"index.html": "as of later"}, "")])
    done = copy.close("x", 1)
    assert (done.changed, done.same) == (1, 400)
    written = ["put"] * 4  # what is about to happen, the page, its list, the manifest
    assert asked == ["objects", "get", "get", *written, "delete"]


def test_what_somebody_deleted_is_asked_for_in_one_go(address, object_store, asked):
    run(address, NOON, {f"N/A/{number}.html": "a" for number in range(300)}, {"N/B/b.html": "b"})
    object_store.bucket(address).delete(["N/A/7.html"])
    copy = kept(address, LATER)
    asked.clear()
    copy.look_over()
    assert asked == ["get", "objects"]
    assert copy.unsound() == {"N/A"}


@pytest.mark.parametrize(
    ("path", "kind", "kept_for"),
    [
        ("N/A.1/index.html", "text/html; charset=utf-8", "no-cache"),
        ("styles/abc.css", "text/css; charset=utf-8", "max-age=2592000"),
        ("V/1/feed.json", "application/feed+json", "no-cache"),
        ("checkpoint", "text/plain; charset=utf-8", "no-cache"),
        ("tile/0/000", "application/octet-stream", "no-cache"),
        ("F/A/x/照片.JPG", "image/jpeg", "no-cache"),
    ],
)
def test_a_file_says_what_it_is_and_how_long_it_may_be_kept(path, kind, kept_for):
    assert headers_of(path) == {"Content-Type": kind, "Cache-Control": kept_for}


def test_where_the_manifest_is_lost_what_was_taken_down_meanwhile_vanishes_all_the_same(
    object_store, address, pages_of
):
    run(address, NOON, {"N/A/index.html": "a"}, {"N/B/index.html": "b"})
    object_store.bucket(address).delete([".lists/manifest.json"])
    run(address, LATER, {"N/A/index.html": "a"})
    assert pages_of() == {"N/A/index.html": "a"}
