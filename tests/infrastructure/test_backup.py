"""Backup and restore: consistent while running, and what paper says after a restore."""

import io
import json
import threading
from dataclasses import replace
from datetime import date, timedelta
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from sqlalchemy import text
from support.builders import LEDGER, ANotice, a_duty, a_notice
from support.clock import NOON
from support.houses import everything
from support.resident_pages import unmarked

from bulletin.clock.jobs import tick_once
from bulletin.domain.boards.photo_areas import WHOLE
from bulletin.domain.codes import Scan
from bulletin.domain.errors import Misconfigured
from bulletin.domain.meetings.kinds import MeetingKind
from bulletin.domain.notices.visibility import PageState
from bulletin.domain.retention import DAILY, MONTHLY, WEEKLY, to_keep
from bulletin.services.boards import post
from bulletin.services.boards.correct import correct_posting
from bulletin.services.boards.packs import order_pack, pack_orders
from bulletin.services.boards.photos import upload
from bulletin.services.boards.photos.cover import cover, keep
from bulletin.services.boards.photos.recalled import recalled
from bulletin.services.catalog import import_file, propose_import
from bulletin.services.duties.mark_not_applicable import mark_not_applicable, revoke_not_applicable
from bulletin.services.duties.open_matter import begin_matter
from bulletin.services.duties.record_event import correct_event
from bulletin.services.machine_keys import machines_with_other_keys, note_keys
from bulletin.services.meetings.correct import correct_meeting, withdraw_meeting
from bulletin.services.meetings.record import NewMeeting, record_meeting
from bulletin.services.notices import redact
from bulletin.services.notices.drafts import draft, start
from bulletin.services.notices.overview import notice_rows
from bulletin.services.operations import back_up, copy_history, restore, verify
from bulletin.services.public.notice_page import notice_page
from bulletin.services.subscriptions.manage_subscriptions import NewSubscription, subscribe
from bulletin.store import history_copy
from bulletin.store.meetings import MeetingCorrection
from bulletin.wiring import make_app, open_site

pytestmark = pytest.mark.slow  # whole sites are written down and built anew

LATER = NOON + timedelta(days=1)


@pytest.fixture
def elsewhere(database, tmp_path):
    """An empty site on a new machine."""
    folder = tmp_path / "new"
    folder.mkdir()
    settings = replace(database.settings(folder), public_url="https://gk.huzhu.example.cn")
    database.copy_to("empty", settings)
    site = open_site(settings)
    yield site
    site.sessions.close()
    database.drop(settings)


@pytest.fixture
def second(tmp_path):
    return tmp_path / "second"


def _with(site, second):
    return replace(site, backup_dir=second)


def _photo():
    held = io.BytesIO()
    Image.new("RGB", (64, 48)).save(held, "JPEG")
    return held.getvalue()


def _hung(zhangjia, **facts):
    notice = a_notice(zhangjia, NOON, **facts).approved()
    notice.printed()
    post.hang(
        zhangjia.site,
        zhangjia.li,
        notice.code,
        zhangjia.boards[0],
        NOON.date(),
        NOON,
        photo=_photo(),
    )
    return notice


def _indexed(site):
    with site.sessions.reading() as session:
        rows = session.execute(text("SELECT rowid, words FROM search_index ORDER BY rowid"))
        return [tuple(row) for row in rows]


def test_a_restored_site_holds_every_row_and_every_file(zhangjia, elsewhere, tmp_path):
    notice = _hung(zhangjia)
    a_notice(zhangjia, NOON).submitted()
    upload.add_piece(zhangjia.site, zhangjia.li, "photo", 0, _photo(), NOON)  # half sent
    items = "公开事项,公开时限\n村务决策,每季度公开一次\n".encode()
    listed = import_file.read_upload(items, "目录.csv")
    propose_import.propose(zhangjia.site, zhangjia.zheng, None, listed, NOON)
    order_pack.order_pack(zhangjia.site, zhangjia.li, NOON, board_id=zhangjia.boards[0])
    subscribe(zhangjia.site, NewSubscription(place="630223202214", language="en"), NOON)
    file = tmp_path / "b" / "site.zip"
    assert back_up.backup(zhangjia.site, file, NOON) == file.stat().st_size
    done = restore.restore(elsewhere, file, LATER)
    assert (done.township, done.missing_files, done.lost) == ("红崖子沟乡", 0, 0)
    before, after = everything(zhangjia.site), everything(elsewhere)
    for name in before.keys() - {"history_entry", "chain_head"}:
        assert after[name] == before[name], name
    assert after["history_entry"][:-1] == before["history_entry"]
    verdict = verify.verify(elsewhere)
    assert verdict.altered == ()
    assert "restored from a backup taken at 2026-10-09" in verdict.seams[0]
    assert upload.arrived(elsewhere, zhangjia.li, "photo") == 0  # it is sent again
    assert pack_orders.pack_lines(elsewhere, zhangjia.li, LATER) == []
    seen = notice_page(elsewhere, Scan(notice.code, 1), scanned=True, now=LATER)
    assert seen.page_state is PageState.CURRENT
    assert _indexed(elsewhere) == _indexed(zhangjia.site)  # what was restored is found by a search


