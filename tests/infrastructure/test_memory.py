"""A process that serves searches seldom for garbage, and never among what it has loaded."""

import gc
import importlib

import pytest

from bulletin import __main__
from bulletin.memory import settle


@pytest.fixture
def searches():
    """Every search for garbage since the process settled, as it does when all tests are known."""
    seen = []

    def note(phase, about):
        if phase == "start":
            seen.append(about["generation"])

    settle()
    gc.callbacks.append(note)
    yield seen
    gc.callbacks.remove(note)


def test_a_long_read_is_hardly_interrupted(searches):
    rows = [[number] for number in range(60_000)]
    assert len(rows) == 60_000
    assert 1 <= len(searches) <= 4


def test_what_was_loaded_is_not_looked_at_again(searches):
    assert gc.get_freeze_count() > 10_000
    gc.collect()
    assert len(gc.get_objects()) < 10_000


def test_a_process_that_loads_the_command_line_and_begins_elsewhere_searches_all_the_same():
    importlib.reload(__main__)
    assert gc.isenabled()
