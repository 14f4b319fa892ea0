"""Nobody can say they didn't know: who is told, when, once a day, until it arrives."""

import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from support.builders import LEDGER, a_notice
from support.clock import NOON
from support.robot_server import robots

from bulletin.domain.contacts.methods import ContactMethod, address_words, checked_address
from bulletin.domain.duties.reminders import Reminding
from bulletin.domain.errors import NotFoundError, Refused
from bulletin.messaging.notifier import Notifier
from bulletin.services.duties.overview import duty_lines
from bulletin.services.notices import end
from bulletin.services.notices.drafts import draft
from bulletin.services.oversight.remind import SUBJECT, remind
from bulletin.services.oversight.reminder_text import message_text
from bulletin.services.oversight.task_due import Due
from bulletin.services.oversight.undelivered import undelivered
from bulletin.services.people import change_contact, manage_accounts
from bulletin.services.people.directory import people
from bulletin.store.reminders import Message, Reminder

DUE = date(2026, 10, 15)  # of the accounts and other quarterly items


@pytest.fixture
def village(zhangjia, mailbox):
    """张家村, whose people have mail addresses."""
    village = replace(zhangjia, site=replace(zhangjia.site, notifier=Notifier(mailbox.url)))
    for login in ("li", "sun", "zhao", "zhou", "wu"):
        actor = getattr(village, login)
        change_contact.add_contact(
            village.site, actor, ContactMethod.MAIL, f"{login}@example.cn", NOON
        )
    return village


def on(left, hour=4):
    """Noon of a day, so many days before the accounts are due."""
    day = DUE - timedelta(days=left)
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def letters(mailbox):
    return {to.removesuffix("@example.cn"): text for to, text in mailbox.letters}


def test_the_liaison_is_told_of_everything_in_one_message(village, mailbox):
    remind(village.site, on(3))
    found = letters(mailbox)
    assert found.keys() == {"li", "zhou"}
    assert "李示例，您好。" in found["li"]
    assert "还剩3天：张家村 村级财务收支情况（2026年第三季度）" in found["li"]
    assert "白马村" not in found["li"]
    assert "https://gk.huzhu.example.cn/desk" in found["li"]
    assert Counter(to for to, _ in mailbox.letters) == {"li@example.cn": 1, "zhou@example.cn": 1}


def test_what_was_taken_down_is_reminded_of_again(village, mailbox):
    notice = a_notice(village, NOON).approved()
    remind(village.site, on(3))
    assert "村级财务收支情况" not in letters(mailbox)["li"]
    end.take_down(village.site, village.li, notice.code, "金额有误", on(2))
    remind(village.site, on(1))
    assert (
        "还剩1天：张家村 村级财务收支情况（2026年第三季度），2026年10月13日撤下"
        in letters(mailbox)["li"]
    )


@pytest.mark.parametrize(
    ("left", "told"), [(8, False), (6, False), (1, True), (0, True), (-2, False)]
)
def test_only_on_the_days_of_the_plan(village, mailbox, left, told):
    remind(village.site, on(left))
    assert ("li" in letters(mailbox)) is told


def test_however_often_the_clock_ticks_a_person_is_told_once_a_day(village, mailbox):
    for hour in (1, 2, 3, 4, 11):
        remind(village.site, on(3, hour))
    assert len(mailbox.letters) == 2
    remind(village.site, on(1))
    assert len(mailbox.letters) == 4


@pytest.mark.parametrize("hour", [0, 12, 15, 23])
def test_nothing_is_sent_at_night(village, mailbox, hour):
    remind(village.site, on(3, hour))
    assert mailbox.letters == []


def test_whoever_has_it_on_the_desk_is_told(village, mailbox):
    a_notice(village, NOON).submitted()
    remind(village.site, on(3))
    accounts = "村级财务收支情况"
    found = letters(mailbox)
    assert accounts in found["sun"]
    assert accounts not in found["li"]
    assert "zhao" not in found


