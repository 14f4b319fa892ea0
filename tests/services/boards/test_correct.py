"""更正张贴登记: wrong boards and days put right, and what was said before stays to be read."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import select, text
from support.boards import close_up
from support.builders import a_notice
from support.clock import NOON

from bulletin.domain.boards.display_time import HowKnown
from bulletin.domain.errors import NotFoundError, Refused
from bulletin.services.boards import overview, post, postings
from bulletin.services.boards.certify import certify
from bulletin.services.boards.correct import correct_posting, withdraw_posting
from bulletin.services.boards.ledger import board_ledger
from bulletin.services.boards.photos import receive
from bulletin.services.boards.photos.posting_photos import NewPhotos
from bulletin.services.notices.detail import notice_detail
from bulletin.services.operations import verify
from bulletin.sheets.extract import plain
from bulletin.sheets.pdfium import opened
from bulletin.store.coverage_queries import hung_facts
from bulletin.store.owed_duties import owed_at
from bulletin.store.posting_corrections import PostingCorrection
from bulletin.store.postings import (
    Posting,
    hanging_on,
    postings_by_notice,
    postings_of,
    postings_of_notice,
)

TODAY = date(2026, 10, 9)
LATER = NOON + timedelta(days=5)
DAY = LATER.date()
SLIP = "登记时选错了公开栏"


@pytest.fixture
def notice(zhangjia):
    notice = a_notice(zhangjia, NOON).approved()
    notice.printed()
    return notice


def _hang(zhangjia, notice, board=0, now=NOON):
    return post.hang(
        zhangjia.site, zhangjia.li, notice.code, zhangjia.boards[board], now.date(), now
    )


def _correct(zhangjia, posting, *, who="li", now=LATER, reason=SLIP, **after):
    record = {"board_id": zhangjia.boards[0], "hung_on": TODAY, "down_on": None} | after
    actor = zhangjia.people[who]
    correct_posting(zhangjia.site, actor, posting, now, reason=reason, **record)


def _withdraw(zhangjia, posting, *, who="li", reason=SLIP, **photo):
    withdraw_posting(zhangjia.site, zhangjia.people[who], posting, LATER, reason=reason, **photo)


def _ledger(zhangjia, board=0, now=LATER):
    return board_ledger(
        zhangjia.site,
        zhangjia.li,
        zhangjia.boards[board],
        now,
        first_on=TODAY,
        last_on=now.date(),
    )


def _hanging(zhangjia, now=LATER):
    rows = overview.board_rows(zhangjia.site, zhangjia.li, now, village_id=zhangjia.id)
    return [[(s.edition, s.hung_on) for s in row.hanging] for row in rows]


def _seen(zhangjia, notice, board, now=LATER):
    shown = [close_up([notice.printed().sheet.pdf])]
    visit = receive.receive(zhangjia.site, zhangjia.li, zhangjia.boards[board], shown, now)
    receive.confirm(zhangjia.site, zhangjia.li, visit, now)


def _sound(zhangjia):
    return verify.verify(zhangjia.site).altered == ()


def test_one_board_ticked_too_many_is_withdrawn_and_is_owed_there_again(zhangjia, notice):
    _hang(zhangjia, notice)
    slip = _hang(zhangjia, notice, board=1)
    _withdraw(zhangjia, slip, reason="西社那块没有贴，多勾了")
    assert _hanging(zhangjia) == [[(1, TODAY)], []]
    ledger = _ledger(zhangjia, board=1)
    assert [line.how_known for line in ledger.lines] == [HowKnown.NOT_AT_ALL]
    (gone,) = ledger.gone
    assert gone.what == "原登记10月9日贴在“西社公开栏”，没有贴过，作废"
    assert (gone.reason, gone.corrected_by) == ("西社那块没有贴，多勾了", "李示例")
    assert _sound(zhangjia)
    assert _hang(zhangjia, notice, board=1, now=LATER) != slip, "it can be hung there in truth"


def test_a_wrong_day_is_put_right_and_its_time_counts_anew(zhangjia, notice):
    posting = _hang(zhangjia, notice)
    before = _ledger(zhangjia).lines[0].until
    _correct(zhangjia, posting, hung_on=DAY, reason="日期写错了")
    (line,) = _ledger(zhangjia).lines
    assert (line.hung_on, line.until > before) == (DAY, True)
    (made,) = line.corrections
    assert made.what == "贴上日期由10月9日更正为10月14日"
    assert _sound(zhangjia)


def test_a_wrong_board_is_put_right_and_both_ledgers_say_so(zhangjia, notice):
    posting = _hang(zhangjia, notice)
    _correct(zhangjia, posting, board_id=zhangjia.boards[1])
    assert _hanging(zhangjia) == [[], [(1, TODAY)]]
    words = "公开栏由“村委会门口公开栏”更正为“西社公开栏”"
    assert [made.what for made in _ledger(zhangjia).gone] == [words]
    assert [made.what for made in _ledger(zhangjia, board=1).lines[0].corrections] == [words]
    assert _sound(zhangjia)


def test_a_paper_taken_off_by_mistake_still_hangs(zhangjia, notice):
    posting = _hang(zhangjia, notice)
    post.take_off(zhangjia.site, zhangjia.li, posting, DAY, LATER)
    assert _ledger(zhangjia).lines[0].too_short
    _correct(zhangjia, posting, reason="取错登记，还贴着")
    line = _ledger(zhangjia).lines[0]
    assert (line.down_on, line.too_short) == (None, False)
    assert line.corrections[0].what == "取下日期由10月14日更正为“还贴着”"
    assert _sound(zhangjia)


def test_the_older_paper_that_was_never_replaced_hangs_again(zhangjia, notice):
    _hang(zhangjia, notice)
    notice.corrected().printed()
    slip = _hang(zhangjia, notice, now=LATER)
    assert _hanging(zhangjia) == [[(2, DAY)], []]
    _correct(zhangjia, slip, hung_on=DAY - timedelta(days=1))
    old = next(line for line in _ledger(zhangjia).lines if line.edition == 1)
    assert old.down_on == DAY - timedelta(days=1), "the day of the change is one day"
    _correct(zhangjia, slip, hung_on=DAY, board_id=zhangjia.boards[1])
    assert _hanging(zhangjia) == [[(1, TODAY)], [(2, DAY)]]
    _withdraw(zhangjia, slip)
    assert _hanging(zhangjia) == [[(1, TODAY)], []]
    assert _sound(zhangjia)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"reason": " "}, "reason_missing"),
        ({"hung_on": TODAY - timedelta(days=1)}, "before_sheet"),
        ({"hung_on": DAY + timedelta(days=1)}, "in_future"),
        ({"hung_on": DAY, "down_on": TODAY}, "down_before_hung"),
        ({}, "nothing_changed"),
        ({"hung_on": DAY, "reason": "问13900001111"}, "personal_data"),
        ({"hung_on": DAY, "who": "sun"}, "not_your_role"),
    ],
)
def test_a_correction_that_cannot_be_changes_nothing(zhangjia, notice, change, code):
    posting = _hang(zhangjia, notice)
    with pytest.raises(Refused) as refused:
        _correct(zhangjia, posting, **change)
    assert code in refused.value.codes
    assert _hanging(zhangjia) == [[(1, TODAY)], []]
    with pytest.raises(NotFoundError):
        _correct(zhangjia, posting, who="zhou", hung_on=DAY)


def test_nobody_records_a_paper_before_it_was_printed(zhangjia, notice):
    with pytest.raises(Refused, match="10月9日才打印出来"):
        post.hang(
            zhangjia.site,
            zhangjia.li,
            notice.code,
            zhangjia.boards[0],
            TODAY - timedelta(days=1),
            NOON,
        )


def test_what_a_photograph_proved_moves_only_when_that_is_said(zhangjia, notice):
    _seen(zhangjia, notice, 0)
    (row, _) = overview.board_rows(zhangjia.site, zhangjia.li, LATER, village_id=zhangjia.id)
    posting = row.hanging[0].posting_id
    with pytest.raises(Refused, match="我核对过") as refused:
        _correct(zhangjia, posting, board_id=zhangjia.boards[1], hung_on=DAY)
    assert refused.value.codes == ("against_photo",)
    with pytest.raises(Refused, match="我核对过"):
        _withdraw(zhangjia, posting)
    _correct(zhangjia, posting, board_id=zhangjia.boards[1], hung_on=DAY, against_photo=True)
    (line,) = _ledger(zhangjia, board=1).lines
    assert line.how_known is HowKnown.HAND, "the photograph shows another board"
    assert line.corrections[0].what.endswith("（与照片不一致，经核对）")
    assert "照片" not in _certified(zhangjia, notice).split("登记的更正")[0]
    assert _sound(zhangjia)
    _withdraw(zhangjia, posting)  # no photograph speaks of this board
    assert _sound(zhangjia)


def test_a_photograph_from_before_the_right_day_proves_nothing_any_more(zhangjia, notice):
    _seen(zhangjia, notice, 0, now=NOON)
    (row, _) = overview.board_rows(zhangjia.site, zhangjia.li, NOON, village_id=zhangjia.id)
    posting = row.hanging[0].posting_id
    with pytest.raises(Refused, match="我核对过"):
        _correct(zhangjia, posting, hung_on=DAY)
    _correct(zhangjia, posting, hung_on=DAY, against_photo=True)
    (line,) = _ledger(zhangjia).lines
    assert (line.how_known, line.seen_on) == (HowKnown.HAND, None)
    assert "照片" not in _certified(zhangjia, notice).split("登记的更正")[0]
    assert _sound(zhangjia)


def _certified(zhangjia, notice):
    _, paper = certify(zhangjia.site, zhangjia.li, notice.code, LATER)
    with opened(paper.pdf) as document:
        return plain("".join(page.get_textpage().get_text_bounded() for page in document))


def test_the_certificate_says_what_was_corrected_and_an_older_one_is_called_old(zhangjia, notice):
    posting = _hang(zhangjia, notice)
    slip = _hang(zhangjia, notice, board=1)

    def issued_before():
        return notice_detail(
            zhangjia.site, zhangjia.li, notice.code, LATER
        ).papers.stale_certificate_on

    assert "登记的更正" not in _certified(zhangjia, notice)
    assert issued_before() is None
    after = LATER + timedelta(hours=1)
    _correct(zhangjia, posting, hung_on=DAY, now=after, reason="日期写错了")
    _withdraw(zhangjia, slip, reason="多勾了一块")
    words = _certified(zhangjia, notice)
    for phrase in ("登记的更正", "贴上日期由10月9日更正为10月14日", "日期写错了", "多勾了一块"):
        assert phrase in words
    assert issued_before() == DAY


def test_no_query_for_postings_finds_what_was_withdrawn(zhangjia, notice):
    slip = _hang(zhangjia, notice)
    with zhangjia.site.sessions.reading() as session:
        notice_id = session.get_one(Posting, slip).edition.notice_id

    def found():
        with zhangjia.site.sessions.reading() as session:
            return [
                session.scalars(postings_of(zhangjia.boards[0])).all(),
                session.scalars(hanging_on(zhangjia.boards[0])).all(),
                session.scalars(postings_of_notice(notice_id)).all(),
                list(postings_by_notice(session, [notice_id]).values()),
                session.execute(hung_facts(owed_at(zhangjia.li.township_id, [zhangjia.id]))).all(),
                [posting for posting in [session.get(Posting, slip)] if posting],
            ]

    assert all(found())
    _withdraw(zhangjia, slip)
    assert found() == [[]] * 6


@pytest.mark.every_row
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE posting_correction SET before_hung_on = '2026-10-01'",
        "UPDATE posting SET withdrawn = true",
        "UPDATE posting SET hung_on = '2026-10-09'",  # as it was before it was corrected
        "DELETE FROM posting_correction",
    ],
)
def test_whoever_reaches_into_a_correction_is_found_out(zhangjia, notice, sql):
    posting = _hang(zhangjia, notice)
    _correct(zhangjia, posting, hung_on=DAY)
    assert _sound(zhangjia)
    with zhangjia.site.sessions.engine.begin() as connection:
        connection.execute(text(sql))
    assert not _sound(zhangjia)


def test_a_wrong_photograph_is_replaced_or_dropped_and_stays_in_the_record(zhangjia, notice):
    wrong, right = _snapshot("red"), _snapshot("blue")
    posting = post.hang(
        zhangjia.site, zhangjia.li, notice.code, zhangjia.boards[0], TODAY, NOON, photo=wrong
    )
    _correct(zhangjia, posting, photos=NewPhotos(hung=right))
    (line,) = _ledger(zhangjia).lines
    assert [made.what for made in line.corrections] == ["换了贴上的照片"]
    assert postings.photo_of(zhangjia.site, zhangjia.li, posting, "hung") != wrong
    _correct(zhangjia, posting, photos=NewPhotos(drops_hung=True))
    with pytest.raises(NotFoundError):
        postings.photo_of(zhangjia.site, zhangjia.li, posting, "hung")
    _correct(zhangjia, posting, down_on=DAY, photos=NewPhotos(down=right))
    (line,) = _ledger(zhangjia).lines
    assert {made.what for made in line.corrections} == {
        "换了贴上的照片",
        "去掉贴上的照片",
        "取下日期由“还贴着”更正为10月14日；补上取下的照片",
    }
    with zhangjia.site.sessions.reading() as session:
        kept = session.scalars(select(PostingCorrection).order_by(PostingCorrection.id)).first()
        assert zhangjia.site.files.get(kept.before_hung_photo) is not None
    assert _sound(zhangjia)


@pytest.mark.parametrize(
    ("photos", "code"),
    [
        ({}, "nothing_changed"),
        ({"drops_hung": True}, "nothing_changed"),  # there is none
        ({"down": True}, "down_photo_while_up"),
        ({"hung": b"no picture"}, "no_picture"),
    ],
)
def test_photographs_that_prove_nothing_are_refused(zhangjia, notice, photos, code):
    posting = _hang(zhangjia, notice)
    photos = {
        k: _snapshot("red") if v is True and k in {"hung", "down"} else v for k, v in photos.items()
    }
    with pytest.raises(Refused) as refused:
        _correct(zhangjia, posting, photos=NewPhotos(**photos))
    assert refused.value.codes == (code,)


def _snapshot(colour):
    held = BytesIO()
    Image.new("RGB", (640, 480), colour).save(held, "JPEG")
    return held.getvalue()
