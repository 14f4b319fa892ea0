"""Which outlets are late: the overseer sees it as of duties, each village's people their own."""

from datetime import date, timedelta

import pytest
from support.builders import a_notice
from support.clock import NOON

from bulletin.domain.errors import NotFoundError
from bulletin.domain.outlets.rules import OutletKind
from bulletin.services.desk.today import today
from bulletin.services.outlets.late_outlets import late_outlets, overdue_there
from bulletin.services.outlets.record_sent import record_sending
from bulletin.services.outlets.register_outlet import NewOutlet, end_outlet, register_outlet

LATE = NOON + timedelta(days=4)


def outlet(village, name, kind, *, of=None, days=3):
    new = NewOutlet(name=name, kind=kind, village_id=village.ids[of], days=days)
    return register_outlet(village.site, village.zheng, new, NOON)


@pytest.fixture
def website(zhangjia):
    return outlet(zhangjia, "县政府网站", OutletKind.WEBSITE)


@pytest.fixture
def notice(zhangjia, website):
    return a_notice(zhangjia, NOON).approved()


def late(village, login="wu", now=LATE, **asked):
    found = late_outlets(village.site, village.people[login], now, **asked)
    return [(each.outlet, each.place, each.overdue, each.since_on) for each in found]


def test_an_outlet_is_late_from_the_day_after_its_last(zhangjia, notice):
    assert late(zhangjia, now=LATE - timedelta(days=1)) == []
    assert late(zhangjia) == [("县政府网站", "乡镇", 1, date(2026, 10, 12))]
    (line,) = late_outlets(zhangjia.site, zhangjia.wu, LATE)
    assert (line.code, line.title) == (notice.code, "2026年第三季度村级财务收支情况")


def test_what_was_sent_or_is_asked_for_no_more_is_late_nowhere(zhangjia, notice, website):
    other = outlet(zhangjia, "村务微信群", OutletKind.CHAT, of="张家村", days=1)
    assert len(late(zhangjia)) == 2
    link = "https://www.huzhu.gov.cn/html/1.html"
    record_sending(zhangjia.site, zhangjia.tian, website, notice.code, NOON, link=link)
    end_outlet(zhangjia.site, zhangjia.zheng, other, NOON)
    assert late(zhangjia) == []


def test_the_longest_late_comes_first_with_how_much_it_lacks(zhangjia, notice):
    outlet(zhangjia, "村务微信群", OutletKind.CHAT, of="张家村", days=1)
    a_notice(zhangjia, NOON).approved()
    assert late(zhangjia) == [
        ("村务微信群", "张家村", 2, date(2026, 10, 10)),
        ("县政府网站", "乡镇", 2, date(2026, 10, 12)),
    ]


def test_what_a_line_counts_is_listed_for_whoever_sees_the_line(zhangjia, notice, website):
    second = a_notice(zhangjia, NOON + timedelta(days=1), title="乙").approved()
    third = a_notice(zhangjia, LATE, title="丙").approved()
    (line,) = late_outlets(zhangjia.site, zhangjia.wu, LATE + timedelta(days=1))
    found = overdue_there(zhangjia.site, zhangjia.wu, line.id, LATE + timedelta(days=1))
    assert (line.id, line.overdue, found.count) == (website, 2, 2)
    assert [each.code for each in found.page.lines] == [notice.code, second.code]
    assert third.code not in {each.code for each in found.page.lines}, "it is not late yet"
    assert (found.is_served, found.place) == (False, "乡镇")
    assert overdue_there(zhangjia.site, zhangjia.tian, website, LATE).is_served
    with pytest.raises(NotFoundError):
        overdue_there(zhangjia.site, zhangjia.li, website, LATE)


def test_who_looks_after_a_place_has_a_card_for_each_outlet_that_is_late(zhangjia, notice, website):
    chat = outlet(zhangjia, "村务微信群", OutletKind.CHAT, of="张家村", days=1)

    def cards(login):
        found = today(zhangjia.site, zhangjia.people[login], LATE).entries
        return [(each.title, each.when, each.target) for each in found if "outlets" in each.target]

    own = ("张家村 · 村务微信群", "逾期1份", f"outlets/{chat}/late")
    assert cards("wu") == [own, ("乡镇 · 县政府网站", "逾期1份", f"outlets/{website}/late")]
    assert cards("zhao") == [own], "the head of the village"
    assert cards("zhou") == []


def test_a_village_sees_its_own_and_the_overseer_one_village_alone(zhangjia, notice):
    outlet(zhangjia, "村务微信群", OutletKind.CHAT, of="张家村", days=1)
    own = [("村务微信群", "张家村", 1, date(2026, 10, 10))]
    assert late(zhangjia, "li") == own
    assert late(zhangjia, village_id=zhangjia.ids["张家村"]) == own
    assert late(zhangjia, village_id=zhangjia.ids["白马村"]) == []


def test_what_a_village_publishes_makes_the_townships_outlet_late_and_another_villages_not(
    zhangjia, website
):
    outlet(zhangjia, "白马村微信群", OutletKind.CHAT, of="白马村", days=1)
    assert late(zhangjia) == []
    a_notice(zhangjia, NOON).approved()
    assert late(zhangjia) == [("县政府网站", "乡镇", 1, date(2026, 10, 12))]
    a_notice(zhangjia, NOON, title="乙").approved()
    assert late(zhangjia) == [("县政府网站", "乡镇", 2, date(2026, 10, 12))]
