"""Auntie Qian asks at the board: a form, a receipt, an answer; no account, no cookie, no script."""

import io
import re
from datetime import timedelta

import pytest
from support.clock import NOON
from support.feedback import a_photo, a_question, pass_to_village
from support.resident_pages import MAX_BYTES

from bulletin.copy_reader import copy_site
from bulletin.services.feedback.answer import answer
from bulletin.services.feedback.detail import feedback_detail
from bulletin.services.feedback.inbox import inbox
from bulletin.services.feedback.pass_on import pass_on
from bulletin.web.rate_limits import MissCounter, limiter

VILLAGE = "/V/630223202214/ask"
SOON = NOON + timedelta(seconds=20)


@pytest.fixture
def clock(app, zhangjia):
    def set_to(moment):
        app.extensions["clock"] = lambda: moment

    set_to(NOON)
    return set_to


def token_of(page):
    return re.search(r'name="token" value="([^"]+)"', page.text)[1]


def asks(resident, clock, path=VILLAGE, now=NOON, **typed):
    """The form opened, filled by a person and sent."""
    clock(now)
    form = {"token": token_of(resident.get(path)), "kind": "question", "words": "路灯花了多少？"}
    clock(now + timedelta(seconds=20))
    return resident.post(path, data=form | typed)


def receipt_of(page):
    number, code = re.findall(r"<dd>([0-9 ]{11}|[0-9A-Z-]{9})</dd>", page.text)
    return {"number": number, "code": code}


def answered(village, words="换了三盏灯。"):
    (line,) = inbox(village.site, village.wang, SOON, only_open=True).lines
    (entry,) = feedback_detail(village.site, village.wang, line.id, SOON).entries
    pass_on(village.site, village.wang, line.id, entry.id, "", SOON)
    answer(village.site, village.li, line.id, words, SOON)


def test_a_question_gives_a_receipt_and_the_receipt_the_answer(resident, clock, zhangjia):
    page = asks(resident, clock, contact="13800138000", photo=(io.BytesIO(a_photo()), "灯.jpg"))
    assert page.status_code == 200
    assert "最迟2026年10月19日答复" in page.text
    receipt = receipt_of(page)
    waits = resident.post("/receipt", data=receipt)
    assert "乡镇在转办" in waits.text
    answered(zhangjia)
    told = resident.post("/receipt", data=receipt)
    assert "换了三盏灯。" in told.text
    assert "张家村村民委员会" in told.text
    assert "13800138000" not in told.text
    for sent in (page, waits, told):
        assert sent.headers["Cache-Control"] == "no-store"
        assert "noindex" in sent.headers["X-Robots-Tag"]
        assert "Set-Cookie" not in sent.headers
        assert "<script" not in sent.text
        assert not re.search(r'(?:href|action)="[^"]*' + receipt["code"], sent.text)


def test_all_of_the_dialogue_goes_by_receipt(resident, clock, zhangjia):
    receipt = receipt_of(asks(resident, clock, contact="13800138000"))
    answered(zhangjia)
    added = resident.post("/receipt/add", data=receipt | {"words": "哪三盏？"})
    assert "补充的话已经收到" in added.text
    assert "哪三盏？" in added.text
    early = resident.post("/receipt/escalate", data=receipt)
    assert (early.status_code, "还没有到答复的日期" in early.text) == (422, True)
    assert "联系方式已经去掉" in resident.post("/receipt/forget", data=receipt).text
    unanswered = resident.post("/receipt/erase", data=receipt)
    assert (unanswered.status_code, "答复以后才能删除" in unanswered.text) == (422, True)
    clock(NOON + timedelta(days=30))
    assert "超过期限还没有答复" in resident.post("/receipt", data=receipt).text
    higher = resident.post("/receipt/escalate", data=receipt | {"words": "没人理"})
    assert "已经请上一级答复" in higher.text
    assert "现在由乡镇答复" in higher.text


def test_the_receipt_is_shown_again_once(resident, clock):
    clock(NOON)
    form = {"token": token_of(resident.get(VILLAGE)), "kind": "question", "words": "账呢？"}
    clock(SOON)
    pages = [resident.post(VILLAGE, data=form) for _time in range(3)]
    assert len({receipt_of(page)["code"] for page in pages[:2]}) == 1
    assert "不再显示" in pages[2].text
    assert receipt_of(pages[0])["code"] not in pages[2].text


@pytest.mark.parametrize(
    ("typed", "seconds", "said"),
    [
        ({}, 1, "提交得太快"),
        ({}, 90_000, "放得太久"),
        ({"website": "https://spam.example"}, 20, "应当空着"),
        ({"token": "x"}, 20, "再按一次提交"),
        ({"words": " "}, 20, "请写要问什么"),
        ({"kind": "request"}, 20, "想看的是什么"),
        ({"words": "字" * 1001}, 20, "最多写1000字"),
    ],
)
def test_a_form_that_is_refused_comes_back_as_it_was_typed(resident, clock, typed, seconds, said):
    clock(NOON)
    form = {"token": token_of(resident.get(VILLAGE)), "kind": "question", "words": "账呢？"}
    clock(NOON + timedelta(seconds=seconds))
    back = resident.post(VILLAGE, data=form | {"requested": ""} | typed)
    assert (back.status_code, said in back.text) == (422, True)
    assert (form | typed)["words"].strip() in back.text
    clock(NOON + timedelta(seconds=seconds + 20))  # pressed again, as it says
    if "words" not in typed and "kind" not in typed:
        again = resident.post(VILLAGE, data=form | {"token": token_of(back)})
        assert "这是您的回执" in again.text


