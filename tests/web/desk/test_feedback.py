"""提问 at the desk: the township first, the village in its words, phone and paper box typed in."""

import io

import pytest
from support.clock import NOON
from support.feedback import a_photo, a_question

from bulletin.services.feedback.detail import feedback_detail

SURE = {"sure": "yes"}


def entry_of(village, question):
    return feedback_detail(village.site, village.wang, question.id, NOON).entries[-1].id


def passes_on(browser, village, question, **typed):
    address = f"/desk/feedback/{question.id}/entries/{entry_of(village, question)}/pass-on"
    return browser.post(address, data=typed, follow_redirects=True)


def test_the_township_passes_on_and_the_village_answers(signed_in, zhangjia):
    wang, li = signed_in("wang"), signed_in("li")
    asked = a_question(zhangjia, NOON, "我家张三门口的路灯怎么花了3480元？", contact="13800138000")
    here = f"/desk/feedback/{asked.id}"
    assert "看过转给村里" in wang.get("/desk/feedback").text
    assert "没有等着办的" in li.get("/desk/feedback").text
    assert li.get(here).status_code == 404
    assert "张三" in wang.get(here).text
    assert "已经转给村里" in passes_on(wang, zhangjia, asked, words="路灯的3480元花在哪里？").text
    shown = li.get(here).text
    assert "路灯的3480元花在哪里？" in shown
    for secret in ("张三", "13800138000", "联系方式</h2>", asked.number):
        assert secret not in shown
    assert (
        "已经答复" in li.post(f"{here}/answer", data={"words": "换灯"}, follow_redirects=True).text
    )
    assert "没有等着办的" in li.get("/desk/feedback").text
    assert "路灯" not in signed_in("zhou").get("/desk/feedback?show=all").text


def test_contact_data_is_shown_for_one_look_and_goes_when_asked(signed_in, zhangjia):
    wang = signed_in("wang")
    asked = a_question(zhangjia, NOON, contact="13800138000")
    here = f"/desk/feedback/{asked.id}"
    assert "13800138000" not in wang.get(here).text
    seen = wang.post(f"{here}/contact")
    assert "13800138000" in seen.text
    assert seen.headers["Cache-Control"] == "no-store"
    assert signed_in("li").post(f"{here}/contact").status_code == 403
    assert "去掉这位村民的联系方式？" in wang.post(f"{here}/forget").text
    wang.post(f"{here}/forget", data=SURE)
    assert "看联系方式" not in wang.get(here).text


def test_photo_signatures_and_what_belongs_elsewhere(signed_in, zhangjia):
    wang = signed_in("wang")
    asked = a_question(zhangjia, NOON, photo=("灯.jpg", a_photo()))
    here = f"/desk/feedback/{asked.id}"
    photo = wang.get(f"{here}/entries/{entry_of(zhangjia, asked)}/photo")
    assert (photo.status_code, photo.mimetype) == (200, "image/jpeg")
    joint = {"joint_kind": "villagers", "signed": "84", "total": "840"}
    told = wang.post(f"{here}/joint", data=joint, follow_redirects=True)
    assert "应当召集村民会议" in told.text
    assert wang.post(f"{here}/joint", data=joint | {"total": "8"}).status_code == 422
    assert "请选是哪一种" in wang.post(f"{here}/turn-away").text
    away = wang.post(f"{here}/turn-away", data={"reason": "petition"}, follow_redirects=True)
    assert "不在这里办理" in away.text
    assert wang.post(f"{here}/answer", data={"words": "还是答复"}).status_code == 403


def test_a_correction_begins_from_the_question(signed_in, zhangjia, approved):
    asked = a_question(zhangjia, NOON, notice=approved.code)
    passes_on(signed_in("wang"), zhangjia, asked)
    li = signed_in("li")
    answer = li.post(f"/desk/feedback/{asked.id}/correct")
    assert answer.location.endswith(f"/desk/notices/{approved.code}/edit")
    assert "起草了第2版更正" in li.get(f"/desk/feedback/{asked.id}").text


ENTRY = {"kind": "question", "channel": "phone", "place": "630223202214", "words": "路灯花了多少？"}


def test_what_came_by_phone_is_typed_in_and_the_receipt_read_out(signed_in, zhangjia):
    li = signed_in("li")
    token = li.get("/desk/feedback/new").text.partition('name="token" value="')[2].partition('"')[0]
    form = ENTRY | {"token": token, "contact": "13800138000", "received_on": "2026-10-08"}
    page = li.post("/desk/feedback/new", data=form | {"photo": (io.BytesIO(a_photo()), "条.jpg")})
    assert "请把回执告诉村民" in page.text
    assert "2026年10月19日" in page.text
    number, code = (part.partition("</code>")[0] for part in page.text.split("<code>")[1:3])
    told = signed_in("wang").post("/receipt", data={"number": number, "code": code})
    assert "等待答复" in told.text
    assert "路灯花了多少" in li.get("/desk/feedback/1").text


@pytest.mark.parametrize(
    ("change", "status", "said"),
    [
        ({"channel": "web"}, 422, "怎么收到的"),
        ({"words": " "}, 422, "请写要问什么"),
        ({"notice": "什么"}, 422, "没有认出来"),
        ({"received_on": "2026-10-20"}, 422, "收到的日期"),
        ({"token": "x"}, 422, "再按一次"),
        ({"place": "630223202215"}, 403, "信息员或者乡镇"),
    ],
)
def test_an_entry_with_a_fault_comes_back_as_it_was_typed(signed_in, change, status, said):
    li = signed_in("li")
    token = li.get("/desk/feedback/new").text.partition('name="token" value="')[2].partition('"')[0]
    back = li.post("/desk/feedback/new", data=ENTRY | {"token": token} | change)
    assert (back.status_code, said in back.text) == (status, True)
    assert "words" in change or "路灯花了多少？</textarea>" in back.text


def test_who_only_reviews_types_nothing_in(signed_in):
    assert signed_in("sun").get("/desk/feedback/new").status_code == 403


@pytest.mark.slow
def test_more_than_a_page_of_them_are_turned_over(signed_in, zhangjia):
    for number in range(51):
        a_question(zhangjia, NOON, f"路灯第{number}问")
    wang = signed_in("wang")
    first = wang.get("/desk/feedback?show=all").text
    assert "第1页，共2页" in first
    assert "/desk/feedback?show=all&amp;page=2" in first
    assert "第2页，共2页" in wang.get("/desk/feedback?show=all&page=2").text
