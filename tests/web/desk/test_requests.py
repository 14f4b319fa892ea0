"""依申请公开 at the desk: entered, followed and ended by forms; a refused one comes back as it was typed."""

FORM = {
    "received_by": "hand",
    "arrived_on": "2026-09-14",
    "applicant": "person",
    "applicant_name": "丁示例",
    "contact": "西宁市城东区示例路1号",
    "asked_for": "2025年村道硬化工程的招标文件和合同",
}


def entered(browser):
    answer = browser.post("/desk/requests", data=FORM)
    assert answer.status_code == 302
    return answer.location


def test_a_request_is_entered_and_its_day_explained(signed_in):
    wang = signed_in("wang")
    page = wang.get(entered(wang)).text
    assert "依申请〔2026〕1号" in page
    assert "最迟10月16日答复" in page
    assert "20个工作日内答复，当天不算" in page
    assert "示例路" not in page
    assert "西宁市城东区示例路1号" in wang.post("/desk/requests/1/contact").text
    assert "示例路" not in signed_in("wu").get("/desk/requests/1").text


def test_the_ledger_leads_to_it_and_the_year_counts_it(signed_in):
    wang = signed_in("wang")
    entered(wang)
    page = wang.get("/desk/requests").text
    assert "等答复的1件" in page
    assert "丁示例" not in page
    year = wang.get("/desk/annual/2026?table=requests&row=received&column=person").text
    assert "表三 · 一、本年新收政府信息公开申请数量 · 自然人" in year
    assert "依申请〔2026〕1号" in year
    assert wang.get("/desk/annual/1999").status_code == 404


def test_steps_and_the_answer_are_recorded_where_it_stands(signed_in):
    wang = signed_in("wang")
    here = entered(wang)
    for path, form, said in (
        (
            "mend",
            {"done_on": "2026-09-16", "until_on": "2026-09-30", "words": "哪一年的"},
            "补正告知登记好了",
        ),
        ("steps/1", {"done_on": "2026-09-28"}, "收到登记好了"),
        (
            "inquire",
            {"done_on": "2026-09-29", "kind": "third_party", "who": "示例公司"},
            "征求意见登记好了",
        ),
        ("extend", {"done_on": "2026-10-08", "days": "10", "consent_by": "王主任"}, "延期登记好了"),
        (
            "answer",
            {"done_on": "2026-10-09", "outcome": "disclosed_in_part", "words": "寄出"},
            "办结",
        ),
    ):
        answer = wang.post(f"{here}/{path}", data=form, follow_redirects=True)
        assert answer.status_code == 200, path
        assert said in answer.text, path
        once = {"mend": "登记补正告知", "extend": "登记延期"}.get(path)
        assert once is None or once not in answer.text, path
    assert "先申请行政复议" in wang.get(here).text
    page = wang.get(here).text
    assert "登记补正告知" not in page
    for said in ("哪一年的", "示例公司", "10个工作日，经王主任同意"):
        assert said in page


def test_what_is_refused_says_why_and_keeps_what_was_typed(signed_in):
    wang = signed_in("wang")
    answer = wang.post("/desk/requests", data=FORM | {"received_by": "online"})
    assert answer.status_code == 422
    assert "第三十一条" in answer.text
    assert "2025年村道硬化工程的招标文件和合同" in answer.text
    here = entered(wang)
    assert "请选答复属于哪一类" in wang.post(f"{here}/answer", data={"done_on": "2026-10-09"}).text
    refused = wang.post(
        f"{here}/mend",
        data={"done_on": "2026-09-16", "until_on": "2026-09-10", "words": "哪一年的，\r\n请写明"},
    ).text
    assert "合理的补正期限" in refused
    assert "哪一年的，" in refused
    assert '<details class="panel" open>' in refused
    assert "请填日期" in wang.post(f"{here}/answer", data={"outcome": "disclosed"}).text


def test_a_village_has_no_ledger(signed_in, resident):
    wang = signed_in("wang")
    here = entered(wang)
    li = signed_in("li")
    assert li.get("/desk/requests").status_code == 404
    assert li.get(here).status_code == 404
    assert li.get("/desk/annual/2026").status_code == 404
    assert li.post("/desk/requests", data=FORM).status_code == 404
    assert 'href="/desk/requests"' not in li.get("/desk/feedback").text
    assert 'href="/desk/requests"' in wang.get("/desk/feedback").text
    assert resident.get("/desk/requests").status_code == 302
