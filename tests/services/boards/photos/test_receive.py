"""Photographs of a board: what hangs there, what is stale, what is missing, kept as evidence."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from support.boards import close_up
from support.builders import a_notice
from support.clock import NOON

from bulletin.domain.boards.sheet_verdicts import SheetVerdict
from bulletin.domain.codes import Scan
from bulletin.domain.errors import NotFoundError, Refused
from bulletin.services.boards import overview, post
from bulletin.services.boards.photos import receive
from bulletin.services.boards.photos.read import read_board
from bulletin.services.boards.photos.visits import board_visits, photo_data, visit_view
from bulletin.services.notices import end, redact
from bulletin.services.notices.drafts import correct, draft
from bulletin.services.operations import verify
from bulletin.services.places.create import add_board, found_township
from bulletin.sheets.qr import qr_code
from bulletin.store.file_references import kept_digests
from bulletin.store.files.folder import FolderFiles
from bulletin.store.receipts import BoardPhoto

pytestmark = [
    pytest.mark.slow,  # real sheets are set, photographed and read
    pytest.mark.sqlite_only(
        reason="mostly pictures; test_desk_photos and test_board_ledger receive and confirm on both"
    ),
]
LONG = {"blocks": [{"type": "paragraph", "text": "现将有关情况公开如下。" * 220}]}


def _read(zhangjia, *pdfs, now=NOON, board=None, who=None):
    board_id = zhangjia.boards[0] if board is None else board
    return read_board(zhangjia.site, who or zhangjia.li, [close_up(pdfs)], now, board_id=board_id)


def _verdicts(reading):
    return {(seen.scan.code, seen.scan.edition): seen.verdict for seen in reading.seen}


def test_a_sheet_that_hangs_as_it_should_is_right_and_nothing_is_missing(zhangjia):
    notice = a_notice(zhangjia, NOON).approved()
    reading = _read(zhangjia, notice.printed().sheet.pdf)
    assert _verdicts(reading) == {(notice.code, 1): SheetVerdict.RIGHT}
    assert (reading.missing, reading.missing_pages, reading.hint) == ((), (), "")


def test_an_older_edition_is_told_and_the_newer_is_missing(zhangjia):
    notice = a_notice(zhangjia, NOON).approved()
    old = notice.printed().sheet.pdf
    _correct(zhangjia, notice)
    reading = _read(zhangjia, old)
    assert _verdicts(reading) == {(notice.code, 1): SheetVerdict.OLDER}
    assert [(m.code, m.edition) for m in reading.missing] == [(notice.code, 2)]


def _correct(zhangjia, notice):
    correct.correct(zhangjia.site, zhangjia.li, notice.code, NOON)
    draft.save(
        zhangjia.site,
        zhangjia.li,
        notice.code,
        NOON,
        version=1,
        title="更正后的收支情况",
        document=LONG,
        change_note="金额有误",
    )
    notice.approved()


def test_what_came_to_its_end_or_was_taken_down_comes_off_the_wall(zhangjia):
    notice = a_notice(zhangjia, NOON).approved()
    pdf = notice.printed().sheet.pdf
    later = _read(zhangjia, pdf, now=NOON + timedelta(days=40))
    assert _verdicts(later) == {(notice.code, 1): SheetVerdict.OVER}
    end.take_down(zhangjia.site, zhangjia.li, notice.code, "数字有误", NOON)
    assert _verdicts(_read(zhangjia, pdf)) == {(notice.code, 1): SheetVerdict.TAKEN_DOWN}


def test_the_township_reads_a_paper_of_one_village_on_the_board_of_none(zhangjia):
    notice = a_notice(zhangjia, NOON).approved()
    reading = read_board(
        zhangjia.site, zhangjia.operator, [close_up([notice.printed().sheet.pdf])], NOON
    )
    assert (reading.board, reading.guessed) == ("张家村 村委会门口公开栏", True)
    assert _verdicts(reading) == {(notice.code, 1): SheetVerdict.RIGHT}


def test_pages_that_are_not_on_the_wall_are_named(zhangjia):
    notice = a_notice(zhangjia, NOON, document=LONG).approved()
    printed = notice.printed()
    assert printed.sheet.pages > 1
    picture = zhangjia.site.composer.picture(printed.sheet, 1)
    reading = read_board(zhangjia.site, zhangjia.li, [picture], NOON, board_id=zhangjia.boards[0])
    (gap,) = reading.missing_pages
    assert (gap.code, gap.pages) == (notice.code, tuple(range(2, printed.sheet.pages + 1)))
    assert reading.missing == ()


def test_a_code_that_we_never_gave_out_is_nobodys(zhangjia):
    reading = read_board(
        zhangjia.site,
        zhangjia.li,
        [qr_code("HTTPS://A.CN/N/ABCDEFGH7Z.1").png],
        NOON,
        board_id=zhangjia.boards[0],
    )
    assert reading.seen == ()
    assert "走近一点" in reading.hint


def _code_of(zhangjia, notice, host):
    return qr_code(Scan(notice.code, 1, 1).url(f"https://{host}")).png


def test_our_code_under_another_address_is_no_paper_of_ours(zhangjia):
    notice = a_notice(zhangjia, NOON).approved()
    forged = _code_of(zhangjia, notice, "gk.huzhu-gov.example.com")
    reading = read_board(zhangjia.site, zhangjia.li, [forged], NOON, board_id=zhangjia.boards[0])
    assert _verdicts(reading) == {(notice.code, 1): SheetVerdict.UNKNOWN}
    assert "gk.huzhu-gov.example.com" in reading.hint
    assert [m.code for m in reading.missing] == [notice.code]


def test_a_paper_of_the_time_before_the_address_changed_is_ours(zhangjia):
    notice = a_notice(zhangjia, NOON).approved()
    site = replace(zhangjia.site, former_hosts=frozenset({"old.huzhu.example.cn"}))
    picture = _code_of(zhangjia, notice, "old.huzhu.example.cn")
    reading = read_board(site, zhangjia.li, [picture], NOON, board_id=zhangjia.boards[0])
    assert _verdicts(reading) == {(notice.code, 1): SheetVerdict.RIGHT}
    assert reading.hint == ""


def test_a_paper_of_the_township_next_door_belongs_elsewhere_and_a_draft_of_it_is_nobodys(zhangjia):
    yi = found_township(zhangjia.site, "630223203", "乙乡", "互助土族自治县", "0972-8321222", NOON)
    board = add_board(zhangjia.site, yi, None, "乙乡公开栏", "", NOON)
    notice = a_notice(zhangjia, NOON, title="张三家的事")
    picture = _code_of(zhangjia, notice, "gk.huzhu.example.cn")
    assert read_board(zhangjia.site, yi, [picture], NOON, board_id=board).seen == ()
    notice.approved()
    (seen,) = read_board(zhangjia.site, yi, [picture], NOON, board_id=board).seen
    assert (seen.verdict, seen.title) == (SheetVerdict.ELSEWHERE, "村级财务收支情况")


def test_a_paper_that_was_hung_late_hangs_as_long_as_the_law_says(zhangjia):
    notice = a_notice(zhangjia, NOON).approved()
    pdf = notice.printed().sheet.pdf
    late = NOON + timedelta(days=5)
    post.hang(zhangjia.site, zhangjia.li, notice.code, zhangjia.boards[0], late.date(), late)
    for days, verdict in (
        (17, SheetVerdict.RIGHT),
        (20, SheetVerdict.RIGHT),
        (21, SheetVerdict.OVER),
    ):
        reading = _read(zhangjia, pdf, now=NOON + timedelta(days=days))
        assert _verdicts(reading) == {(notice.code, 1): verdict}, days


def test_the_next_villages_paper_is_seen_on_the_board_and_opened_by_its_own_people(zhangjia):
    notice = a_notice(zhangjia, NOON).approved()
    board = add_board(
        zhangjia.site, zhangjia.operator, zhangjia.ids["白马村"], "白马村公开栏", "", NOON
    )
    shown = close_up([notice.printed().sheet.pdf])
    visit = receive.receive(zhangjia.site, zhangjia.zhou, board, [shown], NOON)
    for who, own in ((zhangjia.zhou, set()), (zhangjia.wu, {notice.code})):
        view = visit_view(zhangjia.site, who, visit)
        assert [sheet.verdict for sheet in view.sheets] == [SheetVerdict.ELSEWHERE]
        assert view.own == own


def test_one_tap_records_what_hangs_and_the_photograph_stays(zhangjia):
    notice = a_notice(zhangjia, NOON).approved()
    pdf = notice.printed().sheet.pdf
    board = zhangjia.boards[0]
    visit = receive.receive(zhangjia.site, zhangjia.li, board, [close_up([pdf])], NOON)
    assert visit_view(zhangjia.site, zhangjia.li, visit).fresh == 1
    assert receive.confirm(zhangjia.site, zhangjia.li, visit, NOON) == 1
    assert receive.confirm(zhangjia.site, zhangjia.li, visit, NOON) == 0
    (hanging,) = overview.board_rows(zhangjia.site, zhangjia.li, NOON)[0].hanging
    assert (hanging.code, hanging.hung_on, hanging.has_photo) == (
        notice.code,
        date(2026, 10, 9),
        True,
    )
    (line,) = board_visits(zhangjia.site, zhangjia.li, board).page.lines
    assert (line.sheets, line.wrong, line.confirmed) == (1, 0, True)
    assert photo_data(zhangjia.site, zhangjia.li, visit, 1).startswith(b"\xff\xd8")
    assert verify.verify(zhangjia.site).sound
    another = zhangjia.site.files.put(b"another picture")
    with zhangjia.site.sessions.writing() as session:
        session.get_one(BoardPhoto, 1).digest = another
    (altered,) = verify.verify(zhangjia.site).altered
    assert altered.what == f"photo 1 of board visit {visit}"


def test_what_hangs_by_record_is_not_recorded_twice(zhangjia):
    notice = a_notice(zhangjia, NOON).approved()
    pdf = notice.printed().sheet.pdf
    board = zhangjia.boards[0]
    post.hang(zhangjia.site, zhangjia.li, notice.code, board, date(2026, 10, 9), NOON)
    visit = receive.receive(zhangjia.site, zhangjia.li, board, [close_up([pdf])], NOON)
    assert receive.confirm(zhangjia.site, zhangjia.li, visit, NOON) == 0
    assert len(overview.board_rows(zhangjia.site, zhangjia.li, NOON)[0].hanging) == 1


@pytest.mark.parametrize("is_still_there", [True, False])
def test_an_older_paper_comes_off_the_record_when_it_is_off_the_wall(zhangjia, is_still_there):
    notice = a_notice(zhangjia, NOON).approved()
    old = notice.printed().sheet.pdf
    board = zhangjia.boards[0]
    post.hang(zhangjia.site, zhangjia.li, notice.code, board, date(2026, 10, 9), NOON)
    _correct(zhangjia, notice)
    new = notice.printed().sheet.pdf
    shown = close_up([new, old] if is_still_there else [new])
    visit = receive.receive(zhangjia.site, zhangjia.li, board, [shown], NOON)
    assert receive.confirm(zhangjia.site, zhangjia.li, visit, NOON) == 1
    hanging = overview.board_rows(zhangjia.site, zhangjia.li, NOON)[0].hanging
    assert {sheet.edition for sheet in hanging} == ({1, 2} if is_still_there else {2})


def test_a_round_that_is_confirmed_late_does_not_put_an_old_paper_back(zhangjia):
    notice = a_notice(zhangjia, NOON).approved()
    old = notice.printed().sheet.pdf
    board = zhangjia.boards[0]
    visit = receive.receive(zhangjia.site, zhangjia.li, board, [close_up([old])], NOON)
    _correct(zhangjia, notice)
    notice.printed()
    later = NOON + timedelta(days=1)
    post.hang(zhangjia.site, zhangjia.li, notice.code, board, later.date(), later)
    assert receive.confirm(zhangjia.site, zhangjia.li, visit, later) == 1
    row = overview.board_rows(zhangjia.site, zhangjia.li, later)[0]
    assert [sheet.edition for sheet in row.hanging] == [2]
    assert [(s.edition, s.hung_on, s.down_on) for s in row.past] == [(1, NOON.date(), later.date())]


def test_what_came_off_since_the_round_stays_off(zhangjia):
    notice = a_notice(zhangjia, NOON).approved()
    pdf = notice.printed().sheet.pdf
    board, later = zhangjia.boards[0], NOON + timedelta(days=1)
    hung = post.hang(zhangjia.site, zhangjia.li, notice.code, board, NOON.date(), NOON)
    visit = receive.receive(zhangjia.site, zhangjia.li, board, [close_up([pdf])], NOON)
    post.take_off(zhangjia.site, zhangjia.li, hung, later.date(), later)
    assert receive.confirm(zhangjia.site, zhangjia.li, visit, later) == 0
    assert overview.board_rows(zhangjia.site, zhangjia.li, later)[0].hanging == ()


def test_a_sheet_with_a_page_missing_is_not_recorded_as_hanging(zhangjia):
    notice = a_notice(zhangjia, NOON, document=LONG).approved()
    picture = zhangjia.site.composer.picture(notice.printed().sheet, 1)
    visit = receive.receive(zhangjia.site, zhangjia.li, zhangjia.boards[0], [picture], NOON)
    assert visit_view(zhangjia.site, zhangjia.li, visit).fresh == 0
    assert receive.confirm(zhangjia.site, zhangjia.li, visit, NOON) == 0


def test_evidence_does_not_follow_what_happens_later(zhangjia):
    notice = a_notice(zhangjia, NOON).approved()
    pdf = notice.printed().sheet.pdf
    visit = receive.receive(zhangjia.site, zhangjia.li, zhangjia.boards[0], [close_up([pdf])], NOON)
    end.take_down(zhangjia.site, zhangjia.li, notice.code, "数字有误", NOON)
    (sheet,) = visit_view(zhangjia.site, zhangjia.li, visit).sheets
    assert sheet.verdict is SheetVerdict.RIGHT


def test_a_title_that_had_to_be_removed_goes_from_the_receipts_too(zhangjia):
    notice = a_notice(zhangjia, NOON, title="关于张三家的公示").approved()
    pdf = notice.printed().sheet.pdf
    first, second = (
        receive.receive(zhangjia.site, zhangjia.li, zhangjia.boards[0], [close_up(pdfs)], NOON)
        for pdfs in ([pdf], [])
    )
    redact.redact(zhangjia.site, zhangjia.li, notice.code, "写出了姓名", NOON)
    (sheet,) = visit_view(zhangjia.site, zhangjia.li, first).sheets
    (missing,) = visit_view(zhangjia.site, zhangjia.li, second).missing
    assert sheet.title == missing["title"] == "村级财务收支情况"
    assert sheet.verdict is SheetVerdict.RIGHT


def test_a_title_that_is_removed_while_photographs_are_read_is_not_written_down_again(zhangjia):
    notice = a_notice(zhangjia, NOON, title="关于张三家的公示").approved()
    shown = close_up([notice.printed().sheet.pdf])

    class Meanwhile(FolderFiles):
        def put(self, data):
            redact.redact(zhangjia.site, zhangjia.li, notice.code, "写出了姓名", NOON)
            return super().put(data)

    slow = replace(zhangjia.site, files=Meanwhile(zhangjia.site.files.folder))
    visit = receive.receive(slow, zhangjia.li, zhangjia.boards[0], [shown], NOON)
    (sheet,) = visit_view(zhangjia.site, zhangjia.li, visit).sheets
    assert sheet.title == "村级财务收支情况"


def test_the_photograph_is_part_of_every_backup(zhangjia):
    notice = a_notice(zhangjia, NOON).approved()
    pdf = notice.printed().sheet.pdf
    before = set(kept_digests_of(zhangjia))
    receive.receive(zhangjia.site, zhangjia.li, zhangjia.boards[0], [close_up([pdf])], NOON)
    assert len(set(kept_digests_of(zhangjia)) - before) == 1


def kept_digests_of(zhangjia):
    with zhangjia.site.sessions.reading() as session:
        return kept_digests(session)


@pytest.mark.parametrize(("who", "code"), [("sun", "not_your_role"), ("wang", "not_your_role")])
def test_the_wall_is_the_liaisons(zhangjia, who, code):
    with pytest.raises(Refused) as refused:
        receive.receive(
            zhangjia.site, getattr(zhangjia, who), zhangjia.boards[0], [close_up([])], NOON
        )
    assert refused.value.codes == (code,)


def test_the_overseer_photographs_too_and_hangs_nothing(zhangjia):
    notice = a_notice(zhangjia, NOON).approved()
    pdf = notice.printed().sheet.pdf
    visit = receive.receive(zhangjia.site, zhangjia.wu, zhangjia.boards[0], [close_up([pdf])], NOON)
    assert visit_view(zhangjia.site, zhangjia.wu, visit)
    with pytest.raises(Refused) as refused:
        post.hang(zhangjia.site, zhangjia.wu, notice.code, zhangjia.boards[0], NOON.date(), NOON)
    assert refused.value.codes == ("not_your_role",)


def test_another_village_sees_neither_board_nor_photograph(zhangjia):
    visit = receive.receive(zhangjia.site, zhangjia.li, zhangjia.boards[0], [close_up([])], NOON)
    for look in (
        lambda: _read(zhangjia, who=zhangjia.zhou),
        lambda: visit_view(zhangjia.site, zhangjia.zhou, visit),
        lambda: photo_data(zhangjia.site, zhangjia.zhou, visit, 1),
        lambda: receive.confirm(zhangjia.site, zhangjia.zhou, visit, NOON),
    ):
        with pytest.raises(NotFoundError):
            look()


def test_of_several_photographs_the_bad_one_is_named(zhangjia):
    with pytest.raises(Refused, match="第2张：这是PDF"):
        read_board(
            zhangjia.site,
            zhangjia.li,
            [close_up([]), b"%PDF-1.7"],
            NOON,
            board_id=zhangjia.boards[0],
        )
    with pytest.raises(Refused, match="一次传1到"):
        read_board(zhangjia.site, zhangjia.li, [], NOON)
