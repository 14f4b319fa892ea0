"""已发到群里: a person says so; nothing is sent from here, and a slip is taken back in sight of all."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from support.builders import a_notice
from support.clock import NOON

from bulletin.domain.errors import NotFoundError, Refused
from bulletin.domain.outlets.rules import OutletKind
from bulletin.services.desk.publication_card import publication_card
from bulletin.services.operations import verify
from bulletin.services.outlets.outlets import outlets
from bulletin.services.outlets.record_sent import record_chat, record_sending, withdraw_sending
from bulletin.services.outlets.register_outlet import NewOutlet, register_outlet
from bulletin.services.outlets.to_send import outlet_work
from bulletin.store import history, schema


def _card(zhangjia, code, now=NOON):
    return publication_card(zhangjia.site, zhangjia.li, code, now)


def test_who_sent_it_when_and_to_which_chat_is_kept_and_a_slip_counts_no_more(zhangjia, approved):
    site, code = zhangjia.site, approved.code
    assert not _card(zhangjia, code).is_sent
    assert _card(zhangjia, code).chat == "张家村村民群"
    share = record_chat(site, zhangjia.li, code, "西社微信群", NOON)
    card = _card(zhangjia, code)
    assert (card.is_sent, card.chat) == (True, "西社微信群")
    assert [(line.chat, line.sender) for line in card.sent] == [("西社微信群", "李示例")]
    assert withdraw_sending(site, zhangjia.li, share, NOON) == code
    assert withdraw_sending(site, zhangjia.li, share, NOON) == code
    card = _card(zhangjia, code)
    assert (card.is_sent, card.sent, card.chat) == (False, (), "张家村村民群")
    with site.sessions.reading() as session:
        acts = [entry.act for entry in history.entries_about(session, f"notice {code}")]
    assert acts.count("send") == acts.count("withdraw_sending") == 1
    assert verify.verify(site).sound


@pytest.mark.parametrize(
    ("who", "chat", "now", "code"),
    [
        ("li", "  ", NOON, "chat_missing"),
        ("li", "群" * 41, NOON, "chat_missing"),
        ("li", "13800138000的群", NOON, "personal_data"),
        ("sun", "村民群", NOON, "not_your_role"),
        ("li", "村民群", NOON + timedelta(days=90), "not_public"),
    ],
)
def test_what_was_not_sent_is_not_recorded(zhangjia, approved, who, chat, now, code):
    with pytest.raises(Refused) as refused:
        record_chat(zhangjia.site, zhangjia.people[who], approved.code, chat, now)
    assert refused.value.codes == (code,)
    assert _card(zhangjia, approved.code).sent == ()


def test_the_next_village_takes_nothing_back(zhangjia, approved):
    share = record_chat(zhangjia.site, zhangjia.li, approved.code, "村民群", NOON)
    with pytest.raises(Refused):
        withdraw_sending(zhangjia.site, zhangjia.zhou, share, NOON)
    with pytest.raises(NotFoundError):
        withdraw_sending(zhangjia.site, zhangjia.li, 99, NOON)


def test_a_list_of_people_goes_to_no_chat_and_the_card_says_so(zhangjia):
    notice = a_notice(zhangjia, NOON, item="party.member_development").approved()
    card = _card(zhangjia, notice.code)
    assert "个人信息" in card.not_for_chats
    assert card.left == 2
    with pytest.raises(Refused) as refused:
        record_chat(zhangjia.site, zhangjia.li, notice.code, "村民群", NOON)
    assert refused.value.codes == ("personal",)


def test_where_the_villages_chats_are_registered_it_is_they_that_count(zhangjia, approved):
    new = NewOutlet(name="张家村村民群", kind=OutletKind.CHAT, village_id=zhangjia.id, days=1)
    chat = register_outlet(zhangjia.site, zhangjia.zheng, new, NOON)
    card = _card(zhangjia, approved.code)
    assert (card.chats, card.is_sent) == (("张家村村民群",), False)
    record_sending(zhangjia.site, zhangjia.li, chat, approved.code, NOON)
    card = _card(zhangjia, approved.code)
    assert (card.chats, card.is_sent) == ((), True)
    assert [(line.chat, line.sender) for line in card.sent] == [("张家村村民群", "李示例")]


def test_the_card_and_the_task_are_one_fact(zhangjia, approved):
    site, li = zhangjia.site, zhangjia.li
    new = NewOutlet(name="张家村村民群", kind=OutletKind.CHAT, village_id=zhangjia.id, days=1)
    register_outlet(site, zhangjia.zheng, new, NOON)
    assert outlet_work(site, li, NOON).count == 1
    sent = record_chat(site, li, approved.code, "张家村村民群", NOON)
    assert (outlet_work(site, li, NOON).count, _card(zhangjia, approved.code).is_sent) == (0, True)
    with pytest.raises(Refused) as refused:
        record_chat(site, li, approved.code, "张家村村民群", NOON)
    assert refused.value.codes == ("sent_already",)
    withdraw_sending(site, li, sent, NOON)
    assert (outlet_work(site, li, NOON).count, _card(zhangjia, approved.code).is_sent) == (1, False)


def test_what_an_earlier_release_knew_of_chats_is_carried_over_and_back(zhangjia, approved):
    site, engine = zhangjia.site, zhangjia.site.sessions.engine
    new = NewOutlet(name="村民群", kind=OutletKind.CHAT, village_id=zhangjia.id, days=1)
    register_outlet(site, zhangjia.zheng, new, NOON)
    record_chat(site, zhangjia.li, approved.code, "村民群", NOON)
    for chat in ("西社群", "东社群"):
        record_chat(site, zhangjia.li, approved.code, chat, NOON)
    slip = record_chat(site, zhangjia.li, approved.code, "别的群", NOON)
    withdraw_sending(site, zhangjia.li, slip, NOON)
    before = {line.chat for line in _card(zhangjia, approved.code).sent}
    schema.downgrade(engine, "0041")
    with engine.connect() as connection:
        kept = connection.execute(text("SELECT chat, withdrawn_at FROM chat_share")).all()
    assert {chat for chat, _at in kept} == {"西社群", "东社群", "别的群"}
    assert [chat for chat, at in kept if at] == ["别的群"]
    with engine.begin() as connection:  # the same fact in the other way
        connection.execute(
            text(
                'INSERT INTO chat_share (township_id, edition_id, chat, at, "by") '
                "SELECT township_id, edition_id, '村民群', at, \"by\" FROM chat_share "
                "WHERE chat = '西社群'"
            )
        )
    schema.upgrade(engine)
    card = _card(zhangjia, approved.code)
    assert sorted(line.chat for line in card.sent) == sorted(before)
    assert [each.name for each in outlets(site, zhangjia.zheng, NOON)] == ["村民群"]


def test_a_chat_that_nobody_registered_is_owed_nothing_until_somebody_does(zhangjia, approved):
    site, li = zhangjia.site, zhangjia.li
    record_chat(site, li, approved.code, "西社微信群", NOON)
    assert outlets(site, zhangjia.zheng, NOON) == []
    later = a_notice(zhangjia, NOON, title="第二份").approved()
    assert outlet_work(site, li, NOON).count == 0
    new = NewOutlet(name="西社微信群", kind=OutletKind.CHAT, village_id=zhangjia.id, days=1)
    register_outlet(site, zhangjia.zheng, new, NOON)
    assert [each.name for each in outlets(site, zhangjia.zheng, NOON)] == ["西社微信群"]
    assert [task.code for task in outlet_work(site, li, NOON).page.lines] == [later.code]
    with pytest.raises(Refused) as refused:
        register_outlet(site, zhangjia.zheng, new, NOON)
    assert refused.value.codes == ("outlet_exists",)
