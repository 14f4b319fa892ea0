"""督办 at the desk: from the list of what is late to the paper, the answer and the end."""

from datetime import timedelta

import pytest
from support.clock import NOON
from support.escalations import late_lines

from bulletin.services.oversight.escalation.overview import escalation_view

LATER = NOON + timedelta(days=60)


@pytest.fixture
def late(app, zhangjia):
    """A duty of 张家村 that is late for long enough."""
    app.extensions["clock"] = lambda: LATER
    return late_lines(zhangjia, LATER)[0].about.duty_id


def test_an_order_is_issued_printed_answered_and_closed(signed_in, zhangjia, late):
    wu, li = signed_in("wu"), signed_in("li")
    assert f'name="duty" value="{late}"' in wu.get("/desk/escalations/late").text
    page = wu.get(f"/desk/escalations/new?duty={late}").text
    assert "第三十六条" in page
    issued = wu.post("/desk/escalations", data={"duty": late, "demand": "请马上公开。"})
    assert issued.location == "/desk/escalations/1"
    assert wu.get("/desk/escalations/1/paper.pdf").data.startswith(b"%PDF")
    assert "督办单〔2026〕1号" in li.get("/desk/escalations").text
    assert li.post("/desk/escalations/1/answer", data={"words": ""}).status_code == 422
    assert li.post("/desk/escalations/1/answer", data={"words": "办好了"}).status_code == 302
    assert li.post("/desk/escalations/1/end", data={"words": "x"}).status_code == 403
    refused = wu.post("/desk/escalations/1/end", data={"words": "看过了"})
    assert (refused.status_code, "看过了" in refused.text) == (422, True)
    form = {"words": "看过了", "ended_as": "mended"}
    assert wu.post("/desk/escalations/1/end", data=form).status_code == 302
    assert "已经整改" in wu.get("/desk/escalations").text


def test_a_refused_extension_keeps_its_reason(signed_in, zhangjia, late):
    wu = signed_in("wu")
    wu.post("/desk/escalations", data={"duty": late, "demand": "请马上公开。"})
    form = {"until_on": "2027-12-31", "words": "会计住院"}
    refused = wu.post("/desk/escalations/1/extend", data=form)
    assert refused.status_code == 422
    assert "最多晚15个工作日" in refused.text
    assert "会计住院" in refused.text


def test_the_code_of_the_paper_leads_there_and_past_nobody(signed_in, resident, zhangjia, late):
    wu = signed_in("wu")
    wu.post("/desk/escalations", data={"duty": late, "demand": "请马上公开。"})
    code = escalation_view(zhangjia.site, zhangjia.wu, 1, LATER).code
    assert wu.get(f"/E/{code}").location == "/desk/escalations/1"
    assert signed_in("li").get(f"/E/{code.lower()}").location == "/desk/escalations/1"
    assert signed_in("zhou").get(f"/E/{code}").status_code == 404
    assert wu.get("/E/XXXXXXXXXX").status_code == 404
    assert "/sign-in" in resident.get(f"/E/{code}").location


def test_villages_neither_see_the_list_of_what_is_late_nor_issue(signed_in, zhangjia, late):
    li = signed_in("li")
    assert li.get("/desk/escalations/late").status_code == 403
    assert li.post("/desk/escalations", data={"duty": late, "demand": "x"}).status_code == 403
    assert signed_in("wu").get("/desk/escalations/new?duty=999999").status_code == 404


def test_what_is_chosen_of_a_village_goes_on_one_paper_and_comes_back_item_by_item(
    signed_in, zhangjia, late
):
    wu, li = signed_in("wu"), signed_in("li")
    first, second = (each.about.duty_id for each in late_lines(zhangjia, LATER)[:2])
    page = wu.get(f"/desk/escalations/new?duty={first}&duty={second}").text
    assert "张家村，2项" in page
    assert "逐项书面答复" in page
    form = {"duty": [first, second], "demand": "请马上公开。"}
    assert wu.post("/desk/escalations", data=form).location == "/desk/escalations/1"
    said = {"item": "2", "words": "正在整理票据"}
    assert li.post("/desk/escalations/1/answer", data=said).status_code == 302
    assert li.post("/desk/escalations/1/answer", data=said | {"item": "3"}).status_code == 404
    refused = wu.post("/desk/escalations/1/end", data={"item": "2", "words": "看过了"})
    assert refused.text.count("看过了") == 1, "it comes back in its own item"
    end = {"item": "2", "words": "看过了", "ended_as": "mended"}
    assert "办结这一项" in wu.post("/desk/escalations/1/end", data=end, follow_redirects=True).text
    wu.post("/desk/escalations/1/end", data=end | {"item": "1"})
    assert "已经整改" in wu.get("/desk/escalations").text


def test_nothing_chosen_says_so(signed_in, zhangjia, late):
    assert "请选要督办的事项" in signed_in("wu").get("/desk/escalations/new").text
