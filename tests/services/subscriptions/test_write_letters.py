"""A grandson in Shenzhen: asked once, told once a day, told again of a correction, and rid of it with one press."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from support.builders import a_notice
from support.clock import NOON

from bulletin.domain.catalog.items import Group
from bulletin.domain.errors import NotFoundError, Refused
from bulletin.domain.languages.language import CHINESE, Language
from bulletin.domain.notices.workflow import Act
from bulletin.domain.subscriptions.topics import MAX_SUBSCRIPTIONS
from bulletin.messaging.notifier import Notifier
from bulletin.services.notices import end
from bulletin.services.notices.reviews import review
from bulletin.services.one_by_one import Round
from bulletin.services.places.merge import merge_village
from bulletin.services.subscriptions import manage_subscriptions, page, private_feed, write_letters
from bulletin.services.subscriptions.manage_subscriptions import NewSubscription
from bulletin.store import schema
from bulletin.store.notices import Notice
from bulletin.store.subscriptions import Subscriber, SubscriptionNews
from bulletin.writers.feeds.closing_days import closing_days_ics

VILLAGE, NEIGHBOUR, TOWNSHIP = "630223202214", "630223202215", "630223202"
MAIL = "grandson@example.cn"
ROOT = "https://gk.huzhu.example.cn"


@pytest.fixture
def village(zhangjia, mailbox):
    village = replace(zhangjia, site=replace(zhangjia.site, notifier=Notifier(mailbox.url)))
    write_letters.write_letters(village.site, NOON)  # what happened before is no news
    return village


def ask(village, now=NOON, **asked):
    new = NewSubscription(**{"place": VILLAGE, "mail": MAIL} | asked)
    return manage_subscriptions.subscribe(village.site, new, now)


def token_of(village, mail=MAIL):
    with village.site.sessions.reading() as session:
        return session.scalar(select(Subscriber.token).where(Subscriber.mail == mail))


def subscribed(village, **asked):
    ask(village, **asked)
    token = token_of(village, asked.get("mail", MAIL))
    manage_subscriptions.confirm(village.site, token, NOON)
    return token


def letters(village, mailbox, now=NOON):
    """The letters that the clock sends at a moment."""
    mailbox.letters.clear()
    write_letters.write_letters(village.site, now)
    return [text for _, text in mailbox.letters]


def test_nobody_is_written_to_before_the_owner_of_the_address_has_confirmed(village, mailbox):
    assert ask(village) == ""
    (letter,) = letters(village, mailbox)
    assert "确认订阅" in letter
    assert f"{ROOT}/follow/{token_of(village)}" in letter
    a_notice(village, NOON).approved()
    assert letters(village, mailbox) == []
    manage_subscriptions.confirm(village.site, token_of(village), NOON)
    assert letters(village, mailbox) == [], "what came before is no news"


def test_a_letter_a_day_with_all_that_happened(village, mailbox):
    subscribed(village)
    first = a_notice(village, NOON).approved()
    (letter,) = letters(village, mailbox)
    assert "新公开：张家村 2026年第三季度村级财务收支情况" in letter
    assert f"{ROOT}/N/{first.code}" in letter
    assert f"{ROOT}/follow/{token_of(village)}" in letter
    a_notice(village, NOON, title="同一天的第二件").approved()
    assert letters(village, mailbox, NOON + timedelta(hours=3)) == [], "one a day"
    (next_day,) = letters(village, mailbox, NOON + timedelta(days=1))
    assert "同一天的第二件" in next_day
    assert first.code not in next_day
    assert letters(village, mailbox, NOON + timedelta(days=2)) == [], "nothing new"


def test_a_mail_program_finds_where_one_click_ends_it(village, mailbox):
    token = subscribed(village)
    a_notice(village, NOON).approved()
    letters(village, mailbox)
    head = mailbox.heads[-1]
    assert head["List-Unsubscribe"] == f"<{ROOT}/follow/{token}>"
    assert head["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert head["To"] == MAIL


def test_nobody_gets_a_letter_at_night(village, mailbox):
    subscribed(village)
    a_notice(village, NOON).approved()
    assert letters(village, mailbox, NOON + timedelta(hours=14)) == []
    assert len(letters(village, mailbox, NOON + timedelta(hours=22))) == 1


def test_a_correction_and_a_taking_down_are_told_again(village, mailbox):
    subscribed(village)
    notice = a_notice(village, NOON).approved()
    letters(village, mailbox)
    second = NOON + timedelta(days=1)
    notice.later(days=1).corrected()
    (letter,) = letters(village, mailbox, second)
    assert "更正：张家村 更正" in letter
    third = NOON + timedelta(days=2)
    end.take_down(village.site, village.li, notice.code, "金额有误", third)
    (letter,) = letters(village, mailbox, third)
    assert "撤下：张家村 村级财务收支情况\r\n" in letter, "by the catalog's words"


def test_what_came_and_went_within_the_day_is_not_told(village, mailbox):
    subscribed(village)
    notice = a_notice(village, NOON).approved()
    write_letters._gather(village.site, Round(), NOON)
    end.take_down(village.site, village.li, notice.code, "发错了", NOON)
    assert letters(village, mailbox) == []


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({}, True),
        ({"place": NEIGHBOUR}, False),
        ({"place": TOWNSHIP}, False),
        ({"place": TOWNSHIP, "with_villages": True}, True),
        ({"group": Group.FINANCE}, True),
        ({"group": Group.PARTY}, False),
        ({"word": "路灯维修"}, True),
        ({"word": "低保"}, False),
        ({"group": Group.FINANCE, "word": "低保"}, False),
    ],
)
def test_one_is_told_of_what_one_asked_for(village, mailbox, asked, told):
    token = subscribed(village, **asked)
    notice = a_notice(village, NOON).approved()
    assert len(letters(village, mailbox)) == told
    feed = private_feed.private_feed(village.site, token, NOON, ROOT)
    assert [record.code for record in feed.records] == [notice.code] * told


def test_several_subscriptions_of_one_reader_are_one_letter_and_one_line(village, mailbox):
    for asked in ({}, {"group": Group.FINANCE}, {"word": "路灯"}):
        subscribed(village, **asked)
    a_notice(village, NOON).approved()
    (letter,) = letters(village, mailbox)
    assert letter.count("/N/") == 1


def test_a_matter_is_followed_from_one_of_its_notices(village, mailbox):
    item = "affairs.public_works"
    first = a_notice(village, NOON, item=item, title="修路方案").approved()
    token = subscribed(village, about=first.code)
    (line,) = page.subscriber_page(village.site, token, NOON).lines
    assert line.words == "张家村，和“修路方案”同一件事"
    letters(village, mailbox)
    first.corrected()
    a_notice(village, NOON, title="别的事").approved()
    (letter,) = letters(village, mailbox, NOON + timedelta(days=1))
    assert "别的事" not in letter
    assert f"/N/{first.code}" in letter
    with pytest.raises(NotFoundError):
        ask(village, about="7KQ2M4XW9C")


def test_readers_of_a_village_that_merged_are_told_of_the_village_of_today(village, mailbox):
    token = subscribed(village, place=NEIGHBOUR)
    merge_village(village.site, village.zheng, village.ids["白马村"], village.ids["张家村"], NOON)
    notice = a_notice(village, NOON).approved()
    (letter,) = letters(village, mailbox)
    assert f"/N/{notice.code}" in letter
    feed = private_feed.private_feed(village.site, token, NOON, ROOT)
    assert [record.code for record in feed.records] == [notice.code]


def test_a_list_of_people_is_named_by_the_catalog_and_not_after_its_period(village, mailbox):
    token = subscribed(village, word="马玉兰")
    subscribed(village)
    notice = a_notice(
        village, NOON, item="government.low_income_review", title="马玉兰等低保公示"
    ).approved()
    review.take_step(village.site, village.wang, notice.code, Act.SCREEN, NOON)
    with village.site.sessions.reading() as session:
        closes_on = session.scalar(select(Notice)).editions[0].closes_on
        rows = session.scalars(select(SubscriptionNews)).all()
    assert rows == []
    write_letters._gather(village.site, Round(), NOON)
    after = NOON + (closes_on - NOON.date()) + timedelta(days=1)
    assert letters(village, mailbox, after) == []
    feed = private_feed.private_feed(village.site, token, NOON, ROOT)
    assert [record.personal for record in feed.records] == [True]
    assert "马玉兰" not in feed.records[0].title


def test_a_mail_server_out_of_order_is_tried_again_and_nothing_is_lost(village, mailbox):
    subscribed(village)
    a_notice(village, NOON).approved()
    mailbox.out_of_order = True
    assert letters(village, mailbox) == []
    mailbox.out_of_order = False
    assert letters(village, mailbox, NOON + timedelta(minutes=5)) == [], "not at once"
    assert len(letters(village, mailbox, NOON + timedelta(minutes=31))) == 1


def test_one_press_ends_it_and_the_address_is_gone(village, mailbox):
    token = subscribed(village)
    subscribed(village, group=Group.FINANCE)
    a_notice(village, NOON).approved()
    write_letters._gather(village.site, Round(), NOON)
    first, _ = page.subscriber_page(village.site, token, NOON).lines
    assert manage_subscriptions.end_subscription(village.site, token, first.id)
    assert not manage_subscriptions.end_subscription(village.site, token)
    assert letters(village, mailbox) == []
    with village.site.sessions.reading() as session:
        assert session.scalars(select(Subscriber)).all() == []
        assert session.scalars(select(SubscriptionNews)).all() == []
    with pytest.raises(NotFoundError):
        page.subscriber_page(village.site, token, NOON)


def test_what_nobody_confirms_is_forgotten_after_three_days(village, mailbox):
    ask(village)
    letters(village, mailbox, NOON + timedelta(days=2))
    assert token_of(village)
    letters(village, mailbox, NOON + timedelta(days=3, minutes=1))
    assert token_of(village) is None


def test_an_address_is_not_flooded_by_a_stranger(village, mailbox):
    sent = 0
    for group in (None, *Group):
        ask(village, group=group)
        sent += len(letters(village, mailbox))
    assert sent == 3
    subscribed(village)
    ask(village, word="低保")
    assert len(letters(village, mailbox, NOON + timedelta(days=1))) == 1


def test_there_is_a_bound_to_what_one_reader_and_all_ask_for(village, monkeypatch):
    for number in range(MAX_SUBSCRIPTIONS):
        ask(village, word=f"第{number}项")
    with pytest.raises(Refused, match="最多订20样"):
        ask(village, word="再来")
    monkeypatch.setattr(manage_subscriptions, "MAX_ASKED", MAX_SUBSCRIPTIONS)
    with pytest.raises(Refused, match="明天再来"):
        ask(village, mail="other@example.cn")
    ask(village, now=NOON + timedelta(days=1, minutes=1), mail="other@example.cn")


@pytest.mark.parametrize("mail", ["x", "a@b", "a b@example.cn", "a@example.cn\nBcc: b@example.cn"])
def test_what_is_no_address_is_refused(village, mail):
    with pytest.raises(Refused):
        ask(village, mail=mail)


def test_a_feed_of_ones_own_needs_no_address_and_says_what_was_taken_down(village, mailbox):
    token = ask(village, mail="", group=Group.FINANCE)
    notice = a_notice(village, NOON).approved()
    records = private_feed.private_feed(village.site, token, NOON, ROOT).records
    assert [record.title for record in records] == ["2026年第三季度村级财务收支情况"]
    later = NOON + timedelta(hours=1)
    end.take_down(village.site, village.li, notice.code, "金额有误", later)
    (record,) = private_feed.private_feed(village.site, token, later, ROOT).records
    assert (record.title, record.changed_at) == ("已撤下：村级财务收支情况", later)
    assert record.paper == ""
    assert letters(village, mailbox) == []


def test_where_no_mail_is_set_up_letters_are_refused_and_feeds_are_not(zhangjia):
    with pytest.raises(Refused, match="订阅地址"):
        ask(zhangjia)
    assert ask(zhangjia, mail="")


# --- in the language of the page on which it was asked ------------------------------------------

HAN = re.compile("[\u3400-\u9fff]")


def _left_in_chinese(letter, *written):
    """What a letter says in Chinese, beside what people wrote."""
    for words in written:
        letter = letter.replace(words, "")
    return HAN.findall(letter)


def test_who_asked_in_english_is_written_to_in_english_and_led_to_english_pages(village, mailbox):
    ask(village, language="en", group=Group.FINANCE)
    token = token_of(village)
    (letter,) = letters(village, mailbox)
    assert "press “Confirm”" in letter
    assert f"{ROOT}/follow/{token}?lang=en" in letter
    assert not _left_in_chinese(letter, "张家村")
    manage_subscriptions.confirm(village.site, token, NOON)
    notice = a_notice(village, NOON).approved()
    (letter,) = letters(village, mailbox)
    title = "2026年第三季度村级财务收支情况"
    assert f"1. new: 张家村 {title}, on display until 26 October 2026" in letter
    assert f"{ROOT}/N/{notice.code}?lang=en" in letter
    head = mailbox.heads[-1]
    assert head["List-Unsubscribe"] == f"<{ROOT}/follow/{token}?lang=en>"
    assert head["Subject"] == "Village affairs of 张家村, notices: 1"
    assert not _left_in_chinese(letter, title, "张家村")
    second, third = NOON + timedelta(days=1), NOON + timedelta(days=2)
    notice.later(days=1).corrected()
    (letter,) = letters(village, mailbox, second)
    assert "1. corrected: 张家村 更正, on display" in letter
    end.take_down(village.site, village.li, notice.code, "金额有误", third)
    (letter,) = letters(village, mailbox, third)
    assert "1. taken down: 张家村 村级财务收支情况\r\n" in letter
    assert not _left_in_chinese(letter, "村级财务收支情况", "张家村")


@pytest.mark.parametrize(
    ("asked", "confirmed", "said"),
    [
        (["zh-CN", "en"], True, "new: 张家村"),
        (["en", "zh-CN"], True, "新公开：张家村"),
        (["zh-CN", "en"], False, "新公开：张家村"),
        (["bo"], True, "新公开：张家村"),
    ],
    ids=["the last one", "the last one is Chinese", "a stranger changes nothing", "taken away"],
)
def test_one_letter_has_one_language(village, mailbox, asked, confirmed, said):
    """That of what was asked last and confirmed; a language that is there no more is Chinese."""
    first, *others = asked
    token = subscribed(village, language=first)
    for tag in others:
        ask(village, NOON + timedelta(minutes=1), language=tag, group=Group.FINANCE)
    if confirmed:
        manage_subscriptions.confirm(village.site, token, NOON)
    a_notice(village, NOON).approved()
    assert any(said in letter for letter in letters(village, mailbox))
    assert not any("?lang=bo" in text for _, text in mailbox.letters)


def test_a_county_writes_in_its_own_language_with_the_same_file(village, mailbox):
    own = Language("bo", "བོད་ཡིག", {"请确认订阅村务公开": "ངོས་ལེན།", "新公开": "གསར་པ།"})
    village = replace(village, site=replace(village.site, languages=lambda: (CHINESE, own)))
    subscribed(village, language="bo")
    a_notice(village, NOON).approved()
    (letter,) = letters(village, mailbox)
    assert "1. གསར་པ།：张家村" in letter, "what is not translated yet is Chinese"
    assert "?lang=bo" in letter


def test_who_asks_again_before_confirming_is_written_to_as_asked_now(village, mailbox):
    ask(village)
    letters(village, mailbox)
    later = NOON + timedelta(days=2)
    ask(village, later, language="en")
    (letter,) = letters(village, mailbox, later)
    assert "press “Confirm”" in letter
    letters(village, mailbox, later + timedelta(days=2))
    assert token_of(village), "three days from the letter that says so"


def test_subscriptions_of_an_earlier_release_are_chinese(village, mailbox):
    subscribed(village)
    subscribed(village, language="en", group=Group.FINANCE)
    engine = village.site.sessions.engine
    schema.downgrade(engine, "0050")
    schema.upgrade(engine)
    a_notice(village, NOON).approved()
    (letter,) = letters(village, mailbox)
    assert "新公开：张家村" in letter


def test_the_feed_of_ones_own_is_in_the_language_of_the_letters(village):
    token = ask(village, mail="", language="en")
    notice = a_notice(village, NOON).approved()
    feed = private_feed.private_feed(village.site, token, NOON, ROOT)
    calendar = closing_days_ics(feed).decode()
    assert "X-WR-CALNAME:Village affairs that I follow: last days on display" in calendar
    assert "SUMMARY:Last day on display: 2026年第三季度村级财务收支情况" in calendar
    assert f"{ROOT}/N/{notice.code}?lang=en" in calendar.replace("\r\n ", "")
    end.take_down(village.site, village.li, notice.code, "金额有误", NOON)
    (record,) = private_feed.private_feed(village.site, token, NOON, ROOT).records
    assert feed.language.words(record.title) == "Taken down: 村级财务收支情况"
