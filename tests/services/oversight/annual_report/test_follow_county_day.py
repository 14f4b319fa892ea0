"""The county's day for the annual report is the catalog's, the duty's and the report's own: never two of them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select
from support.own_report import JANUARY, YEAR, finish, issued

from bulletin.clock.jobs import TICKS
from bulletin.domain.catalog.adaptation import Adaptation, Change
from bulletin.domain.days import village_day
from bulletin.domain.deadlines.periods import Every
from bulletin.domain.deadlines.rules import TimeLimit
from bulletin.domain.oversight.annual_report.item import REPORT_ITEM
from bulletin.domain.ticks import DUTIES_TICK
from bulletin.services.catalog.adopt import adopt_catalog
from bulletin.services.catalog.annual_review import adopted_catalog, unreviewed_catalogs
from bulletin.services.duties.explanation import explanations
from bulletin.services.duties.follow_catalog import follow_adoptions
from bulletin.services.duties.open import open_duties
from bulletin.services.operations.verify import verify
from bulletin.services.oversight.annual_report.due import due_on
from bulletin.services.oversight.annual_report.follow_county_day import follow_county_day
from bulletin.store.duties import Duty

DECEMBER = datetime(2026, 12, 24, 2, 0, tzinfo=UTC)  # sixty days before the county's day
JANUARY_31, FEBRUARY_20 = date(2027, 1, 31), date(2027, 2, 20)
ORDER = "02-20"
DAY = timedelta(days=1)


def _ordered(village, day=ORDER):
    return replace(village.site, report_due=day)


def _next_days(site, now, days=2):
    """The clock on some days, one after the other."""
    for count in range(days):
        at = now + count * DAY
        follow_county_day(site, at)
        follow_adoptions(site, at)
        open_duties(site, at)
    return at


def _duty(site):
    with site.sessions.reading() as session:
        asked = select(Duty).where(Duty.item_code == REPORT_ITEM, Duty.occasion == str(YEAR))
        return session.scalar(asked)


def _report_day(village, site):
    return due_on(site, village.wang.township_id, YEAR)


def _words(village, site, now):
    catalog = adopted_catalog(site, village.zheng, None, now).catalog
    return catalog.find(REPORT_ITEM).deadline_text


def test_without_an_order_the_catalog_s_day_stands_everywhere(zhangjia):
    site = zhangjia.site
    now = _next_days(site, DECEMBER)
    assert follow_county_day(site, now) == 0
    assert _duty(site).due_on == _report_day(zhangjia, site) == JANUARY_31


def test_the_county_s_day_moves_the_catalog_the_duty_and_the_report_together(zhangjia):
    _next_days(zhangjia.site, DECEMBER)
    site = _ordered(zhangjia)
    assert follow_county_day(site, DECEMBER + DAY) == 1
    # In force from the next day on, and until then nothing says otherwise.
    assert _duty(site).due_on == _report_day(zhangjia, site) == JANUARY_31
    later = _next_days(site, DECEMBER + DAY)
    duty = _duty(site)
    assert duty.due_on == _report_day(zhangjia, site) == FEBRUARY_20
    assert duty.rule_on == JANUARY_31  # the day first given is never edited
    assert _words(zhangjia, site, later) == "每年2月20日前公开上一年度报告"
    why = explanations(site, zhangjia.wu, [duty.id])[duty.id]
    assert why[0] == "目录规定：每年2月20日前公开上一年度报告。"
    assert any("新的目录施行，重新计算：原来是2027年1月31日" in line for line in why)
    assert follow_county_day(site, later + DAY) == 0
    assert verify(site).sound


def test_a_duty_that_opens_after_the_order_has_the_county_s_day_from_the_first(zhangjia):
    site = _ordered(zhangjia)
    follow_county_day(site, DECEMBER - DAY)
    assert _duty(site) is None
    _next_days(site, DECEMBER)
    assert _duty(site).due_on == _duty(site).rule_on == FEBRUARY_20 == _report_day(zhangjia, site)


def test_another_order_moves_it_again_and_none_leaves_the_catalog_alone(zhangjia):
    later = _next_days(_ordered(zhangjia), DECEMBER)
    later = _next_days(_ordered(zhangjia, "01-25"), later)
    site = _ordered(zhangjia, "")
    assert _duty(site).due_on == _report_day(zhangjia, site) == date(2027, 1, 25)
    assert follow_county_day(site, later) == 0


def test_what_is_overdue_or_answered_keeps_its_day(zhangjia):
    site = _ordered(zhangjia)
    _next_days(zhangjia.site, DECEMBER)
    february = datetime(2027, 2, 3, 2, 0, tzinfo=UTC)
    later = _next_days(site, february)
    assert _duty(site).due_on == _report_day(zhangjia, site) == JANUARY_31
    assert due_on(site, zhangjia.wang.township_id, YEAR + 1) == date(2028, 2, 20)
    finish(zhangjia, later)
    issued(zhangjia, later)
    assert _duty(site).due_on == JANUARY_31


def test_what_a_township_made_of_its_catalog_stays_and_another_rhythm_does(zhangjia):
    site, zheng = _ordered(zhangjia), zhangjia.zheng
    ten_days_more = Change(posting_days=25, elements=("附表",))
    _adopted(zhangjia, ten_days_more, DECEMBER)
    later = _next_days(site, DECEMBER + DAY)
    item = adopted_catalog(site, zheng, None, later).catalog.find(REPORT_ITEM)
    assert (item.posting_days, item.elements[-1]) == (25, "附表")
    assert item.deadline_text == "每年2月20日前公开上一年度报告"
    quarterly = TimeLimit("recur", Every.QUARTER, 1, 25, "before", "next_period")
    _adopted(zhangjia, Change(time_limit=quarterly, deadline_text="每季度25日前"), later)
    assert follow_county_day(site, later + DAY) == 0
    assert due_on(site, zhangjia.wang.township_id, YEAR + 1) == date(2028, 2, 20)


def _adopted(village, change, now):
    adaptation = Adaptation(changed={REPORT_ITEM: change})
    from_on = village_day(now) + DAY
    adopt_catalog(village.site, village.zheng, None, from_on, adaptation, now)


def test_that_the_clock_changes_a_day_is_nobody_s_look_at_the_catalog(zhangjia):
    later = JANUARY + 300 * DAY
    assert follow_county_day(_ordered(zhangjia), later) == 1
    year_over = JANUARY + 370 * DAY
    places = {each.place for each in unreviewed_catalogs(zhangjia.site, zhangjia.zheng, year_over)}
    assert "乡镇" in places
    assert adopted_catalog(zhangjia.site, zhangjia.zheng, None, year_over).review_due


def test_the_clock_does_it_with_the_other_duties(zhangjia):
    site = _ordered(zhangjia)
    for now in (JANUARY, JANUARY + DAY):
        TICKS[DUTIES_TICK](site, now)
    assert _duty(site).due_on == FEBRUARY_20
