"""All files from a folder to a bucket and back, while people go on working."""

from dataclasses import replace

import pytest
from support.builders import a_notice_with_file
from support.clock import NOON
from support.commands import bulletin
from support.object_store import needs_object_store

from bulletin.domain.errors import Misconfigured
from bulletin.services.notices import redact
from bulletin.services.operations import verify
from bulletin.services.operations.check import check
from bulletin.services.operations.parts.move_files import move_files
from bulletin.store.bucket import BucketFailure
from bulletin.store.files.store import sound
from bulletin.wiring import open_site

pytestmark = [needs_object_store, pytest.mark.slow]


@pytest.fixture
def addresses(object_store, settings):
    return {
        "folder": str(settings.data / "files"),
        "bucket": f"s3://{object_store.new_bucket()}/files",
    }


@pytest.fixture
def moved(zhangjia, settings, addresses):
    """moved(to): the village, with its files on their way to the folder or the bucket."""
    opened = []

    def on_the_way(to):
        kept = addresses["bucket"] if to == "bucket" else ""
        former = addresses["folder" if to == "bucket" else "bucket"]
        opened.append(open_site(replace(settings, files=kept, former_files=former)))
        return replace(zhangjia, site=opened[-1])

    yield on_the_way
    for site in opened:
        site.sessions.close()


def names(files):
    return {file.path.name for file in files.stored()}


def test_there_and_back_again_nothing_is_lost_or_changed(zhangjia, moved):
    notice = a_notice_with_file(zhangjia, NOON)
    before = names(zhangjia.site.files)
    there = moved("bucket")
    assert verify.verify(there.site).altered == (), "also before anything is moved"
    done = move_files(there.site, there.site.moving)
    assert (done.copied, done.there, done.is_complete) == (len(before), 0, True)
    assert names(there.site.moving.current) == before == names(there.site.moving.former)
    again = move_files(there.site, there.site.moving)
    assert (again.copied, again.there, again.is_complete) == (0, len(before), True)
    for digest in before:
        zhangjia.site.files.destroy(digest)  # the folder is taken away
    assert verify.verify(there.site).altered == ()
    back = moved("folder")
    assert move_files(back.site, back.site.moving).copied == len(before)
    assert zhangjia.site.files.get(notice.file) == b"1,2"
    assert verify.verify(zhangjia.site).altered == ()


def test_what_comes_in_and_is_removed_meanwhile_is_where_it_belongs(zhangjia, moved, monkeypatch):
    slipped = a_notice_with_file(zhangjia, NOON)
    village = moved("bucket")
    former = village.site.moving.former
    read, removed = former.get, []

    def read_while_others_work(digest):
        data = read(digest)
        if not removed:
            removed.append(digest)
            redact.redact(village.site, village.sun, slipped.code, "写错了人", NOON)
            village.late = a_notice_with_file(village, NOON, b"3,4")
        return data

    monkeypatch.setattr(former, "get", read_while_others_work)
    monkeypatch.setattr("bulletin.services.operations.parts.move_files.AT_ONCE", 1)
    done = move_files(village.site, village.site.moving)
    assert done.is_complete
    assert village.site.moving.current.get(village.late.file) == b"3,4"
    assert verify.verify(village.site).altered == ()
    assert removed[0] not in names(former) | names(village.site.moving.current)


def test_a_run_that_was_cut_off_is_completed_by_the_next(zhangjia, moved, object_store):
    a_notice_with_file(zhangjia, NOON)
    village = moved("bucket")
    with object_store.cut_off(), pytest.raises(BucketFailure):
        move_files(village.site, village.site.moving)
    assert sound(village.site.files, next(iter(names(zhangjia.site.files))))
    assert move_files(village.site, village.site.moving).is_complete


def test_the_command_says_what_is_left_and_when_nothing_is(
    zhangjia, settings, addresses, object_store
):
    notice = a_notice_with_file(zhangjia, NOON)
    kept = zhangjia.site.files.folder / notice.file[:2] / notice.file
    kept.write_bytes(b"3,4")
    environ = {
        **object_store.environment,
        "BULLETIN_DATABASE_URL": settings.database_url,
        "BULLETIN_FILES": addresses["bucket"],
        "BULLETIN_FORMER_FILES": addresses["folder"],
    }
    said = bulletin("files", "move", data=settings.data, expect=1, **environ)
    assert f"damaged: {notice.file}" in said.stdout
    assert "bring them back from a backup" in said.stdout
    kept.write_bytes(b"1,2")
    said = bulletin("files", "move", data=settings.data, **environ)
    assert said.stderr == "1 of 1\n"
    assert "1 copied, 1 were there already" in said.stdout
    assert "nothing is left to copy: take former_files" in said.stdout
    del environ["BULLETIN_FORMER_FILES"]
    said = bulletin("files", "move", data=settings.data, expect=1, **environ)
    assert "nothing to move" in said.stderr


def test_a_move_that_is_under_way_is_named_by_the_doctor(zhangjia, moved):
    zhangjia.site.files.put(b"left by a crash")
    said = [each.what for each in check(moved("bucket").site, NOON)]
    assert any("files are on their way from" in what for what in said)


@pytest.mark.parametrize(
    ("former", "words"), [("nowhere", "there is no folder"), ("files", "are there already")]
)
def test_a_former_place_that_cannot_be_meant_stops_the_start(settings, former, words):
    (settings.data / "files").mkdir(exist_ok=True)
    with pytest.raises(Misconfigured, match=words):
        open_site(replace(settings, former_files=str(settings.data / former)))
