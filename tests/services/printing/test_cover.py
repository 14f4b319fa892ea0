"""明白账: printed with the checks of a sheet, out of the notice's own table, and never one of its pages."""

import copy
from dataclasses import replace

import pytest
from support.boards import close_up
from support.builders import LEDGER, a_notice
from support.clock import NOON

from bulletin.domain.codes import TypedCode
from bulletin.domain.errors import Refused
from bulletin.domain.notices.draft_checks import Weight
from bulletin.services.boards.photos.read import read_board
from bulletin.services.notices import end
from bulletin.services.notices.detail import notice_detail
from bulletin.services.notices.drafts.draft_checks import draft_todo
from bulletin.services.notices.finance import explain
from bulletin.services.printing.cover import CoverOffer, preview_cover, print_cover
from bulletin.services.public.paper_check import scanned_code
from bulletin.sheets.board_photos import read_paper

pytestmark = pytest.mark.sqlite_only(reason="mostly pictures; what is recorded, is as elsewhere")


def _accounts(closing="106952.57"):
    """The usual ledger, with the balances that it lacks."""
    document = copy.deepcopy(LEDGER)
    table = document["blocks"][1]
    table["columns"].append({"title": "结余（元）", "kind": "money"})
    table["rows"] = [["", "上季度末结余", "", "", "86432.57"], *([*r, ""] for r in table["rows"])]
    table["footer"].append(closing)
    return document


@pytest.fixture
def notice(zhangjia):
    return a_notice(zhangjia, NOON, document=_accounts())


@pytest.fixture
def set_covers(zhangjia, monkeypatch):
    """What the composer was asked to set."""
    asked, compose = [], zhangjia.site.composer.compose_cover
    monkeypatch.setattr(
        zhangjia.site.composer,
        "compose_cover",
        lambda facts: asked.append(facts) or compose(facts),
    )
    return asked


def test_a_cover_says_the_sums_of_the_table_and_how_many_sheets_follow(
    zhangjia, notice, set_covers
):
    notice.approved()
    printed = print_cover(zhangjia.site, zhangjia.li, notice.code, NOON)
    (facts,) = set_covers
    words = [figure.words for figure in facts.account.figures]
    assert words == ["86,432.57", "24,000.00", "3,480.00", "106,952.57"]
    assert (facts.pages, facts.sheet.topic) == (1, "财务")
    assert printed.name == "张家村公开〔2026〕1号-第1版-明白账封面-A3.pdf"
    assert notice_detail(zhangjia.site, zhangjia.li, notice.code, NOON).papers.runs == ()


def test_a_cover_counts_the_pages_of_the_sheet_that_was_printed(zhangjia, notice, set_covers):
    run = notice.approved().printed()
    print_cover(zhangjia.site, zhangjia.li, notice.code, NOON)
    assert set_covers[0].pages == run.sheet.pages


def test_a_cover_is_for_the_board_only_once_its_notice_is(zhangjia, notice):
    with pytest.raises(Refused, match="还没有审完"):
        print_cover(zhangjia.site, zhangjia.li, notice.code, NOON)
    draft = preview_cover(zhangjia.site, zhangjia.li, notice.code, NOON)
    assert read_paper(close_up([draft.sheet.pdf])) == []
    notice.approved()
    with pytest.raises(Refused, match="信息员"):
        print_cover(zhangjia.site, zhangjia.sun, notice.code, NOON)
    site = replace(zhangjia.site, public_url="http://localhost:8000", rehearsal=False)
    with pytest.raises(Refused, match="打不开"):
        print_cover(site, zhangjia.li, notice.code, NOON)
    end.take_down(zhangjia.site, zhangjia.zhao, notice.code, "写错了", NOON)
    with pytest.raises(Refused, match="已经撤下"):
        print_cover(zhangjia.site, zhangjia.li, notice.code, NOON)


def test_accounts_that_dont_add_up_have_no_cover_and_the_desk_says_why(zhangjia):
    notice = a_notice(zhangjia, NOON, document=_accounts("106952.58"))
    given = (zhangjia.site, zhangjia.li, notice.code)
    (check,) = (c for c in draft_todo(*given, NOON).checks if c.weight is Weight.STOP)
    explain.explain(*given, check.words, "利息一分没有记到行里", NOON)
    notice.approved()
    with pytest.raises(Refused, match=r"应当结余106,952\.57元，表里的结余是106,952\.58元"):
        print_cover(zhangjia.site, zhangjia.li, notice.code, NOON)
    offer = notice_detail(zhangjia.site, zhangjia.li, notice.code, NOON).papers.cover
    assert (offer.is_offered, "106,952.58" in offer.fault) == (False, True)


PROSE = {"blocks": [{"type": "paragraph", "text": "本期没有收入和支出。"}]}


@pytest.mark.parametrize(
    ("item", "document"),
    [("party.resolutions", _accounts()), ("finance.quarterly_accounts", PROSE)],
)
def test_of_a_notice_about_no_money_or_without_a_table_no_cover_is_expected(
    zhangjia, item, document
):
    notice = a_notice(zhangjia, NOON, item=item, document=document)
    assert notice_detail(zhangjia.site, zhangjia.li, notice.code, NOON).papers.cover == CoverOffer(
        is_offered=False
    )
    with pytest.raises(Refused, match="只有财务、补贴、工程"):
        preview_cover(zhangjia.site, zhangjia.li, notice.code, NOON)


@pytest.mark.slow  # a photograph of a board is read
def test_on_a_photograph_of_the_board_a_cover_is_no_page_and_no_stranger(zhangjia, notice):
    run = notice.approved().printed()
    cover = print_cover(zhangjia.site, zhangjia.li, notice.code, NOON)
    photo = close_up([cover.sheet.pdf, run.sheet.pdf])
    reading = read_board(zhangjia.site, zhangjia.li, [photo], NOON, board_id=zhangjia.boards[0])
    assert [sheet.scan.code for sheet in reading.seen] == [notice.code]
    assert (reading.missing, reading.missing_pages, reading.hint) == ((), (), "")
    alone = close_up([cover.sheet.pdf])
    reading = read_board(zhangjia.site, zhangjia.li, [alone], NOON, board_id=zhangjia.boards[0])
    assert reading.seen == ()
    assert len(reading.missing) == 1


def test_the_code_of_a_cover_is_known_where_papers_are_checked(zhangjia, notice):
    notice.approved()
    cover = print_cover(zhangjia.site, zhangjia.li, notice.code, NOON)
    photo = close_up([cover.sheet.pdf])
    (said,) = read_paper(photo)
    assert TypedCode.read(said) == TypedCode(code=notice.code)
    assert scanned_code(zhangjia.site, photo) == notice.code
