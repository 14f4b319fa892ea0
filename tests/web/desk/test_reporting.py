"""责任分工 and 信息报送 at the desk."""

import re

import pytest

ITEM = "government.township_fiscal"
SEAT = {"seat": "head", "name": "冶示例", "post": "乡长", "from_on": "2026-10-09"}


@pytest.fixture
def wang(signed_in):
    """The screener, with a department that reports for the township's finances."""
    wang = signed_in("wang")
    new = {"name": "财政所", "contact": "何示例", "phone": "0972-8321112"}
    assert wang.post("/desk/reporting/departments", data=new).status_code == 302
    form = {"department": "1", "days_before": "3"}
    assert wang.post(f"/desk/reporting/tasks/{ITEM}", data=form).status_code == 302
    return wang


def test_a_task_is_decided_followed_reminded_and_done(wang):
    assert "财政所 何示例" in wang.get("/desk/reporting/tasks").text
    page = wang.get("/desk/reporting").text
    assert "财政所何示例：乡镇财政收支情况" in page
    assert 'href="sms:09728321112?body=' in page
    act = re.search(rf'action="(/desk/reporting/{ITEM}/[^"]+)/remind"', page)[1]
    assert wang.post(f"{act}/remind", data={"way": "phone"}).status_code == 302
    assert "提醒过1次" in wang.get("/desk/reporting").text
    assert wang.post(f"{act}/remind", data={"way": "pigeon"}).status_code == 422
    assert wang.post(f"{act}/came", data={"reported_on": "2026-10-09"}).status_code == 302
    done = wang.get("/desk/reporting?show=done").text
    assert "按期报了" in done
    assert wang.post("/desk/reporting/materials/1/void", data={"reason": "错"}).status_code == 302
    assert "按期报了" not in wang.get("/desk/reporting?show=done&period=2026-Q4").text


def test_a_department_gets_another_phone(wang):
    new = {"name": "财政所", "contact": "安示例", "phone": "0972-8321119"}
    assert wang.post("/desk/reporting/departments/1", data=new).status_code == 302
    assert "0972-8321119" in wang.get("/desk/reporting?department=1").text
    assert wang.post("/desk/reporting/departments", data={"name": ""}).status_code == 422


def test_both_papers_are_printed(wang):
    for page in ("reporting/tasks.pdf", "responsibilities.pdf"):
        assert wang.get(f"/desk/{page}").data.startswith(b"%PDF")


def test_a_seat_is_taken_and_left(signed_in):
    zheng = signed_in("zheng")
    assert zheng.post("/desk/responsibilities", data=SEAT).status_code == 302
    page = zheng.get("/desk/responsibilities").text
    assert "冶示例" in page
    assert "乡长" in page
    left = zheng.post("/desk/responsibilities/1/leave", data={"until_on": "2026-10-09"})
    assert left.status_code == 302
    assert (
        "冶示例"
        not in zheng.get("/desk/responsibilities?as_of=2026-10-10")
        .text.partition("以前的")[0]
        .partition("<h1>")[2]
    )
    refused = zheng.post("/desk/responsibilities", data=SEAT | {"seat": "king"})
    assert refused.status_code == 422
    assert 'value="乡长"' in refused.text


@pytest.mark.parametrize("login", ["li", "zhao"])
def test_villages_have_none_of_it(signed_in, login):
    for page in ("responsibilities", "reporting", "reporting/tasks", "reporting/tasks.pdf"):
        assert signed_in(login).get(f"/desk/{page}").status_code in {403, 404}, page


def test_who_watches_reads_and_changes_nothing(signed_in, wang):
    wu = signed_in("wu")
    for page in ("responsibilities", "reporting", "reporting/tasks"):
        text = wu.get(f"/desk/{page}").text
        assert f'action="/desk/{page.partition("/")[0]}' not in text
    assert wu.post("/desk/responsibilities", data=SEAT).status_code == 403
