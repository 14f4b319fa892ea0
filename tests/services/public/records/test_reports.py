"""The annual report is public from the moment in which it was issued, and is what its duty asked for."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from support.annual_reports import layouts
from support.own_report import JANUARY, YEAR, finish, issued

from bulletin.domain.duties.coverage import CoverageState
from bulletin.domain.errors import NotFoundError
from bulletin.domain.notices.workflow import Act
from bulletin.domain.oversight.annual_report.item import REPORT_ITEM
from bulletin.readers.annual_report.report import read_report
from bulletin.services.desk.today import today as today_at
from bulletin.services.duties.open import open_duties
from bulletin.services.duties.overview import duty_line
from bulletin.services.notices.drafts import draft, start, submit
from bulletin.services.notices.reviews import review
from bulletin.services.oversight.coverage import coverage_table
from bulletin.services.oversight.coverage_sums import coverage_by_village
from bulletin.services.public.place_pages import village_page
from bulletin.services.public.records.record import item_page
from bulletin.services.public.records.reports import report_file, report_page
from bulletin.store.duties import Duty

TOWNSHIP, VILLAGE = "630223202", "630223202214"
BEFORE = JANUARY - timedelta(seconds=1)


@pytest.fixture
def owed(zhangjia):
    """The duty of last year's report, as it opens in January."""
    open_duties(zhangjia.site, BEFORE)
    with zhangjia.site.sessions.reading() as session:
        of_report = select(Duty).where(Duty.item_code == REPORT_ITEM, Duty.occasion == str(YEAR))
        return session.scalar(of_report).id


def line_of(village, duty_id, now):
    with village.site.sessions.reading() as session:
        return duty_line(session, village.site, village.wang, duty_id, now)


def test_nobody_reads_a_report_before_it_is_issued_and_everybody_after(zhangjia):
    finish(zhangjia)
    issued(zhangjia)
    site = zhangjia.site
    page = report_page(site, TOWNSHIP, YEAR, JANUARY)
    assert page.report.title.endswith(f"{YEAR}年政府信息公开工作年度报告")
    assert [part.table is not None for part in page.report.parts] == [
        False,
        True,
        True,
        True,
        False,
        False,
    ]
    assert village_page(site, TOWNSHIP, JANUARY).reports == (YEAR,)
    assert village_page(site, VILLAGE, JANUARY).reports == ()
    for code, year, now in (
        (TOWNSHIP, YEAR, BEFORE),
        (TOWNSHIP, 2020, JANUARY),
        (VILLAGE, YEAR, JANUARY),
    ):
        with pytest.raises(NotFoundError):
            report_page(site, code, year, now)


def test_what_anyone_takes_away_has_the_figures_that_were_sealed(zhangjia):
    finish(zhangjia)
    issued(zhangjia)
    sealed = report_page(zhangjia.site, TOWNSHIP, YEAR, JANUARY).report
    for ending in (".docx", ".pdf"):
        file = report_file(zhangjia.site, TOWNSHIP, YEAR, ending, JANUARY)
        read = read_report(file.data, file.name, tuple(layouts().values()))
        assert read.layout.name == "2021"
        assert {key: figure for key, figure in read.figures.items() if figure} == {}
        assert len(read.figures) == sum(
            cell.key is not None
            for part in sealed.parts
            if part.table
            for row in part.table.rows
            for cell in row
        )
    with pytest.raises(NotFoundError):
        report_file(zhangjia.site, TOWNSHIP, YEAR, ".pdf", BEFORE)


def test_the_newest_edition_is_read_and_the_earlier_ones_are_named(zhangjia):
    finish(zhangjia)
    issued(zhangjia)
    later = JANUARY + timedelta(days=9)
    finish(zhangjia, later, others="收到建议一条。")
    issued(zhangjia, later)
    page = report_page(zhangjia.site, TOWNSHIP, YEAR, later)
    assert page.report.parts[5].paragraphs == ("收到建议一条。",)
    assert [(each.number, each.issued_on.day) for each in page.editions] == [(2, 21), (1, 12)]
    first = report_page(zhangjia.site, TOWNSHIP, YEAR, later - timedelta(seconds=1))
    assert [each.number for each in first.editions] == [1]


