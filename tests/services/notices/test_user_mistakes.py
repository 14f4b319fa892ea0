"""What people slip on: words changed after a clearance, acts in an unusual order, names that linger."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest
from support.builders import a_notice
from support.clock import NOON

from bulletin.domain.codes import Scan
from bulletin.domain.errors import Refused
from bulletin.domain.notices.visibility import PageState
from bulletin.domain.notices.workflow import Act, State
from bulletin.domain.people import Role
from bulletin.services.access import edition_for
from bulletin.services.notices import end as notices_end
from bulletin.services.notices import redact
from bulletin.services.notices.detail import notice_detail
from bulletin.services.notices.drafts import correct, submit
from bulletin.services.notices.drafts import draft as notices_draft
from bulletin.services.notices.drafts.draft import SavedMeanwhile
from bulletin.services.notices.overview import edition_rows, notice_rows
from bulletin.services.notices.reviews import review
from bulletin.services.oversight.acknowledge_filings import filing_list
from bulletin.services.people import manage_accounts
from bulletin.services.printing.print import print_sheet
from bulletin.services.privacy import check, clear
from bulletin.services.public.notice_page import notice_page
from bulletin.services.public.place_pages import village_page
from bulletin.store.files.folder import FolderFiles

SOON = NOON + timedelta(days=2)
NAME = "张三丰"


def _text(words, *blocks):
    return {"blocks": [{"type": "paragraph", "text": words}, *blocks]}


def _save(zhangjia, notice, document, version=2, **facts):
    facts = {"title": "路灯", **facts}
    return notices_draft.save(
        zhangjia.site, zhangjia.li, notice.code, NOON, version=version, document=document, **facts
    )


def _codes(act, *args, **kwargs):
    with pytest.raises(Refused) as refused:
        act(*args, **kwargs)
    return refused.value.codes


def _states(zhangjia, notice, now=NOON):
    rows = edition_rows(zhangjia.site, zhangjia.operator, notice.code, now)
    return {row.edition: row.state for row in rows}


def _corrected(zhangjia, notice, now, **facts):
    correct.correct(zhangjia.site, zhangjia.li, notice.code, now)
    notices_draft.save(
        zhangjia.site, zhangjia.li, notice.code, now, version=1, title="路灯（更正）",
        document=_text("更正。"), change_note=f"删去{NAME}", **facts,
    )  # fmt: skip
    notice.now = now
    return notice.approved()


def _page(zhangjia, notice, now, edition=1):
    return notice_page(zhangjia.site, Scan(notice.code, edition), scanned=True, now=now)


def _concerns(zhangjia, notice):
    with zhangjia.site.sessions.reading() as session:
        edition = edition_for(session, zhangjia.li, notice.code)
        return check.concerns(session, zhangjia.site.files, edition)


def test_a_clearance_is_for_these_words_and_no_others(zhangjia):
    notice = a_notice(zhangjia, NOON, document=_text("村医公开电话13800138000。"))
    (found,) = _concerns(zhangjia, notice)
    clear.clear(zhangjia.site, zhangjia.li, notice.code, found.key, "公开的", NOON)
    assert not _concerns(zhangjia, notice)[0].is_open
    _save(zhangjia, notice, _text("两户电话13900139000、13700137000。"))
    again = _concerns(zhangjia, notice)
    assert [concern.is_open for concern in again] == [True, True]
    assert len({concern.key for concern in again}) == 2, "each is cleared by itself"


def test_a_redaction_empties_the_correction_that_began_with_the_same_words(zhangjia):
    notice = a_notice(zhangjia, NOON, document=_text(f"{NAME}补助。"))
    upload = notices_draft.attach(zhangjia.site, zhangjia.li, notice.code, "名单.csv", b"a,b", NOON)
    block = {"type": "attachment", "file": upload.file, "name": "名单"}
    _save(zhangjia, notice, _text(f"{NAME}补助。", block))
    notice.approved()
    correct.correct(zhangjia.site, zhangjia.li, notice.code, NOON)
    redact.redact(zhangjia.site, zhangjia.li, notice.code, "写进了名字", NOON)
    assert zhangjia.site.files.get(upload.file) is None
    draft = edition_rows(zhangjia.site, zhangjia.operator, notice.code, NOON)[-1]
    assert NAME not in draft.title
    _save(zhangjia, notice, _text("一户补助。"), version=2, change_note="去掉名字")
    notice.approved()
    assert _page(zhangjia, notice, NOON, 2).page_state is PageState.CURRENT


def test_what_is_scheduled_can_still_be_cancelled_after_its_correction_was(zhangjia):
    notice = a_notice(zhangjia, NOON, publish_at=SOON).approved()
    correct.correct(zhangjia.site, zhangjia.li, notice.code, NOON)
    for _ in range(2):
        notices_end.cancel(zhangjia.site, zhangjia.li, notice.code, "不公开了", NOON)
    assert set(_states(zhangjia, notice).values()) == {State.CANCELLED}
    assert _page(zhangjia, notice, SOON).page_state is PageState.CANCELLED


def test_a_take_down_is_not_undone_by_a_waiting_correction(zhangjia):
    notice = a_notice(zhangjia, NOON).approved()
    _corrected(zhangjia, notice, NOON, publish_at=SOON)
    take_down = (notices_end.take_down, zhangjia.site, zhangjia.li, notice.code, "有误", NOON)
    assert _codes(*take_down) == ("correction_scheduled",)
    notices_end.cancel(zhangjia.site, zhangjia.li, notice.code, "先作废", NOON)
    take_down[0](*take_down[1:])
    assert _page(zhangjia, notice, SOON).page_state is PageState.TAKEN_DOWN


def test_what_residents_read_no_more_is_not_taken_down_twice(zhangjia):
    notice = _corrected(zhangjia, a_notice(zhangjia, NOON).approved(), NOON)
    take_down = (zhangjia.site, zhangjia.li, notice.code, "有误", NOON)
    notices_end.take_down(*take_down)
    assert _codes(notices_end.take_down, *take_down) == ("nothing_public",)


def test_a_request_that_waited_for_its_turn_is_no_clock_set_back(zhangjia):
    notice = a_notice(zhangjia, NOON).submitted().examined()
    other = a_notice(zhangjia, NOON + timedelta(seconds=90))
    assert other.code
    notice.confirmed()
    assert _states(zhangjia, notice)[1] is State.PUBLISHED


@pytest.mark.parametrize("end", ["over", "taken_down", "cancelled"])
def test_names_of_a_personal_list_leave_every_page_with_its_content(zhangjia, end):
    notice = a_notice(
        zhangjia, NOON, item="government.low_income_review", title=f"{NAME}等人救助公示",
        document=_text(f"{NAME}救助。"), publish_at=SOON if end == "cancelled" else None,
    )  # fmt: skip
    notice.submitted().examined().confirmed()
    review.take_step(zhangjia.site, zhangjia.wang, notice.code, Act.SCREEN, NOON)
    now = NOON + timedelta(hours=1)
    if end == "over":
        now = NOON + timedelta(days=60)
    elif end == "taken_down":
        notices_end.take_down(zhangjia.site, zhangjia.li, notice.code, "有误", now)
    else:
        notices_end.cancel(zhangjia.site, zhangjia.li, notice.code, "不公开了", now)
    page = _page(zhangjia, notice, now)
    assert page.document is None
    assert NAME not in str(page)
    assert NAME not in str(village_page(zhangjia.site, "630223202214", now))


def test_what_a_taken_down_correction_changed_is_not_told_either(zhangjia):
    notice = _corrected(zhangjia, a_notice(zhangjia, NOON).approved(), NOON)
    assert NAME in str(_page(zhangjia, notice, NOON, 2))
    notices_end.take_down(zhangjia.site, zhangjia.li, notice.code, "有误", NOON)
    assert NAME not in str(_page(zhangjia, notice, NOON, 2))


@pytest.mark.parametrize(
    ("name", "data"), [("坏.pdf", b"%PDF-1.4 garbage"), ("坏.txt", b"\xff\xfe\xfa\x00x")]
)
def test_a_file_that_cannot_be_read_is_refused_before_it_is_in_the_draft(zhangjia, name, data):
    notice = a_notice(zhangjia, NOON)
    assert _codes(notices_draft.attach, zhangjia.site, zhangjia.li, notice.code, name, data, NOON)


def test_a_picture_that_was_never_uploaded_stops_the_hand_in(zhangjia):
    ghost = {"type": "attachment", "file": "a" * 64, "name": "名单"}
    notice = a_notice(zhangjia, NOON, document=_text("见附件。", ghost))
    assert _codes(notice.submitted) == ("file_missing",)


def test_a_forced_step_of_an_earlier_round_is_forgotten(zhangjia):
    notice = a_notice(zhangjia, NOON).submitted()
    review.force(zhangjia.site, zhangjia.wang, notice.code, "监委会外出", NOON)
    review.send_back(zhangjia.site, zhangjia.zhao, notice.code, "数字不对", NOON)
    notice.approved()
    assert not edition_rows(zhangjia.site, zhangjia.operator, notice.code, NOON)[0].forced
    with pytest.raises(Refused):
        review.endorse(zhangjia.site, zhangjia.wang, notice.code, NOON)


def test_a_stale_save_that_only_moves_the_date_is_told_too(zhangjia):
    notice = a_notice(zhangjia, NOON)
    _save(zhangjia, notice, _text("一"), publish_at=SOON, posting_days=30)
    with pytest.raises(SavedMeanwhile):
        _save(zhangjia, notice, _text("一"), version=2)


def test_the_paper_in_force_is_printed_while_its_correction_is_written(zhangjia):
    notice = a_notice(zhangjia, NOON).approved()
    correct.correct(zhangjia.site, zhangjia.li, notice.code, NOON)
    printed = print_sheet(zhangjia.site, zhangjia.li, notice.code, NOON)
    assert "第1版" in printed.name


def test_a_title_without_end_is_refused_in_words(zhangjia):
    notice = a_notice(zhangjia, NOON)
    assert _codes(_save, zhangjia, notice, _text("一"), title="长" * 20_001) == ("title_too_long",)


def test_a_role_is_given_once_a_day_and_given_back_when_it_was_ended_by_mistake(zhangjia):
    day = NOON.date()
    appoint = (
        zhangjia.site,
        zhangjia.zheng,
        zhangjia.sun.id,
        Role.LIAISON,
        zhangjia.id,
        day,
        NOON,
    )
    manage_accounts.appoint(*appoint)
    assert _codes(manage_accounts.appoint, *appoint) == ("appointed_already",)


def test_a_correction_that_is_given_up_leaves_the_edition_before_it_standing(zhangjia):
    notice = a_notice(zhangjia, NOON, title="路灯").approved()
    correct.correct(zhangjia.site, zhangjia.li, notice.code, NOON)
    notices_end.cancel(zhangjia.site, zhangjia.li, notice.code, "不用改了", NOON)
    (row,) = notice_rows(zhangjia.site, zhangjia.li, NOON)
    assert (row.edition, row.state) == (1, State.PUBLISHED)
    file = notice_detail(zhangjia.site, zhangjia.li, notice.code, NOON)
    assert (file.row.edition, file.is_newest) == (1, True)
    assert [line.words for line in filing_list(zhangjia.site, zhangjia.wang).page.lines] == ["发布"]
    assert correct.correct(zhangjia.site, zhangjia.li, notice.code, NOON) == 3


@pytest.mark.parametrize(
    ("levels", "empty"),
    [((1,), ["一"]), ((1, 2), ["二"]), ((2, 1), ["一", "二"]), ((1, 0), []), ((1, 2, 0), [])],
)
def test_a_heading_with_nothing_under_it_is_named(zhangjia, levels, empty):
    words = iter("一二三四")
    blocks = [
        {"type": "heading", "level": level, "text": next(words)}
        if level
        else {"type": "paragraph", "text": "内容"}
        for level in levels
    ]
    notice = a_notice(zhangjia, NOON, document={"blocks": blocks})
    if not empty:
        notice.submitted()
        return
    with pytest.raises(Refused) as refused:
        notice.submitted()
    assert set(refused.value.codes) == {"heading_empty"}
    assert [f"“{title}”" in str(refused.value) for title in empty] == [True] * len(empty)


class _WatchedFiles(FolderFiles):
    """Files whose every reading asks whether somebody else could write into the database now."""

    def __init__(self, folder, database):
        super().__init__(folder)
        self.database = database
        self.read = 0

    def get(self, digest):
        with closing(sqlite3.connect(self.database, timeout=0)) as other:
            other.execute("BEGIN IMMEDIATE")  # raises while a transaction is open
        self.read += 1
        return super().get(digest)


@pytest.mark.sqlite_only(reason="on PostgreSQL writers don't wait for each other")
def test_nobody_waits_for_the_database_while_a_long_file_is_searched(zhangjia, settings):
    notice = a_notice(zhangjia, NOON)
    upload = notices_draft.attach(zhangjia.site, zhangjia.li, notice.code, "表.csv", b"1,2", NOON)
    _save(
        zhangjia,
        notice,
        _text("见附件。", {"type": "attachment", "file": upload.file, "name": "表.csv"}),
    )
    files = _WatchedFiles(zhangjia.site.files.folder, settings.data / "bulletin.db")
    site = replace(zhangjia.site, files=files)
    submit.submit(site, zhangjia.li, notice.code, NOON, confirmed=True)
    review.take_step(site, zhangjia.sun, notice.code, Act.EXAMINE, NOON)
    assert files.read == 1, "and it is read once"
