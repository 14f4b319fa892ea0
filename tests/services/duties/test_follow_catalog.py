"""When another catalog comes into force, what is still open follows it; what was judged stays."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, update
from support.builders import a_duty, a_notice
from support.clock import NOON

from bulletin.domain.catalog.adaptation import Adaptation, Change
from bulletin.domain.deadlines.periods import Every, Period
from bulletin.domain.deadlines.rules import TimeLimit, due_date
from bulletin.domain.deadlines.workdays import WorkCalendar
from bulletin.domain.duties.status import DutyStatus
from bulletin.services.catalog.adopt import adopt_catalog
from bulletin.services.changes import stamp
from bulletin.services.duties import record_event
from bulletin.services.duties.explanation import duty_detail, explanations
from bulletin.services.duties.follow_catalog import follow_adoptions
from bulletin.services.duties.open import open_duties
from bulletin.services.duties.overview import duty_lines
from bulletin.services.duties.recalculate import recalculate
from bulletin.services.notices import end
from bulletin.services.oversight.coverage import coverage_table
from bulletin.store.duties import DueDayChange, Duty

NEXT_DAY = NOON + timedelta(days=1)
ACCOUNTS = "finance.quarterly_accounts"


def change_time(village, item, limit, text="按新的时间公开", now=NOON, from_on=None):
    adaptation = Adaptation(changed={item: Change(time_limit=limit, deadline_text=text)})
    day = from_on or now.date() + timedelta(days=1)
    adopt_catalog(village.site, village.zheng, village.id, day, adaptation, now)


def sweep(village, now=NEXT_DAY):
    followed = follow_adoptions(village.site, now)
    open_duties(village.site, now)
    return followed


def lines(village, item=ACCOUNTS, now=NEXT_DAY):
    found = duty_lines(village.site, village.li, now, village_id=village.id)
    return [line for line in found if line.item_code == item]


def as_of(village, day):
    """The day of the accounts as the matrix of a day of October has it."""
    table = coverage_table(
        village.site, village.li, NEXT_DAY, first_on=date(2026, 10, 1),
        last_on=date(2026, 12, 31), as_of=date(2026, 10, day),
    )  # fmt: skip
    return table.rows[0].cells[ACCOUNTS][0].due_on


def changes(village):
    with village.site.sessions.reading() as session:
        return [(c.cause, c.before_on, c.due_on) for c in session.scalars(select(DueDayChange))]


def quarterly(day, month=1, of="next_period"):
    return TimeLimit("recur", Every.QUARTER, month, day, "before", of)


def test_an_open_duty_follows_and_keeps_what_it_was_before(zhangjia):
    change_time(zhangjia, ACCOUNTS, quarterly(25))
    assert lines(zhangjia)[0].due_on == date(2026, 10, 15)
    sweep(zhangjia)
    (line,) = lines(zhangjia)
    assert (line.due_on, line.rule_on) == (date(2026, 10, 25), date(2026, 10, 15))
    assert changes(zhangjia) == [("adoption", date(2026, 10, 15), date(2026, 10, 25))]
    told = explanations(zhangjia.site, zhangjia.li, [line.id])[line.id]
    assert "目录规定：按新的时间公开。" in told
    assert [as_of(zhangjia, day) for day in (9, 10)] == [date(2026, 10, 15), date(2026, 10, 25)]
    assert (
        "2026年10月10日新的目录施行，重新计算：原来是2026年10月15日，改为2026年10月25日。" in told
    )


def test_however_often_the_sweep_runs_it_follows_once(zhangjia):
    change_time(zhangjia, ACCOUNTS, quarterly(25))
    assert sweep(zhangjia) > 0
    assert [sweep(zhangjia) for _ in range(3)] == [0, 0, 0]
    assert len(changes(zhangjia)) == 1


def test_a_catalog_that_is_not_yet_in_force_changes_nothing(zhangjia):
    change_time(zhangjia, ACCOUNTS, quarterly(25), from_on=date(2026, 10, 12))
    assert sweep(zhangjia) == 0
    assert lines(zhangjia)[0].due_on == date(2026, 10, 15)


def test_what_was_due_before_the_catalog_stays_late(zhangjia):
    later = NOON + timedelta(days=11)  # 20 October; the accounts were due on the 15th
    change_time(zhangjia, ACCOUNTS, quarterly(25), now=later)
    sweep(zhangjia, later + timedelta(days=1))
    (line,) = lines(zhangjia, now=later + timedelta(days=1))
    assert (line.due_on, line.status) == (date(2026, 10, 15), DutyStatus.OVERDUE)


def test_no_new_day_lies_before_the_catalog_that_gives_it(zhangjia):
    change_time(zhangjia, ACCOUNTS, quarterly(5))
    sweep(zhangjia)
    assert lines(zhangjia)[0].due_on == date(2026, 10, 15)
    assert changes(zhangjia) == []


def test_what_somebody_is_answering_keeps_its_day(zhangjia):
    a_notice(zhangjia, NOON)
    change_time(zhangjia, ACCOUNTS, quarterly(25))
    sweep(zhangjia)
    assert lines(zhangjia)[0].due_on == date(2026, 10, 15)


def test_a_quarter_gives_way_to_months_and_says_so(zhangjia):
    monthly = TimeLimit("recur", Every.MONTH, day=20, by="before", of="next_period")
    change_time(zhangjia, ACCOUNTS, monthly)
    sweep(zhangjia)
    found = {line.occasion: line for line in lines(zhangjia)}
    assert found.keys() == {"2026-Q3", "2026-07", "2026-08", "2026-09", "2026-10"}
    assert found["2026-Q3"].status is DutyStatus.NOT_APPLICABLE
    assert found["2026-Q3"].reason == "2026年10月10日起施行的目录里这一项改为每月公开。"
    account = duty_detail(zhangjia.site, zhangjia.li, found["2026-Q3"].id, NEXT_DAY)
    assert account.declared_by == ""


def monthly(day=15):
    return TimeLimit("recur", Every.MONTH, day=day, by="before", of="next_period")


def owed(village, now):
    """The day of every period of the accounts that is neither ended nor declared not applicable."""
    open_lines = (x for x in lines(village, now=now) if x.status is not DutyStatus.NOT_APPLICABLE)
    return {line.occasion: line.due_on for line in open_lines}


DECEMBER = datetime(2026, 12, 9, 4, tzinfo=UTC)
IN_FORCE = DECEMBER + timedelta(days=1)


def test_busy_finances_from_december_on_lose_no_month_of_the_quarter(zhangjia):
    sweep(zhangjia, DECEMBER)
    assert owed(zhangjia, DECEMBER).keys() == {"2026-Q3", "2026-Q4"}
    busy = Adaptation(busy_finances=True)
    adopt_catalog(zhangjia.site, zhangjia.zheng, zhangjia.id, IN_FORCE.date(), busy, DECEMBER)
    for _ in range(2):
        sweep(zhangjia, IN_FORCE)
    limit = zhangjia.site.catalog.find(ACCOUNTS).busy_time_limit
    november = due_date(limit, zhangjia.site.calendar, period=Period.parse("2026-11")).due_on
    assert owed(zhangjia, IN_FORCE) == {
        "2026-Q3": date(2026, 10, 15),  # overdue, as it was judged
        "2026-10": november,  # together with the first month that the new rule makes due
        "2026-11": november,
        "2026-12": due_date(limit, zhangjia.site.calendar, period=Period.parse("2026-12")).due_on,
    }
    october = next(x for x in lines(zhangjia, now=IN_FORCE) if x.occasion == "2026-10")
    told = explanations(zhangjia.site, zhangjia.li, [october.id])[october.id]
    assert any("2026年10月原来由2026年第四季度一起公开，现在单独公开" in words for words in told)


def test_months_that_were_disclosed_as_a_quarter_are_not_owed_again(zhangjia):
    a_notice(zhangjia, NOON).approved()
    change_time(zhangjia, ACCOUNTS, monthly(20))
    sweep(zhangjia)
    assert owed(zhangjia, NEXT_DAY).keys() == {"2026-Q3", "2026-10"}


def test_when_the_draft_for_the_quarter_is_given_up_its_months_are_owed(zhangjia):
    notice = a_notice(zhangjia, NOON)
    change_time(zhangjia, ACCOUNTS, monthly(20))
    sweep(zhangjia)
    assert owed(zhangjia, NEXT_DAY).keys() == {"2026-Q3", "2026-10"}
    later = NOON + timedelta(days=3)
    end.cancel(zhangjia.site, zhangjia.li, notice.code, "按月另写", later)
    sweep(zhangjia, later)
    assert owed(zhangjia, later) == {
        "2026-07": date(2026, 10, 15), "2026-08": date(2026, 10, 15),
        "2026-09": date(2026, 10, 20), "2026-10": date(2026, 11, 20),
    }  # fmt: skip


def test_the_last_month_before_quarters_is_owed_by_its_quarter(zhangjia):
    change_time(zhangjia, ACCOUNTS, monthly(20))
    january = datetime(2027, 1, 16, 4, tzinfo=UTC)
    sweep(zhangjia)
    sweep(zhangjia, january)
    change_time(zhangjia, ACCOUNTS, quarterly(15), now=january)
    sweep(zhangjia, january + timedelta(days=1))
    found = owed(zhangjia, january + timedelta(days=1))
    assert found["2026-Q4"] == date(2027, 1, 20)  # December's day: the quarter's own has passed
    assert "2026-12" not in found
    assert found.keys() >= {"2026-10", "2026-11"}  # overdue, as they were judged


def test_back_and_forth_opens_the_quarter_again(zhangjia):
    change_time(zhangjia, ACCOUNTS, monthly(20))
    sweep(zhangjia)
    change_time(zhangjia, ACCOUNTS, quarterly(15), now=NEXT_DAY)
    back_at = NOON + timedelta(days=2)
    sweep(zhangjia, back_at)
    assert owed(zhangjia, back_at) == {"2026-Q3": date(2026, 10, 15)}
    assert sweep(zhangjia, back_at) == 0


def test_a_quarter_that_had_begun_is_finished_where_nothing_follows_by_periods(zhangjia):
    promptly = TimeLimit("promptly", days=10, unit="natural")
    change_time(zhangjia, ACCOUNTS, promptly)
    sweep(zhangjia)
    assert owed(zhangjia, NEXT_DAY)["2026-Q3"] == date(2026, 10, 15)


def test_an_item_that_the_village_dropped_is_no_longer_owed(zhangjia):
    optional = next(i.code for i in zhangjia.site.catalog.items if not i.obligatory)
    adaptation = Adaptation(dropped={optional: "本村没有"})
    adopt_catalog(zhangjia.site, zhangjia.zheng, zhangjia.id, NEXT_DAY.date(), adaptation, NOON)
    before = [line.status for line in lines(zhangjia, optional)]
    sweep(zhangjia)
    assert before
    assert {line.status for line in lines(zhangjia, optional)} == {DutyStatus.NOT_APPLICABLE}
    assert all("不再有这一项" in line.reason for line in lines(zhangjia, optional))
    title = zhangjia.site.catalog.find(optional).title
    assert {line.item for line in lines(zhangjia, optional)} == {title}
    table = coverage_table(
        zhangjia.site, zhangjia.li, NEXT_DAY,
        first_on=date(2026, 10, 1), last_on=date(2026, 12, 31),
    )  # fmt: skip
    assert title in {item.title for item in table.items}


def test_an_item_that_the_village_takes_back_is_owed_again(zhangjia):
    optional = next(i.code for i in zhangjia.site.catalog.items if not i.obligatory)
    before = [(line.id, line.status) for line in lines(zhangjia, optional)]
    for day, dropped in enumerate(({optional: "本村没有"}, {}), 1):
        now = NOON + timedelta(days=day)
        adaptation = Adaptation(dropped=dropped)
        adopt_catalog(zhangjia.site, zhangjia.zheng, zhangjia.id, now.date(), adaptation,
                      now - timedelta(days=1))  # fmt: skip
        sweep(zhangjia, now)
    assert before
    found = lines(zhangjia, optional, NOON + timedelta(days=2))
    assert [(line.id, line.status) for line in found] == before
    in_between = lines(zhangjia, optional)
    assert {line.status for line in in_between} == {DutyStatus.NOT_APPLICABLE}
    assert all("不再有这一项" in line.reason for line in in_between)


def test_what_is_owed_again_with_the_day_that_it_had_is_recorded(zhangjia):
    """Nothing else follows: pages and counts that are kept learn of it by the history alone."""
    with zhangjia.site.sessions.writing() as session:
        others = update(Duty).where(Duty.item_code != ACCOUNTS)
        session.execute(others.values(not_applicable_reason="x", not_applicable_by=zhangjia.li.id))
        ended = update(Duty).where(Duty.item_code == ACCOUNTS, Duty.village_id == zhangjia.id)
        session.execute(ended.values(not_applicable_reason="目录里不再有这一项。"))
    change_time(zhangjia, ACCOUNTS, quarterly(5))  # before the catalog is in force
    before = stamp(zhangjia.site)
    assert follow_adoptions(zhangjia.site, NEXT_DAY) == 1
    assert stamp(zhangjia.site) == before + 1
    assert owed(zhangjia, NEXT_DAY) == {"2026-Q3": date(2026, 10, 15)}
    assert follow_adoptions(zhangjia.site, NEXT_DAY) == 0


def test_the_phases_of_an_open_matter_follow_too(zhangjia):
    item = "affairs.public_works"
    known = a_duty(zhangjia, item, NOON)
    change_time(zhangjia, item, TimeLimit("promptly", days=30, unit="natural"))
    sweep(zhangjia)
    found = {line.id: line for line in lines(zhangjia, item)}
    assert found[known].due_on == date(2026, 11, 9)  # the 8th is a Sunday
    waiting = next(line.id for line in found.values() if line.waits_for_event)
    due_on = record_event.record_event(
        zhangjia.site, zhangjia.li, waiting, date(2026, 10, 10), NEXT_DAY
    )
    assert due_on == date(2026, 11, 9)


def test_when_the_holidays_become_known_both_days_are_kept(zhangjia):
    item = "affairs.public_works"
    start = datetime(2026, 12, 28, 4, tzinfo=UTC)
    guess = replace(zhangjia.site, calendar=WorkCalendar(confirmed_years=frozenset({2026})))
    village = replace(zhangjia, site=guess)
    limit = TimeLimit("promptly", days=5, unit="working")
    change_time(village, item, limit)
    sweep(village)
    duty = a_duty(village, item, start)
    (before,) = (line for line in lines(village, item, start) if line.id == duty)
    assert (before.due_on, before.provisional) == (date(2027, 1, 4), True)
    new_year = frozenset(date(2027, 1, day) for day in (1, 4))
    known = WorkCalendar(
        days_off=new_year, working_weekends=frozenset({date(2027, 1, 2)}),
        confirmed_years=frozenset({2026, 2027}), names=dict.fromkeys(new_year, "元旦"),
    )  # fmt: skip
    village = replace(village, site=replace(village.site, calendar=known))
    assert recalculate(village.site, start) == 1
    (after,) = (line for line in lines(village, item, start) if line.id == duty)
    assert (after.due_on, after.rule_on, after.provisional) == (
        date(2027, 1, 5), date(2027, 1, 4), False,
    )  # fmt: skip
    told = "".join(explanations(village.site, village.li, [duty])[duty])
    for words in ("第5个工作日是2027年1月5日", "日期已经确定", "元旦2天", "1月2日是周末，调休上班，算工作日",
                  "放假安排公布，重新计算：原来是2027年1月4日，改为2027年1月5日"):  # fmt: skip
        assert words in told
    account = duty_detail(village.site, village.li, duty, start)
    assert (date(2027, 1, 1), "元旦") in account.days_off


def test_the_account_tells_every_desk_and_how_long(zhangjia):
    draft = a_notice(zhangjia, NOON + timedelta(days=2))
    draft.later(days=1).submitted().later(days=2).examined()
    duty = lines(zhangjia)[0].id
    now = NOON + timedelta(days=9)
    found = duty_detail(zhangjia.site, zhangjia.li, duty, now).desk_times
    assert [(desk_time.who, desk_time.doing, desk_time.days(now.date())) for desk_time in found] == [
        ("信息员", "还没有动笔", 2), ("信息员", "起草", 1), ("村务监督委员会成员", "审查", 2),
        ("村民委员会主任", "确认", 4),
    ]  # fmt: skip


def test_nobody_is_late_with_a_period_that_still_runs(zhangjia):
    in_november = NOON + timedelta(days=38)
    open_duties(zhangjia.site, in_november)
    duty = next(line for line in lines(zhangjia, now=in_november) if line.occasion == "2026-Q4")
    assert duty_detail(zhangjia.site, zhangjia.li, duty.id, in_november).desk_times == ()
    in_january = datetime(2027, 1, 4, 4, tzinfo=UTC)
    (desk_time,) = duty_detail(zhangjia.site, zhangjia.li, duty.id, in_january).desk_times
    assert (desk_time.doing, desk_time.from_on) == ("还没有动笔", date(2027, 1, 1))


@pytest.mark.parametrize("login", ["zhou"])
def test_the_account_of_another_village_is_not_shown(zhangjia, signed_in, login):
    with zhangjia.site.sessions.reading() as session:
        duty = session.scalar(select(Duty.id).where(Duty.village_id == zhangjia.id))
    assert signed_in(login).get(f"/desk/duties/{duty}").status_code == 404


def test_the_account_is_a_page_that_the_list_leads_to(zhangjia, signed_in):
    line = lines(zhangjia)[0]
    li = signed_in("li")
    assert f'href="/desk/duties/{line.id}"' in li.get("/desk/duties").text
    page = li.get(f"/desk/duties/{line.id}").text
    for words in ("为什么是这一天", "在谁手里，多久", "还没有动笔", "2026年10月15日"):
        assert words in page
