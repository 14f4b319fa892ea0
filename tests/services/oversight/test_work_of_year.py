"""A county sees its townships side by side in all of their work: each figure is a township's own, none is another's."""

import io
from datetime import timedelta

import openpyxl
import pytest
from support.builders import a_notice
from support.clock import NOON
from support.feedback import a_question
from support.information_requests import a_request
from support.neighbours import a_county_overseer, a_neighbour

from bulletin.domain.errors import Refused
from bulletin.domain.oversight.annual_report.counts import ReportCount
from bulletin.domain.oversight.closings import LedgerKind
from bulletin.domain.oversight.work_of_year import WORK, WorkCount
from bulletin.services.boards import post
from bulletin.services.notices import publish
from bulletin.services.oversight.annual_report.written import standing_report
from bulletin.services.oversight.registers.close_year import close_year
from bulletin.services.oversight.requests.receive import receive
from bulletin.services.oversight.work_of_year import (
    sum_of_townships,
    work_file,
    work_of_townships,
)

YEAR = NOON.year
MINE, THEIRS = "红崖子沟乡", "乙乡"


@pytest.fixture
def feng(zhangjia):
    a_neighbour(zhangjia)
    return a_county_overseer(zhangjia)


def _seen(village, who, now=NOON, year=YEAR):
    return {each.name: each for each in work_of_townships(village.site, who, year, now)}


def _act(village):
    """A notice hangs, somebody asks for something, and somebody asks a question."""
    notice = a_notice(village, NOON).approved()
    publish.publish_due(village.site, NOON)
    notice.printed()
    post.hang(village.site, village.li, notice.code, village.boards[0], NOON.date(), NOON)
    receive(village.site, village.wang, a_request(NOON.date()), NOON)
    a_question(village, NOON)


def test_what_is_done_in_a_township_is_counted_there_at_once(zhangjia, feng):
    before = _seen(zhangjia, feng)
    _act(zhangjia)
    after = _seen(zhangjia, feng)
    done = after[MINE].counts - before[MINE].counts
    for count in (
        *(ReportCount.PUBLISHED, ReportCount.OF_VILLAGES, ReportCount.POSTED),
        *(ReportCount.ASKED, ReportCount.UNANSWERED),
        *(WorkCount.REQUESTS, WorkCount.REQUESTS_OPEN),
    ):
        assert done[count] == 1, count
    assert after[THEIRS] == before[THEIRS]


def test_each_figure_is_the_one_of_the_townships_own_report(zhangjia, feng):
    _act(zhangjia)
    counts = _seen(zhangjia, feng)[MINE].counts
    words = standing_report(zhangjia.site, zhangjia.wang, YEAR, NOON).values
    shown = [each for some in WORK.values() for each in some if isinstance(each, ReportCount)]
    assert {each.label: str(counts[each]) for each in shown}.items() <= words.items()
    assert len(shown) == len(set(shown)) > 20


def test_a_request_is_late_by_its_own_clock(zhangjia, feng):
    receive(zhangjia.site, zhangjia.wang, a_request(NOON.date()), NOON)
    for days, late in ((0, 0), (20, 0), (40, 1)):
        now = NOON + timedelta(days=days)
        assert _seen(zhangjia, feng, now)[MINE].counts[WorkCount.REQUESTS_LATE] == late, days


def test_what_is_not_closed_yet_is_counted(zhangjia, feng):
    def ledgers_open():
        return _seen(zhangjia, feng, january)[MINE].counts[WorkCount.LEDGERS_OPEN]

    january = NOON.replace(year=YEAR + 1, month=1)
    assert ledgers_open() == len(LedgerKind)
    close_year(zhangjia.site, zhangjia.wang, LedgerKind.REQUESTS, YEAR, "王示例", january)
    assert ledgers_open() == len(LedgerKind) - 1


def test_the_workbook_has_every_figure_and_their_sums(zhangjia, feng):
    _act(zhangjia)
    townships = work_of_townships(zhangjia.site, feng, YEAR, NOON)
    book = openpyxl.load_workbook(io.BytesIO(work_file(townships, YEAR)))
    head, *rows = [row for row in book["各乡镇"].values if row[1] is not None]
    by_name = {row[0]: dict(zip(head, row, strict=True)) for row in rows}
    together = sum_of_townships(townships)
    for count in (each for some in WORK.values() for each in some):
        of_each = [by_name[name][count.label] for name in (MINE, THEIRS)]
        assert sum(of_each) == by_name["全县"][count.label] == together[count], count
    assert by_name[MINE]["年度报告"] == "还没有"


def test_only_who_oversees_the_county_sees_it(zhangjia):
    with pytest.raises(Refused):
        work_of_townships(zhangjia.site, zhangjia.wu, YEAR, NOON)
