"""At which slots a loudspeaker airs, and by which of them a notice must have been aired."""

from datetime import date, datetime, time, timedelta
from itertools import islice

import pytest
from support.clock import NOON

from bulletin.domain.days import VILLAGE_ZONE
from bulletin.domain.outlets.airing import (
    Aired,
    Slot,
    SlotPlan,
    Weekdays,
    airing_due_on,
    airing_refusals,
    next_slots,
    plan_refusals,
    read_slots,
    slot_at,
    slot_just_past,
    slots_text,
    slots_words,
)

MORNING, EVENING = Slot(time(7)), Slot(time(18, 30), Weekdays.WORKDAYS)
BOTH = (MORNING, EVENING)


def at(day, clock):  # of October 2026; the 9th is a Friday
    return datetime.combine(date(2026, 10, day), time.fromisoformat(clock), VILLAGE_ZONE)


def test_slots_are_kept_as_a_line_and_said_as_people_say_them():
    assert slots_text((EVENING, MORNING)) == "07:00/1234567 18:30/12345"
    assert read_slots(slots_text(BOTH)) == BOTH
    assert slots_words((*BOTH, Slot(time(12)))) == "每天07:00、12:00，周一至周五18:30"
    assert (read_slots(""), slots_words(())) == ((), "")


def test_the_next_slots_skip_the_days_on_which_nobody_airs():
    found = list(islice(next_slots(BOTH, at(9, "07:00")), 5))
    assert found == [
        at(9, "07:00"),
        at(9, "18:30"),
        at(10, "07:00"),
        at(11, "07:00"),
        at(12, "07:00"),
    ]
    assert list(next_slots((), NOON)) == []


@pytest.mark.parametrize(
    ("slots", "airings", "codes"),
    [
        (BOTH, 2, []),
        ((), 1, []),
        ((Slot(time(7)), Slot(time(7), Weekdays.SUNDAY)), 1, ["slot_twice"]),
        ((Slot(time(7), Weekdays.WORKDAYS), Slot(time(7), Weekdays.WEEKEND)), 1, []),
        (
            tuple(Slot(time(hour)) for hour in range(7)),
            0,
            ["too_many_slots", "airings_out_of_reach"],
        ),
        (BOTH, 7, ["airings_out_of_reach"]),
    ],
)
def test_a_plan_can_be_kept(slots, airings, codes):
    assert [refusal.code for refusal in plan_refusals(slots, airings)] == codes


@pytest.mark.parametrize(
    ("published", "airings", "due"),
    [
        ("06:59", 1, 9),
        ("07:00", 1, 9),  # the slot of that minute is still to come
        ("07:01", 1, 9),
        ("18:31", 1, 10),
        ("12:00", 2, 10),
        ("12:00", 4, 12),  # on Saturday and Sunday mornings alone
    ],
)
def test_a_notice_is_due_at_the_slot_that_makes_its_airings_full(published, airings, due):
    plans = [SlotPlan(at(1, "08:00"), BOTH, airings)]
    assert airing_due_on(plans, at(9, published), 3) == date(2026, 10, due)


def test_without_slots_the_days_of_the_outlet_count():
    assert airing_due_on([], NOON, 3) == date(2026, 10, 12)
    assert airing_due_on([SlotPlan(at(1, "08:00"), (), 2)], NOON, 0) == date(2026, 10, 9)


def test_a_later_plan_makes_nobody_late_and_nobody_less_late():
    plans = [
        SlotPlan(at(1, "08:00"), (Slot(time(7), Weekdays.SUNDAY),)),
        SlotPlan(at(10, "08:00"), BOTH, 2),
    ]
    assert airing_due_on(plans, at(9, "12:00"), 3) == date(2026, 10, 11)
    assert airing_due_on(plans, at(10, "09:00"), 3) == date(2026, 10, 12)
    assert airing_due_on(plans[1:], at(9, "12:00"), 3) == date(2026, 10, 12)


@pytest.mark.parametrize(
    ("moment", "slot"),
    [("06:20", "07:00"), ("07:00", "07:00"), ("08:00", "07:00"), ("08:01", ""), ("18:29", "18:30")],
)
def test_what_began_within_an_hour_of_a_slot_was_meant_for_it(moment, slot):
    assert slot_at(BOTH, at(9, moment)) == slot


@pytest.mark.parametrize(
    ("slot", "day", "moment", "found"),
    [
        (Slot(time(23, 50)), 9, "00:05", (date(2026, 10, 8), "23:50")),
        (Slot(time(0, 5)), 9, "23:50", (date(2026, 10, 10), "00:05")),
        (Slot(time(23, 50), Weekdays.FRIDAY), 10, "00:05", (date(2026, 10, 9), "23:50")),
        (Slot(time(23, 50), Weekdays.SATURDAY), 10, "00:05", (date(2026, 10, 10), "00:05")),
    ],
)
def test_a_slot_at_midnight_is_the_one_of_its_own_day(slot, day, moment, found):
    aired = at(day, moment)
    assert Aired(aired, slot_at((slot,), aired)).place == found


def test_two_evenings_before_midnight_are_two_airings():
    late = Slot(time(23, 50))
    first, second = (Aired(at(9, clock), late.name) for clock in ("00:05", "23:55"))
    assert airing_refusals(second, [first], 2) == ()
    again = Aired(at(10, "00:10"), late.name)
    assert [each.code for each in airing_refusals(again, [second], 2)] == ["aired_already"]
    published = at(8, "12:00")
    assert slot_just_past((late,), published, at(10, "09:00"), [first, second]) is None


def test_the_slot_just_past_is_offered_until_somebody_said_it():
    now, published = at(10, "09:00"), at(9, "12:00")
    morning, evening = Aired(at(10, "07:05"), "07:00"), Aired(at(9, "18:30"), "18:30")
    offered = [
        slot_just_past(BOTH, published, now, given) for given in ([], [morning], [morning, evening])
    ]
    assert offered == [at(10, "07:00"), at(9, "18:30"), None]
    assert slot_just_past((), published, now, []) is None


def test_a_slot_is_recorded_once_a_day():
    evening = Aired(at(9, "18:30"), "18:30")
    codes = [
        [refusal.code for refusal in airing_refusals(new, [evening], times)]
        for new, times in (
            (Aired(at(9, "18:40"), "18:30"), 2),
            (Aired(at(12, "18:30"), "18:30"), 2),
            (Aired(at(9, "12:00") + timedelta(seconds=5), ""), 10),
        )
    ]
    assert codes == [["aired_already"], [], ["times_out_of_reach"]]
