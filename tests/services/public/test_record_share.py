"""已发到群里: a person says so; nothing is sent from here, and a slip is taken back in sight of all."""

from datetime import timedelta

import pytest
from support.builders import a_notice
from support.clock import NOON

from bulletin.domain.errors import NotFoundError, Refused
from bulletin.domain.outlets.rules import OutletKind
from bulletin.services.desk.publication_card import publication_card
from bulletin.services.operations import verify
from bulletin.services.outlets.record_sent import record_sending
from bulletin.services.outlets.register_outlet import NewOutlet, register_outlet
from bulletin.services.public.record_share import record_share, withdraw_share
from bulletin.store import history


def _card(zhangjia, code, now=NOON):
    return publication_card(zhangjia.site, zhangjia.li, code, now)


def test_who_sent_it_when_and_to_which_chat_is_kept_and_a_slip_counts_no_more(zhangjia, approved):
    site, code = zhangjia.site, approved.code
    assert not _card(zhangjia, code).is_sent
    assert _card(zhangjia, code).chat == "张家村村民群"
    share = record_share(site, zhangjia.li, code, "西社微信群", NOON)
    card = _card(zhangjia, code)
    assert (card.is_sent, card.chat) == (True, "西社微信群")
    assert [(line.chat, line.sender) for line in card.sent] == [("西社微信群", "李示例")]
    assert withdraw_share(site, zhangjia.li, share, NOON) == code
    assert withdraw_share(site, zhangjia.li, share, NOON) == code
    card = _card(zhangjia, code)
    assert (card.is_sent, card.sent, card.chat) == (False, (), "张家村村民群")
    with site.sessions.reading() as session:
        acts = [entry.act for entry in history.entries_about(session, f"notice {code}")]
    assert acts.count("share") == acts.count("withdraw_share") == 1
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
        record_share(zhangjia.site, zhangjia.people[who], approved.code, chat, now)
    assert refused.value.codes == (code,)
    assert _card(zhangjia, approved.code).sent == ()


def test_the_next_village_takes_nothing_back(zhangjia, approved):
    share = record_share(zhangjia.site, zhangjia.li, approved.code, "村民群", NOON)
    with pytest.raises(NotFoundError):
        withdraw_share(zhangjia.site, zhangjia.zhou, share, NOON)
    with pytest.raises(NotFoundError):
        withdraw_share(zhangjia.site, zhangjia.li, 99, NOON)


def test_a_list_of_people_goes_to_no_chat_and_the_card_says_so(zhangjia):
    notice = a_notice(zhangjia, NOON, item="party.member_development").approved()
    card = _card(zhangjia, notice.code)
    assert "个人信息" in card.not_for_chats
    assert card.left == 2
    with pytest.raises(Refused) as refused:
        record_share(zhangjia.site, zhangjia.li, notice.code, "村民群", NOON)
    assert refused.value.codes == ("personal",)


def test_where_the_villages_chats_are_registered_it_is_they_that_count(zhangjia, approved):
    new = NewOutlet(name="张家村村民群", kind=OutletKind.CHAT, village_id=zhangjia.id, days=1)
    chat = register_outlet(zhangjia.site, zhangjia.zheng, new, NOON)
    card = _card(zhangjia, approved.code)
    assert (card.chats, card.is_sent) == (((chat, "张家村村民群"),), False)
    record_sending(zhangjia.site, zhangjia.li, chat, approved.code, NOON)
    card = _card(zhangjia, approved.code)
    assert (card.chats, card.is_sent) == ((), True)
    assert [(line.chat, line.sender, line.share_id) for line in card.sent] == [
        ("张家村村民群", "李示例", 0)
    ]
