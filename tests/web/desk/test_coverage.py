"""公开情况 in the browser: any period, any day, a cell leads to its duty."""

import re
from datetime import timedelta

import pytest
from support.builders import a_notice
from support.clock import NOON

from bulletin.domain.outlets.rules import OutletKind
from bulletin.services.outlets.register_outlet import NewOutlet, register_outlet


def plain(page):
    return re.sub(r"\s+", "", re.sub(r"<[^>]*>", " ", page.text))


def test_the_overseer_sees_every_village_and_opens_a_cell(signed_in, zhangjia):
    wu = signed_in("wu")
    page = wu.get("/desk/coverage")
    for words in ("各村合计", "张家村", "白马村", "逐项看各村", "快到期"):
        assert words in page.text
    duty = re.search(
        r'class="mark wait" href="(/desk/duties/\d+)" title="张家村，([^"]+)"', page.text
    )
    assert duty[2].endswith("快到期")
    assert wu.get(duty[1]).status_code == 200


def test_a_village_sees_its_own_items_as_words(signed_in):
    page = signed_in("li").get("/desk/coverage?period=2026-Q4")
    assert "村级财务收支情况" in page.text
    assert "白马村" not in page.text
    assert "2026年第四季度" in page.text


def test_what_else_must_carry_a_notice_is_late_there_too(app, signed_in, zhangjia):
    new = NewOutlet(name="县政府网站", kind=OutletKind.WEBSITE, village_id=None, days=3)
    outlet_id = register_outlet(zhangjia.site, zhangjia.zheng, new, NOON)
    code = a_notice(zhangjia, NOON).approved().code
    wu = signed_in("wu")
    assert "网站、群、广播逾期" not in wu.get("/desk/coverage").text
    app.extensions["clock"] = lambda: NOON + timedelta(days=4)
    wu = signed_in("wu")
    page = wu.get("/desk/coverage")
    assert "网站、群、广播逾期1处" in plain(page)
    assert f'href="/desk/notices/{code}"' in page.text
    late = f"/desk/outlets/{outlet_id}/late"
    assert re.search(rf'href="{late}">\s*1份', page.text)
    counted = wu.get(late)
    assert f'href="/desk/notices/{code}"' in counted.text
    assert "县政府网站逾期的1份" in plain(counted)
    assert signed_in("li").get(late).status_code == 404, "it is the township's"
    assert "网站、群、广播逾期" not in wu.get("/desk/coverage?as_of=2026-10-12").text


def test_another_day_is_another_picture(signed_in):
    li, late = signed_in("li"), '<span class="badge stop">逾期</span>'
    assert late not in li.get("/desk/coverage?period=2026-Q4").text
    assert late in li.get("/desk/coverage?period=2026-Q4&as_of=2026-10-20").text


def test_a_list_is_narrowed_to_how_things_turned_out_and_to_an_item(signed_in):
    wu, address = signed_in("wu"), "/desk/coverage?period=2026-Q4&as_of=2026-10-20"
    every = set(re.findall(r'class="mark \w+" href="/desk/duties/(\d+)"', wu.get(address).text))
    page = wu.get(f"{address}&outcome=owed").text
    owed = set(re.findall(r'class="mark (\w+)" href="/desk/duties/(\d+)"', page))
    assert {tone for tone, _ in owed} == {"stop"}
    assert {duty for _, duty in owed} <= every
    item = wu.get(f"{address}&item=finance.quarterly_accounts").text
    assert set(re.findall(r'scope="row">([^<]+)<', item)) == {"村级财务收支情况"}
    assert "这一期没有这样的" in wu.get(f"{address}&outcome=on_time").text


@pytest.mark.parametrize(
    "query",
    ["period=nonsense", "period=9999", "as_of=never", "village=x", "period=2026-Q4&village=999"],
)
def test_what_cannot_be_read_is_left_out(signed_in, query):
    assert signed_in("wu").get(f"/desk/coverage?{query}").status_code == 200


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_the_same_is_taken_away_as_a_file(signed_in, form):
    answer = signed_in("wu").get(f"/desk/coverage.{form}?period=2026-Q4")
    assert answer.status_code == 200
    assert (
        f"2026%E5%B9%B4%E7%AC%AC%E5%9B%9B%E5%AD%A3%E5%BA%A6.{form}"
        in (answer.headers["Content-Disposition"])
    )
    assert answer.headers["Cache-Control"] == "no-store"


def test_nobody_sees_another_village_by_asking_for_it(signed_in, zhangjia):
    page = signed_in("zhou").get(f"/desk/coverage?village={zhangjia.id}")
    assert "没有应公开的事项" in page.text
