"""When people are reminded: 7, 3, 1 days before, on the day, then again and again."""

from datetime import UTC, datetime

import pytest
from support.paths import SCHEDULES

from bulletin.domain.duties.reminders import Reminding
from bulletin.domain.errors import Misconfigured
from bulletin.schedules.reminders import load_reminders

FILE = SCHEDULES / "reminders.yaml"
PLAN = load_reminders(FILE)


@pytest.mark.parametrize(
    ("days_left", "why"),
    [
        (8, None), (7, Reminding.BEFORE), (6, None), (3, Reminding.BEFORE), (2, None),
        (1, Reminding.BEFORE), (0, Reminding.TODAY), (-1, Reminding.LATE), (-2, None), (-3, None),
        (-4, Reminding.LATE), (-7, Reminding.LATE), (-58, Reminding.LATE), (-60, None),
        (-61, Reminding.LATE), (-64, None), (-91, Reminding.LATE), (-421, Reminding.LATE),
    ],
)  # fmt: skip
def test_who_has_to_act_is_reminded_before_on_and_after_the_day(days_left, why):
    assert PLAN.reminding(days_left) is why


@pytest.mark.parametrize(
    ("days_left", "told"),
    [(0, False), (-4, False), (-5, True), (-6, False), (-8, True), (-11, True)],
)
def test_the_overseer_is_told_of_what_stays_late(days_left, told):
    assert PLAN.reminds_overseer(days_left) is told


@pytest.mark.parametrize(
    ("days_left", "days_since", "why"),
    [
        (2, 1, None), (2, 2, Reminding.BEFORE), (2, 3, Reminding.BEFORE), (6, 30, Reminding.BEFORE),
        (8, 30, None), (-3, 2, None), (-3, 3, Reminding.LATE), (-90, 20, None), (-90, 30, Reminding.LATE),
    ],
)  # fmt: skip
def test_what_fell_on_a_day_that_the_machine_was_off_is_caught_up_with(days_left, days_since, why):
    assert PLAN.reminding(days_left, days_since) is why


@pytest.mark.parametrize(("days_left", "days_since", "told"), [(-6, 1, False), (-6, 2, True)])
def test_the_overseers_reminder_is_caught_up_with_too(days_left, days_since, told):
    assert PLAN.reminds_overseer(days_left, days_since) is told


@pytest.mark.parametrize(
    ("hour", "minute", "may"), [(0, 29, False), (0, 30, True), (11, 59, True), (12, 0, False)]
)
def test_nobodys_phone_rings_at_night(hour, minute, may):
    assert PLAN.may_send(datetime(2026, 10, 9, hour, minute, tzinfo=UTC)) is may  # + 8 hours


@pytest.mark.parametrize(
    ("line", "broken", "fault"),
    [
        ("late_every: 3", "late_every: often", "whole number"),
        ("days_before: [7, 3, 1, 0]", "days_before: [7, -1]", "whole number"),
        ('from: "08:30"', 'from: "early"', "such as"),
        ('until: "20:00"', 'until: "07:00"', "after"),
        ("tries: 4", "trys: 4", "unknown key"),
    ],
)
def test_a_fault_in_the_plan_is_named_with_its_line(tmp_path, line, broken, fault):
    file = tmp_path / "reminders.yaml"
    text = FILE.read_text(encoding="utf-8")
    assert line in text
    file.write_text(text.replace(line, broken), encoding="utf-8")
    with pytest.raises(Misconfigured, match=fault):
        load_reminders(file)