def test_where_nobody_sits_the_first_responsible_is_told(village, mailbox):
    (held,) = (p.roles for p in people(village.site, village.zheng, NOON) if p.login == "li")
    manage_accounts.end_appointment(village.site, village.zheng, held[0].appointment_id, NOON)
    remind(village.site, on(3))
    assert "张家村 村级财务收支情况" in letters(mailbox)["zhao"]
    assert "wu" not in letters(mailbox), "白马村 has its liaison, 张家村 its head"


def test_what_is_approved_and_waits_for_its_moment_troubles_nobody(village, mailbox):
    a_notice(village, NOON, publish_at=on(0)).approved()
    remind(village.site, on(3))
    assert "张家村 村级财务收支情况" not in "".join(letters(mailbox).values())


def test_what_is_approved_for_too_late_a_day_is_told_to_those_who_can_change_it(village, mailbox):
    a_notice(village, NOON, publish_at=on(-41)).approved()
    words = "村级财务收支情况（2026年第三季度），定在11月25日公开，比应公开的10月15日晚41天"
    remind(village.site, on(3))
    found = letters(mailbox)
    assert words in found["li"], "the liaison can cancel it"
    assert words in found["zhao"], "the head took the last step"
    assert words not in found.get("sun", "")
    remind(village.site, on(-1))
    assert f"逾期1天：张家村 {words}" in letters(mailbox)["zhao"]


def test_whoever_reviews_it_and_whoever_wrote_it_hear_of_too_late_a_day(village, mailbox):
    a_notice(village, NOON, publish_at=on(-41)).submitted()
    remind(village.site, on(3))
    found = letters(mailbox)
    for login in ("li", "sun"):
        assert "晚41天" in found[login], login
    assert "zhao" not in found


def test_where_no_reviewer_sits_the_first_responsible_is_told_besides_the_liaison(village, mailbox):
    a_notice(village, NOON, publish_at=on(-41)).submitted()
    (held,) = (p.roles for p in people(village.site, village.zheng, NOON) if p.login == "sun")
    manage_accounts.end_appointment(village.site, village.zheng, held[0].appointment_id, NOON)
    remind(village.site, on(3))
    found = letters(mailbox)
    assert "晚41天" in found["li"]
    assert "晚41天" in found["zhao"]


def test_a_draft_says_its_late_moment_and_one_without_a_moment_only_that_it_is_late(
    village, mailbox
):
    notice = a_notice(village, NOON, publish_at=on(-41))
    remind(village.site, on(0))
    assert "晚41天" in letters(mailbox)["li"]
    draft.save(
        village.site, village.li, notice.code, on(0), version=2, title="收支", document=LEDGER
    )
    remind(village.site, on(-1))
    assert "今天审完就公开，也比应公开的10月15日晚1天" in letters(mailbox)["li"]


def test_the_overseer_is_told_of_what_stays_late(village, mailbox):
    remind(village.site, on(-4))
    assert "wu" not in letters(mailbox)
    remind(village.site, on(-5))
    assert "逾期5天：张家村 村级财务收支情况" in letters(mailbox)["wu"]


def test_reminders_are_rows(village):
    remind(village.site, on(0))
    with village.site.sessions.reading() as session:
        rows = session.scalars(select(Reminder).where(Reminder.person_id == village.li.id)).all()
        assert {(row.why, row.days_left, row.day_on) for row in rows} == {(Reminding.TODAY, 0, DUE)}


def test_what_does_not_arrive_is_tried_again_and_then_shown(village, mailbox):
    mailbox.out_of_order = True
    assert remind(village.site, on(3, 1)).delivered == 0
    assert {each.name for each in undelivered(village.site, village.wu, on(3, 1))} >= {"李示例"}
    assert remind(village.site, on(3, 1) + timedelta(minutes=10)).failed == 0, "not yet again"
    mailbox.out_of_order = False
    assert remind(village.site, on(3, 1) + timedelta(minutes=31)).delivered == 2
    left = {each.name for each in undelivered(village.site, village.wu, on(3, 2))}
    assert "李示例" not in left


def test_it_is_given_up_after_the_tries_of_the_plan(village, mailbox):
    mailbox.out_of_order = True
    for n in range(8):
        remind(village.site, on(3, 1) + timedelta(minutes=31 * n))
    with village.site.sessions.reading() as session:
        kept = session.scalars(select(Message).where(Message.person_id == village.li.id)).one()
    assert kept.tries == village.site.reminders.tries
    assert kept.fault == "电子邮箱没有收下"