def test_a_restored_house_compares_its_keys_with_no_machine_of_before(
    zhangjia, elsewhere, tmp_path
):
    note_keys(zhangjia.site, NOON)
    back_up.backup(zhangjia.site, tmp_path / "site.zip", NOON)
    restore.restore(elsewhere, tmp_path / "site.zip", LATER)
    with elsewhere.sessions.reading() as session:
        assert machines_with_other_keys(elsewhere, session, LATER) == []


def test_what_was_put_right_since_is_restored_with_all_that_was_said_before(
    zhangjia, elsewhere, tmp_path
):
    """A corrected posting, an extended period, a time of 不适用, a kept photograph, a withdrawn meeting."""
    notice, site, li = _hung(zhangjia), zhangjia.site, zhangjia.li
    opened = begin_matter(site, li, zhangjia.id, "election", "换届选举", date(2026, 12, 20), NOON)
    code = start.start(site, li, [opened.duty_id], NOON)
    draft.save(site, li, code, NOON, version=1, title="名单", document=LEDGER)
    ANotice(zhangjia, code, NOON).approved()
    correct_event(site, li, opened.duty_id, date(2026, 12, 26), NOON)
    correct_posting(
        site, li, 1, LATER, board_id=zhangjia.boards[1], hung_on=LATER.date(), down_on=None,
        reason="登记时选错了公开栏",
    )  # fmt: skip
    waived = a_duty(zhangjia, "affairs.decisions_progress", NOON)
    mark_not_applicable(site, li, waived, "没有发生", NOON)
    revoke_not_applicable(site, li, waived, LATER)
    redact.redact(site, li, notice.code, "写进了病情", LATER)
    for photo in recalled(site, li, notice.code):
        keep(site, li, notice.code, photo.digest, "看不清字", LATER)

    met = NewMeeting(kind=MeetingKind.JOINT, held_on=NOON.date(), due=9, came=8)
    meeting = record_meeting(site, li, zhangjia.id, met, NOON, minutes=("记录.jpg", _photo()))
    for right in (replace(met, came=7), met):  # the first is put right, and once more
        correct_meeting(site, li, meeting, right, "数错了", LATER, drops_minutes=True)
    withdraw_meeting(site, li, meeting, "没有开过", LATER)

    kept = ("posting_correction", "period_extension", "not_applicable_span", "recalled_photo")
    kept += ("meeting_correction", "meeting")
    before = everything(site)
    assert all(before[name] for name in kept)
    file, restored_at = tmp_path / "site.zip", LATER + timedelta(days=1)
    back_up.backup(site, file, LATER)
    restore.restore(elsewhere, file, restored_at)
    after = everything(elsewhere)
    assert {name: after[name] for name in kept} == {name: before[name] for name in kept}
    assert verify.verify(site).altered == verify.verify(elsewhere).altered == ()
    with elsewhere.sessions.reading() as session:
        minutes = session.get_one(MeetingCorrection, 1).before["minutes"]
    assert minutes
    assert elsewhere.files.get(minutes) == site.files.get(minutes)


def test_the_restored_site_works_on_with_new_rows_and_numbers(zhangjia, elsewhere, tmp_path):
    a_notice(zhangjia, NOON).approved()
    back_up.backup(zhangjia.site, tmp_path / "site.zip", NOON)
    restore.restore(elsewhere, tmp_path / "site.zip", LATER)
    zhangjia.site = elsewhere
    a_notice(zhangjia, LATER).approved()
    numbers = [row.number for row in notice_rows(elsewhere, zhangjia.li, LATER)]
    assert numbers == ["张家村公开〔2026〕2号", "张家村公开〔2026〕1号"]
    assert verify.verify(elsewhere).sound


