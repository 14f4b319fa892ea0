"""检查 at the desk and on the village's page: from the rule of the township to what residents read."""

import pytest
from support.clock import NOON
from support.inspections import an_inspection, begin_inspections

REGIME = {"since_on": "2026-10-01", "every": "quarter"}
BEGIN = {"kind": "inspection", "period": "2026-Q4"}


def form(site, mark="met", **words):
    typed = {f"mark-{each.key}": mark for each in site.inspections.criteria}
    return typed | {f"words-{key}": said for key, said in words.items()}


def test_the_township_begins_it_and_inspects_a_village(signed_in, zhangjia):
    wu = signed_in("wu")
    assert "定检查制度" in wu.get("/desk/inspections").text
    assert wu.post("/desk/inspections/regime", data=REGIME).status_code == 302
    begun = wu.post("/desk/inspections", data=BEGIN | {"village": zhangjia.id})
    assert begun.location == "/desk/inspections/1"
    page = wu.get("/desk/inspections/1").text
    assert "系统里看到的：" in page
    assert f"/desk/boards/{zhangjia.boards[0]}/photos" in page
    met = form(zhangjia.site)
    failed = met | {"mark-phone": "unmet", "words-phone": "没有写", "end": "1"}
    assert wu.post("/desk/inspections/1", data=failed).status_code == 302
    assert "没有写" in signed_in("li").get("/desk/inspections").text
    wu.post("/desk/inspections/1/again")
    wu.post("/desk/inspections/1", data=met | {"end": "1"})
    refused = wu.post("/desk/inspections/1/sign", data={"signature": "别人"})
    assert (refused.status_code, "吴示例" in refused.text) == (422, True)
    assert wu.post("/desk/inspections/1/sign", data={"signature": "吴示例"}).status_code == 302
    public = wu.get("/V/630223202214/inspections").text
    assert "优秀" in public
    assert "没有写" not in public
    assert "/V/630223202214/inspections" in wu.get("/V/630223202214").text


@pytest.mark.parametrize(
    ("form", "said"),
    [
        (BEGIN | {"kind": "picnic", "village": "1"}, "请从清单里选"),
        (BEGIN | {"period": "2026-Q9", "village": "1"}, "请从清单里选"),
        (BEGIN | {"village": "x"}, "请从清单里选"),
        (BEGIN | {"period": "2025-Q4", "village": "1"}, "不能往前补"),
    ],
)
def test_what_is_not_on_the_list_is_refused_in_words(signed_in, zhangjia, form, said):
    begin_inspections(zhangjia, NOON)
    answer = signed_in("wu").post("/desk/inspections", data=form)
    assert answer.status_code == 422
    assert said in answer.text


def test_a_form_that_is_not_whole_keeps_what_was_typed(signed_in, zhangjia):
    begin_inspections(zhangjia, NOON)
    wu = signed_in("wu")
    wu.post("/desk/inspections", data=BEGIN | {"village": zhangjia.id})
    answer = wu.post("/desk/inspections/1", data={"mark-phone": "unmet", "words-phone": "没写", "end": "1"})  # fmt: skip
    assert answer.status_code == 422
    assert "还有15条没有填" in answer.text
    assert 'value="没写"' in answer.text


def test_the_overseer_photographs_boards_and_records_no_posting(signed_in, zhangjia):
    wu = signed_in("wu")
    board = zhangjia.boards[0]
    assert 'type="file"' in wu.get(f"/desk/boards/{board}/photos").text
    assert "公开栏由信息员" not in wu.get(f"/desk/boards/{board}/photos").text
    assert signed_in("chen").post(f"/desk/boards/{board}/photos").status_code == 403


def test_a_village_says_what_it_mended_and_only_the_township_confirms_it(signed_in, zhangjia):
    begin_inspections(zhangjia, NOON)
    number = an_inspection(zhangjia, NOON, phone="没有写")
    li, address = signed_in("li"), f"/desk/inspections/{number}/findings/1/mended"
    assert li.post(address, data={"confirm": "1"}).status_code == 403
    assert li.post(address, data={"report": " "}).status_code == 422
    assert li.post(address, data={"report": "写上了"}).status_code == 302
    assert "写上了" in signed_in("wu").get(f"/desk/inspections/{number}").text
    assert signed_in("zhou").post(address, data={"report": "x"}).status_code == 404
