"""播音: slots, airings, what is still to be aired, and the log of a month."""

from datetime import date, time, timedelta

import pytest
from sqlalchemy import text
from support.builders import ANotice, a_notice
from support.clock import NOON

from bulletin.domain.deadlines.periods import Every, Period
from bulletin.domain.errors import NotFoundError, Refused
from bulletin.domain.outlets.airing import Slot
from bulletin.domain.outlets.paste import ReadOut
from bulletin.domain.outlets.rules import OutletKind
from bulletin.services.desk.outlet_cards import outlet_cards
from bulletin.services.notices import end
from bulletin.services.operations.verify import verify
from bulletin.services.outlets.airing_log import airing_log, airing_places
from bulletin.services.outlets.change_slots import airing_plan, plan_airings
from bulletin.services.outlets.outlets import outlets
from bulletin.services.outlets.record_aired import (
    correct_airing,
    record_airing,
    withdraw_airing,
)
from bulletin.services.outlets.record_sent import record_sending, withdraw_sending
from bulletin.services.outlets.register_outlet import NewOutlet, end_outlet, register_outlet
from bulletin.services.outlets.script import broadcast_script, loudspeakers_for
from bulletin.services.outlets.to_send import outlet_work
from bulletin.store import schema

ASKED = "government.land_preannouncement"  # the catalog names it for the loudspeaker
DAILY = (Slot(time(7)), Slot(time(18, 30)))
EVENING, MORNING = NOON + timedelta(hours=6.5), NOON + timedelta(hours=19)


def loudspeaker(village, *, of="张家村", slots=DAILY, airings=2, days=0, name="村广播"):
    new = NewOutlet(name=name, kind=OutletKind.BROADCAST, village_id=village.ids[of], days=days)
    outlet_id = register_outlet(village.site, village.zheng, new, NOON)
    if slots:
        plan_airings(village.site, village.zheng, outlet_id, slots, airings, NOON)
    return outlet_id


def air(village, outlet_id, notice, now, *, at=None, times=2, login="li"):
    choice = ReadOut(times=times)
    person = village.people[login]
    return record_airing(
        village.site, person, outlet_id, notice.code, now, aired_at=at, choice=choice
    )


def tasks(village, now=NOON):
    page = outlet_work(village.site, village.li, now).page
    return [(task.code, task.due_on, task.sent, task.wanted) for task in page.lines]


def script(village, outlet_id, notice, now=NOON, choice=ReadOut()):  # noqa: B008 - frozen
    return broadcast_script(village.site, village.li, outlet_id, notice.code, now, choice)


def log(village, login="li", month=date(2026, 10, 31)):
    of_month = Period.containing(Every.MONTH, month)
    return airing_log(village.site, village.people[login], village.id, of_month)


def codes_of(refusing, *args, **facts):
    with pytest.raises(Refused) as refused:
        refusing(*args, **facts)
    return refused.value.codes


def test_a_notice_is_to_be_aired_in_two_slots_and_is_done_after_the_second(zhangjia):
    speaker = loudspeaker(zhangjia)
    notice = a_notice(zhangjia, NOON, item=ASKED).approved()
    tomorrow = date(2026, 10, 10)
    assert tasks(zhangjia) == [(notice.code, tomorrow, 0, 2)]
    assert script(zhangjia, speaker, notice, EVENING).slot == EVENING
    assert air(zhangjia, speaker, notice, EVENING, at=EVENING) == 1
    assert tasks(zhangjia, EVENING) == [(notice.code, tomorrow, 1, 2)]
    (card,) = outlet_cards(zhangjia.site, zhangjia.li, NOON + timedelta(days=2))
    assert (card.when, card.detail) == ("迟1天", "张家村 · 上村广播，播2次，已播1次")
    assert card.target == f"{speaker}/{notice.code}/script"
    ready = script(zhangjia, speaker, notice, MORNING)
    assert (ready.slot, ready.due_on, len(ready.aired)) == (MORNING, tomorrow, 1)
    assert air(zhangjia, speaker, notice, MORNING) == 0
    assert tasks(zhangjia, MORNING) == []
    ready = script(zhangjia, speaker, notice, MORNING)
    assert (ready.due_on, len(ready.aired), ready.slot) == (None, 2, None)
    assert air(zhangjia, speaker, notice, MORNING + timedelta(hours=3)) == 0, "once more"
    assert verify(zhangjia.site).sound


