"""The county's annual report in the browser: found, opened cell by cell, issued, and read by everybody."""

import pytest
from support.neighbours import PASSWORD, a_county_overseer, a_neighbour, actor_named
from support.own_report import JANUARY, YEAR, finish, issued, write_up

from bulletin.copy_reader import copy_site
from bulletin.services.oversight.annual_report.issue import issue
from bulletin.services.oversight.annual_report.reporting_body import for_county

FEBRUARY = JANUARY.replace(month=2)
PAGE = f"/desk/county/annual/{YEAR}"


@pytest.fixture
def feng(app, zhangjia):
    """A county overseer, signed in, in the February after the year."""
    app.extensions["clock"] = lambda: FEBRUARY
    a_neighbour(zhangjia)
    a_county_overseer(zhangjia)
    client = app.test_client()
    client.post("/sign-in", data={"login": "feng", "password": PASSWORD})
    return client


def test_it_is_found_where_the_county_looks(feng):
    for page in ("/desk/county", "/desk/county/supervision"):
        assert f'href="{PAGE}"' in feng.get(page).text
    page = feng.get(PAGE).text
    assert "互助土族自治县2026年政府信息公开工作年度报告" in page
    assert "应于3月31日发布" in page
    assert "第四十九条" in page
    assert "全县的表是各乡镇的合计" in page
    incomplete = page.partition("还没有发布：红崖子沟乡、乙乡")[2].partition("</li>")[0]
    assert "改不了，写明原因" in incomplete, "it is not issued before somebody writes why"
    assert "全县年度报告应于3月31日发布" in feng.get("/desk/county").text


def test_every_cell_opens_what_each_township_reported(feng, zhangjia):
    finish(zhangjia, FEBRUARY)
    issued(zhangjia, FEBRUARY)
    page = feng.get(f"{PAGE}?table=requests&row=received&column=total").text
    assert "表三 · 一、本年新收政府信息公开申请数量 · 总计" in page
    assert f'href="/T/630223202/report/{YEAR}"' in page
    assert page.count("还没有发布</span>") == 1
    assert f'href="/desk/annual/{YEAR}' not in page  # a link of the county leads to no township


def test_it_is_written_explained_issued_and_public(feng, zhangjia):
    finish(zhangjia, FEBRUARY)
    issued(zhangjia, FEBRUARY)
    assert feng.post(f"{PAGE}/issue", data={"signed_by": "冯"}).status_code == 422
    words = dict.fromkeys(("general", "problems"), "全县报告。") | {"others": "无", "version": "0"}
    saved = feng.post(f"{PAGE}/text", data=words)
    assert saved.headers["Location"] == PAGE
    for _ in range(9):
        page = feng.get(PAGE).text
        if "才能发布" not in page:
            break
        key = page.partition('name="finding" value="')[2][:16]
        feng.post(f"{PAGE}/remark", data={"finding": key, "reason": "乙乡刚装好系统。"})
    done = feng.post(f"{PAGE}/issue", data={"signed_by": "冯"}, follow_redirects=True)
    assert "第1版" in done.text
    public = feng.get(f"/report/{YEAR}")
    assert "互助土族自治县" in public.text
    assert 'href="/">' in public.text
    assert feng.get(f"/report/{YEAR}.pdf").data.startswith(b"%PDF")
    assert feng.get(f"{PAGE}/file.docx?edition=1").status_code == 200
    assert f'href="/report/{YEAR}"' in feng.get("/").text
    feed = feng.get("/feed.json").json["items"]
    assert {each["title"][:4] for each in feed} >= {"互助土族", "红崖子沟"}
    found = feng.get("/find?q=互助土族自治县 年度报告").text
    assert f'href="/report/{YEAR}"' in found
    assert f'href="/T/630223202/report/{YEAR}"' not in found
    assert f'href="/report/{YEAR}"' not in feng.get("/find?q=年度报告&in=630223202").text


@pytest.mark.sqlite_only(reason="the same files from both")
def test_the_county_s_plain_file_copy_has_it_and_names_it_in_its_feed(
    feng, zhangjia, settings, tmp_path
):
    finish(zhangjia, FEBRUARY)
    issued(zhangjia, FEBRUARY)
    county = for_county(actor_named(zhangjia.site, "feng", PASSWORD))
    write_up(zhangjia.site, county, YEAR, FEBRUARY)
    issue(zhangjia.site, county, YEAR, "冯县长", FEBRUARY)
    copy, address = tmp_path / "copy", "https://gk.huzhu.example.cn"
    copy_site(settings, zhangjia.site, copy, address, FEBRUARY, frozenset())
    assert feng.get(f"/report/{YEAR}").status_code == 200
    assert "互助土族自治县" in (copy / "report" / str(YEAR) / "index.html").read_text()
    for ending, start in (("pdf", b"%PDF"), ("docx", b"PK")):
        assert (copy / "report" / f"{YEAR}.{ending}").read_bytes().startswith(start)
    assert f"{address}/report/{YEAR}" in (copy / "feed.json").read_text()


def test_a_township_s_people_have_no_such_page_and_the_county_none_of_theirs(feng, signed_in):
    wang = signed_in("wang")
    assert wang.get(PAGE).status_code == 404
    assert wang.post(f"{PAGE}/issue", data={"signed_by": "甲"}).status_code == 404
    assert signed_in("li").get(PAGE).status_code == 404
    assert feng.get(f"/desk/annual/{YEAR}").status_code == 404
    assert feng.get("/desk/county/annual/1999").status_code == 404
    assert feng.get(f"/report/{YEAR}").status_code == 404
