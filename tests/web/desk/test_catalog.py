"""目录 at the desk: change it, keep what was changed before, look through it once a year."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from support.clock import NOON

from bulletin.services.catalog import annual_review
from bulletin.services.desk import today
from bulletin.services.desk.cards import Work

LATER = datetime(2026, 12, 1, 4, tzinfo=UTC)
ACCOUNTS = "finance.quarterly_accounts"


@pytest.fixture
def zheng(signed_in):
    return signed_in("zheng")


def url(place, tail=""):
    return f"/desk/catalog{tail}?village={place.id}"


def alert(page):
    return page.text.partition('role="alert"')[2].partition("</section>")[0]


def typed(page, name):
    found = re.search(rf'name="{re.escape(name)}"[^>]*value="([^"]*)"', page.text)
    return found[1] if found else None


def catalog(place, now=LATER):
    return annual_review.adopted_catalog(place.site, place.zheng, place.id, now)


def test_an_own_time_and_an_addition_stand_in_the_form_the_next_time(zheng, zhangjia):
    form = {
        "from_on": "2026-11-01",
        f"time-{ACCOUNTS}": "每季度第一个月10日前",
        f"days-{ACCOUNTS}": "20",
        "new-title": "路灯电费",
        "new-time": "每季度第一个月15日前",
        "new-elements": "度数\n金额",
        "new-publisher": "collective",
    }
    assert zheng.post(url(zhangjia), data=form).status_code == 302
    page = zheng.get(url(zhangjia))
    assert typed(page, f"time-{ACCOUNTS}") == "每季度第一个月10日前"
    assert typed(page, f"days-{ACCOUNTS}") == "20"
    assert "去掉“路灯电费”" in page.text
    again = {"from_on": "2026-11-02", f"time-{ACCOUNTS}": "每季度第一个月10日前"}
    assert zheng.post(url(zhangjia), data=again).status_code == 302
    found = catalog(zhangjia).catalog
    assert found.find(ACCOUNTS).deadline_text == "每季度第一个月10日前"
    (poles,) = (item for item in found.items if item.title == "路灯电费")
    assert (poles.publisher, poles.elements) == ("collective", ("度数", "金额"))


def test_a_time_that_is_not_understood_comes_back_as_it_was_typed(zheng, zhangjia):
    form = {"from_on": "2026-11-01", f"time-{ACCOUNTS}": "看情况再说"}
    page = zheng.post(url(zhangjia), data=form)
    assert page.status_code == 422
    assert "请写得明白些" in alert(page)
    assert typed(page, f"time-{ACCOUNTS}") == "看情况再说"
    assert catalog(zhangjia).catalog.find(ACCOUNTS).deadline_text != "看情况再说"


def test_what_the_township_marks_no_village_can_drop(zheng, zhangjia):
    droppable = re.findall(r'name="drop-([^"]+)"', zheng.get(url(zhangjia)).text)
    marked = droppable[0]
    form = {"from_on": "2026-11-01", f"must-{marked}": "1"}
    assert zheng.post("/desk/catalog", data=form).status_code == 302
    assert f'name="drop-{marked}"' not in zheng.get(url(zhangjia)).text
    drop = {"from_on": "2026-11-01", f"drop-{marked}": "1", f"why-{marked}": "本村没有"}
    page = zheng.post(url(zhangjia), data=drop)
    assert page.status_code == 422
    assert "必须公开" in alert(page)


def test_a_newer_catalog_is_offered_and_adopted_with_what_the_village_had(zheng, zhangjia):
    zheng.post(url(zhangjia), data={"from_on": "2026-11-01", f"days-{ACCOUNTS}": "30"})
    assert "乡镇的目录有了新的内容" not in zheng.get(url(zhangjia)).text
    marked = re.search(r'name="drop-([^"]+)"', zheng.get(url(zhangjia)).text)[1]
    zheng.post("/desk/catalog", data={"from_on": "2026-11-01", f"must-{marked}": "1"})
    assert "乡镇的目录有了新的内容" in zheng.get(url(zhangjia)).text
    page = zheng.post(url(zhangjia, "/again"), follow_redirects=True)
    assert "从2026年11月2日起照原样施行" in page.text
    assert "乡镇的目录有了新的内容" not in page.text
    assert catalog(zhangjia).catalog.find(ACCOUNTS).posting_days == 30


def test_after_a_year_the_administrator_is_asked_to_look_through(zhangjia):
    def asked(now):
        entries = today.today(zhangjia.site, zhangjia.zheng, now).entries
        return [entry.title for entry in entries if entry.work is Work.LOOK_THROUGH]

    assert asked(NOON + timedelta(days=365)) == []
    assert asked(NOON + timedelta(days=366)) == [
        "乡镇的公开事项目录",
        "张家村的公开事项目录",
        "白马村的公开事项目录",
    ]


def test_looked_through_is_good_for_another_year(app, zheng, zhangjia):
    later = NOON + timedelta(days=400)
    app.extensions["clock"] = lambda: later
    zheng.post("/sign-in", data={"login": "zheng", "password": zhangjia.password})
    assert "一年多没有复核" in zheng.get(url(zhangjia)).text
    page = zheng.post(url(zhangjia, "/again"), follow_redirects=True)
    assert "目录已复核" in page.text
    assert "一年多没有复核" not in page.text


@pytest.mark.parametrize("path", ["/desk/catalog", "/desk/catalog/again"])
def test_only_the_administrator_changes_a_catalog(signed_in, path):
    assert signed_in("li").post(path, data={"from_on": "2026-11-01"}).status_code == 403


ROLL = "affairs.election_roll"
BY_LAW = "自公布起5日内向村民选举委员会提出，3日内答复"


def test_whom_residents_tell_stands_with_each_item_on_the_desk_and_in_public(zheng, zhangjia):
    of_party = "party.member_development", "公示期内向村党组织或乡镇党委提出，10日内答复"
    desk = zheng.get(url(zhangjia)).text
    for item, words in ((ROLL, BY_LAW), of_party):
        assert words in desk
        assert words in zheng.get(f"/V/630223202214/catalog/{item}").text


def test_a_local_rule_on_objections_is_typed_and_cleared_again(zheng, zhangjia):
    own = "自公布起5日内向村务监督委员会提出，5日内答复"
    form = {"from_on": "2026-11-01", f"objection-{ACCOUNTS}": own, f"objection-{ROLL}": BY_LAW}
    assert zheng.post(url(zhangjia), data=form).status_code == 302
    adopted = catalog(zhangjia)
    assert adopted.objections[ACCOUNTS].words == own
    assert adopted.catalog.find(ROLL).objection.basis.article == "第十七条", "the law's own stays"
    assert f">{own}</textarea>" in zheng.get(url(zhangjia)).text, "it stands in the form"
    assert zheng.post(url(zhangjia), data={"from_on": "2026-11-02"}).status_code == 302
    assert catalog(zhangjia).objections[ACCOUNTS].words != own


def test_a_line_that_names_nobody_is_refused_and_comes_back(zheng, zhangjia):
    form = {"from_on": "2026-11-01", f"objection-{ACCOUNTS}": "有事打电话"}
    page = zheng.post(url(zhangjia), data=form)
    assert page.status_code == 422
    assert "有事打电话" in alert(page)
    assert page.text.count("有事打电话") == 2
