"""事项 on a phone: one press for what has just happened."""

import re

import pytest
from support.browser import needs_chromium, served
from support.browser import signed_in as window_of
from support.builders import PASSWORD

DAY = "2026-10-09"


@pytest.fixture
def li(signed_in):
    return signed_in("li")


def begin(client, kind="public_works", title="村道硬化工程", day=""):
    return client.post(
        "/desk/matters", data={"kind": kind, "title": title, "event_on": day}, follow_redirects=True
    )


def press(client, page, say):
    """Press the button that says what happened, with the day that stands beside it."""
    forms = re.findall(r"<form.*?</form>", page.text, re.DOTALL)
    form = next(form for form in forms if f">{say}<" in form)
    action = re.search(r'action="([^"]+)"', form)[1]
    fields = dict(re.findall(r'name="(step|event_on)"[^>]*value="([^"]*)"', form))
    return client.post(action, data=fields, follow_redirects=True)


def test_a_liaison_walks_a_road_from_plan_to_settlement_with_one_press_each(li):
    page = begin(li)
    for say in ("方案定了", "开工了", "又完成一个阶段", "又完成一个阶段", "验收了"):
        page = press(li, page, say)
        assert "记下了，最迟2026年10月19日公开。" in page.text
    assert "都走完了" in page.text
    assert page.text.count("最迟10月19日公开") == 5
    assert ">村道硬化工程</a>" not in li.get("/desk/matters").text
    over = li.get("/desk/matters?show=over&kind=public_works").text
    assert ">村道硬化工程</a>" in over


def test_temporary_work_is_opened_in_one_step(li):
    page = begin(li, "temporary_work", "村道抢修", DAY)
    assert "最迟10月19日公开" in page.text
    assert "下一步：有新进展" in page.text


def test_the_list_says_how_far_each_has_come(li):
    begin(li)
    page = li.get("/desk/matters").text
    assert "村道硬化工程" in page
    assert "下一步：项目方案形成" in page
    assert ">方案定了<" in page


def test_from_a_step_a_draft_is_begun(li):
    page = begin(li, day=DAY)
    duty = re.search(r'name="only" value="(\d+)"', page.text)[1]
    editor = li.post("/desk/drafts", data={"only": duty}, follow_redirects=True)
    assert "村道硬化工程（项目方案形成）" in editor.text


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"kind": ""}, "请选是哪一类事"),
        ({"title": " "}, "请写事项的名称"),
        ({"day": "2026-99-99"}, "要写成"),
        ({"title": "张三13900001111修路"}, "手机"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(li, said, sentence):
    page = begin(li, **{"kind": "levy", "title": "饮水管道维修"} | said)
    assert page.status_code == 422
    assert sentence in page.text
    if "kind" not in said:
        assert 'value="levy" selected' in page.text


def test_a_day_that_is_none_is_refused(li):
    begin(li)
    page = li.post("/desk/matters/1/tell", data={"step": "0", "event_on": ""})
    assert page.status_code == 422
    assert "请填" in page.text


def test_others_see_how_far_it_is_and_press_nothing(li, signed_in):
    begin(li)
    for login in ("sun", "wu"):
        page = signed_in(login).get("/desk/matters/1").text
        assert "村道硬化工程" in page
        assert "方案定了" not in page
    assert signed_in("zhou").get("/desk/matters/1").status_code == 404
    assert "下一步" not in signed_in("zhou").get("/desk/matters").text


@needs_chromium
@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.sqlite_only(reason="the browser sends it once or twice, whatever the database")
def test_a_finger_that_trembles_sends_it_once_while_the_answer_is_slow(browser, app, zhangjia):
    sent = []
    with served(app) as address:
        page = window_of(browser, address, "li", PASSWORD)
        page.goto(f"{address}/desk/matters")
        page.select_option("#kind", "temporary_work")
        page.fill("#title", "村道抢修")
        page.route("**/desk/matters", lambda route: sent.append(route.request.method))
        page.evaluate(
            """() => new Promise((told) => {
                const button = document.querySelector("#begin button");
                button.click();
                setTimeout(() => { button.click(); setTimeout(told, 300); }, 300);
            })"""
        )
    assert sent == ["POST"]
