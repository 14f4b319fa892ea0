"""What else must carry a notice: a task until it is there, late like any duty, undone with a taking down."""

from datetime import date, timedelta

import pytest
from sqlalchemy import event
from support.builders import a_notice
from support.clock import NOON

from bulletin.domain.errors import NotFoundError, Refused
from bulletin.domain.notices.workflow import Act
from bulletin.domain.outlets.rules import OutletKind
from bulletin.services.desk.outlet_cards import outlet_cards
from bulletin.services.notices import end, redact
from bulletin.services.notices.reviews import review
from bulletin.services.operations.verify import verify
from bulletin.services.outlets.outlets import outlets, sent_lines
from bulletin.services.outlets.ready_to_send import ready_to_send
from bulletin.services.outlets.record_sent import record_removal, record_sending
from bulletin.services.outlets.register_outlet import NewOutlet, end_outlet, register_outlet
from bulletin.services.outlets.to_send import outlet_work

LINK = "https://www.huzhu.gov.cn/html/1.html"


def outlet(village, kind=OutletKind.WEBSITE, *, of=None, days=3, name="县政府网站", now=NOON):
    new = NewOutlet(name=name, kind=kind, village_id=village.ids[of], days=days)
    return register_outlet(village.site, village.zheng, new, now)


def tasks(village, login="tian", now=NOON):
    return [
        (task.outlet, task.code, task.due_on)
        for task in outlet_work(village.site, village.people[login], now).page.lines
    ]


def send(village, outlet_id, notice, login="tian", now=NOON, **facts):
    facts = {"link": LINK, **facts}
    record_sending(village.site, village.people[login], outlet_id, notice.code, now, **facts)


def test_what_is_published_is_to_be_sent_until_it_is_and_its_address_is_kept(zhangjia):
    site_id = outlet(zhangjia)
    notice = a_notice(zhangjia, NOON).submitted().examined()
    assert tasks(zhangjia) == []
    notice.confirmed()
    assert tasks(zhangjia) == [("县政府网站", notice.code, date(2026, 10, 12))]
    assert tasks(zhangjia, "li") == [], "the township serves it"
    ready = ready_to_send(zhangjia.site, zhangjia.tian, site_id, notice.code, NOON)
    assert "村道路灯维修材料费\t\t3,480.00" in ready.words
    assert f"/N/{notice.code}.1" in ready.words
    send(zhangjia, site_id, notice)
    assert tasks(zhangjia) == []
    (line,) = sent_lines(zhangjia.site, zhangjia.li, notice.code)
    assert (line.outlet, line.link, line.by, line.is_removed) == (
        "县政府网站",
        LINK,
        "田示例",
        False,
    )
    with pytest.raises(Refused) as refused:
        send(zhangjia, site_id, notice)
    assert refused.value.codes == ("nothing_to_send",)
    assert verify(zhangjia.site).sound


def test_a_village_serves_its_own_chat_and_the_card_is_late_after_its_day(zhangjia):
    chat = outlet(zhangjia, OutletKind.CHAT, of="张家村", days=1, name="张家村村民群")
    notice = a_notice(zhangjia, NOON).approved()
    assert tasks(zhangjia, "zhou") == tasks(zhangjia, "tian") == []
    cards = [
        (card.when, card.rank.value, card.target)
        for day in (0, 1, 2)
        for card in outlet_cards(zhangjia.site, zhangjia.li, NOON + timedelta(days=day))
    ]
    target = f"{chat}/{notice.code}"
    assert cards == [
        ("还剩1天", "soon", target),
        ("今天", "today", target),
        ("迟1天", "late", target),
    ]
    send(zhangjia, chat, notice, "li", link="")
    assert outlet_cards(zhangjia.site, zhangjia.li, NOON + timedelta(days=2)) == []


def test_a_loudspeaker_carries_what_the_catalog_names_it_for(zhangjia):
    outlet(zhangjia, OutletKind.BROADCAST, of="张家村", name="村广播")
    a_notice(zhangjia, NOON).approved()
    assert tasks(zhangjia, "li") == []
    asked = a_notice(zhangjia, NOON, item="government.land_preannouncement").approved()
    assert [code for _, code, _ in tasks(zhangjia, "li")] == [asked.code]


def test_lists_of_people_go_nowhere_else(zhangjia):
    site_id = outlet(zhangjia)
    low = a_notice(zhangjia, NOON, item="government.low_income_review").approved()
    review.take_step(zhangjia.site, zhangjia.wang, low.code, Act.SCREEN, NOON)
    assert tasks(zhangjia) == []
    with pytest.raises(Refused) as refused:
        send(zhangjia, site_id, low)
    assert refused.value.codes == ("personal",)


