"""A year of 200 requests: every last day is counted once more, day by day and in another way; and when a confirmation is late."""

import random
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.information_requests import CALENDAR, RULES

from bulletin.domain.oversight.requests.clock import Limit, clock_of
from bulletin.domain.oversight.requests.course import (
    Consulted,
    Course,
    Extension,
    Fee,
    Inquiry,
    Mending,
    ReceivedBy,
)
from bulletin.domain.oversight.requests.steps import why_confirmed_late

LIMITS = RULES.limits
YEAR = date(2026, 1, 1)


def workdays_after(day, count):
    """The nth working day after a day, by walking."""
    while count:
        day += timedelta(days=1)
        count -= CALENDAR.is_workday(day)
    return day


def counted_otherwise(course):
    """The last day: the days that count are put on a list, and the last one of as many as there are is taken."""
    start = course.received_on
    if course.mending and course.mending.arrived_on:
        start = max(start, course.mending.arrived_on)
    if course.fee and course.fee.paid_on:
        start = max(start, course.fee.paid_on)
    stopped = set()
    for inquiry in course.inquiries:
        limit = Limit.THIRD_PARTY if inquiry.kind is Consulted.THIRD_PARTY else Limit.BODY
        last = workdays_after(inquiry.received_on, LIMITS[limit].days)
        end = min(inquiry.answered_on, last) if inquiry.answered_on else last
        day = inquiry.received_on + timedelta(days=1)
        while day <= end:
            stopped.add(day)
            day += timedelta(days=1)
    days = (start + timedelta(days=n) for n in range(1, 400))
    counting = [day for day in days if CALENDAR.is_workday(day) and day not in stopped]
    return counting[
        LIMITS[Limit.ANSWER].days + (course.extension.days if course.extension else 0) - 1
    ]


def a_course(chance):
    """One request as a year brings it: mended, extended, with opinions of others, with a fee, or plain."""
    received = YEAR + timedelta(days=chance.randrange(365))

    def later(most):
        return received + timedelta(days=chance.randrange(1, most))

    mending = fee = extension = None
    if chance.random() < 0.3:
        asked = later(7)
        arrived = asked + timedelta(days=chance.randrange(1, 20))
        mending = Mending(asked, arrived, arrived if chance.random() < 0.8 else None)
    if chance.random() < 0.1:
        told = later(15)
        fee = Fee(told, told + timedelta(days=chance.randrange(1, 15)))
    if chance.random() < 0.2:
        extension = Extension(later(20), chance.randrange(1, 21), "王主任")
    inquiries = tuple(
        Inquiry(
            chance.choice(list(Consulted)),
            asked,
            asked + timedelta(days=chance.randrange(1, 40)) if chance.random() < 0.7 else None,
            f"第{n}家",
        )
        for n in range(chance.choice((0, 0, 0, 1, 2)))
        for asked in [later(18)]
    )
    return Course(
        received_on=received,
        received_by=chance.choice(list(ReceivedBy)),
        mending=mending,
        extension=extension,
        inquiries=inquiries,
        fee=fee,
    )


@pytest.mark.parametrize("seed", [18, 2026])
def test_the_last_day_of_each_of_200_requests_is_the_one_of_an_independent_count(seed):
    chance = random.Random(seed)
    courses = [a_course(chance) for _ in range(200)]
    assert sum(bool(course.inquiries) for course in courses) > 40
    for course in courses:
        assert clock_of(course, LIMITS, CALENDAR).due_on == counted_otherwise(course), course


days = st.dates(min_value=date(2026, 1, 1), max_value=date(2026, 12, 31))


@given(
    st.sampled_from(ReceivedBy), days, st.integers(0, 30), st.sampled_from(["", " ", "联系不上"])
)
def test_a_confirmation_is_late_only_where_the_law_counts_from_it(by, arrived_on, after, reason):
    confirmed_on = arrived_on + timedelta(days=after)
    limit = RULES.confirmation
    refused = why_confirmed_late(by, arrived_on, confirmed_on, reason, limit, CALENDAR)
    if not by.is_confirmed_first or reason.strip() or not after:
        assert not refused
    elif by is ReceivedBy.PLAIN_POST:
        assert [each.code for each in refused] == ["confirmed_late"]
    else:
        assert bool(refused) == (confirmed_on > workdays_after(arrived_on, limit.days))
    assert all("第三十一条" in each.sentence for each in refused)