def test_a_report_that_is_issued_is_what_its_duty_asked_for(zhangjia, owed):
    finish(zhangjia)
    assert line_of(zhangjia, owed, BEFORE).is_open
    issued(zhangjia)
    line = line_of(zhangjia, owed, JANUARY)
    assert (line.state, line.web_on, line.may_start) == (
        CoverageState.ON_TIME,
        JANUARY.date(),
        False,
    )
    assert line.report_year == YEAR
    shown = item_page(zhangjia.site, TOWNSHIP, REPORT_ITEM, JANUARY).lines
    assert [each.url for each in shown if each.state is CoverageState.ON_TIME] == [
        f"/T/{TOWNSHIP}/report/{YEAR}"
    ]


@pytest.mark.parametrize(("days", "state"), [(0, "on_time"), (40, "late")])
def test_sums_and_single_duties_agree_on_a_report(zhangjia, owed, days, state):
    now = JANUARY + timedelta(days=days)
    finish(zhangjia, now)
    issued(zhangjia, now)
    assert line_of(zhangjia, owed, now).state == state
    due = line_of(zhangjia, owed, now).due_on
    sums = coverage_by_village(zhangjia.site, zhangjia.wang, now, first_on=due, last_on=due)
    own = next(each for each in sums if each.village_id is None)
    assert own.counts[CoverageState(state)] == 1


def _notice_of_report(village, duty_id, now):
    """A notice of the township that answers its duty, as one is written by hand."""
    site, words = village.site, {"blocks": [{"type": "paragraph", "text": "年度报告如下。"}]}
    code = start.start(site, village.tian, [duty_id], now)
    draft.save(site, village.tian, code, now, version=1, title="年度报告", document=words)
    submit.submit(site, village.tian, code, now, confirmed=True)
    review.take_step(site, village.wang, code, Act.SCREEN, now)
    review.take_step(site, village.chen, code, Act.APPROVE, now)


def test_a_report_says_nothing_of_the_days_before_it_was_issued(zhangjia, owed):
    """A notice about it stood on the web alone: until the report was there, its paper was missing."""
    then, later = JANUARY + timedelta(days=4), JANUARY + timedelta(days=6)
    _notice_of_report(zhangjia, owed, JANUARY)
    finish(zhangjia, then)
    issued(zhangjia, then)

    def cell(as_of):
        table = coverage_table(
            zhangjia.site, zhangjia.wang, later, first_on=date(2027, 1, 1),
            last_on=date(2027, 1, 31), as_of=as_of,
        )  # fmt: skip
        own = next(row for row in table.rows if row.village_id is None)
        (found,) = own.cells[REPORT_ITEM]
        return found.state, found.report

    day = then.date()
    assert cell(day - timedelta(days=1)) == (CoverageState.ONLINE_ONLY, None)
    assert cell(day) == (CoverageState.ON_TIME, YEAR)


def test_a_duty_that_opens_after_the_report_was_issued_is_answered_at_once(zhangjia):
    finish(zhangjia)
    issued(zhangjia)
    open_duties(zhangjia.site, JANUARY)
    with zhangjia.site.sessions.reading() as session:
        of_report = select(Duty).where(Duty.item_code == REPORT_ITEM, Duty.occasion == str(YEAR))
        assert session.scalar(of_report).answered_at == JANUARY


def test_who_drafts_and_issues_has_one_card_for_it(zhangjia, owed):
    later = JANUARY + timedelta(days=14)
    cards = today_at(zhangjia.site, zhangjia.tian, later).entries
    about = [card.target for card in cards if "政府信息公开工作年度报告" in card.title]
    assert about == [f"annual/{YEAR}"]
    finish(zhangjia, later)
    issued(zhangjia, later)
    cards = today_at(zhangjia.site, zhangjia.tian, later).entries
    assert not [card for card in cards if "政府信息公开工作年度报告" in card.title]
    assert line_of(zhangjia, owed, later).state is CoverageState.ON_TIME
