"""A site whose files lie in an object store: the same acts, and what people are told while nobody answers there."""

import os
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from support.builders import a_notice, a_notice_with_file
from support.clock import NOON
from support.object_store import needs_object_store

from bulletin.clock.jobs import tick_once
from bulletin.domain.digests import sha256_hex
from bulletin.services.notices import redact
from bulletin.services.notices.drafts import draft
from bulletin.services.operations import back_up, restore, verify
from bulletin.services.operations.check import check
from bulletin.services.operations.clear_stray_files import clear_stray_files
from bulletin.services.operations.failures import MachineFailure, failure_of
from bulletin.settings import Settings
from bulletin.store.bucket import BucketFailure
from bulletin.store.files.open import open_files
from bulletin.wiring import make_app, open_site

pytestmark = [needs_object_store, pytest.mark.slow]
LATER = NOON + timedelta(days=1)


@pytest.fixture
def address(object_store):
    return f"s3://{object_store.new_bucket()}/files"


@pytest.fixture
def zhangjia(zhangjia, settings, address):
    """The village, with its files in the object store."""
    site = open_site(replace(settings, files=address))
    yield replace(zhangjia, site=site)
    site.sessions.close()


@pytest.fixture
def shown(zhangjia):
    return a_notice_with_file(zhangjia, NOON)


@pytest.fixture
def phone(zhangjia, settings):
    app = make_app(settings, zhangjia.site, lambda: LATER)
    app.config.update(WTF_CSRF_ENABLED=False)
    return app.test_client()


def said(site):
    return " / ".join(f"{each.what} → {each.remedy}" for each in check(site, NOON))


def test_nothing_of_a_files_life_needs_a_folder(zhangjia, shown, settings, object_store, tmp_path):
    site = replace(zhangjia.site, backup_dir=tmp_path / "second")
    assert not (settings.data / "files").exists()
    assert verify.verify(site).altered == ()
    assert back_up.daily(site, NOON).startswith("wrote")
    elsewhere = open_site(
        Settings(data=tmp_path / "new", files=f"s3://{object_store.new_bucket()}")
    )
    restore.restore(elsewhere, next((tmp_path / "second").glob("*.zip")), LATER)
    assert elsewhere.files.get(shown.file) == b"1,2"
    assert verify.verify(elsewhere).altered == ()
    elsewhere.sessions.close()
    redact.redact(site, zhangjia.sun, shown.code, "写错了人", LATER)
    assert not list(site.files.stored())
    assert verify.verify(site).altered == ()


def test_a_stray_is_cleared_after_a_week(zhangjia, shown):
    stray = zhangjia.site.files.put(b"left by a crash")
    (lies_since,) = (f.written_at for f in zhangjia.site.files.stored() if f.path.name == stray)
    assert clear_stray_files(zhangjia.site, lies_since + timedelta(days=6)) == 0
    assert clear_stray_files(zhangjia.site, lies_since + timedelta(days=8)) == 1
    assert zhangjia.site.files.get(shown.file) == b"1,2"


def test_readers_of_pages_notice_nothing_and_readers_of_files_are_told(phone, shown, object_store):
    with object_store.cut_off():
        assert phone.get("/").status_code == 200
        assert phone.get(f"/N/{shown.code}.1").status_code == 200
        answer = phone.get(f"/F/{shown.code}/{shown.file}/a.csv")
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
        assert "存放文件的地方现在连不上" in answer.text
        assert "127.0.0.1" not in answer.text
    assert phone.get(f"/F/{shown.code}/{shown.file}/a.csv").data == b"1,2"


def test_an_act_that_keeps_a_file_fails_whole(zhangjia, phone, object_store):
    notice = a_notice(zhangjia, NOON)
    phone.post("/sign-in", data={"login": "li", "password": zhangjia.password})
    upload = (zhangjia.site, zhangjia.li, notice.code, "账.csv", b"1,2", NOON)
    with object_store.cut_off():
        with pytest.raises(BucketFailure) as failed:
            draft.attach(*upload)
        assert failure_of(failed.value) is MachineFailure.FILES_UNREACHABLE
        page = phone.get(f"/desk/notices/{notice.code}/edit")
        assert page.status_code == 200, "words can be written meanwhile"
    assert not list(zhangjia.site.files.stored())
    assert verify.verify(zhangjia.site).altered == ()
    assert zhangjia.site.files.get(draft.attach(*upload).file) == b"1,2"


def test_a_removal_is_in_force_at_once_and_the_daily_round_destroys_the_bytes(
    zhangjia, phone, shown, object_store
):
    site = zhangjia.site
    with object_store.cut_off():
        redact.redact(site, zhangjia.sun, shown.code, "写错了人", LATER)
        assert phone.get(f"/F/{shown.code}/{shown.file}/a.csv").status_code == 404
    assert site.files.has(shown.file)
    assert "2 files that were removed still lie in s3://" in said(site)
    tick_once(site, LATER)
    assert not site.files.has(shown.file)
    assert "were removed" not in said(site)


def test_the_doctor_says_what_is_wrong_with_the_store(
    zhangjia, settings, object_store, monkeypatch
):
    assert "object store" not in said(zhangjia.site)
    with object_store.cut_off():
        assert "the object store of the files does not answer → start it" in said(zhangjia.site)
    versioned = f"s3://{object_store.new_bucket(versioned=True)}"
    assert "keeps versions" in said(replace(zhangjia.site, files=open_files(versioned)))
    nowhere = replace(zhangjia.site, files=open_files("s3://nowhere"))
    assert "has no such bucket → create it" in said(nowhere)


def test_a_damaged_file_is_named_and_shown_to_nobody(
    zhangjia, phone, shown, address, object_store, tmp_path
):
    store, digest = object_store.bucket(address), shown.file
    store.put(f"{digest[:2]}/{digest}", b"3,4")
    answer = phone.get(f"/F/{shown.code}/{digest}/a.csv")
    assert (answer.status_code, "坏了" in answer.text) == (503, True)
    (altered,) = verify.verify(zhangjia.site).altered
    assert altered.how == "was altered: its SHA-256 does not match"
    site = replace(zhangjia.site, backup_dir=tmp_path / "second")
    assert back_up.daily(site, LATER).startswith("wrote")
    assert not (tmp_path / "second" / "files" / digest[:2] / digest).exists()


def test_a_restored_file_with_other_bytes_counts_as_missing(zhangjia, shown, settings, tmp_path):
    site = replace(zhangjia.site, backup_dir=tmp_path / "second")
    back_up.daily(site, NOON)
    kept = tmp_path / "second" / "files" / shown.file[:2] / shown.file
    kept.write_bytes(os.urandom(3))
    elsewhere = open_site(Settings(data=tmp_path / "new"))
    done = restore.restore(elsewhere, next((tmp_path / "second").glob("*.zip")), LATER)
    elsewhere.sessions.close()
    assert done.missing_files == 1
    assert sha256_hex(kept.read_bytes()) != shown.file


def test_the_application_starts_while_the_store_is_away(settings, zhangjia, object_store, address):
    with object_store.cut_off():
        site = open_site(replace(settings, files=address))
        app = make_app(settings, site)
        assert isinstance(app, Flask)
        assert app.test_client().get("/").status_code == 200
        site.sessions.close()