def test_what_is_no_photograph_is_refused(resident, clock):
    back = asks(resident, clock, photo=(io.BytesIO(b"%PDF-1.4"), "账.pdf"))
    assert (back.status_code, "只能附照片" in back.text) == (422, True)


def test_one_network_sends_so_many_an_hour(app, resident, clock):
    limiter.enabled = True
    app.extensions["sent_counter"] = MissCounter("forms", 2, timedelta(hours=1))
    try:
        pages = [asks(resident, clock) for _time in range(3)]
        assert [page.status_code for page in pages] == [200, 200, 422]
        assert "意见箱" in pages[2].text
        assert asks(resident, clock, now=NOON + timedelta(hours=2)).status_code == 200
    finally:
        limiter.enabled = False


def test_a_wrong_receipt_says_so_and_guessers_are_counted(resident, clock, monkeypatch):
    receipt = receipt_of(asks(resident, clock))
    wrong = {"number": receipt["number"], "code": "00000000"}
    page = resident.post("/receipt", data=wrong)
    assert (page.status_code, "编号或者查询码不对" in page.text) == (404, True)
    monkeypatch.setattr("bulletin.web.rate_limits.MAX_MISSES", 2)
    limiter.enabled = True
    try:
        tried = [resident.post("/receipt", data=wrong | {"code": f"0000000{n}"}) for n in range(3)]
        assert [each.status_code for each in tried] == [404, 404, 429]
        assert (
            resident.post("/receipt", data=receipt).status_code == 200
        )  # what is found never counts
    finally:
        limiter.enabled = False


def test_a_notice_says_above_its_text_what_to_do_if_you_disagree(resident, clock, approved):
    clock(NOON)
    page = resident.get(f"/N/{approved.code}.1").text
    above = page.partition('<article id="content">')[0]
    assert "有异议怎么办" in above
    assert "10月26日前" in above
    assert "0972-8320000" in above
    assert f'href="/N/{approved.code}/ask"' in above
    asked = asks(resident, clock, f"/N/{approved.code}/ask", kind="objection", words="3480元不对")
    assert "公开件上写的" in asked.text
    after = resident.get(f"/N/{approved.code}").text
    assert "村民提了不到3件，还没有答复的，最迟2026年10月19日答复" in after
    assert "3480元不对" not in after


def test_how_questions_stand_is_on_the_villages_page(resident, clock, zhangjia):
    for _question in range(3):
        asks(resident, clock)
    page = resident.get("/V/630223202214").text
    assert "今年村民提了3件，还没有答复的" in page
    assert f'href="{VILLAGE}"' in page
    clock(NOON + timedelta(days=30))
    late = resident.get("/V/630223202214").text
    assert "有的过了期限（2026年10月19日）还没有答复" in late


def test_so_few_answers_are_said_without_a_number(resident, clock, zhangjia):
    answered, _open = (a_question(zhangjia, NOON) for _ in range(2))
    pass_to_village(answered, "路灯换了几盏？")
    answer(zhangjia.site, zhangjia.li, answered.id, "换了12盏。", NOON)
    clock(NOON)
    page = resident.get("/V/630223202214").text
    assert "今年村民提了不到3件，有的已答复，还没有答复的" in page


@pytest.mark.parametrize("path", ["/N/XXXXXXXXXX/ask", "/N/abc/ask", "/V/999/ask"])
def test_nobody_asks_about_what_there_is_not(resident, zhangjia, path):
    assert resident.get(path).status_code == 404
    assert resident.post(path, data={"words": "问"}).status_code == 404


def test_the_form_is_light(resident, zhangjia):
    page = resident.get(VILLAGE)
    sheets = re.findall(r'href="(/styles/[^"]+\.css)"', page.text)
    weight = len(page.data) + sum(len(resident.get(sheet).data) for sheet in sheets)
    assert sheets
    assert weight < MAX_BYTES


@pytest.mark.slow
@pytest.mark.parametrize("address", ["https://copy.example.cn", "https://gk.huzhu.example.cn"])
def test_a_copy_of_the_site_leads_to_the_live_form_or_to_none(
    settings, approved, tmp_path, address
):
    site, copy = approved.village.site, tmp_path / "copy"
    copy_site(settings, site, copy, address, NOON)
    pages = (copy / path / "index.html" for path in ("", f"N/{approved.code}"))
    read = "".join(page.read_text(encoding="utf-8") for page in pages)
    links = re.findall(r'href="([^"]*/(?:ask|receipt))"', read)
    assert bool(links) is (address != site.public_url)
    assert all(link.startswith(f"{site.public_url}/") for link in links)
    assert not [path for path in copy.rglob("*") if path.name in {"ask", "receipt"}]
