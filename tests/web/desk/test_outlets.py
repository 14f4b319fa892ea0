"""别处也要发: registered by the administrator, sent by the liaison, from the card to the record."""

import re

from support.builders import a_notice
from support.clock import NOON

LINK = "https://www.huzhu.gov.cn/html/1.html"
WEBSITE = {"name": "县政府网站", "kind": "website", "village": "", "days": "3"}


def test_an_outlet_is_registered_and_ended_by_the_administrator(signed_in, zhangjia):
    zheng = signed_in("zheng")
    refused = zheng.post("/desk/outlets", data={**WEBSITE, "name": "", "days": "99"})
    assert refused.status_code == 422
    assert "请写名称" in refused.text
    assert "从0天到30天" in refused.text
    assert zheng.post("/desk/outlets", data={**WEBSITE, "kind": "pigeon"}).status_code == 422
    assert zheng.post("/desk/outlets", data=WEBSITE).status_code == 302
    assert "县政府网站" in zheng.get("/desk/outlets").text
    assert signed_in("li").post("/desk/outlets", data=WEBSITE).status_code == 403
    assert zheng.post("/desk/outlets/1/end", data={"sure": "yes"}).status_code == 302
    assert "停用县政府网站" not in zheng.get("/desk/outlets").text


def test_from_the_card_to_the_record(signed_in, zhangjia):
    signed_in("zheng").post("/desk/outlets", data=WEBSITE)
    notice = a_notice(zhangjia, NOON).approved()
    tian = signed_in("tian")
    where = f"/desk/outlets/1/{notice.code}"
    assert where in tian.get("/desk").text
    assert where in tian.get("/desk/outlets").text
    page = tian.get(where).text
    assert "村道路灯维修材料费\t\t3,480.00" in page
    assert re.search(r"/share/1\.png", page)
    refused = tian.post(where, data={"link": "", "sent_at": ""})
    assert refused.status_code == 422
    assert "请贴上发出后的网址" in refused.text
    assert tian.post(where, data={"link": LINK, "sent_at": ""}).status_code == 302
    assert where not in tian.get("/desk").text
    assert LINK in signed_in("li").get(f"/desk/notices/{notice.code}").text
    signed_in("li").post(f"/desk/notices/{notice.code}/take-down", data={"reason": "写错了"})
    work = tian.get("/desk/outlets").text
    assert "要去撤下的" in work
    assert tian.post("/desk/outlets/sendings/1/removed").status_code == 302
    assert "要去撤下的" not in tian.get("/desk/outlets").text