def test_who_has_no_address_is_named(zhangjia):
    remind(zhangjia.site, on(3))
    found = {each.name: each for each in undelivered(zhangjia.site, zhangjia.wu, on(3))}
    li = found["李示例"]
    assert (li.fault, li.place, li.phone) == ("没有填提醒方式", "张家村", "0972-8320000")


ACCOUNTS = "张家村 村级财务收支情况"


def test_a_reminder_of_a_day_that_the_machine_was_off_is_caught_up_with(village, mailbox):
    remind(village.site, on(8))
    remind(village.site, on(6))
    assert f"还剩6天：{ACCOUNTS}" in letters(mailbox)["li"], "seven days before, it was off"
    mailbox.letters.clear()
    remind(village.site, on(5))
    assert ACCOUNTS not in letters(mailbox).get("li", ""), "once"


def test_a_night_does_not_swallow_the_reminder_of_its_day(village, mailbox):
    remind(village.site, on(4))
    remind(village.site, on(3, 13))
    remind(village.site, on(2, 1))
    assert f"还剩2天：{ACCOUNTS}" in letters(mailbox)["li"]


def test_whom_no_message_reached_is_told_on_the_next_day(village, mailbox):
    mailbox.out_of_order = True
    remind(village.site, on(3))
    mailbox.out_of_order = False
    remind(village.site, on(2))
    assert f"还剩2天：{ACCOUNTS}" in letters(mailbox)["li"]
    mailbox.letters.clear()
    remind(village.site, on(-2))
    assert ACCOUNTS in letters(mailbox)["li"], "what fell on the days between"


def test_what_is_very_late_is_never_passed_over_in_silence(village, mailbox):
    remind(village.site, on(-60))
    remind(village.site, on(-61))
    assert f"逾期61天：{ACCOUNTS}" in letters(mailbox)["li"]
    mailbox.letters.clear()
    remind(village.site, on(-300))
    assert f"逾期300天：{ACCOUNTS}" in letters(mailbox)["li"]


@pytest.mark.slow
def test_a_year_of_days_is_told_by_the_plan(village, mailbox):
    days = {}
    for left in range(10, -20, -1):
        mailbox.letters.clear()
        remind(village.site, on(left))
        days[left] = "村级财务收支情况（2026年第三季度）" in letters(mailbox).get("li", "")
    plan = village.site.reminders
    assert days == {left: plan.reminding(left) is not None for left in days}


WECOM = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7aaa-4bc4-97a0-0ec2sifa5aaa"
DINGTALK = "https://oapi.dingtalk.com/robot/send?access_token=" + "a1" * 32
FEISHU = "https://open.feishu.cn/open-apis/bot/v2/hook/7fca7e5b-0000-4e6a-9b2a-000000000000"


@pytest.mark.parametrize(
    ("way", "typed", "kept"),
    [
        (ContactMethod.MAIL, " li@example.cn ", "li@example.cn"),
        (ContactMethod.WECOM, WECOM, "693a91f6-7aaa-4bc4-97a0-0ec2sifa5aaa"),
        (ContactMethod.DINGTALK, DINGTALK, "a1" * 32),
        (ContactMethod.FEISHU, FEISHU, "7fca7e5b-0000-4e6a-9b2a-000000000000"),
    ],
)
def test_an_address_is_taken_as_the_app_gives_it_and_shown_without_its_key(way, typed, kept):
    assert checked_address(way, typed) == kept
    shown = address_words(way, kept)
    assert shown == kept if way is ContactMethod.MAIL else kept not in shown