def test_two_readings_in_one_slot_are_one_airing(zhangjia):
    speaker = loudspeaker(zhangjia)
    notice = a_notice(zhangjia, NOON, item=ASKED).approved()
    air(zhangjia, speaker, notice, EVENING)
    assert codes_of(air, zhangjia, speaker, notice, EVENING + timedelta(minutes=10)) == (
        "aired_already",
    )
    early = codes_of(air, zhangjia, speaker, notice, EVENING, at=NOON - timedelta(hours=1))
    late = codes_of(air, zhangjia, speaker, notice, EVENING, at=MORNING)
    assert (early, late) == (("sent_too_early",), ("sent_in_future",))
    assert codes_of(air, zhangjia, speaker, notice, MORNING, times=0) == ("times_out_of_reach",)


def test_new_slots_leave_what_was_published_before_as_it_was(zhangjia):
    speaker = loudspeaker(zhangjia, slots=())
    done = a_notice(zhangjia, NOON, item=ASKED).approved()
    air(zhangjia, speaker, done, NOON)
    plan_airings(zhangjia.site, zhangjia.li, speaker, DAILY, 3, NOON + timedelta(hours=1))
    assert tasks(zhangjia, EVENING) == []
    later = a_notice(zhangjia, EVENING, item=ASKED).approved()
    assert tasks(zhangjia, EVENING) == [(later.code, date(2026, 10, 10), 0, 3)]
    view = airing_plan(zhangjia.site, zhangjia.li, speaker)
    assert (view.plan.slots, view.plan.airings) == (DAILY, 3)
    assert [(line.slots, line.airings, line.by) for line in view.lines] == [
        ("每天07:00、18:30", 3, "李示例")
    ]
    (line,) = outlets(zhangjia.site, zhangjia.li, NOON)
    assert (line.slots, line.airings, line.may_plan) == ("每天07:00、18:30", 3, True)


def test_a_correction_is_aired_anew_and_what_was_said_can_not_be_taken_back(zhangjia):
    speaker = loudspeaker(zhangjia, airings=1)
    notice = a_notice(zhangjia, NOON, item=ASKED).approved()
    air(zhangjia, speaker, notice, EVENING)
    assert tasks(zhangjia, EVENING) == []
    ANotice(zhangjia, notice.code, EVENING).corrected()
    assert [code for code, *_ in tasks(zhangjia, EVENING)] == [notice.code]
    end.take_down(zhangjia.site, zhangjia.li, notice.code, "写错了", EVENING)
    work = outlet_work(zhangjia.site, zhangjia.li, EVENING)
    assert (work.count, work.remove) == (0, ())
    assert codes_of(script, zhangjia, speaker, notice, EVENING) == ("nothing_to_send",)


def test_any_notice_can_be_aired_but_no_list_of_people(zhangjia):
    speaker = loudspeaker(zhangjia)
    accounts = a_notice(zhangjia, NOON).approved()
    assert tasks(zhangjia) == []
    ready = script(zhangjia, speaker, accounts)
    assert (ready.due_on, ready.wanted) == (None, 2)
    li, zhou = zhangjia.li, zhangjia.people["zhou"]
    assert loudspeakers_for(zhangjia.site, li, accounts.code, NOON) == {speaker: "村广播"}
    air(zhangjia, speaker, accounts, EVENING)
    assert [line.title for line in log(zhangjia).lines] == [ready.title]
    low = a_notice(zhangjia, NOON, item="government.low_income_review")
    assert codes_of(script, zhangjia, speaker, low) == ("personal",)
    assert loudspeakers_for(zhangjia.site, li, low.code, NOON) == {}
    assert airing_places(zhangjia.site, zhou) == {}


