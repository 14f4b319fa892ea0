"""核对年度报告: the county hands reports in, waits, and reads what is wrong apart from what nobody can tell."""

import re
from io import BytesIO

import pytest
from support.annual_reports import as_page, filled, layouts
from support.neighbours import PASSWORD, a_county_overseer
from support.patience import wait_for

from bulletin.domain.oversight.annual_report.layout import CellKey, TableName

PAGE = "/desk/county/report-check"
IN_FORCE = layouts()["2021"]
WRONG = filled(IN_FORCE) | {CellKey(TableName.REVIEWS, "lawsuit_after", "total"): 3}


@pytest.fixture
def feng(app, zhangjia):
    a_county_overseer(zhangjia)
    client = app.test_client()
    client.post("/sign-in", data={"login": "feng", "password": PASSWORD})
    return client


def sent(*files, county=None):
    reports = [(BytesIO(data), name) for name, data in files]
    return {"reports": reports} | ({"county": (BytesIO(county), "县.html")} if county else {})


def test_it_is_found_where_the_county_looks(feng, signed_in):
    for page in ("/desk/county", "/desk/county/supervision"):
        assert f'href="{PAGE}"' in feng.get(page).text
    assert signed_in("wu").get(PAGE).status_code == 403


def test_what_is_wrong_stands_apart_from_what_nobody_can_tell(feng):
    good, wrong = as_page(IN_FORCE, filled(IN_FORCE)), as_page(IN_FORCE, WRONG)
    files = sent(("甲乡.html", good), ("乙乡.html", wrong), ("丙局.txt", "一、总体情况".encode()))
    answer = feng.post(PAGE, data=files, content_type="multipart/form-data")
    assert answer.status_code == 302
    address = answer.headers["Location"]
    wait_for(lambda: "核对了3份" in feng.get(address).text)
    page = feng.get(address).text
    assert "1份各项都相符" in page
    assert "乙乡.html</h2>" in page
    assert "丙局.txt</h2>" not in page
    (rule,) = set(re.findall(r'href="#(rule-[^"]+)"', page))
    assert rule == "rule-reviews.total"
    assert f'id="{rule}"' in page, "what the rule says"
    unread = feng.get(f"{address}?show=NOT_ASSESSABLE").text
    assert "丙局.txt</h2>" in unread
    assert "乙乡.html</h2>" not in unread
    assert feng.get(f"{address}?show=UNCERTAIN").status_code == 200
    assert f'href="{address}"' in feng.get(PAGE).text, "whoever left the page finds it again"


def test_nothing_chosen_is_said_on_the_form(feng):
    refused = feng.post(PAGE, data={}, content_type="multipart/form-data")
    assert refused.status_code == 422
    assert "请选各乡镇、部门的年度报告" in refused.text


def test_another_persons_check_does_not_exist(feng):
    assert feng.get(f"{PAGE}/1").status_code == 404
