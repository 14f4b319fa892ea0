"""登记簿 and the tables of the annual report at the desk."""

import pytest

DOCUMENT = {
    "kind": "document",
    "title": "村道养护办法",
    "number": "红乡政〔2026〕3号",
    "done_on": "2026-03-02",
}


def test_what_is_entered_is_counted_and_opened_from_its_figure(signed_in):
    wang = signed_in("wang")
    for form in (
        DOCUMENT,
        {"kind": "fee", "title": "信息处理费", "yuan": "1,280.50", "done_on": "2026-05-06"},
        {"kind": "reconsideration", "title": "某某不服答复", "done_on": "2026-06-01"},
    ):
        assert wang.post("/desk/registers/new", data=form).status_code == 302
    page = wang.get("/desk/registers?kind=fee").text
    assert "1280.50元" in page
    assert "村道养护办法" not in page.partition('<form method="post"')[0]
    tables = wang.get("/desk/annual/2026?table=proactive&row=documents&column=issued").text
    assert "表二 · 行政规范性文件 · 本年制发件数" in tables
    assert "红乡政〔2026〕3号" in tables
    assert ">0.12805</a>" in tables
    answer = wang.post("/desk/registers/3/end", data={"ended_on": "2026-09-01", "result": "upheld"})
    assert answer.status_code == 302
    assert "结果维持" in wang.get("/desk/registers").text


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"kind": "picnic"}, "请选登记的是哪一类"),
        ({"done_on": ""}, "请填日期"),
        ({"kind": "fee", "yuan": "很多"}, "单位是元"),
        ({"kind": "fee", "yuan": "1.005"}, "单位是元"),
        ({"kind": "fee", "yuan": ""}, "请填收了多少元"),
    ],
)
def test_a_refused_entry_comes_back_as_it_was_typed(signed_in, change, said):
    answer = signed_in("wang").post("/desk/registers/new", data=DOCUMENT | change)
    assert answer.status_code == 422
    assert said in answer.text
    assert "红乡政〔2026〕3号" in answer.text


def test_a_wrong_entry_is_void_with_its_reason(signed_in):
    wang = signed_in("wang")
    wang.post("/desk/registers/new", data=DOCUMENT)
    page = wang.post(
        "/desk/registers/1/void", data={"reason": "登记了两遍"}, follow_redirects=True
    ).text
    assert "作废：登记了两遍" in page
    assert wang.post("/desk/registers/1/void", data={"reason": "再来"}).status_code in {404, 409}


def test_villages_have_no_registers(signed_in):
    li = signed_in("li")
    assert li.get("/desk/registers").status_code == 404
    assert li.post("/desk/registers/new", data=DOCUMENT).status_code == 404
    assert li.get("/desk/annual/2026").status_code == 404
