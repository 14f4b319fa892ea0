"""The coverage matrix over real stories of a village."""

import csv
import io
from datetime import date, timedelta

import openpyxl
import pytest
from support.builders import a_duty, a_notice
from support.clock import NOON

from bulletin.domain.duties.coverage import CoverageState
from bulletin.services.boards import post
from bulletin.services.duties import mark_not_applicable, open_matter, record_event
from bulletin.services.notices import publish
from bulletin.services.oversight.coverage import coverage_by_township, coverage_table
from bulletin.services.oversight.coverage_tables import CELLS, SUMS, coverage_file
from bulletin.writers.tables import headings

Q4 = {"first_on": date(2026, 10, 1), "last_on": date(2026, 12, 31)}
ACCOUNTS = "finance.quarterly_accounts"


def table(village, *, who=None, now=NOON, **facts):
    return coverage_table(village.site, who or village.wu, now, **Q4 | facts)


def cell(village, item=ACCOUNTS, **facts):
    found = table(village, village_id=village.id, **facts)
    return found.rows[0].cells[item][0]


def hang(village, notice, at):
    notice.printed()
    post.hang(village.site, village.li, notice.code, village.boards[0], at.date(), at)


def test_a_published_notice_is_online_only_until_it_hangs(zhangjia):
    notice = a_notice(zhangjia, NOON).approved()
    publish.publish_due(zhangjia.site, NOON)
    found = cell(zhangjia)
    assert (found.state, found.notice) == (CoverageState.ONLINE_ONLY, notice.code)
    hang(zhangjia, notice, NOON + timedelta(days=1))
    tomorrow = NOON + timedelta(days=1)
    assert cell(zhangjia, now=tomorrow).state is CoverageState.ON_TIME
    assert cell(zhangjia, now=tomorrow, as_of=date(2026, 10, 9)).state is CoverageState.ONLINE_ONLY
    assert cell(zhangjia, now=tomorrow, as_of=date(2026, 10, 8)).state is CoverageState.DUE_SOON


def test_what_hangs_before_it_is_public_is_on_paper_only(zhangjia):
    later = NOON + timedelta(days=3)
    notice = a_notice(zhangjia, NOON, publish_at=later).approved()
    hang(zhangjia, notice, NOON)
    assert cell(zhangjia).state is CoverageState.PAPER_ONLY
    publish.publish_due(zhangjia.site, later)
    assert cell(zhangjia, now=later).state is CoverageState.ON_TIME


def test_who_said_that_it_is_not_applicable_and_since_when(zhangjia):
    duty = a_duty(zhangjia, ACCOUNTS, NOON)
    mark_not_applicable.mark_not_applicable(zhangjia.site, zhangjia.li, duty, "账目移交中", NOON)
    found = cell(zhangjia)
    assert (found.state, found.reason, found.declared_by) == (
        CoverageState.NOT_APPLICABLE, "账目移交中", "李示例",
    )  # fmt: skip
    assert cell(zhangjia, as_of=date(2026, 10, 8)).state is CoverageState.DUE_SOON


def test_before_its_event_was_told_a_step_waited(zhangjia):
    opened = open_matter.begin_matter(
        zhangjia.site, zhangjia.li, zhangjia.id, "public_works", "西社水渠", None, NOON
    )
    later = NOON + timedelta(days=3)
    record_event.record_event(zhangjia.site, zhangjia.li, opened.duty_id, later.date(), later)
    found = {}
    for day in (9, 11, 12):
        rows = table(zhangjia, village_id=zhangjia.id, now=later, as_of=date(2026, 10, day)).rows
        cells = rows[0].cells["affairs.public_works"]
        found[day] = next((c.state, c.due_on) for c in cells if c.duty_id == opened.duty_id)
    waiting = (CoverageState.WAITING, None)
    assert found == {9: waiting, 11: waiting, 12: (CoverageState.NOT_YET, date(2026, 10, 22))}


def test_an_item_that_waits_waits(zhangjia):
    assert cell(zhangjia, "affairs.public_works").state is CoverageState.WAITING


@pytest.mark.parametrize(
    ("login", "places"),
    [
        ("wu", ["乡镇", "张家村", "白马村"]),
        ("li", ["张家村"]),
        ("sun", ["张家村"]),
        ("zhou", ["白马村"]),
    ],
)
def test_everyone_sees_what_is_theirs_to_see(zhangjia, login, places):
    assert [row.village for row in table(zhangjia, who=getattr(zhangjia, login)).rows] == places


def test_sums_are_the_sums_of_the_cells(zhangjia):
    found = table(zhangjia)
    assert sum(found.counts.values()) == len(found.cells)
    (township,) = coverage_by_township(zhangjia.site, zhangjia.operator, NOON, **Q4)
    assert (township.township, township.counts) == ("红崖子沟乡", found.counts)


def test_the_files_hold_every_cell_and_every_sum(zhangjia):
    found = table(zhangjia)
    rows = list(csv.reader(io.StringIO(coverage_file(found, "csv").decode("utf-8-sig"))))
    assert tuple(rows[0]) == headings(CELLS)
    assert len(rows) == 1 + len(found.cells)
    book = openpyxl.load_workbook(io.BytesIO(coverage_file(found, "xlsx")))
    sums = [[c.value for c in row] for row in book["汇总"].iter_rows(min_row=2)]
    assert tuple(sums[0]) == headings(SUMS)
    assert [row[0] for row in sums[1:]] == ["乡镇", "张家村", "白马村", "合计"]
    assert sums[-1][1] == len(found.cells)
    assert book["明细"].max_row == 2 + len(found.cells)


def test_a_day_that_moved_to_another_year_is_shown_where_it_was_until_it_moved(zhangjia):
    duty, later = a_duty(zhangjia, "affairs.public_works", NOON), NOON + timedelta(days=90)
    record_event.correct_event(zhangjia.site, zhangjia.li, duty, later.date(), later)
    spring = {"first_on": date(2027, 1, 1), "last_on": date(2027, 3, 31)}

    def due_on(as_of, **span):
        cells = table(zhangjia, now=later, as_of=as_of, **span).cells
        return next((cell.due_on for cell in cells if cell.duty_id == duty), None)

    assert due_on(NOON.date()) == date(2026, 10, 19)
    assert due_on(NOON.date(), **spring) is None
    assert due_on(later.date()) is None
    assert due_on(later.date(), **spring) == date(2027, 1, 18)  # the 17th is a Sunday
