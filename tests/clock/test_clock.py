"""The clock is an alarm clock: it wakes up at the due moment and catches up after an outage."""

import threading
import time
from datetime import timedelta

import pytest
from sqlalchemy.exc import OperationalError
from support.builders import a_notice, found_village

from bulletin.clock import scheduler
from bulletin.clock.jobs import ELSEWHERE, TICKS, read_clock, tick_once
from bulletin.clock.scheduler import Scheduler
from bulletin.domain.notices.workflow import State
from bulletin.domain.ticks import COPY_TICK, PUBLISH_TICK
from bulletin.services.access import edition_for
from bulletin.services.notices.overview import edition_rows
from bulletin.services.one_by_one import SomeFailed
from bulletin.services.public.front_pages import front_page

pytestmark = pytest.mark.slow


@pytest.fixture
def village(site):
    """A village of today: the clock is real here."""
    return found_village(site, read_clock() - timedelta(days=1))


def state_of(village, notice):
    with village.site.sessions.reading() as session:
        return edition_for(session, village.operator, notice.code).state


def waited_for(condition, seconds=10):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    return False


def a_dated_notice(village, publish_at):
    return a_notice(village, read_clock(), item="affairs.meeting_decisions", publish_at=publish_at)


def test_every_tick_of_the_schedule_has_its_verb(site):
    assert {tick.name for tick in site.ticks} == {*TICKS, COPY_TICK}


def test_a_notice_is_recorded_at_its_moment_and_not_at_the_next_minute(village):
    due = read_clock() + timedelta(seconds=2)
    notice = a_dated_notice(village, due).approved()
    clock = Scheduler(village.site)
    clock.start()
    try:
        assert state_of(village, notice) is State.SCHEDULED
        assert waited_for(lambda: state_of(village, notice) is State.PUBLISHED)
    finally:
        clock.stop()
    with village.site.sessions.reading() as session:
        lateness = edition_for(session, village.operator, notice.code).published_at - due
    assert timedelta(0) <= lateness < timedelta(seconds=3)


def test_starting_makes_good_what_an_outage_left_undone(village):
    due = read_clock() + timedelta(milliseconds=300)
    notice = a_dated_notice(village, due).approved()
    time.sleep(0.4)
    clock = Scheduler(village.site)
    clock.start()
    clock.stop()
    assert state_of(village, notice) is State.PUBLISHED


def test_at_a_rehearsal_it_is_woken_by_the_time_that_is_rehearsed(village):
    ahead = timedelta(days=30)
    notice = a_dated_notice(village, read_clock() + ahead + timedelta(seconds=2)).approved()
    clock = Scheduler(village.site, lambda: read_clock() + ahead)
    clock.start()
    try:
        assert waited_for(lambda: state_of(village, notice) is State.PUBLISHED)
    finally:
        clock.stop()


def test_two_sweeps_at_once_publish_it_once(village):
    due = read_clock() + timedelta(milliseconds=100)
    notice = a_dated_notice(village, due).approved()
    time.sleep(0.2)
    said = []
    sweeps = [
        threading.Thread(
            target=lambda: said.append(tick_once(village.site, read_clock())["publish"])
        )
        for _ in range(4)
    ]
    for sweep in sweeps:
        sweep.start()
    for sweep in sweeps:
        sweep.join()
    assert sorted(said) == ["published 0"] * 3 + ["published 1"]
    assert state_of(village, notice) is State.PUBLISHED


def test_every_sweep_leaves_a_heartbeat_that_residents_see(village):
    now = read_clock()
    assert front_page(village.site, now).heartbeat_late
    tick_once(village.site, now)
    assert not front_page(village.site, now).heartbeat_late
    assert front_page(village.site, now + timedelta(minutes=11)).heartbeat_late


def test_the_row_says_published_also_before_the_record_does(village):
    due = read_clock() + timedelta(seconds=1)
    notice = a_dated_notice(village, due).approved()
    (row,) = edition_rows(village.site, village.operator, notice.code, due)
    assert row.state is State.PUBLISHED


def test_what_another_clock_does_just_now_is_tried_again_before_the_next_minute(site, monkeypatch):
    """Clocks that began at one second would meet each minute, and one of them never get its turn."""
    monkeypatch.setattr(scheduler, "AGAIN", timedelta(milliseconds=200))
    said = iter([ELSEWHERE, ELSEWHERE])
    runs = []

    def keep(_site, _now):
        runs.append(read_clock())
        return next(said, "is up to date")

    clock = Scheduler(site, further={COPY_TICK: keep})
    clock.start()
    try:
        assert waited_for(lambda: len(runs) == 3)
        time.sleep(0.5)
        assert len(runs) == 3, "once it is done, only with the next minute"
    finally:
        clock.stop()


def test_a_clock_outlives_a_database_that_goes_away_when_somebody_was_left_out(site, monkeypatch):
    def leave_out(_site, _now):
        raise SomeFailed({"edition 1": ValueError("of this one alone")})

    def away(*_asked):
        raise OperationalError("SELECT 1", {}, OSError("连接断了"))

    monkeypatch.setitem(scheduler.TICKS, PUBLISH_TICK, leave_out)
    monkeypatch.setattr(scheduler, "next_due_at", away)
    clock = Scheduler(site)
    clock.start()  # a round of each tick
    clock.stop()
