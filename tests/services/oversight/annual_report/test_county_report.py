"""The county's own report: the sum of its townships', incomplete while one has issued none, issued like theirs."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select
from support.annual_reports import as_page, filled, layouts
from support.clock import NOON
from support.information_requests import a_request
from support.neighbours import a_county_overseer, a_neighbour, a_screener_of
from support.own_report import JANUARY, YEAR, finish, issued, lines_of, write_up

from bulletin.domain.errors import NotFoundError, Refused
from bulletin.domain.oversight.annual_report.drafts import TextPart
from bulletin.domain.oversight.annual_report.findings import ReportVerdict
from bulletin.domain.oversight.annual_report.layout import CellKey, TableName
from bulletin.domain.people import Role
from bulletin.services.operations.facts.report_facts import report_faults
from bulletin.services.oversight.annual_report.due import OwedReport, owed_report
from bulletin.services.oversight.annual_report.import_earlier import import_earlier
from bulletin.services.oversight.annual_report.issue import issue
from bulletin.services.oversight.annual_report.overview import report_view
from bulletin.services.oversight.annual_report.reporting_body import for_county
from bulletin.services.oversight.annual_report.townships_reports import townships_without_report
from bulletin.services.oversight.annual_report.write_text import save_text
from bulletin.services.oversight.annual_report.written import standing_report, written_report
from bulletin.services.oversight.requests.receive import receive
from bulletin.services.public.board_feed import site_feed, township_feed
from bulletin.services.public.front_pages import front_page
from bulletin.services.public.records.reports import report_file, report_page
from bulletin.services.public.search.page import Within, search_page
from bulletin.store.history import HistoryEntry

RECEIVED = CellKey(TableName.REQUESTS, "received", "total")
FEBRUARY = JANUARY + timedelta(days=30)
IN_FORCE = layouts()["2021"]
SUM = "county.sum"


@pytest.fixture
def county(zhangjia):
    """Who reports for the county of two townships."""
    a_neighbour(zhangjia)
    return for_county(a_county_overseer(zhangjia))


@pytest.fixture
def yi_wang(zhangjia):
    neighbour = a_neighbour(zhangjia)
    return a_screener_of(zhangjia, neighbour)


def standing(village, who, now=FEBRUARY, year=YEAR):
    return standing_report(village.site, who, year, now)


def of_sum(village, who, now=FEBRUARY):
    return [line for line in lines_of(village.site, who, YEAR, now) if line.finding.rule == SUM]


def test_every_cell_is_the_sum_of_what_the_townships_issued(zhangjia, yi_wang):
    county = for_county(a_county_overseer(zhangjia))
    receive(zhangjia.site, zhangjia.wang, a_request(date(2026, 3, 2)), NOON)
    finish(zhangjia)
    issued(zhangjia)
    page = as_page(IN_FORCE, filled(IN_FORCE)).replace(b"2025", b"2026")
    import_earlier(zhangjia.site, yi_wang, YEAR, "乙乡.html", page, JANUARY)
    report = standing(zhangjia, county)
    theirs = [each.content.figures for each in report.members]
    assert len(theirs) == 2
    for key in IN_FORCE.cells():
        assert report.content.figures[key] == sum(each[key] or Decimal(0) for each in theirs)
    assert theirs[0][RECEIVED] == 1
    assert report.content.figures[RECEIVED] == 1 + theirs[1][RECEIVED]
    assert [each.edition for each in report.members] == [1, None]
    assert of_sum(zhangjia, county) == []


def test_what_a_township_has_not_issued_makes_the_sum_incomplete_and_not_wrong(zhangjia, county):
    assert of_sum(zhangjia, county)[0].finding.found == "还没有发布：红崖子沟乡、乙乡"
    finish(zhangjia)
    issued(zhangjia)
    (line,) = of_sum(zhangjia, county)
    assert line.finding.found == "还没有发布：乙乡"
    assert line.finding.verdict is ReportVerdict.NOT_ASSESSABLE
    assert line.stops
    assert townships_without_report(zhangjia.site, YEAR) == ["乙乡"]


def test_a_report_in_another_form_is_told_as_wrong_where_its_rows_do_not_fit(zhangjia, yi_wang):
    county = for_county(a_county_overseer(zhangjia))
    finish(zhangjia)
    issued(zhangjia)
    old = layouts()["2019"]
    figures = filled(old) | {CellKey(TableName.REQUESTS, "otherwise_handled", "total"): 5}
    page = as_page(old, figures).replace(b"2025", b"2026")
    import_earlier(zhangjia.site, yi_wang, YEAR, "乙乡.html", page, JANUARY)
    found = {line.finding.cell: line.finding for line in of_sum(zhangjia, county)}
    row = found["表三 · （六）其他处理 · 总计"]
    assert (row.expected, row.found, row.verdict) == ("5", "0", ReportVerdict.FAIL)
    lacking = found["表二 · 行政规范性文件"]
    assert lacking.verdict is ReportVerdict.NOT_ASSESSABLE
    assert "乙乡" in lacking.found


def test_the_words_are_drafted_from_the_counts_of_all_townships(zhangjia, county):
    assert "汇总" not in standing(zhangjia, county).content.texts[0]  # nothing is there yet
    finish(zhangjia)
    issued(zhangjia)
    report = standing(zhangjia, county)
    general = report.content.texts[0]
    assert general.startswith("本报告由互助土族自治县人民政府按照")
    assert "本报告汇总1个乡镇的年度报告" in general
    assert "3个村" in general  # two of one, one of the other
    assert report.content.title == "互助土族自治县2026年政府信息公开工作年度报告"
    own = standing_report(zhangjia.site, zhangjia.wang, YEAR, FEBRUARY)
    assert "汇总" not in own.content.texts[0]
    assert int(report.values["应公开"]) > int(own.values["应公开"])


def test_it_is_issued_by_the_county_with_the_same_checks_and_sealed(zhangjia, county):
    site = zhangjia.site
    finish(zhangjia)
    issued(zhangjia)
    with pytest.raises(Refused) as why:
        issue(site, county, YEAR, "冯县长", FEBRUARY)
    assert list(why.value.codes) == ["report_fails"]
    write_up(zhangjia.site, county, YEAR, FEBRUARY)
    assert issue(site, county, YEAR, "冯县长", FEBRUARY) == 1
    with pytest.raises(Refused) as why:
        issue(site, county, YEAR, "冯县长", FEBRUARY)
    assert list(why.value.codes) == ["unchanged"]
    with site.sessions.reading() as session:
        assert list(report_faults(session)) == []
        subjects = select(HistoryEntry).where(HistoryEntry.act == "issue_report")
        told = [(each.subject, each.township_id) for each in session.scalars(subjects)]
    assert told == [
        (f"report {zhangjia.wang.township_id}.{YEAR}", zhangjia.wang.township_id),
        (f"report county.{YEAR}", None),
    ]
    view = report_view(site, county, YEAR, FEBRUARY)
    assert view.due_on == date(2027, 3, 31)
    assert ("全部", "乙乡的系统刚装好。") in view.editions[0].explained


def test_a_township_that_corrects_its_report_shows_at_once_which_cells_of_the_county_changed(
    zhangjia, county
):
    finish(zhangjia)
    issued(zhangjia)
    write_up(zhangjia.site, county, YEAR, FEBRUARY)
    issue(zhangjia.site, county, YEAR, "冯县长", FEBRUARY)
    receive(zhangjia.site, zhangjia.wang, a_request(date(2026, 12, 30)), FEBRUARY)
    assert report_view(zhangjia.site, county, YEAR, FEBRUARY).changed == ()  # not issued yet
    issued(zhangjia, FEBRUARY)
    changed = report_view(zhangjia.site, county, YEAR, FEBRUARY).changed
    assert any(words.startswith("表三 · 一、本年新收") for words, _was, _is in changed)


def test_everybody_reads_and_takes_away_what_the_county_issued(zhangjia, county):
    site = zhangjia.site
    finish(zhangjia)
    issued(zhangjia)
    with pytest.raises(NotFoundError):
        report_page(site, "", YEAR, FEBRUARY)
    assert front_page(site, FEBRUARY).reports == ()
    write_up(zhangjia.site, county, YEAR, FEBRUARY)
    issue(site, county, YEAR, "冯县长", FEBRUARY)
    page = report_page(site, "", YEAR, FEBRUARY)
    assert page.place.name == "互助土族自治县"
    assert page.editions[0].files == (".docx", ".pdf")
    assert report_file(site, "", YEAR, ".pdf", FEBRUARY).data.startswith(b"%PDF")
    assert front_page(site, FEBRUARY).reports == (YEAR,)
    assert report_page(site, "630223202", YEAR, FEBRUARY).place.name == "红崖子沟乡"


def test_feeds_and_search_name_the_county_s_report_beside_its_townships(zhangjia, county):
    site, root = zhangjia.site, "https://gk.huzhu.example.cn"
    finish(zhangjia)
    issued(zhangjia)
    write_up(site, county, YEAR, FEBRUARY)
    issue(site, county, YEAR, "冯县长", FEBRUARY)
    feed = site_feed(site, FEBRUARY, root)
    assert [each.url for each in feed.reports] == [
        f"{root}/report/{YEAR}",
        f"{root}/T/630223202/report/{YEAR}",
    ]
    assert feed.changed_at == FEBRUARY
    assert [each.place for each in township_feed(site, "630223202", FEBRUARY, root).reports] == [
        "红崖子沟乡"
    ]
    assert site_feed(site, JANUARY, root).reports == feed.reports[1:]
    assert site_feed(site, FEBRUARY.replace(year=2029), root).reports == ()
    found = search_page(site, "年报", Within(), FEBRUARY).reports
    assert [hit.url for hit in found] == [f"/report/{YEAR}", f"/T/630223202/report/{YEAR}"]
    own = search_page(site, "年报", Within(place="630223202"), FEBRUARY).reports
    assert [hit.url for hit in own] == [f"/T/630223202/report/{YEAR}"]
    assert search_page(site, "年报", Within(place="630223203"), FEBRUARY).reports == ()


def test_next_year_the_county_is_held_against_its_own_report_of_the_year_before(zhangjia, county):
    page = as_page(IN_FORCE, filled(IN_FORCE))
    import_earlier(zhangjia.site, county, YEAR - 1, "全县.html", page, FEBRUARY)
    report = standing(zhangjia, county)
    assert report.earlier is not None
    assert standing_report(zhangjia.site, zhangjia.wang, YEAR, FEBRUARY).earlier is None
    rules = {line.finding.rule for line in lines_of(zhangjia.site, county, YEAR, FEBRUARY)}
    assert "years.carried_over" in rules


def test_nobody_of_a_township_writes_or_issues_the_county_s(zhangjia, county):
    assert not zhangjia.wang.holds(Role.COUNTY_OVERSEER, None)
    with pytest.raises(Refused):
        for_county(zhangjia.wang)
    text = dict.fromkeys(TextPart, "甲")
    with pytest.raises(Refused) as why:
        save_text(zhangjia.site, for_county(zhangjia.operator), YEAR, text, 0, FEBRUARY)
    assert list(why.value.codes) == ["not_your_role"]
    with pytest.raises(Refused) as why:
        issue(zhangjia.site, for_county(zhangjia.operator), YEAR, "甲", FEBRUARY)
    assert list(why.value.codes) == ["not_your_role"]
    written = written_report(zhangjia.site, for_county(zhangjia.operator), YEAR, FEBRUARY)
    assert written.body == "互助土族自治县"


def test_the_county_s_report_is_due_when_the_law_says(zhangjia, county):
    view = report_view(zhangjia.site, county, YEAR, datetime(2027, 4, 1, tzinfo=UTC))
    assert (view.due_on, view.days_left) == (date(2027, 3, 31), -1)
    assert view.due_basis.endswith("第四十九条")
    assert report_view(zhangjia.site, zhangjia.wang, YEAR, FEBRUARY).due_basis == ""


def test_the_county_owes_its_report_until_it_is_issued(zhangjia, county):
    owed = owed_report(zhangjia.site, county, FEBRUARY)
    assert owed == OwedReport(YEAR, date(2027, 3, 31))
    finish(zhangjia)
    issued(zhangjia)
    assert owed_report(zhangjia.site, county, FEBRUARY) == owed
    write_up(zhangjia.site, county, YEAR, FEBRUARY)
    issue(zhangjia.site, county, YEAR, "冯县长", FEBRUARY)
    assert owed_report(zhangjia.site, county, FEBRUARY) is None
    assert owed_report(zhangjia.site, county, NOON) is None  # nothing was here the year before
