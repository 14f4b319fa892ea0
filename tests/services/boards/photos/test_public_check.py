"""A resident photographs a board: what is in force there, what is old or none of ours, what is missing."""

from dataclasses import replace
from datetime import timedelta

import pytest
from support.boards import close_up
from support.builders import a_notice
from support.clock import NOON

from bulletin.domain.boards.sheet_verdicts import SheetVerdict
from bulletin.domain.codes import Scan, new_code
from bulletin.domain.errors import Refused
from bulletin.domain.notices.workflow import Act
from bulletin.services.boards import post
from bulletin.services.boards.photos.codes import read_codes
from bulletin.services.boards.photos.public_check import check_board
from bulletin.services.notices import end
from bulletin.services.notices.reviews import review
from bulletin.services.places.create import add_board, found_township
from bulletin.store.notice_queries import notice_by_code

DAY = timedelta(days=1)


def _check(village, *scans, now=NOON, board=None):
    return check_board(village.site, scans, now, board_id=board)


def _verdicts(check):
    return {paper.tail: paper.verdict for paper in check.papers}


@pytest.mark.slow
@pytest.mark.sqlite_only(reason="pictures, and the same questions as below")
def test_a_photograph_of_real_sheets_is_read_and_not_kept(zhangjia, settings):
    notice = a_notice(zhangjia, NOON).approved()
    photo = close_up([notice.printed().sheet.pdf])
    before = sorted((settings.data / "files").rglob("*"))
    read = read_codes(zhangjia.site, photo)
    assert {scan.key for scan in read.scans} == {(notice.code, 1)}
    assert (read.forged, read.others, read.unread) == (0, 0, ())
    assert sorted((settings.data / "files").rglob("*")) == before
    check = _check(zhangjia, *read.scans)
    assert set(_verdicts(check).values()) == {SheetVerdict.RIGHT}
    assert check.missing == ()
    elsewhere = replace(zhangjia.site, public_url="https://gk.elsewhere.example.cn")
    forged = read_codes(elsewhere, photo)
    assert (forged.scans, forged.forged) == ((), len(read.scans))
    assert read_codes(zhangjia.site, close_up([])).scans == ()
    with pytest.raises(Refused):
        read_codes(zhangjia.site, b"%PDF-1.7")


def test_each_paper_is_told_what_it_is_worth(approved, zhangjia):
    over = a_notice(zhangjia, NOON, title="过期").approved().code
    gone = a_notice(zhangjia, NOON, title="写错的名字").approved().code
    end.take_down(zhangjia.site, zhangjia.li, gone, "数字有误", NOON)
    approved.later(hours=1).corrected()
    draft = a_notice(zhangjia, NOON).code
    nobody = new_code()
    seen = [Scan(code, 1) for code in (approved.code, over, gone, draft, nobody)]
    check = _check(zhangjia, *seen, now=NOON + timedelta(hours=1))
    assert _verdicts(check) == {
        f"{gone}.1": SheetVerdict.TAKEN_DOWN,
        f"{approved.code}.1": SheetVerdict.OLDER,
        f"{over}.1": SheetVerdict.RIGHT,
    }
    assert check.papers[0].verdict is SheetVerdict.TAKEN_DOWN
    assert set(check.unknown) == {draft, nobody}, "a draft has no paper"
    assert "写错的名字" not in {paper.title for paper in check.papers}
    assert check.missing == (), "where an older one hangs, that one is named already"
    later = _verdicts(_check(zhangjia, Scan(over, 1), now=NOON + 60 * DAY))
    assert later == {f"{over}.1": SheetVerdict.OVER}


