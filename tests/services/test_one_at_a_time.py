"""What many ask for at one moment is made once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest

from bulletin.services import one_at_a_time
from bulletin.services.one_at_a_time import OneAtATime

PATIENCE = 10  # seconds


def test_who_comes_while_it_is_made_waits_and_finds_it():
    making, made, came = OneAtATime(), [], Barrier(8)

    def ask():
        came.wait(PATIENCE)
        with making.taking("页"):
            if not made:
                made.append("一次")
        return made[0]

    with ThreadPoolExecutor(8) as threads:
        assert [each.result() for each in [threads.submit(ask) for _ in range(8)]] == ["一次"] * 8
    assert made == ["一次"]


def test_other_things_keep_nobody_waiting():
    making, together = OneAtATime(), Barrier(2)

    def ask(thing):
        with making.taking(thing):
            together.wait(PATIENCE)  # both are at it at one time, or this breaks
        return thing

    with ThreadPoolExecutor(2) as threads:
        assert set(threads.map(ask, ("甲", "乙"))) == {"甲", "乙"}


def test_one_who_fails_lets_the_next_try():
    making, begun = OneAtATime(), Event()

    def fail():
        with making.taking("页"):
            begun.set()
            raise OSError

    def ask():
        begun.wait(PATIENCE)
        with making.taking("页"):
            return "好"

    with ThreadPoolExecutor(2) as threads:
        failed, asked = threads.submit(fail), threads.submit(ask)
        assert asked.result(PATIENCE) == "好"
        with pytest.raises(OSError):
            failed.result(PATIENCE)


def test_nothing_is_left_of_what_was_taken():
    making = OneAtATime()
    with making.taking("甲"), making.taking("乙"):
        pass
    assert not making._turns


def test_who_waits_for_one_that_hangs_goes_ahead(monkeypatch):
    monkeypatch.setattr(one_at_a_time, "PATIENCE", 0.1)
    making, hanging, over = OneAtATime(), Event(), Event()

    def hang():
        with making.taking("页"):
            hanging.set()
            over.wait(PATIENCE)

    with ThreadPoolExecutor(1) as threads:
        hung = threads.submit(hang)
        hanging.wait(PATIENCE)
        with making.taking("页"):
            assert not hung.done()
        over.set()
    assert not making._turns
