"""A file without a record: named by check, cleared after a week, and never one that a record needs."""

import os
import threading
from dataclasses import replace
from datetime import timedelta

from sqlalchemy.orm import InstrumentedAttribute
from support.builders import a_notice
from support.clock import NOON

from bulletin.clock.jobs import tick_once
from bulletin.services.operations.check import check
from bulletin.services.operations.clear_stray_files import clear_stray_files, stray_files
from bulletin.services.operations.verify import verify
from bulletin.services.printing.print import print_sheet
from bulletin.store.base import Base
from bulletin.store.file_references import KEPT, PASSING

WEEK = timedelta(days=7)
# Columns whose names sound like a file's and that hold none.
NO_FILES = {
    "annual_report_edition.digest",
    "posting_correction.against_photo",
    "catalog_version.digest",
    "catalog_import.digest",
    "edition.text_digest",
    "feedback.code_digest",
    "feedback.nonce_digest",
    "feedback_entry.passed_photo",
    "sent_request.code_digest",
    "sent_request.nonce_digest",
}
OTHER_FILES = {"year_closing.table", "annual_report_edition.word"}  # named by what they are
FILE_WORDS = ("digest", "minutes", "pdf", "photo", "picture", "sha256")


def written(site, data, at):
    digest = site.files.put(data)
    os.utime(site.files.folder / digest[:2] / digest, (at.timestamp(), at.timestamp()))
    return digest


def strays(site, now):
    with site.sessions.reading() as session:
        return stray_files(site, session, now).count


def test_a_file_that_a_crash_left_is_named_and_cleared_after_a_week(zhangjia):
    site = zhangjia.site
    digest = written(site, b"left by a crash", NOON)
    assert strays(site, NOON + timedelta(minutes=30)) == 0, "its record may be on the way"
    said = " ".join(problem.what for problem in check(site, NOON + timedelta(hours=2)))
    assert "1 files" in said
    assert clear_stray_files(site, NOON + WEEK - timedelta(minutes=1)) == 0
    assert site.files.has(digest)
    assert clear_stray_files(site, NOON + WEEK + timedelta(minutes=1)) == 1
    assert not site.files.has(digest)
    assert strays(site, NOON + WEEK) == 0


def test_half_a_file_is_cleared_too(zhangjia):
    folder = zhangjia.site.files.folder / "ab"
    folder.mkdir(parents=True)
    half = folder / ".new-half"
    half.write_bytes(b"half")
    os.utime(half, (NOON.timestamp(), NOON.timestamp()))
    assert clear_stray_files(zhangjia.site, NOON + 2 * WEEK) == 1
    assert not half.exists()


def test_who_takes_an_old_stray_in_again_keeps_it(zhangjia):
    site = zhangjia.site
    written(site, b"the same picture", NOON - 2 * WEEK)
    digest = site.files.put(b"the same picture")
    clear_stray_files(site, NOON)
    assert site.files.has(digest), "its record may be on the way"


def test_who_takes_it_in_again_while_the_store_is_listed_keeps_it_too(zhangjia, monkeypatch):
    site = zhangjia.site
    digest = written(site, b"the same picture", NOON - 2 * WEEK)
    listed = list(site.files.stored())
    site.files.put(b"the same picture")
    monkeypatch.setattr(type(site.files), "stored", lambda _self: iter(listed))
    assert clear_stray_files(site, NOON) == 0
    assert site.files.has(digest)


def test_nobody_waits_while_the_store_is_listed(zhangjia, monkeypatch):
    """A bucket may take minutes."""
    site, done = zhangjia.site, []
    digest = written(site, b"left by a crash", NOON)

    def act():
        with site.sessions.writing():
            done.append(True)

    stored = type(site.files).stored

    def slow(self):
        other = threading.Thread(target=act, daemon=True)
        other.start()
        other.join(10)
        assert done
        return stored(self)

    monkeypatch.setattr(type(site.files), "stored", slow)
    assert clear_stray_files(site, NOON + 2 * WEEK) == 1
    assert not site.files.has(digest)


def test_the_daily_round_clears_and_what_records_need_stays(zhangjia, tmp_path):
    site = replace(zhangjia.site, backup_dir=tmp_path / "second")
    notice = a_notice(zhangjia, NOON).approved()
    print_sheet(site, zhangjia.li, notice.code, NOON)
    for file in list(site.files.stored()):
        os.utime(file.path, (NOON.timestamp(), NOON.timestamp()))
    digest = written(site, b"left by a crash", NOON)
    outcome = tick_once(site, NOON + 3 * WEEK)
    assert "cleared 1 stray files" in outcome["backup"]
    assert not site.files.has(digest)
    assert verify(site).sound


def test_every_column_that_holds_a_file_is_known():
    whole = [c for c in (*KEPT, *PASSING) if isinstance(c, InstrumentedAttribute)]
    known = {f"{c.class_.__tablename__}.{c.key}" for c in whole}  # others lie within one's JSON
    named = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        for column in table.columns
        if not column.foreign_keys and any(word in column.name for word in FILE_WORDS)
    }
    assert (named - NO_FILES) | OTHER_FILES == known
