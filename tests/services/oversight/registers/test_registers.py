"""登记簿 as the township's office keeps them."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from support.clock import NOON

from bulletin.domain.days import village_day
from bulletin.domain.errors import NotFoundError, Refused
from bulletin.domain.oversight.registers import CaseResult, RegisterKind
from bulletin.services.oversight.registers.books import (
    entry_lines,
    lines_of_cell,
    year_figures,
)
from bulletin.services.oversight.registers.record_entry import (
    NewEntry,
    declare_void,
    end_entry,
    enter,
)

TODAY = village_day(NOON)
MARCH = date(2026, 3, 2)


def entered(village, kind=RegisterKind.DOCUMENT, on=MARCH, **facts):
    new = NewEntry(**{"kind": kind, "on": on, "title": "村道养护办法"} | facts)
    return enter(village.site, village.wang, new, NOON)


def codes(refused):
    return list(refused.value.codes)


@pytest.mark.parametrize(
    ("facts", "refused"),
    [
        ({"title": " "}, ["title_missing"]),
        ({"title": "字" * 121}, ["text_too_long"]),
        ({"on": TODAY + timedelta(days=1)}, ["entry_in_future"]),
        ({"kind": RegisterKind.FEE}, ["fee_missing"]),
        ({"fen": 100}, ["fee_of_no_fee"]),
    ],
)
def test_what_can_t_be_an_entry_is_refused(zhangjia, facts, refused):
    with pytest.raises(Refused) as why:
        entered(zhangjia, **facts)
    assert codes(why) == refused


def test_a_document_is_repealed_once_and_not_before_it_was_issued(zhangjia):
    site, wang, entry = zhangjia.site, zhangjia.wang, entered(zhangjia)
    with pytest.raises(Refused) as why:
        end_entry(site, wang, entry, MARCH - timedelta(days=1), None, NOON)
    assert codes(why) == ["end_day"]
    end_entry(site, wang, entry, TODAY, None, NOON)
    with pytest.raises(Refused) as why:
        end_entry(site, wang, entry, TODAY, None, NOON)
    assert codes(why) == ["ended_once"]


def test_a_case_ends_with_a_result_and_a_licence_not_at_all(zhangjia):
    site, wang = zhangjia.site, zhangjia.wang
    case = entered(zhangjia, RegisterKind.RECONSIDERATION)
    with pytest.raises(Refused) as why:
        end_entry(site, wang, case, TODAY, None, NOON)
    assert codes(why) == ["result_missing"]
    end_entry(site, wang, case, TODAY, CaseResult.UPHELD, NOON)
    (line,) = entry_lines(site, wang).lines
    assert (line.result, line.awaits_end) == ("结果维持", False)
    with pytest.raises(Refused) as why:
        end_entry(site, wang, entered(zhangjia, RegisterKind.LICENCE), TODAY, None, NOON)
    assert codes(why) == ["no_end"]


def test_an_entry_that_was_wrong_stays_with_its_reason_and_counts_no_longer(zhangjia):
    site, wang, entry = zhangjia.site, zhangjia.wang, entered(zhangjia)
    with pytest.raises(Refused) as why:
        declare_void(site, wang, entry, " ", NOON)
    assert codes(why) == ["reason_missing"]
    declare_void(site, wang, entry, "登记了两遍", NOON)
    (line,) = entry_lines(site, wang).lines
    assert (line.void_reason, line.awaits_end) == ("登记了两遍", False)
    assert not any(year_figures(site, wang, 2026).values())
    with pytest.raises(NotFoundError):
        end_entry(site, wang, entry, TODAY, None, NOON)


def test_villages_have_none_and_who_reads_can_change_nothing(zhangjia):
    entry = entered(zhangjia)
    assert not entry_lines(zhangjia.site, zhangjia.li).lines
    assert not any(year_figures(zhangjia.site, zhangjia.li, 2026).values())
    (line,) = entry_lines(zhangjia.site, zhangjia.wu).lines
    assert not line.awaits_end
    with pytest.raises(Refused, match="专职信息员"):
        end_entry(zhangjia.site, zhangjia.wu, entry, TODAY, None, NOON)


def test_every_figure_opens_what_it_counts(zhangjia):
    site = zhangjia.site
    entered(zhangjia, on=date(2024, 5, 1))
    entered(zhangjia)
    entered(zhangjia, RegisterKind.FEE, fen=1_280_050)
    entered(zhangjia, RegisterKind.LAWSUIT_DIRECT)
    figures = year_figures(site, zhangjia.wu, 2026)
    assert {key[1:]: count for key, count in figures.items() if count} == {
        ("documents", "issued"): 1,
        ("documents", "in_force"): 2,
        ("fees", "amount"): Decimal("1.28005"),
        ("lawsuit_direct", "pending"): 1,
        ("lawsuit_direct", "total"): 1,
    }
    for key, count in figures.items():
        lines = lines_of_cell(site, zhangjia.wu, 2026, key)
        assert len(lines) == (1 if key.row == "fees" else count)
    assert entry_lines(site, zhangjia.wu, kind=RegisterKind.FEE, year=2026).lines
    assert not entry_lines(site, zhangjia.wu, kind=RegisterKind.FEE, year=2025).lines