def test_paper_of_the_lost_days_is_answered_and_its_numbers_are_not_used_again(
    zhangjia, elsewhere, second
):
    running = zhangjia.site = _with(zhangjia.site, second)
    early = a_notice(zhangjia, NOON).approved()
    tick_once(running, NOON)
    (file,) = second.glob("*.zip")
    lost = a_notice(zhangjia, NOON + timedelta(hours=1)).approved()
    lost.printed()
    redact.redact(running, zhangjia.sun, early.code, "写进了病情", NOON + timedelta(hours=2))
    tick_once(running, NOON + timedelta(hours=3))  # the daily backup is there; the witness goes on

    done = restore.restore(elsewhere, file, LATER)
    assert (done.lost_codes, done.redacted) == (1, 1)
    assert done.lost > 5
    early_page = notice_page(elsewhere, Scan(early.code, 1), scanned=True, now=LATER)
    assert early_page.page_state is PageState.REDACTED
    verdict = verify.verify(elsewhere)
    assert verdict.altered == ()
    assert f"{done.lost} later entries are witnessed but lost" in verdict.seams[0]

    zhangjia.site = elsewhere
    after = a_notice(zhangjia, LATER).approved()
    numbers = {row.code: row.number for row in notice_rows(elsewhere, zhangjia.li, LATER)}
    assert numbers[after.code] == "张家村公开〔2026〕3号", "2号 stands on paper"
    assert verify.verify(elsewhere).sound


@pytest.mark.parametrize("days", [0, 1])
def test_a_photograph_that_was_covered_since_is_covered_again(zhangjia, elsewhere, second, days):
    running = zhangjia.site = _with(zhangjia.site, second)
    notice = _hung(zhangjia)
    board, day = zhangjia.boards[1], NOON.date()
    post.hang(running, zhangjia.li, notice.code, board, day, NOON, photo=_photo())
    tick_once(running, NOON)
    (file,) = second.glob("*.zip")
    redact.redact(running, zhangjia.sun, notice.code, "写进了病情", NOON + timedelta(hours=2))
    gone = [photo.digest for photo in recalled(running, zhangjia.li, notice.code)]
    assert gone
    for digest in gone:
        cover(
            running, zhangjia.li, notice.code, digest, NOON + timedelta(hours=2), outlines=[WHOLE]
        )
    assert verify.verify(running).altered == ()
    tick_once(running, NOON + timedelta(days=days, hours=3))

    restore.restore(elsewhere, file, LATER)
    assert not [digest for digest in gone if elsewhere.files.has(digest)]
    photos = recalled(elsewhere, zhangjia.li, notice.code)
    assert [photo.is_covered for photo in photos] == [True] * len(gone)
    assert verify.verify(elsewhere).altered == ()


def test_a_resident_who_scans_lost_paper_reads_why_and_gets_the_villages_phone(
    zhangjia, elsewhere, second, settings
):
    running = zhangjia.site = _with(zhangjia.site, second)
    tick_once(running, NOON)
    lost = a_notice(zhangjia, NOON + timedelta(hours=1)).approved()
    page = notice_page(running, Scan(lost.code, 1), scanned=True, now=LATER)
    tick_once(running, NOON + timedelta(hours=3))
    (file,) = second.glob("*.zip")
    restore.restore(elsewhere, file, LATER)
    app = make_app(settings, elsewhere)
    app.extensions["clock"] = lambda: LATER
    for address in (
        f"/N/{lost.code}.1",
        f"/N/{lost.code}",
        f"/find?q={page.digits}",
        f"/find?q={lost.code}",
    ):
        answer = app.test_client().get(address, follow_redirects=True)
        assert answer.status_code == 200, address
        assert "张家村公开〔2026〕1号" in unmarked(answer.text)
        assert "0972-8320000" in answer.text
    assert app.test_client().get("/N/7KQ2M4XW9C.1").status_code == 404


def test_a_backup_taken_while_people_work_is_of_one_moment(zhangjia, elsewhere, tmp_path):
    stop = threading.Event()
    made = []

    def work():
        while not stop.is_set():
            made.append(a_notice(zhangjia, NOON).approved().code)

    worker = threading.Thread(target=work)
    worker.start()
    try:
        for n in range(4):
            back_up.backup(zhangjia.site, tmp_path / f"{n}.zip", NOON)
    finally:
        stop.set()
        worker.join()
    restore.restore(elsewhere, tmp_path / "3.zip", LATER)
    assert verify.verify(elsewhere).altered == ()
    assert made


def test_the_daily_backup_is_written_once_a_day_and_its_files_lie_beside_it(zhangjia, second):
    site = zhangjia.site = _with(zhangjia.site, second)
    notice = _hung(zhangjia)
    assert back_up.daily(site, NOON) == "wrote bulletin-2026-10-09.zip"
    assert back_up.daily(site, NOON) == "bulletin-2026-10-09.zip is there"
    kept = {path.name for path in (second / "files").rglob("*") if path.is_file()}
    assert kept == {path.name for path in site.files.folder.rglob("*") if path.is_file()}
    assert len(kept) == 2
    redact.redact(site, zhangjia.sun, notice.code, "写进了病情", LATER)
    back_up.daily(site, LATER)
    left = {path.name for path in (second / "files").rglob("*") if path.is_file()}
    assert len(left) == 1, "the sheet is destroyed there too, the photo stays"
    assert back_up.daily(zhangjia.site, LATER + timedelta(days=1)).startswith("wrote")