def test_the_log_says_slot_length_and_who_and_keeps_what_was_corrected(zhangjia):
    speaker = loudspeaker(zhangjia)
    notice = a_notice(zhangjia, NOON, item=ASKED).approved()
    air(zhangjia, speaker, notice, EVENING, at=EVENING + timedelta(minutes=-20))
    air(zhangjia, speaker, notice, MORNING + timedelta(hours=4), times=1)
    first, second = log(zhangjia).lines
    assert (first.on, first.at, first.slot, first.times, first.by) == (
        date(2026, 10, 9),
        "18:10",
        "18:30",
        2,
        "李示例",
    )
    assert (second.slot, second.at, second.times) == ("", "11:00", 1)
    assert first.length.endswith("秒")
    now = MORNING + timedelta(hours=5)
    site, li = zhangjia.site, zhangjia.li
    right = MORNING + timedelta(minutes=5)
    facts = {"aired_at": right, "times": 2}
    assert codes_of(correct_airing, site, li, second.sending_id, now, **facts, reason=" ") == (
        "reason_missing",
    )
    correct_airing(site, li, second.sending_id, now, **facts, reason="记成了后来的时间")
    same = {"aired_at": EVENING, "times": 2, "reason": "重了"}
    again = codes_of(correct_airing, site, li, second.sending_id, now, **same)
    assert again == ("withdrawn_already",)
    withdraw_airing(site, li, first.sending_id, now, reason="那天停电，没有播")
    kept = log(zhangjia)
    assert [(line.slot, line.at, line.times) for line in kept.lines] == [("07:00", "07:05", 2)]
    assert [
        (made.was.at, made.became and made.became.at, made.reason) for made in kept.corrected
    ] == [
        ("18:10", None, "那天停电，没有播"),
        ("11:00", "07:05", "记成了后来的时间"),
    ]
    assert [code for code, *_ in tasks(zhangjia, now)] == [notice.code], "once more to be aired"
    assert log(zhangjia, month=date(2026, 11, 1)).lines == ()


def test_what_began_after_midnight_stands_on_the_day_of_its_slot(zhangjia):
    speaker = loudspeaker(zhangjia, slots=(Slot(time(23, 50)),))
    notice = a_notice(zhangjia, NOON, item=ASKED).approved()
    after_midnight = NOON + timedelta(hours=12, minutes=5)
    air(zhangjia, speaker, notice, after_midnight)
    air(zhangjia, speaker, notice, after_midnight + timedelta(hours=23, minutes=50))
    assert [
        (line.slot_on.day, line.slot, line.on.day, line.at) for line in log(zhangjia).lines
    ] == [
        (9, "23:50", 10, "00:05"),
        (10, "23:50", 10, "23:55"),
    ]


def test_no_slot_is_offered_that_came_before_the_plan(zhangjia):
    speaker = loudspeaker(zhangjia, slots=())
    notice = a_notice(zhangjia, NOON, item=ASKED).approved()
    made = EVENING + timedelta(hours=1)
    plan_airings(zhangjia.site, zhangjia.li, speaker, DAILY, 1, made)
    assert script(zhangjia, speaker, notice, made + timedelta(minutes=5)).slot is None
    assert script(zhangjia, speaker, notice, MORNING).slot == MORNING


def test_how_often_it_was_read_is_put_right_in_the_minute_of_publication(zhangjia):
    published = NOON + timedelta(seconds=30)
    speaker = loudspeaker(zhangjia, slots=())
    notice = a_notice(zhangjia, published, item=ASKED).approved()
    now = published + timedelta(seconds=20)
    air(zhangjia, speaker, notice, now)
    (line,) = log(zhangjia).lines
    correct = (correct_airing, zhangjia.site, zhangjia.li, line.sending_id, now)
    before = {"aired_at": NOON - timedelta(minutes=1), "times": 1, "reason": "只念了一遍"}
    assert codes_of(*correct, **before) == ("sent_too_early",)
    correct_airing(*correct[1:], **before | {"aired_at": NOON})
    assert [(each.at, each.times) for each in log(zhangjia).lines] == [("12:00", 1)]


def test_a_loudspeaker_that_ended_takes_corrections_and_nothing_new(zhangjia):
    site, li = zhangjia.site, zhangjia.li
    speaker = loudspeaker(zhangjia)
    notice = a_notice(zhangjia, NOON, item=ASKED).approved()
    air(zhangjia, speaker, notice, EVENING)
    end_outlet(site, zhangjia.zheng, speaker, MORNING)
    ended = ("outlet_ended",)
    assert codes_of(air, zhangjia, speaker, notice, MORNING) == ended
    assert codes_of(script, zhangjia, speaker, notice, MORNING) == ended
    assert codes_of(plan_airings, site, li, speaker, DAILY, 1, MORNING) == ended
    assert airing_plan(site, li, speaker).plan.slots == DAILY, "it is still read"
    (line,) = log(zhangjia).lines
    facts = {"aired_at": EVENING, "times": 1, "reason": "只念了一遍"}
    correct_airing(site, li, line.sending_id, MORNING, **facts)
    assert [each.times for each in log(zhangjia).lines] == [1]


