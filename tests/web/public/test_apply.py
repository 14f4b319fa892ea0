"""A resident asks the township for information: a form, a receipt, and where it stands; no account, no cookie, no script."""

import re
from datetime import timedelta

import pytest
from support.clock import NOON

from bulletin.copy_reader import copy_site
from bulletin.domain.days import village_day
from bulletin.services.oversight.requests import confirm
from bulletin.services.oversight.requests.answer import answer
from bulletin.web.rate_limits import MissCounter, limiter

PATH = "/V/630223202/apply"
CONTACT = "13997001234"
FORM = {
    "applicant": "person",
    "name": "丁示例",
    "identity": "居民身份证 630223196001011234",
    "contact": CONTACT,
    "asked_for": "2025年村道硬化工程的招标文件",
}


@pytest.fixture
def clock(app, zhangjia):
    def set_to(moment):
        app.extensions["clock"] = lambda: moment

    set_to(NOON)
    return set_to


def sends(resident, clock, path=PATH, **typed):
    """The form opened, filled by a person and sent."""
    clock(NOON)
    token = re.search(r'name="token" value="([^"]+)"', resident.get(path).text)[1]
    clock(NOON + timedelta(seconds=20))
    return resident.post(path, data={"token": token} | FORM | typed)


def receipt_of(page):
    number, code = re.findall(r"<dd>([0-9 ]{11}|[0-9A-Z-]{9})</dd>", page.text)
    return {"number": number, "code": code}


def in_ledger(village):
    (line,) = confirm.sent_lines(village.site, village.wang)
    return confirm.confirm(village.site, village.wang, line.id, village_day(NOON), "", NOON)


def test_the_receipt_follows_a_request_to_its_answer_and_shows_nobodys_contact(
    resident, clock, zhangjia
):
    page = sends(resident, clock)
    receipt = receipt_of(page)
    waits = resident.post("/receipt", data=receipt)
    assert "等乡镇和您确认" in waits.text
    request_id = in_ledger(zhangjia)
    runs = resident.post("/receipt", data=receipt)
    assert "最迟2026年11月5日答复" in runs.text
    assert "依申请〔2026〕1号" in runs.text
    answer(
        zhangjia.site, zhangjia.wang, request_id, village_day(NOON), "disclosed", "见附件。", NOON
    )
    told = resident.post("/receipt", data=receipt)
    assert "见附件。" in told.text
    for shown in (page, waits, runs, told):
        assert CONTACT not in shown.text
        assert "丁示例" not in shown.text
        assert shown.headers["Cache-Control"] == "no-store"
        assert "Set-Cookie" not in shown.headers
        assert "<script" not in shown.text


def test_the_form_of_a_village_leads_to_its_township_and_keeps_what_was_typed(resident, clock):
    assert "红崖子沟乡人民政府" in resident.get("/V/630223202214/apply").text
    refused = sends(resident, clock, path="/V/630223202214/apply", identity=" ")
    assert refused.status_code == 422
    assert "第二十九条" in refused.text
    assert FORM["asked_for"] in refused.text
    assert CONTACT in refused.text
    assert resident.get("/V/999999999/apply").status_code == 404


def test_a_machine_and_an_applicant_of_no_kind_are_refused(resident, clock, zhangjia):
    assert sends(resident, clock, website="x").status_code == 422
    assert "哪一类单位" in sends(resident, clock, applicant="robot").text
    assert not confirm.sent_lines(zhangjia.site, zhangjia.wang)


def test_a_withdrawal_is_declared_with_the_receipt(resident, clock, zhangjia):
    receipt = receipt_of(sends(resident, clock))
    page = resident.post("/receipt/withdraw", data=receipt | {"words": "不需要了"})
    assert "撤回的声明已经收到" in page.text
    assert "等乡镇办结" in page.text
    (line,) = confirm.sent_lines(zhangjia.site, zhangjia.wang)
    assert line.withdrawn_words == "不需要了"
    assert (
        resident.post("/receipt/withdraw", data=receipt | {"code": "XXXXXXXX"}).status_code == 404
    )


def test_who_guesses_receipts_is_stopped(app, resident, clock, monkeypatch):
    monkeypatch.setattr(limiter, "enabled", True)
    app.extensions["miss_counter"] = MissCounter(most=2)
    receipt = receipt_of(sends(resident, clock))
    for code in ("AAAAAAAA", "BBBBBBBB"):
        assert resident.post("/receipt", data=receipt | {"code": code}).status_code == 404
    assert resident.post("/receipt", data=receipt | {"code": "CCCCCCCC"}).status_code == 429
    assert resident.post("/receipt", data=receipt).status_code == 200, "not who has one"


@pytest.mark.slow
@pytest.mark.sqlite_only(reason="the same pages from both")
def test_the_plain_file_copy_leads_to_the_live_form(settings, zhangjia, tmp_path):
    copy, live = tmp_path / "copy", zhangjia.site.public_url
    copy_site(settings, zhangjia.site, copy, "https://copy.example.cn", NOON)
    page = (copy / "T" / "630223202" / "index.html").read_text(encoding="utf-8")
    assert f'href="{live}{PATH}"' in page
    assert not [path for path in copy.rglob("*") if path.name == "apply"]
