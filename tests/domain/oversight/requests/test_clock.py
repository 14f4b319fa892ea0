"""By which day a request is answered: every day explains itself, and an independent count agrees."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.information_requests import CALENDAR, RULES

from bulletin.domain.errors import Refused
from bulletin.domain.oversight.requests.clock import (
    Limit,
    clock_of,
    latest_mending_on,
    latest_reply_on,
)
from bulletin.domain.oversight.requests.course import (
    Consulted,
    Course,
    Extension,
    Fee,
    Inquiry,
    Mending,
    ReceivedBy,
    received_on,
)

LIMITS = RULES.limits
ONE_DAY = timedelta(days=1)
MARCH_2 = date(2026, 3, 2)  # a Monday
COURSE = Course(received_on=MARCH_2, received_by=ReceivedBy.HAND)


def due(course):
    return clock_of(course, LIMITS, CALENDAR).due_on


@pytest.mark.parametrize(
    ("by", "arrived", "confirmed", "counted"),
    [
        (ReceivedBy.HAND, 2, None, 2),
        (ReceivedBy.ORAL, 2, None, 2),
        (ReceivedBy.SIGNED_POST, 2, None, 2),
        (ReceivedBy.SIGNED_POST, 2, 4, 2),
        (ReceivedBy.PLAIN_POST, 2, 4, 4),
        (ReceivedBy.ONLINE, 2, 2, 2),
        (ReceivedBy.FAX, 2, 3, 3),
    ],
)
def test_the_day_of_receipt_depends_on_the_way_in_which_it_came(by, arrived, confirmed, counted):
    confirmed_on = date(2026, 3, confirmed) if confirmed else None
    assert received_on(by, date(2026, 3, arrived), confirmed_on) == date(2026, 3, counted)


@pytest.mark.parametrize("by", [ReceivedBy.PLAIN_POST, ReceivedBy.ONLINE, ReceivedBy.FAX])
def test_what_has_to_be_confirmed_is_refused_without(by):
    for confirmed_on in (None, date(2026, 3, 1)):
        with pytest.raises(Refused, match="第三十一条"):
            received_on(by, MARCH_2, confirmed_on)


# Monday 2 March 2026; 清明节 is 4 to 6 April, so that Monday the 6th is off; 劳动节 1 to 5 May.
@pytest.mark.parametrize(
    ("course", "due_on"),
    [
        (COURSE, date(2026, 3, 30)),
        (replace(COURSE, extension=Extension(date(2026, 3, 27), 20, "王主任")), date(2026, 4, 28)),
        (replace(COURSE, extension=Extension(date(2026, 3, 27), 5, "王主任")), date(2026, 4, 7)),
        (
            replace(
                COURSE,
                mending=Mending(date(2026, 3, 5), date(2026, 3, 20), date(2026, 3, 16)),
            ),
            date(2026, 4, 14),
        ),
        (  # the third party answered after five working days: five days later
            replace(
                COURSE,
                inquiries=(Inquiry(Consulted.THIRD_PARTY, date(2026, 3, 4), date(2026, 3, 11)),),
            ),
            date(2026, 4, 7),
        ),
        (  # silent: fifteen working days and no more
            replace(COURSE, inquiries=(Inquiry(Consulted.THIRD_PARTY, date(2026, 3, 4)),)),
            date(2026, 4, 21),
        ),
        (  # both at the same time stand still once
            replace(
                COURSE,
                inquiries=(
                    Inquiry(Consulted.THIRD_PARTY, date(2026, 3, 4), date(2026, 3, 11)),
                    Inquiry(Consulted.BODY, date(2026, 3, 4), date(2026, 3, 11)),
                ),
            ),
            date(2026, 4, 7),
        ),
        (
            replace(COURSE, fee=Fee(date(2026, 3, 10), date(2026, 3, 16))),
            date(2026, 4, 14),
        ),
    ],
)
def test_the_day_by_which_it_is_answered(course, due_on):
    assert due(course) == due_on


def test_every_day_explains_itself():
    course = replace(
        COURSE,
        mending=Mending(date(2026, 3, 5), date(2026, 3, 20), date(2026, 3, 16)),
        inquiries=(Inquiry(Consulted.BODY, date(2026, 3, 18)),),
        extension=Extension(date(2026, 4, 1), 10, "王主任"),
    )
    steps = clock_of(course, LIMITS, CALENDAR).steps
    assert [step.on for step in steps] == sorted(step.on for step in steps)
    assert [(step.words, step.article) for step in steps] == [
        ("当面提交，收到之日起算，20个工作日内答复，当天不算", "第三十一条、第三十三条第二款"),
        ("告知补正，3月20日前补来", "第三十条"),
        ("收到补正的申请，从这天重新起算", "第三十条"),
        (
            "共同制作的其他机关收到征求意见，最多15个工作日，这段时间不算",
            "第三十四条、第三十三条第三款",
        ),
        ("经王主任同意，延长10个工作日，已告知申请人", "第三十三条第二款"),
        ("共同制作的其他机关没有按时答复，接着算", "第三十四条"),
    ]


def test_who_is_silent_has_given_up():
    silent = replace(COURSE, mending=Mending(date(2026, 3, 5), date(2026, 3, 20)))
    assert clock_of(silent, LIMITS, CALENDAR).given_up_on == date(2026, 3, 21)
    mended = replace(COURSE, mending=Mending(date(2026, 3, 5), date(2026, 3, 20), date(2026, 3, 9)))
    assert clock_of(mended, LIMITS, CALENDAR).given_up_on is None
    unpaid = replace(COURSE, fee=Fee(date(2026, 3, 10)))
    assert clock_of(unpaid, LIMITS, CALENDAR).given_up_on == date(2026, 4, 9)


def test_what_to_mend_is_told_within_seven_working_days():
    assert latest_mending_on(COURSE, LIMITS, CALENDAR) == date(2026, 3, 11)


def test_a_year_that_is_not_announced_makes_a_day_provisional():
    assert clock_of(replace(COURSE, received_on=date(2030, 1, 7)), LIMITS, CALENDAR).is_provisional
    assert not clock_of(COURSE, LIMITS, CALENDAR).is_provisional


# --- an independent count ----------------------------------------------------------------------

days_of_2026 = st.dates(date(2026, 1, 1), date(2026, 9, 30))


@st.composite
def courses(draw):
    start = draw(days_of_2026)
    later = st.integers(0, 40).map(lambda days: start + timedelta(days=days))
    mended = draw(st.none() | later)
    asked = draw(
        st.lists(
            st.tuples(st.sampled_from(Consulted), later, st.none() | st.integers(0, 40)), max_size=3
        )
    )
    return Course(
        received_on=start,
        received_by=draw(st.sampled_from(ReceivedBy)),
        mending=Mending(start, start + timedelta(days=30), mended) if mended else None,
        extension=draw(st.none() | st.builds(Extension, later, st.integers(1, 20), st.just("王"))),
        inquiries=tuple(
            Inquiry(kind, on, None if took is None else on + timedelta(days=took))
            for kind, on, took in asked
        ),
        fee=draw(st.none() | st.builds(Fee, later, st.none() | later)),
    )


def _working(day):
    return CALENDAR.is_workday(day)


def _latest(inquiry):
    day, left = inquiry.received_on, 15
    while left:
        day += ONE_DAY
        left -= _working(day)
    return day


def _counts(course, day):
    """Whether a day is one of the twenty, told from the articles once more."""
    still = any(
        each.received_on < day <= min(each.answered_on or date.max, _latest(each))
        for each in course.inquiries
    )
    return _working(day) and not still


@given(courses())
def test_between_start_and_due_day_stand_as_many_days_as_the_law_gives(course):
    start = course.received_on
    if course.mending and course.mending.arrived_on:
        start = max(start, course.mending.arrived_on)
    if course.fee and course.fee.paid_on:
        start = max(start, course.fee.paid_on)
    due_on = due(course)
    every = [start + timedelta(days=n) for n in range(1, (due_on - start).days + 1)]
    wanted = 20 + (course.extension.days if course.extension else 0)
    assert sum(_counts(course, day) for day in every) == wanted
    assert _counts(course, due_on)


@given(courses(), st.builds(Inquiry, st.sampled_from(Consulted), days_of_2026))
def test_asking_somebody_never_makes_it_due_earlier(course, inquiry):
    assert due(replace(course, inquiries=(*course.inquiries, inquiry))) >= due(course)


@given(courses())
def test_a_reply_after_its_time_changes_nothing(course):
    late = tuple(
        replace(each, answered_on=latest_reply_on(each, LIMITS, CALENDAR) + ONE_DAY)
        for each in course.inquiries
    )
    silent = tuple(replace(each, answered_on=None) for each in course.inquiries)
    assert due(replace(course, inquiries=late)) == due(replace(course, inquiries=silent))


def test_the_limits_are_those_of_the_regulations():
    assert {limit: each.days for limit, each in LIMITS.items()} == {
        Limit.ANSWER: 20,
        Limit.EXTENSION: 20,
        Limit.MENDING: 7,
        Limit.THIRD_PARTY: 15,
        Limit.BODY: 15,
        Limit.PAYMENT: 20,
    }