@pytest.mark.parametrize(
    ("way", "typed"),
    [
        (ContactMethod.MAIL, "li"), (ContactMethod.MAIL, "li@localhost"), (ContactMethod.MAIL, "a@b.cn?cc=x@y.cn"),
        (ContactMethod.WECOM, DINGTALK), (ContactMethod.WECOM, WECOM.replace("https", "http")),
        (ContactMethod.WECOM, WECOM.replace("weixin.qq.com", "weixin.qq.com.evil.cn")),
        (ContactMethod.WECOM, WECOM.replace("qyapi", "user@127.0.0.1/qyapi")),
        (ContactMethod.FEISHU, FEISHU + "/../../x"), (ContactMethod.DINGTALK, "http://127.0.0.1:8000/"),
        (ContactMethod.DINGTALK, "https://[bad"),
    ],
)  # fmt: skip
def test_messages_go_nowhere_else(way, typed):
    with pytest.raises(Refused):
        checked_address(way, typed)


TAKEN = {
    ContactMethod.WECOM: {"errcode": 0},
    ContactMethod.DINGTALK: {"errcode": 0},
    ContactMethod.FEISHU: {"code": 0},
}
REFUSED = {  # as each app answers when the robot was taken away
    ContactMethod.WECOM: {"errcode": 93000, "errmsg": "invalid webhook url"},
    ContactMethod.DINGTALK: {"errcode": 300001, "errmsg": "token is not exist"},
    ContactMethod.FEISHU: {
        "code": 19001,
        "msg": "param invalid: incoming webhook access token invalid",
    },
}


@pytest.mark.parametrize(
    ("way", "url"),
    [
        (ContactMethod.WECOM, WECOM),
        (ContactMethod.DINGTALK, DINGTALK),
        (ContactMethod.FEISHU, FEISHU),
    ],
)
def test_a_robot_takes_the_message_at_its_own_address_or_says_that_it_does_not(way, url):
    with robots() as server:
        notifier = Notifier(robots_at=server.url)
        server.answer = TAKEN[way]
        assert notifier.send(way, checked_address(way, url), "村务公开", "今天到期：张家村")
        ((path, message),) = server.posted
        assert url.endswith(path)
        (said,) = (message.get("text") or message["content"]).values()
        assert said == "村务公开\n今天到期：张家村"
        server.answer = REFUSED[way]
        assert not notifier.send(way, checked_address(way, url), "村务公开", "今天到期：张家村")
    assert not notifier.send(way, checked_address(way, url), "村务公开", "nobody listens there")


def test_whom_a_robot_that_was_taken_away_does_not_tell_is_shown(zhangjia):
    with robots() as server:
        server.answer = REFUSED[ContactMethod.DINGTALK]
        site = replace(zhangjia.site, notifier=Notifier(robots_at=server.url))
        change_contact.add_contact(site, zhangjia.li, ContactMethod.DINGTALK, DINGTALK, NOON)
        remind(site, on(3))
    found = {each.name: each.fault for each in undelivered(site, zhangjia.wu, on(3))}
    assert found["李示例"] == "钉钉群机器人没有收下"


def test_the_longest_message_fits_what_a_robot_takes(zhangjia):
    (line, *_) = duty_lines(zhangjia.site, zhangjia.li, NOON)
    dues = [Due(line, Reminding.LATE, -60)] * 700
    text = message_text("欧阳示例", dues, "https://gk.huzhu.example.cn")
    assert len(f"{SUBJECT}\n{text}".encode()) <= 2048
    listed = re.findall(r"^\d+\. ", text, re.MULTILINE)
    assert f"……还有{700 - len(listed)}项" in text
    assert text.endswith("https://gk.huzhu.example.cn/desk")


def test_nobody_touches_anothers_address(village):
    (mine,) = change_contact.contact_lines(village.site, village.li)
    with pytest.raises(NotFoundError):
        change_contact.remove_contact(village.site, village.sun, mine.id, NOON)
    with pytest.raises(NotFoundError):
        change_contact.try_contact(village.site, village.sun, mine.id)
    assert change_contact.try_contact(village.site, village.li, mine.id)
    change_contact.remove_contact(village.site, village.li, mine.id, NOON)
    assert change_contact.contact_lines(village.site, village.li) == []


def test_without_a_mail_server_a_mail_address_is_refused(zhangjia):
    with pytest.raises(Refused) as refused:
        change_contact.add_contact(
            zhangjia.site, zhangjia.li, ContactMethod.MAIL, "li@example.cn", NOON
        )
    assert refused.value.codes == ("no_mail_server",)
