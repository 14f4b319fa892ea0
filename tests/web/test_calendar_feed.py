"""The private calendar of a phone: what is due, and nothing for whoever has not the address."""

import re
from datetime import date, timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import select, text
from support.builders import a_notice
from support.clock import NOON

from bulletin.services.desk import calendar_feed
from bulletin.services.notices import publish
from bulletin.services.people import manage_accounts
from bulletin.store.people import Appointment


def subscribe(client):
    page = client.post("/account/calendar", data={"sure": "yes"}, follow_redirects=True)
    address = re.search(r"<code>(https://[^<]+)</code>", page.text)[1]
    return address.removeprefix("https://gk.huzhu.example.cn")


def events(client, path):
    answer = client.get(path)
    assert answer.mimetype == "text/calendar"
    assert b"\r\n" in answer.data
    return {
        str(event["summary"]): event for event in Calendar.from_ical(answer.data).walk("VEVENT")
    }


def test_a_first_address_is_said_to_be_new_and_one_press_gives_it_to_the_phone(signed_in):
    li = signed_in("li")
    first = li.post("/account/calendar", follow_redirects=True).text
    assert "日历地址有了" in first
    address = re.search(r"<code>https://([^<]+)</code>", first)[1]
    assert f'href="webcal://{address}"' in first
    assert "旧地址马上不能用" in li.post("/account/calendar").text, "asked first"
    assert address in li.get("/account/calendar").text
    again = li.post("/account/calendar", data={"sure": "yes"}, follow_redirects=True).text
    assert "旧的不能再用" in again


def test_a_liaison_finds_what_is_due_on_its_day(signed_in, resident):
    path = subscribe(signed_in("li"))
    found = events(resident, path)
    event = found["最迟今天公开：村级财务收支情况（2026年第三季度）"]
    assert event["dtstart"].dt == date(2026, 10, 15)
    assert event["dtend"].dt == date(2026, 10, 16)
    (alarm,) = event.walk("VALARM")
    assert alarm["trigger"].dt == -timedelta(days=2, hours=15)
    assert str(event["uid"]).endswith("@gk.huzhu.example.cn")


def test_what_is_done_leaves_and_what_is_late_says_so(app, signed_in, resident, zhangjia):
    path = subscribe(signed_in("li"))
    a_notice(zhangjia, NOON).approved()
    publish.publish_due(zhangjia.site, NOON)
    assert not any("村级财务收支情况" in summary for summary in events(resident, path))
    app.extensions["clock"] = lambda: NOON + timedelta(days=10)
    assert any(summary.startswith("逾期：") for summary in events(resident, path))


def test_the_overseer_gets_one_entry_a_day_for_all_villages(signed_in, resident):
    found = events(resident, subscribe(signed_in("wu")))
    (entry,) = (
        e for s, e in found.items() if e["dtstart"].dt == date(2026, 10, 15) and "处共" in s
    )
    assert "张家村" in str(entry["description"])
    assert "白马村" in str(entry["description"])


def test_a_neighbours_duties_are_not_in_it(signed_in, resident, zhangjia):
    mine = resident.get(subscribe(signed_in("zhou"))).text
    assert "白马村" in mine
    assert "张家村" not in mine


def test_a_new_address_kills_the_old_one(signed_in, resident):
    li = signed_in("li")
    old = subscribe(li)
    new = subscribe(li)
    assert resident.get(old).status_code == 404
    answer = resident.get(new)
    assert answer.status_code == 200
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert answer.headers["Cache-Control"].startswith("private")


def test_who_has_left_has_no_calendar(signed_in, app, resident, zhangjia):
    path = subscribe(signed_in("li"))
    with zhangjia.site.sessions.reading() as session:
        held = session.scalars(
            select(Appointment.id).where(Appointment.person_id == zhangjia.li.id)
        ).all()
    for appointment in held:
        manage_accounts.end_appointment(zhangjia.site, zhangjia.zheng, appointment, NOON)
    app.extensions["clock"] = lambda: NOON + timedelta(days=1)
    assert resident.get(path).status_code == 404


@pytest.mark.parametrize("token", ["x", "0" * 32, "%00", "None"])
def test_a_guessed_address_opens_nothing(resident, zhangjia, token):
    assert resident.get(f"/calendar/{token}.ics").status_code in {400, 404}


def test_the_address_is_in_no_history(signed_in, zhangjia):
    subscribe(signed_in("li"))
    token = calendar_feed.calendar_token(zhangjia.site, zhangjia.li)
    with zhangjia.site.sessions.reading() as session:
        told = session.execute(text("SELECT facts FROM history_entry")).all()
    assert token not in str(told)
