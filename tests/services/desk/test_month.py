"""日历: every day's counts are those that the single duties, editions and papers add up to."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from support.builders import a_notice
from support.clock import NOON
from support.duty_histories import Histories, histories

from bulletin.domain.days import ONE_DAY, village_day
from bulletin.domain.notices.workflow import State, state_at
from bulletin.services.boards import post
from bulletin.services.boards.overview import sheet_of
from bulletin.services.desk.month.overview import day_view, month_view
from bulletin.services.desk.month.work import MonthWork
from bulletin.services.duties.overview import duty_lines
from bulletin.services.oversight.remind import remind
from bulletin.services.places import change_village
from bulletin.store.duties import Duty
from bulletin.store.notices import Edition
from bulletin.store.places import Board
from bulletin.store.postings import Posting

OUT = {State.SCHEDULED: MonthWork.SCHEDULED, State.PUBLISHED: MonthWork.PUBLISHED}


@pytest.fixture
def written(zhangjia):
    notice = a_notice(zhangjia, NOON).approved()
    notice.printed()
    post.hang(zhangjia.site, zhangjia.li, notice.code, zhangjia.boards[0], NOON.date(), NOON)
    return Histories(zhangjia, notice.code)


def _counts(view):
    return {work: Counter({d.on: w.count for d in view.days for w in d.work if w.work is work})
            for work in MonthWork}  # fmt: skip


def _by_hand(village, who, now):
    """Each duty, edition and paper by itself, whatever the month."""
    days = {work: Counter() for work in MonthWork}
    today = village_day(now)
    is_open = {line.id for line in duty_lines(village.site, who, now) if line.is_open}
    with village.site.sessions.reading() as session:
        for duty in session.scalars(select(Duty)):  # on its day as lists have it, moved or not
            if duty.id in is_open and duty.due_on is not None:
                days[MonthWork.DUE][duty.due_on] += 1
        boards = session.scalars(select(Board)).all()
        for edition in session.scalars(select(Edition)):
            state = state_at(edition.state, edition.publish_at, now)
            if state is State.TAKEN_DOWN and edition.publish_at <= now:
                state = State.PUBLISHED  # it came out on its day
            if state in OUT and edition.publish_at is not None:
                days[OUT[state]][village_day(edition.publish_at)] += 1
            for board in boards:
                if board.village_id == edition.village_id and _is_missing(
                    session, edition, board, now
                ):
                    days[MonthWork.HANG][edition.opens_on] += 1
        for posting in session.scalars(select(Posting).where(Posting.down_on.is_(None))):
            sheet = sheet_of(village.site, posting, now)
            last_on = today if sheet.is_stale else sheet.until + ONE_DAY
            days[MonthWork.TAKE_OFF][last_on] += 1
    return days


def _is_missing(session, edition, board, now):
    if (
        edition.state not in OUT
        or edition.closes_on is None
        or edition.closes_on < village_day(now)
    ):
        return False
    newer = [e for e in edition.notice.editions if e.number > edition.number]
    for other in newer:
        state = state_at(other.state, other.publish_at, now)
        if other.state in {State.PUBLISHED, State.TAKEN_DOWN} or state is State.PUBLISHED:
            return False
    hanging = select(Posting.id).where(
        Posting.board_id == board.id, Posting.edition_id == edition.id, Posting.down_on.is_(None)
    )
    return session.scalar(hanging) is None


@settings(
    max_examples=8,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.sampled_from(["wu", "li"]),
    st.lists(histories(), min_size=6, max_size=16),
    st.integers(-12, 12),
    st.integers(-1, 1),
)
def test_each_day_counts_what_the_single_ones_add_up_to(written, login, mixed, days, months):
    village, now = written.village, NOON + timedelta(days=days)
    written.write(mixed)
    who = village.people[login]
    month_on = (now + timedelta(days=31 * months)).date()
    view = month_view(village.site, who, now, month_on)
    counted, by_hand = _counts(view), _by_hand(village, who, now)
    for work in set(MonthWork) - {MonthWork.REMIND}:
        expected = {on: n for on, n in by_hand[work].items() if view.first_on <= on <= view.last_on}
        assert counted[work] == expected, work
    named = [w for d in view.days for w in d.work if w.work is not MonthWork.REMIND]
    assert all(sum(line.count for line in w.lines) + w.more == w.count for w in named)
    assert all(w.lines for w in named)
    plan, today = village.site.reminders, village_day(now)
    for day in view.days:
        if day.on >= today:
            open_on = by_hand[MonthWork.DUE] if login == "li" else {}
            owed = sum(n for due, n in open_on.items() if plan.reminding((due - day.on).days))
            assert counted[MonthWork.REMIND][day.on] == owed


def test_a_village_is_asked_for_and_none_beyond_what_one_may_see(zhangjia):
    def due(who, **asked):
        view = month_view(zhangjia.site, who, NOON, NOON.date(), **asked)
        return sum(_counts(view)[MonthWork.DUE].values())

    every = due(zhangjia.wu)
    beside = due(zhangjia.wu, village_id=zhangjia.ids["白马村"])
    assert 0 < beside < every
    assert due(zhangjia.li, village_id=zhangjia.ids["白马村"]) == 0
    assert due(zhangjia.li) == due(zhangjia.wu, village_id=zhangjia.id)


def test_holidays_days_worked_in_their_stead_and_the_disclosure_day_are_marked(zhangjia):
    change_village.change_disclosure_day(
        zhangjia.site, zhangjia.zheng, zhangjia.id, "每季度第一个月15日", NOON
    )
    days = {d.on: d for d in month_view(zhangjia.site, zhangjia.li, NOON, date(2026, 10, 1)).days}
    assert len(days) == 31
    assert days[date(2026, 10, 1)].off == "国庆节"
    assert days[date(2026, 10, 17)].off == "周末"
    assert days[date(2026, 10, 10)].is_working_weekend
    assert not days[date(2026, 10, 10)].off
    assert [on for on, day in days.items() if day.disclosure_of] == [date(2026, 10, 15)]
    later = month_view(zhangjia.site, zhangjia.li, NOON, date(2027, 1, 9))
    assert not later.is_confirmed
    assert (later.previous_on, later.next_on) == (date(2026, 12, 1), date(2027, 2, 1))


def test_what_was_reminded_of_stays_to_be_seen(zhangjia):
    remind(zhangjia.site, NOON)
    later = NOON + timedelta(days=3)
    seen = _counts(month_view(zhangjia.site, zhangjia.li, later, NOON.date()))
    before = _counts(month_view(zhangjia.site, zhangjia.li, NOON, NOON.date()))
    assert seen[MonthWork.REMIND][NOON.date()] == before[MonthWork.REMIND][NOON.date()]


def test_one_day_names_all_that_the_month_only_counts(zhangjia):
    on = date(2026, 10, 15)
    (day,) = day_view(zhangjia.site, zhangjia.li, NOON, on, shown=50).days
    (due,) = (work for work in day.work if work.work is MonthWork.DUE)
    assert due.count > 3
    assert (len(due.lines), due.more) == (due.count, 0)