def test_a_correction_takes_no_slot_that_another_airing_has(zhangjia):
    speaker = loudspeaker(zhangjia)
    notice = a_notice(zhangjia, NOON, item=ASKED).approved()
    air(zhangjia, speaker, notice, EVENING)
    air(zhangjia, speaker, notice, MORNING)
    line = log(zhangjia).lines[1]
    correct = (correct_airing, zhangjia.site, zhangjia.li, line.sending_id, MORNING)
    assert codes_of(*correct, aired_at=EVENING, times=2, reason="记错") == ("aired_already",)
    assert codes_of(*correct, aired_at=MORNING, times=2, reason="记错") == ("nothing_changes",)


def test_a_loudspeaker_is_planned_aired_and_read_by_its_own_people(zhangjia):
    site, zhou, li = zhangjia.site, zhangjia.people["zhou"], zhangjia.li
    speaker = loudspeaker(zhangjia)
    notice = a_notice(zhangjia, NOON, item=ASKED).approved()
    role = ("not_your_role",)
    assert codes_of(plan_airings, site, zhou, speaker, DAILY, 1, NOON) == role
    assert codes_of(air, zhangjia, speaker, notice, EVENING, login="zhou") == role
    with pytest.raises(NotFoundError):
        log(zhangjia, "zhou")
    air(zhangjia, speaker, notice, EVENING)
    assert log(zhangjia, "zheng").is_served is False
    sending = log(zhangjia).lines[0].sending_id
    assert codes_of(withdraw_sending, site, li, sending, EVENING) == ("is_aired",)
    assert codes_of(record_sending, site, li, speaker, notice.code, EVENING) == ("is_aired",)
    assert codes_of(plan_airings, site, li, speaker, DAILY, 9, NOON) == ("airings_out_of_reach",)
    website = NewOutlet(name="县政府网站", kind=OutletKind.WEBSITE, village_id=zhangjia.id)
    other = register_outlet(site, zhangjia.zheng, website, NOON)
    for asks in (
        lambda: plan_airings(site, li, other, DAILY, 1, NOON),
        lambda: script(zhangjia, other, notice),
        lambda: script(zhangjia, 999, notice),
    ):
        with pytest.raises(NotFoundError):
            asks()


def test_a_township_airs_for_all_its_villages_with_a_log_of_its_own(zhangjia):
    speaker = loudspeaker(zhangjia, of=None, name="乡广播")
    notice = a_notice(zhangjia, NOON, item=ASKED).approved()
    tian = zhangjia.people["tian"]
    assert [task.outlet for task in outlet_work(zhangjia.site, tian, NOON).page.lines] == ["乡广播"]
    air(zhangjia, speaker, notice, EVENING, login="tian")
    (line,) = airing_log(
        zhangjia.site, tian, None, Period.containing(Every.MONTH, NOON.date())
    ).lines
    assert (line.village, line.by) == ("张家村", "田示例")
    assert airing_places(zhangjia.site, zhangjia.zheng) == {None: "乡镇"}


def test_what_an_earlier_release_knew_of_loudspeakers_is_in_the_log(zhangjia):
    speaker = loudspeaker(zhangjia)
    notice = a_notice(zhangjia, NOON, item=ASKED).approved()
    air(zhangjia, speaker, notice, EVENING)
    air(zhangjia, speaker, notice, MORNING)
    engine = zhangjia.site.sessions.engine
    schema.downgrade(engine, "0049")
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM sending")).scalar() == 2
    schema.upgrade(engine)
    assert tasks(zhangjia, MORNING) == []
    lines = log(zhangjia).lines
    assert [(line.at, line.slot, line.times, line.length) for line in lines] == [
        ("18:30", "", None, ""),
        ("07:00", "", None, ""),
    ]
    correct_airing(
        zhangjia.site,
        zhangjia.li,
        lines[0].sending_id,
        MORNING,
        aired_at=EVENING,
        times=2,
        reason="补记念了几遍",
    )
