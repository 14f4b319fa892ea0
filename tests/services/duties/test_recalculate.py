"""What is open when 民法典第二百零三条 begins to count gets its work day, and says why."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from support.clock import NOON

from bulletin.domain.deadlines.rules import RecountCause
from bulletin.domain.duties.status import DutyStatus
from bulletin.domain.errors import Refused
from bulletin.services.changes import stamp
from bulletin.services.duties import open_matter
from bulletin.services.duties.explanation import explanations
from bulletin.services.duties.overview import duty_lines
from bulletin.services.duties.recalculate import recalculate
from bulletin.services.places.change_township import change_days_off
from bulletin.store.duties import DueDayChange

THURSDAY = date(2026, 10, 8)  # the tenth day after it is Sunday the 18th
SUNDAY, MONDAY = date(2026, 10, 18), date(2026, 10, 19)


def road(village):
    opened = open_matter.begin_matter(
        village.site, village.li, village.id, "public_works", "村道硬化工程", THURSDAY, NOON
    )
    return opened.duty_id


def turn(village, *, on):
    change_days_off(village.site, village.zheng, NOON, moves_ends=on)


def line(village, duty, now=NOON):
    return next(each for each in duty_lines(village.site, village.li, now) if each.id == duty)


def noon_of(day):
    return datetime(day.year, day.month, day.day, 4, tzinfo=UTC)


def test_a_duty_that_ends_on_a_sunday_is_not_overdue_on_monday(zhangjia):
    duty = road(zhangjia)
    due = line(zhangjia, duty)
    assert (due.rule_on, due.counted_on, due.due_on, due.day_off) == (
        SUNDAY, SUNDAY, MONDAY, "周末",
    )  # fmt: skip
    assert line(zhangjia, duty, noon_of(MONDAY)).status is DutyStatus.DUE_SOON
    assert line(zhangjia, duty, noon_of(date(2026, 10, 20))).status is DutyStatus.OVERDUE


def test_both_days_stand_in_the_explanation_with_the_reason_and_the_article(zhangjia):
    duty = road(zhangjia)
    told = "".join(explanations(zhangjia.site, zhangjia.li, [duty])[duty])
    for words in ("按10天算", "第10天是10月18日", "10月18日是周末", "《民法典》第二百零三条",
                  "下一个工作日2026年10月19日"):  # fmt: skip
        assert words in told


def test_a_township_that_turned_it_off_has_the_day_itself(zhangjia):
    turn(zhangjia, on=False)
    duty = road(zhangjia)
    due = line(zhangjia, duty)
    assert (due.due_on, due.counted_on, due.day_off) == (SUNDAY, None, "")
    assert recalculate(zhangjia.site, NOON) == 0


def test_what_was_open_before_gets_the_later_day_once_and_keeps_the_one_before(zhangjia):
    turn(zhangjia, on=False)
    duty = road(zhangjia)
    turn(zhangjia, on=True)
    assert recalculate(zhangjia.site, noon_of(MONDAY)) == 1  # on the very day that it moves to
    assert recalculate(zhangjia.site, noon_of(MONDAY)) == 0
    assert line(zhangjia, duty, noon_of(MONDAY)).due_on == MONDAY
    with zhangjia.site.sessions.reading() as session:
        change = session.scalars(
            select(DueDayChange).where(DueDayChange.cause == RecountCause.DAYS_OFF)
        ).one()
        assert (change.before_on, change.due_on) == (SUNDAY, MONDAY)
    told = "".join(explanations(zhangjia.site, zhangjia.li, [duty])[duty])
    assert "重新计算：原来是2026年10月18日，改为2026年10月19日" in told


def test_what_was_over_stays_as_it_was_judged(zhangjia):
    turn(zhangjia, on=False)
    duty = road(zhangjia)
    turn(zhangjia, on=True)
    assert recalculate(zhangjia.site, noon_of(date(2026, 10, 20))) == 0
    assert line(zhangjia, duty).due_on == SUNDAY


def test_turned_off_again_nobody_loses_the_day_that_was_promised(zhangjia):
    duty = road(zhangjia)
    turn(zhangjia, on=False)
    assert recalculate(zhangjia.site, NOON) == 0
    assert line(zhangjia, duty).due_on == MONDAY


def test_only_the_administrator_settles_how_days_are_counted(zhangjia):
    with pytest.raises(Refused):
        change_days_off(zhangjia.site, zhangjia.li, NOON, moves_ends=False)


def test_a_day_in_a_year_not_announced_is_provisional_though_it_counts_natural_days(zhangjia):
    known = zhangjia.site.calendar
    guess = replace(known, confirmed_years=known.confirmed_years - {2026})
    duty = road(replace(zhangjia, site=replace(zhangjia.site, calendar=guess)))
    assert line(zhangjia, duty).provisional
    worked = replace(known, working_weekends=known.working_weekends | {SUNDAY})
    assert recalculate(replace(zhangjia.site, calendar=worked), NOON) == 1
    settled = line(zhangjia, duty)
    assert (settled.due_on, settled.provisional, settled.day_off) == (SUNDAY, False, "")


def test_lists_learn_that_a_day_is_settled_though_it_stays(zhangjia):
    known = zhangjia.site.calendar
    guess = replace(known, confirmed_years=known.confirmed_years - {2026})
    duty = road(replace(zhangjia, site=replace(zhangjia.site, calendar=guess)))
    before, was = stamp(zhangjia.site), line(zhangjia, duty)
    assert [recalculate(zhangjia.site, NOON) for _ in range(2)] == [0, 0]
    settled = line(zhangjia, duty)
    assert (was.provisional, settled.provisional) == (True, False)
    assert settled.due_on == was.due_on
    assert stamp(zhangjia.site) == before + 1
