"""Nobody forgets a question: 今天, reminders, and a matter that waits for an answer."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from support.builders import a_duty, a_notice
from support.clock import NOON
from support.feedback import a_question
from support.mailbox import a_mailbox

from bulletin.domain.contacts.methods import ContactMethod
from bulletin.domain.errors import Refused
from bulletin.domain.feedback.kinds import FeedbackKind, NotTaken
from bulletin.messaging.notifier import Notifier
from bulletin.services.desk import today
from bulletin.services.desk.cards import Rank, Work
from bulletin.services.duties.record_event import record_step_event
from bulletin.services.feedback.answer import answer, turn_away
from bulletin.services.feedback.detail import feedback_detail
from bulletin.services.feedback.dialogue_page import dialogue_page
from bulletin.services.feedback.pass_on import pass_on
from bulletin.services.oversight.open_replies import open_replies
from bulletin.services.oversight.people_to_remind import holders_of
from bulletin.services.oversight.remind import remind
from bulletin.services.people import change_contact
from bulletin.services.places.merge import merge_village
from bulletin.store.duties import Matter
from bulletin.store.people import Person, actor_of

WORKS = "affairs.public_works"


def passed(village, asked, now=NOON):
    (entry,) = feedback_detail(village.site, village.wang, asked.id, now).entries
    pass_on(village.site, village.wang, asked.id, entry.id, "", now)


def cards(village, actor, now=NOON):
    return [
        each for each in today.today(village.site, actor, now).entries if each.work is Work.REPLY
    ]


def test_an_unanswered_question_is_a_task_with_a_day(zhangjia):
    asked = a_question(zhangjia, NOON)
    (card,) = cards(zhangjia, zhangjia.wang)
    assert (card.action, card.due_on) == ("看过转给村里", date(2026, 10, 10))  # 调休: a work day
    assert not cards(zhangjia, zhangjia.li)
    passed(zhangjia, asked)
    assert not cards(zhangjia, zhangjia.wang)
    (card,) = cards(zhangjia, zhangjia.li)
    assert (card.action, card.due_on, card.rank) == ("答复", date(2026, 10, 19), Rank.SOON)
    late = NOON + timedelta(days=12)
    (card,) = cards(zhangjia, zhangjia.li, late)
    assert (card.when, card.rank) == ("迟2天", Rank.LATE)
    overseen = today.today(zhangjia.site, zhangjia.wu, late).entries
    assert any(each.when == "超期1件" and each.target == "feedback" for each in overseen)
    answer(zhangjia.site, zhangjia.li, asked.id, "换了三盏灯。", late)
    assert not cards(zhangjia, zhangjia.li, late)


@pytest.mark.sqlite_only(reason="letters don't ask the database")
def test_whose_turn_it_is_gets_a_letter_without_a_word_of_the_question(zhangjia):
    with a_mailbox() as mailbox:
        site = replace(zhangjia.site, notifier=Notifier(mailbox.url))
        for login in ("li", "wang"):
            change_contact.add_contact(
                site, getattr(zhangjia, login), ContactMethod.MAIL, f"{login}@example.cn", NOON
            )
        asked = a_question(zhangjia, NOON, "我家门口的路灯", contact="13800138000")
        remind(site, NOON + timedelta(days=1))
        assert "今天到期：张家村 村民的提问要转给村里" in dict(mailbox.letters)["wang@example.cn"]
        passed(zhangjia, asked)
        mailbox.letters.clear()
        remind(site, NOON + timedelta(days=15))  # five days late
        letters = dict(mailbox.letters)
    assert "逾期5天：张家村 村民的提问要答复" in letters["li@example.cn"]
    assert not any("路灯" in text or "138" in text for text in letters.values())


@pytest.mark.parametrize("closes", ["answered", "turned away"])
def test_a_matter_waits_until_an_objection_in_time_is_answered(zhangjia, closes):
    site, li, wang = zhangjia.site, zhangjia.li, zhangjia.wang
    a_duty(zhangjia, WORKS, NOON)
    notice = a_notice(zhangjia, NOON, item=WORKS, title="村道硬化方案").approved()
    with site.sessions.reading() as session:
        matter = session.scalars(select(Matter)).one()
    a_question(
        zhangjia, NOON, "为什么不经过西社？", notice=notice.code
    )  # asks, and holds nothing back
    objection = a_question(
        zhangjia, NOON, "宽度不对", notice=notice.code, kind=FeedbackKind.OBJECTION
    )
    with pytest.raises(Refused, match="1件异议还没有答复（最迟2026年10月19日）"):
        record_step_event(site, li, matter.id, 1, NOON.date(), NOON)
    if closes == "answered":
        passed(zhangjia, objection)
        answer(site, li, objection.id, "按方案是4米。", NOON)
    else:
        turn_away(site, wang, objection.id, NotTaken.REPEATED, NOON)
    assert record_step_event(site, li, matter.id, 1, NOON.date(), NOON).due_on


@pytest.mark.sqlite_only(reason="merging is tested on both")
def test_the_village_that_takes_over_answers_in_its_own_name(zhangjia):
    site = zhangjia.site
    asked = a_question(zhangjia, NOON)
    passed(zhangjia, asked)
    merge_village(site, zhangjia.zheng, zhangjia.id, zhangjia.ids["白马村"], NOON)
    later = NOON + timedelta(days=12)
    with site.sessions.reading() as session:
        zhou = actor_of(session, session.get_one(Person, zhangjia.zhou.id), later.date())
        by_grant = holders_of(session, zhou.township_id, later.date())
        (reply,) = open_replies(session, site, zhou.township_id, by_grant, later)
    assert zhou.id in reply.people  # 李示例 works there now, too
    (card,) = cards(zhangjia, zhou, later)
    answer(site, zhou, int(card.target), "账已经移交，可以来查。", later)
    told = dialogue_page(site, asked.number, asked.code, later)
    assert told.said[-1].body == "白马村村民委员会"
