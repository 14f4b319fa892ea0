"""A copy that the last release wrote is carried on: nothing is written again, and nothing that must be gone stays."""

from datetime import timedelta

import pytest
from support.clock import NOON
from support.kept_copies import former_copy, former_lists, pages_in, part
from support.object_store import needs_object_store

from bulletin.services.static_copy.kept_copy import KeptCopy
from bulletin.store.copies.bucket import CopyInBucket
from bulletin.store.copies.folder import CopyInFolder

LATER, AT_LAST = NOON + timedelta(hours=1), NOON + timedelta(hours=2)
A, B = {"N/A/index.html": "a", "N/A/names.csv": "王"}, {"N/B/index.html": "b"}


@pytest.fixture
def folder(tmp_path):
    former_copy(tmp_path, {"N/A": A, "N/B": B})
    return tmp_path


def run(folder, now, *parts):
    copy = KeptCopy(CopyInFolder(folder), now)
    copy.put_all(parts)
    return copy.close("x", 1)


def test_it_is_read_as_it_was_written(folder):
    copy = KeptCopy(CopyInFolder(folder), LATER)
    assert not copy.is_made_otherwise("x")
    assert copy.unsound() == copy.lists.due(LATER) == set()
    assert copy.lists.keys() == {"N/A", "N/B"}
    assert copy.manifest.vanished == {"N/GONE/index.html": NOON}
    copy.look_over()
    assert copy.unsound() == set()


def test_only_what_changed_is_written(folder):
    before = (folder / "N/B/index.html").stat().st_mtime_ns
    done = run(folder, LATER, part({"N/A/index.html": "new"}, "N/A"), part(B, "N/B"))
    assert (done.new, done.changed, done.gone, done.same) == (0, 1, 1, 1)
    assert (folder / "N/B/index.html").stat().st_mtime_ns == before
    assert pages_in(folder) == {"N/A/index.html": "new", **B}
    copy = KeptCopy(CopyInFolder(folder), AT_LAST)
    assert copy.manifest.vanished == {"N/GONE/index.html": NOON, "N/A/names.csv": LATER}


def test_what_it_knew_is_not_lost_with_a_first_run_that_was_cut_off(folder):
    """The new release draws all pages anew, and writes those that differ."""
    before = (folder / "N/B/index.html").stat().st_mtime_ns
    KeptCopy(CopyInFolder(folder), LATER).begin_anew()  # and cut off
    assert KeptCopy(CopyInFolder(folder), AT_LAST).is_made_otherwise("x")
    run(folder, AT_LAST, part(A, "N/A"), part(B, "N/B"))
    assert (folder / "N/B/index.html").stat().st_mtime_ns == before


def test_a_run_of_the_last_release_that_was_cut_off_is_completed(folder):
    with (folder / "SHA256SUMS").open("a") as listed:
        listed.write(f"{'0' * 64}  N/A/index.html\n{'0' * 64}  N/C/index.html\n")
    (folder / "N/C").mkdir()
    (folder / "N/C/index.html").write_text("half")
    copy = KeptCopy(CopyInFolder(folder), LATER)
    assert copy.unsound() == {"N/A"}
    done = run(folder, LATER, part(A, "N/A"))
    assert (done.changed, done.gone) == (1, 1)
    assert pages_in(folder) == A | B


@pytest.mark.parametrize("moment", ["write_lists", "write_manifest", "end"])
def test_a_first_run_that_is_cut_off_leaves_what_the_next_one_completes(
    folder, monkeypatch, moment
):
    """Also where the new manifest stands beside the list of all files."""

    def cut_off(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(CopyInFolder, moment, cut_off)
        with pytest.raises(KeyboardInterrupt):
            run(folder, LATER, part({"N/A/index.html": "new"}, "N/A"))
    run(folder, AT_LAST, part({"N/A/index.html": "last"}, "N/A"))
    assert pages_in(folder) == {"N/A/index.html": "last", **B}


def test_where_the_last_release_was_here_again_nothing_outlives_it(tmp_path):
    """It knew nothing of our lists, and so deleted nothing that they tell of."""
    run(tmp_path, NOON, part(A, "N/A"), part(B, "N/B"))
    former_copy(tmp_path, {"N/B": B}, now=LATER)
    assert pages_in(tmp_path) == A | B
    copy = KeptCopy(CopyInFolder(tmp_path), AT_LAST)
    assert copy.unsound() == set()
    copy.begin_anew()  # and cut off
    run(tmp_path, AT_LAST, part(B, "N/B"))
    assert pages_in(tmp_path) == B


def test_what_it_noted_in_a_copy_of_ours_makes_all_anew(tmp_path):
    """It names no parts: nobody knows which are sound."""
    run(tmp_path, NOON, part(A, "N/A"))
    with (tmp_path / "SHA256SUMS").open("a") as listed:
        listed.write(f"{'0' * 64}  N/A/index.html\n")
    assert KeptCopy(CopyInFolder(tmp_path), LATER).is_made_otherwise("x")


@needs_object_store
def test_the_same_in_a_bucket(object_store):
    bucket = object_store.bucket(f"s3://{object_store.new_bucket()}/site")
    place = CopyInBucket(bucket, b"of this installation")
    place.write({path: text.encode() for path, text in (A | B).items()})
    manifest, listed = former_lists({"N/A": A, "N/B": B}, made_by="x", now=NOON)
    for name, data in (("manifest.json", manifest), ("SHA256SUMS", listed.encode())):
        place._write(f".lists/{name}", data)
    copy = KeptCopy(CopyInBucket(bucket, b"of this installation"), LATER)
    assert not copy.is_made_otherwise("x")
    copy.look_over()
    assert copy.unsound() == set()
    copy.put_all([part({"N/A/index.html": "new"}, "N/A"), part(B, "N/B")])
    done = copy.close("x", 1)
    assert (done.new, done.changed, done.gone, done.same) == (0, 1, 1, 1)
    keys = {found.key for found in bucket.objects()}
    assert {key for key in keys if not key.startswith(".lists/")} == {"N/A/index.html", *B}
    assert ".lists/SHA256SUMS" not in keys
