"""Numbered sheets serve while the site is out; afterwards each is typed in or explained."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from support.clock import NOON
from support.printed import chars

from bulletin.domain.days import village_day
from bulletin.domain.errors import NotFoundError, Refused
from bulletin.domain.oversight.emergency import EmergencyState, SheetMatter
from bulletin.services.operations.verify import verify
from bulletin.services.oversight.registers.emergency_sheets import (
    emergency_lines,
    unexplained_numbers,
)
from bulletin.services.oversight.registers.print_emergency_sheets import print_emergency_sheets
from bulletin.services.oversight.registers.record_emergency_sheet import (
    SheetUse,
    settle_unused,
    settle_used,
)
from bulletin.sheets.pdfium import page_count
from bulletin.store.emergency_sheets import EmergencySheet

TODAY = village_day(NOON)


@pytest.fixture
def sheets(zhangjia):
    """Five sheets; their codes by number."""
    pdf = print_emergency_sheets(zhangjia.site, zhangjia.wang, 5, NOON)
    assert page_count(pdf) == 5
    with zhangjia.site.sessions.reading() as session:
        return {each.number: each.code for each in session.scalars(select(EmergencySheet))}


def use(sheets, number, **change):
    usual = {
        "number": number,
        "code": sheets.get(number, "0000"),
        "matter": SheetMatter.REQUEST,
        "happened_on": TODAY,
        "words": "停电时当面提交的申请",
    }
    return SheetUse(**usual | change)


def settled(village, sheets, number, **change):
    settle_used(village.site, village.wang, use(sheets, number, **change), NOON)


def test_the_next_pile_goes_on_counting(zhangjia, sheets):
    assert sorted(sheets) == [1, 2, 3, 4, 5]
    print_emergency_sheets(zhangjia.site, zhangjia.wang, 2, NOON)
    lines = emergency_lines(zhangjia.site, zhangjia.wu, None).lines
    assert [line.number for line in lines] == [7, 6, 5, 4, 3, 2, 1]


def test_what_is_missing_before_the_last_used_one_is_to_be_explained(zhangjia, sheets):
    site, wang = zhangjia.site, zhangjia.wang
    assert unexplained_numbers(site, wang) == []
    settled(zhangjia, sheets, 4, entered_as="依申请〔2026〕3号")
    assert unexplained_numbers(site, wang) == [1, 2, 3]
    settled(zhangjia, sheets, 1)
    settle_unused(site, wang, 2, EmergencyState.SPOILED, "写错作废", NOON)
    settle_unused(site, wang, 3, EmergencyState.MISSING, "停电那天没有找到", NOON)
    assert verify(site).sound  # a state of a sheet is none of an edition
    assert unexplained_numbers(site, wang) == []
    with pytest.raises(Refused, match="已经登记过"):
        settled(zhangjia, sheets, 3)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"code": "ZZZZ?"}, "sheet_code"),
        ({"happened_on": TODAY + timedelta(days=1)}, "sheet_day"),
        ({"happened_on": TODAY - timedelta(days=1)}, "sheet_day"),
        ({"words": " "}, "words_missing"),
    ],
)
def test_a_sheet_is_typed_in_from_the_paper(zhangjia, sheets, change, code):
    with pytest.raises(Refused) as why:
        settled(zhangjia, sheets, 1, **change)
    assert why.value.codes == (code,)


def test_only_what_was_printed_by_the_office_can_be_settled(zhangjia, sheets):
    with pytest.raises(NotFoundError):
        settled(zhangjia, sheets, 99)
    for login in ("li", "wu"):
        with pytest.raises(Refused):
            print_emergency_sheets(zhangjia.site, zhangjia.people[login], 1, NOON)
        with pytest.raises(Refused):
            settle_used(zhangjia.site, zhangjia.people[login], use(sheets, 1), NOON)
    with pytest.raises(NotFoundError):
        emergency_lines(zhangjia.site, zhangjia.li, None)
    for count in (0, 101):
        with pytest.raises(Refused):
            print_emergency_sheets(zhangjia.site, zhangjia.wang, count, NOON)
    with pytest.raises(Refused):
        settle_unused(zhangjia.site, zhangjia.wang, 1, EmergencyState.MISSING, "", NOON)
    with pytest.raises(Refused):
        settle_unused(zhangjia.site, zhangjia.wang, 1, EmergencyState.BLANK, "空着", NOON)


def test_a_village_gets_its_own_sheets_in_the_same_row_of_numbers(zhangjia, sheets):
    site, wang = zhangjia.site, zhangjia.wang
    pdf = print_emergency_sheets(site, wang, 2, NOON, village_id=zhangjia.id)
    words = "".join(each.char for each in chars(pdf))
    assert "张家村村民委员会" in words
    assert "应急0006" in words
    lines = emergency_lines(site, wang, None).lines
    assert [line.village for line in lines] == ["张家村", "张家村", "", "", "", "", ""]
    assert len(sheets) == 5
    with pytest.raises(NotFoundError):
        print_emergency_sheets(site, wang, 1, NOON, village_id=99_999)
    with pytest.raises(Refused):
        print_emergency_sheets(site, zhangjia.li, 1, NOON, village_id=zhangjia.id)