def test_a_correction_is_sent_again_and_only_the_newest(zhangjia):
    site_id = outlet(zhangjia)
    notice = a_notice(zhangjia, NOON).approved()
    send(zhangjia, site_id, notice)
    notice.corrected()
    assert [code for _, code, _ in tasks(zhangjia)] == [notice.code]
    send(zhangjia, site_id, notice)
    assert [line.edition for line in sent_lines(zhangjia.site, zhangjia.li, notice.code)] == [1, 2]


def test_nothing_is_sent_of_a_notice_whose_correction_was_taken_down(zhangjia):
    outlet(zhangjia)
    notice = a_notice(zhangjia, NOON).approved().corrected()
    assert len(tasks(zhangjia)) == 1
    end.take_down(zhangjia.site, zhangjia.li, notice.code, "写错了", NOON)
    assert tasks(zhangjia) == []


@pytest.mark.parametrize("how", ["taken down", "redacted"])
def test_what_ends_here_is_taken_out_there_too(zhangjia, how):
    site_id = outlet(zhangjia)
    notice = a_notice(zhangjia, NOON).approved()
    send(zhangjia, site_id, notice)
    assert outlet_work(zhangjia.site, zhangjia.tian, NOON).remove == ()
    if how == "redacted":
        redact.redact(zhangjia.site, zhangjia.li, notice.code, "写了不该写的", NOON)
    else:
        end.take_down(zhangjia.site, zhangjia.li, notice.code, "写错了", NOON)
    (task,) = outlet_work(zhangjia.site, zhangjia.tian, NOON).remove
    assert (task.outlet, task.link) == ("县政府网站", LINK)
    assert outlet_work(zhangjia.site, zhangjia.li, NOON).remove == ()
    assert [card.when for card in outlet_cards(zhangjia.site, zhangjia.tian, NOON)] == ["马上"]
    record_removal(zhangjia.site, zhangjia.tian, task.sending_id, NOON)
    assert outlet_work(zhangjia.site, zhangjia.tian, NOON).remove == ()
    with pytest.raises(Refused) as refused:
        record_removal(zhangjia.site, zhangjia.tian, task.sending_id, NOON)
    assert refused.value.codes == ("removed_already",)


def test_what_was_published_before_an_outlet_or_after_its_end_is_not_asked_for(zhangjia):
    later = NOON + timedelta(days=2)
    a_notice(zhangjia, NOON).approved()
    site_id = outlet(zhangjia, now=later)
    assert tasks(zhangjia, now=later) == []
    notice = a_notice(zhangjia, later).approved()
    assert len(tasks(zhangjia, now=later)) == 1
    end_outlet(zhangjia.site, zhangjia.zheng, site_id, later)
    assert tasks(zhangjia, now=later) == []
    assert outlets(zhangjia.site, zhangjia.zheng, later) == []
    tian = zhangjia.people["tian"]
    for opens in (
        lambda: record_sending(zhangjia.site, tian, site_id, notice.code, later, link=LINK),
        lambda: ready_to_send(zhangjia.site, tian, site_id, notice.code, later),
    ):
        with pytest.raises(Refused) as refused:
            opens()
        assert refused.value.codes == ("outlet_ended",)
    with pytest.raises(Refused) as refused:
        end_outlet(zhangjia.site, zhangjia.zheng, site_id, later)
    assert refused.value.codes == ("ended_already",)


def test_outlets_are_the_administrators_and_sending_is_the_liaisons(zhangjia):
    site_id = outlet(zhangjia)
    notice = a_notice(zhangjia, NOON).approved()
    with pytest.raises(Refused) as refused:
        register_outlet(
            zhangjia.site, zhangjia.li, NewOutlet(name="群", kind=OutletKind.CHAT), NOON
        )
    assert refused.value.codes == ("not_your_role",)
    with pytest.raises(Refused) as refused:
        send(zhangjia, site_id, notice, "li")
    assert refused.value.codes == ("not_your_role",)
    with pytest.raises(NotFoundError):
        send(zhangjia, 9999, notice)
    with pytest.raises(Refused) as refused:
        send(zhangjia, site_id, notice, link="")
    assert refused.value.codes == ("link_missing",)


@pytest.mark.sqlite_only("PostgreSQL chooses by what the tables hold")
def test_what_was_ever_sent_to_an_outlet_is_not_looked_through_for_each_notice(zhangjia):
    """Three years of a township were four minutes of its first page."""
    outlet(zhangjia)
    asked = []
    engine = zhangjia.site.sessions.engine
    event.listen(engine, "before_cursor_execute", lambda _c, _k, sql, *_: asked.append(sql))
    tasks(zhangjia)
    of_sendings = (sql for sql in asked if "FROM sending" in sql and "FROM sending JOIN" not in sql)
    found = [sql for sql in of_sendings if "edition.publish_at" in sql]
    assert found
    with engine.connect() as database:
        for sql in found:
            unknown = (None,) * sql.count("?")
            rows = database.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", unknown).all()
            (plan,) = [row[3] for row in rows if row[3].startswith("SEARCH sending")]
            assert "edition_id=? AND outlet_id=?" in plan
