"""How many wrong tries there are, counted one by one beside the single moment that is kept of them."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.clock import NOON

from bulletin.domain.sign_in.limits import BY_ADDRESS, BY_DEVICE, BY_LOGIN, TryLimit

DAY = timedelta(days=1)


def taken(limit, moments):
    """Which of these tries are taken, all of them wrong."""
    kept, answers = None, []
    for now in moments:
        answers.append(limit.taken_again_at(kept, now) <= now)
        if answers[-1]:
            kept = limit.after_a_try(kept, now)
    return answers


@pytest.mark.parametrize("limit", [BY_LOGIN, BY_ADDRESS, BY_DEVICE])
def test_so_many_tries_are_taken_at_once_and_then_one_at_a_time(limit):
    burst = [NOON] * (limit.at_once + 3)
    assert sum(taken(limit, burst)) == limit.at_once
    assert taken(limit, [*burst, NOON + limit.every])[-1]
    assert not taken(limit, [*burst, NOON + limit.every - timedelta(milliseconds=1)])[-1]


@given(st.lists(st.integers(0, 40), max_size=60))
def test_never_more_tries_than_at_once_and_one_for_each_wait(minutes):
    limit = TryLimit(5, timedelta(minutes=5))
    moments = [NOON + timedelta(minutes=n) for n in sorted(minutes)]
    yes = [m for m, answer in zip(moments, taken(limit, moments), strict=True) if answer]
    for first, start in enumerate(yes):
        for count, end in enumerate(yes[first:], 1):
            assert count <= limit.at_once + (end - start) / limit.every


def test_somebody_at_one_address_guesses_less_than_three_hundred_passwords_of_a_login_a_day():
    moments = [NOON + timedelta(seconds=10 * n) for n in range(24 * 360)]
    assert sum(taken(BY_LOGIN, moments)) < 300


def test_a_hall_of_forty_clerks_with_two_slips_each_is_not_near_the_limit_of_its_address():
    assert all(taken(BY_ADDRESS, [NOON] * (40 * 3)))


def test_tries_of_a_clock_that_was_ahead_keep_nobody_out():
    kept = None
    for _ in range(5):
        kept = BY_LOGIN.after_a_try(kept, NOON + DAY)
    assert BY_LOGIN.taken_again_at(kept, NOON + DAY) > NOON + DAY
    assert BY_LOGIN.taken_again_at(kept, NOON) <= NOON