def test_what_is_public_and_does_not_hang_is_missing_and_asked_for(approved, zhangjia):
    missing = a_notice(zhangjia, NOON, title="水渠决算").approved()
    waiting = a_notice(zhangjia, NOON, title="以后的", publish_at=NOON + DAY).approved()
    check = _check(zhangjia, Scan(approved.code, 1))
    (paper,) = check.missing
    assert (paper.code, paper.title) == (missing.code, "水渠决算")
    assert (
        paper.question
        == "这份公开件2026年10月9日起应当贴在张家村村委会门口公开栏，2026年10月9日没有看到。请问为什么没有贴？"
    )
    tomorrow = _check(zhangjia, Scan(approved.code, 1), now=NOON + DAY)
    assert {paper.code for paper in tomorrow.missing} == {missing.code, waiting.code}
    early = _check(zhangjia, Scan(waiting.code, 1))
    assert _verdicts(early) == {f"{waiting.code}.1": SheetVerdict.EARLY}
    assert "以后的" not in early.papers[0].title


def test_a_list_of_people_that_is_over_names_nobody(zhangjia):
    people = a_notice(
        zhangjia, NOON, item="government.low_income_review", title="马玉兰等低保公示"
    ).approved()
    review.take_step(zhangjia.site, zhangjia.wang, people.code, Act.SCREEN, NOON)
    (paper,) = _check(zhangjia, Scan(people.code, 1), now=NOON + 60 * DAY).papers
    assert paper.verdict is SheetVerdict.OVER
    assert "马玉兰" not in paper.title


def test_the_board_is_the_one_on_which_most_of_it_hangs_and_may_be_chosen(approved, zhangjia):
    check = _check(zhangjia, Scan(approved.code, 1))
    assert [board.name for board in check.boards] == ["村委会门口公开栏", "西社公开栏"]
    assert check.board.id == zhangjia.boards[0]
    approved.printed()
    post.hang(zhangjia.site, zhangjia.li, approved.code, zhangjia.boards[1], NOON.date(), NOON)
    assert _check(zhangjia, Scan(approved.code, 1)).board.id == zhangjia.boards[1]
    first = zhangjia.boards[0]
    assert _check(zhangjia, Scan(approved.code, 1), board=first).board.id == first
    other = add_board(
        zhangjia.site, zhangjia.operator, zhangjia.ids["白马村"], "东头公开栏", "", NOON
    )
    assert _check(zhangjia, Scan(approved.code, 1), board=other).board.id == zhangjia.boards[1]


@pytest.mark.parametrize("has_board", [True, False])
def test_the_own_paper_of_another_township_belongs_on_no_board_of_this_one(
    approved, zhangjia, has_board
):
    """Judged by the township of the board; where there is no board, nobody knows what belongs there."""
    yi = found_township(zhangjia.site, "630223203", "乙乡", "互助土族自治县", "", NOON)
    own = a_notice(zhangjia, NOON, title="乙乡自己的").approved().code
    with zhangjia.site.sessions.writing() as session:
        notice = notice_by_code(session, own)
        for each in (notice, *notice.editions):
            each.township_id, each.village_id = yi.township_id, None
    if has_board:
        add_board(zhangjia.site, yi, None, "乙乡公开栏", "", NOON)
        seen = _verdicts(_check(zhangjia, Scan(own, 1), Scan(approved.code, 1)))
        assert seen[f"{own}.1"] is SheetVerdict.ELSEWHERE
        assert seen[f"{approved.code}.1"] is SheetVerdict.RIGHT
    else:
        assert _verdicts(_check(zhangjia, Scan(own, 1))) == {f"{own}.1": SheetVerdict.RIGHT}


def test_missing_pages_of_a_sheet_are_told(zhangjia):
    long = {"blocks": [{"type": "paragraph", "text": "现将有关情况公开如下。" * 220}]}
    notice = a_notice(zhangjia, NOON, document=long).approved()
    notice.printed()
    check = _check(zhangjia, Scan(notice.code, 1, 1))
    assert check.papers[0].pages_missing[0] == 2


def test_a_photograph_without_papers_of_ours_says_nothing_of_any_board(approved, zhangjia):
    check = _check(zhangjia)
    assert (check.papers, check.missing, check.board, check.boards) == ((), (), None, ())