def test_without_a_second_folder_nothing_is_written(zhangjia):
    assert tick_once(zhangjia.site, NOON)["backup"] == "no second folder"
    assert copy_history.copy_history(zhangjia.site) == 0


def test_the_witness_mends_a_line_that_a_power_cut_tore(zhangjia, second):
    site = zhangjia.site = _with(zhangjia.site, second)
    copy_history.copy_history(site)
    file = history_copy.newest(second)
    with file.open("ab") as torn:
        torn.write(b'{"number": 99')
    a_notice(zhangjia, NOON)
    assert copy_history.copy_history(site) > 0
    numbers = [line.number for line in history_copy.lines(file)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert copy_history.copy_history(site) == 0


def test_after_a_restore_the_witness_begins_a_new_file(zhangjia, elsewhere, second):
    running = zhangjia.site = _with(zhangjia.site, second)
    tick_once(running, NOON)
    a_notice(zhangjia, NOON + timedelta(hours=1)).approved()
    copy_history.copy_history(running)
    (file,) = second.glob("*.zip")
    restore.restore(elsewhere, file, LATER)
    copy_history.copy_history(_with(elsewhere, second))
    assert [path.name for path in sorted(second.glob("history-*"))] == [
        "history-0001.jsonl",
        "history-0002.jsonl",
    ]


@pytest.mark.parametrize("spoil", ["cut", "other", "newer", "text"])
def test_what_is_no_backup_is_said_and_the_site_stays_empty(zhangjia, elsewhere, tmp_path, spoil):
    file = tmp_path / "site.zip"
    back_up.backup(zhangjia.site, file, NOON)
    if spoil == "cut":
        file.write_bytes(file.read_bytes()[:-200])
    elif spoil == "text":
        file.write_text("backup")
    else:
        with ZipFile(file, "w") as archive:
            if spoil == "newer":
                said = {"format": 1, "release": "9.0", "revision": "9999"}
                archive.writestr("manifest.json", json.dumps(said))
    with pytest.raises(Misconfigured):
        restore.restore(elsewhere, file, LATER)
    back_up.backup(zhangjia.site, file, NOON)
    assert restore.restore(elsewhere, file, LATER).township


def test_a_site_that_is_not_empty_is_not_restored_over(zhangjia, tmp_path):
    back_up.backup(zhangjia.site, tmp_path / "site.zip", NOON)
    with pytest.raises(Misconfigured, match="empty"):
        restore.restore(zhangjia.site, tmp_path / "site.zip", LATER)


def test_a_backup_of_one_database_is_restored_into_the_other(zhangjia, tmp_path, database):
    """A township that grows into a county moves from SQLite to PostgreSQL with its backup."""
    if database.name != "postgresql":
        pytest.skip("from SQLite to PostgreSQL and back is one test")
    _hung(zhangjia)
    back_up.backup(zhangjia.site, tmp_path / "pg.zip", NOON)
    folder = tmp_path / "lite"
    folder.mkdir()
    lite = open_site(replace(database.settings(folder), data=folder, database_url=""))
    restore.restore(lite, tmp_path / "pg.zip", NOON)
    back_up.backup(lite, tmp_path / "lite.zip", NOON)
    lite.sessions.close()
    folder = tmp_path / "back"
    folder.mkdir()
    settings = database.settings(folder)
    database.copy_to("empty", settings)
    back = open_site(settings)
    restore.restore(back, tmp_path / "lite.zip", NOON)
    assert verify.verify(back).altered == ()
    with back.sessions.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM village")) == 2
    back.sessions.close()
    database.drop(settings)


@given(st.sets(st.dates(date(2024, 1, 1), date(2027, 12, 31)), max_size=400))
def test_retention_keeps_the_newest_of_days_weeks_and_months(days):
    kept = to_keep(days)
    assert kept <= days
    assert len(kept) <= DAILY + WEEKLY + MONTHLY
    assert set(sorted(days)[-DAILY:]) <= kept
    for day in days:
        assert to_keep(kept | {day}) >= kept - {day} or day not in kept


def test_after_two_years_of_days_the_backups_reach_back_a_year():
    days = [date(2026, 12, 31) - timedelta(days=n) for n in range(730)]
    kept = sorted(to_keep(days))
    assert kept[-7:] == sorted(days)[-7:]
    assert kept[0] == date(2026, 1, 31)
    assert len(kept) == 7 + 3 + 11, "the newest week's and month's are among the seven days"
