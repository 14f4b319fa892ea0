"""The county in the browser: its front page, the sums of its townships, and the cells behind them."""

import csv
import io
from datetime import date

import openpyxl
import pytest
from support.clock import NOON
from support.neighbours import PASSWORD, a_county_overseer, a_neighbour
from support.neighbours import YI as CODE

from bulletin.domain.deadlines.periods import Period
from bulletin.domain.oversight.supervision import DutyOutcome
from bulletin.domain.oversight.work_of_year import WORK, WorkSection
from bulletin.services.duties.overview import duty_lines
from bulletin.services.oversight.supervision.overview import supervision
from bulletin.services.people import directory

DAY = NOON.date()


@pytest.fixture
def yi(zhangjia):
    return a_neighbour(zhangjia)


@pytest.fixture
def feng(app, zhangjia, yi):
    """A county overseer, signed in."""
    a_county_overseer(zhangjia)
    client = app.test_client()
    client.post("/sign-in", data={"login": "feng", "password": PASSWORD})
    return client


def test_the_desk_of_a_county_overseer_begins_with_the_townships(feng):
    page = feng.get("/desk", follow_redirects=True)
    assert page.request.path == "/desk/county"
    for words in ("红崖子沟乡", "乙乡", "县级督查", "2026年第四季度"):
        assert words in page.text
    assert "备案" not in page.text


def test_a_township_opens_with_its_own_cells_and_nothing_of_the_other(zhangjia, yi, feng):
    asked = {"period": "2026", "as_of": "2026-12-31"}
    page = feng.post(f"/desk/county/{CODE}", data=asked, follow_redirects=True)
    assert page.request.path == "/desk/coverage"
    assert dict(page.request.args) == asked
    assert "河湾村" in page.text
    assert "张家村" not in page.text
    mine = duty_lines(zhangjia.site, yi, NOON)[0].id
    others = duty_lines(zhangjia.site, zhangjia.wu, NOON)[0].id
    assert feng.get(f"/desk/duties/{mine}").status_code == 200
    assert feng.get(f"/desk/duties/{others}").status_code == 404
    feng.post("/desk/county/630223202")
    assert feng.get(f"/desk/duties/{others}").status_code == 200


def test_a_township_that_is_not_there_changes_nothing(feng):
    assert feng.post("/desk/county/999").status_code == 404
    assert "红崖子沟乡" in feng.get("/desk/coverage").text


@pytest.mark.parametrize("login", ["li", "wu", "zheng"])
def test_people_of_a_township_have_no_county(signed_in, yi, login):
    browser = signed_in(login)
    for answer in (
        browser.get("/desk/county"),
        browser.get("/desk/county.csv"),
        browser.post(f"/desk/county/{CODE}"),
    ):
        assert answer.status_code == 403
    assert "/desk/county" not in browser.get("/desk").text


def test_the_sums_as_files(feng):
    rows = list(csv.reader(io.StringIO(feng.get("/desk/county.csv").data.decode("utf-8-sig"))))
    assert [row[0] for row in rows] == ["乡镇", "红崖子沟乡", "乙乡"]
    assert all(int(row[1]) == sum(map(int, row[2:])) > 0 for row in rows[1:])
    assert feng.get("/desk/county.xlsx?period=2026").data.startswith(b"PK")


def test_an_administrator_is_told_who_keeps_the_accounts_of_the_county(signed_in, feng, zhangjia):
    person, _ = directory.county_overseer(zhangjia.site, "feng")
    listed = signed_in("zheng").get("/desk/people").text
    assert "由县里办理" in listed
    assert f'action="/desk/people/{person}/password"' not in listed
    answer = signed_in("zheng").post(f"/desk/people/{person}/password")
    assert answer.status_code == 422
    assert "县级督查的账号" in answer.text


def test_residents_of_a_county_choose_their_township(resident, yi):
    front = resident.get("/").text
    assert "互助土族自治县" in front
    for name, code in (("红崖子沟乡", "630223202"), ("乙乡", CODE)):
        assert f'href="/T/{code}"' in front
        assert name in front
    assert "河湾村" in resident.get(f"/T/{CODE}").text
    village = resident.get("/V/630223203201")
    assert (village.status_code, "乙乡" in village.text) == (200, True)
    assert "乙乡" in resident.get(f"/V/{CODE}").text
    assert "公开事项目录" in resident.get("/V/630223203201/catalog").text
    missed = resident.get("/N/XXXXXXXXXX")
    assert (missed.status_code, f'href="/T/{CODE}"' in missed.text) == (404, True)
    assert resident.get("/T/999").status_code == 404


def test_the_supervision_of_townships_stands_side_by_side_and_leads_into_each(feng, signed_in):
    page = feng.get("/desk/county/supervision?as_of=2026-12-31")
    assert page.text.index("乙乡") != page.text.index("红崖子沟乡")
    assert "逾期" in page.text
    asked = {"period": "2026", "as_of": "2026-12-31"}
    opened = feng.post(f"/desk/county/supervision/{CODE}", data=asked, follow_redirects=True)
    assert opened.request.path == "/desk/supervision"
    assert "河湾村" in opened.text
    assert "张家村" not in opened.text
    assert signed_in("wu").get("/desk/county/supervision").status_code == 403


@pytest.mark.parametrize("section", WorkSection)
def test_the_work_of_townships_stands_side_by_side_and_leads_into_each(feng, signed_in, section):
    page = feng.get(f"/desk/county/work?show={section}")
    for words in ("乙乡", "红崖子沟乡", "全县", *(count.label for count in WORK[section])):
        assert words in page.text
    opened = feng.post(f"/desk/county/work/{CODE}", data={"show": section}, follow_redirects=True)
    assert opened.status_code == 200
    assert "乙乡" in opened.text
    assert "红崖子沟乡" not in opened.text
    assert signed_in("wu").get("/desk/county/work").status_code == 403


def test_the_countys_workbook_has_the_sums_of_each_townships_page(zhangjia, feng):
    data = feng.get("/desk/county/supervision.xlsx?as_of=2026-12-31").data
    head, *rows = list(openpyxl.load_workbook(io.BytesIO(data))["各乡镇"].values)[1:]
    owed = {row[0]: row[head.index("逾期")] for row in rows}
    found = supervision(
        zhangjia.site, zhangjia.wu, NOON, period=Period.parse("2026"), as_of=date(2026, 12, 31)
    )
    assert owed["红崖子沟乡"] == found.outcomes[DutyOutcome.OWED] > 0
    assert owed["乙乡"] > 0
