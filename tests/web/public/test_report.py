"""The annual report for everybody: reached from the township's home, light, and in the plain-file copy."""

import json
import re
from datetime import timedelta
from urllib.parse import urlsplit

import feedparser
import pytest
from support.open_data import faults_of_profile, faults_of_standard
from support.own_report import JANUARY, YEAR, finish, issued
from support.resident_pages import MAX_BYTES

from bulletin.copy_reader import copy_site
from bulletin.domain.formats import MEDIA_TYPES

HOMES = ("/", "/T/630223202", "/V/630223202")
PAGE = f"/T/630223202/report/{YEAR}"
LATER = JANUARY + timedelta(days=28)


@pytest.fixture
def report(app, resident, zhangjia):
    app.extensions["clock"] = lambda: JANUARY
    finish(zhangjia)
    issued(zhangjia)
    return resident.get(PAGE)


@pytest.mark.parametrize("home", HOMES)
def test_every_home_of_the_township_leads_to_the_report(report, resident, home):
    assert report.status_code == 200
    assert f'href="{PAGE}"' in resident.get(home).text


def test_a_village_has_none(report, resident):
    assert report.status_code == 200
    assert "/report/" not in resident.get("/V/630223202214").text


def test_each_figure_of_a_table_has_its_row_and_its_column_named(report):
    tables = re.findall(r"<table>.*?</table>", report.text, re.DOTALL)
    assert [len(re.findall(r"<td", table)) for table in tables] == [10, 175, 15]
    for table in tables:
        assert not re.findall(r"<th(?! scope=)", table)
        assert {"row", "col"} <= set(re.findall(r'scope="(\w+)"', tables[0]))
    assert '<article class="report">' in report.text
    assert len(report.data) < MAX_BYTES


def test_in_english_the_report_stays_as_the_township_wrote_it(report, resident):
    page = resident.get(f"{PAGE}?lang=en").text
    assert report.status_code == 200
    assert "Read the PDF" in page
    assert '<article class="report" lang="zh-CN">' in page


def test_its_files_are_asked_for_again_and_have_the_title_as_their_name(report, resident):
    for ending, kind in (("pdf", "inline"), ("docx", "attachment")):
        answer = resident.get(f"{PAGE}.{ending}")
        assert f'href="{PAGE}.{ending}"' in report.text
        assert answer.headers["Content-Disposition"].startswith(kind)
        tag = {"If-None-Match": answer.headers["ETag"]}
        assert resident.get(f"{PAGE}.{ending}", headers=tag).status_code == 304
    assert resident.get(f"/T/630223202/report/{YEAR - 9}.pdf").status_code == 404
    assert resident.get(f"{PAGE}.xlsx").status_code == 404


def test_what_was_issued_before_is_named_with_its_day_and_opens_as_it_was(
    app, report, resident, zhangjia
):
    first = {ending: resident.get(f"{PAGE}.{ending}").data for ending in ("docx", "pdf")}
    finish(zhangjia, LATER, general="改过的话。")
    app.extensions["clock"] = lambda: LATER
    issued(zhangjia, LATER)
    page = resident.get(PAGE).text
    assert "2月9日发布" in page
    assert "改过的话" in page
    before = page.partition("以前发布的")[2]
    assert "第1版是" in before
    assert "1月12日发布的" in before
    for ending, data in first.items():
        assert f'href="{PAGE}/1.{ending}"' in before
        assert resident.get(f"{PAGE}/1.{ending}").data == data
        assert resident.get(f"{PAGE}/2.{ending}").data == resident.get(f"{PAGE}.{ending}").data
        assert resident.get(f"{PAGE}/2.{ending}").data != data
        assert resident.get(f"{PAGE}/3.{ending}").status_code == 404
    app.extensions["clock"] = lambda: JANUARY  # when there was no second one yet
    assert resident.get(f"{PAGE}/2.pdf").status_code == 404


def test_the_desk_opens_every_edition_as_it_was_issued(app, report, resident, signed_in, zhangjia):
    first = resident.get(f"{PAGE}.docx").data
    finish(zhangjia, LATER, general="改过的话。")
    app.extensions["clock"] = lambda: LATER
    issued(zhangjia, LATER)
    wang = signed_in("wang")
    desk = f"/desk/annual/{YEAR}"
    for number, data in ((1, first), (2, resident.get(f"{PAGE}.docx").data)):
        address = f"{desk}/file.docx?edition={number}"
        assert f'href="{address}"' in wang.get(desk).text
        assert wang.get(address).data == data
    assert wang.get(f"{desk}/file.docx?edition=3").status_code == 404


def test_the_township_s_feeds_name_it_and_a_village_s_do_not(report, resident):
    for place in ("", "/T/630223202", "/V/630223202"):
        atom = feedparser.parse(resident.get(f"{place}/feed.atom").data)
        (entry,) = [each for each in atom.entries if "/report/" in each.id]
        assert entry.id.endswith(PAGE)
        assert entry.title == f"红崖子沟乡{YEAR}年政府信息公开工作年度报告"
        assert entry.summary == "红崖子沟乡人民政府，2027-01-12发布"
        assert [link.type for link in entry.links if link.rel == "enclosure"] == [
            MEDIA_TYPES[ending] for ending in (".docx", ".pdf")
        ]
        items = resident.get(f"{place}/feed.json").json["items"]
        (item,) = [each for each in items if "/report/" in each["id"]]
        for file in item["attachments"]:
            assert resident.get(urlsplit(file["url"]).path).mimetype == file["mime_type"]
        board = json.loads(resident.get(f"{place}/feed.jsonld").text)
        assert faults_of_standard(board) == []
        assert faults_of_profile(board) == []
        assert [each["year"] for each in board["bulletin"]["reports"]] == [YEAR]
        assert "/report/" not in resident.get(f"{place}/feed.ics").text  # no period ends
    for place in ("/V/630223202214", "/V/630223202/finance"):
        assert "/report/" not in resident.get(f"{place}/feed.atom").text


def test_a_feed_names_an_edition_that_came_later_as_the_same_report_changed(
    app, report, resident, zhangjia
):
    finish(zhangjia, LATER, general="改过的话。")
    app.extensions["clock"] = lambda: LATER
    issued(zhangjia, LATER)
    (entry,) = feedparser.parse(resident.get("/T/630223202/feed.atom").data).entries
    assert (entry.published[:10], entry.updated[:10]) == ("2027-01-12", "2027-02-09")
    assert "第2版（有更正）" in entry.summary
    app.extensions["clock"] = lambda: LATER.replace(year=2028, month=3)
    assert feedparser.parse(resident.get("/T/630223202/feed.atom").data).entries == []


@pytest.mark.parametrize(
    "typed",
    [
        "2026 年度报告",
        "政府信息公开年度报告",
        "公开年报",
        "红崖子沟乡 年度报告",
        "2026年政府信息公开",
    ],
)
def test_it_is_found_by_the_words_of_its_title(report, resident, typed):
    found = resident.get("/find", query_string={"q": typed}).text
    assert report.status_code == 200
    assert f'href="{PAGE}"' in found
    assert "没有找到" not in found


def test_it_is_found_by_its_text_behind_what_has_the_words_in_notices(
    app, approved, resident, zhangjia
):
    app.extensions["clock"] = lambda: JANUARY
    finish(zhangjia, general="收支公开得慢。")
    issued(zhangjia)
    found = resident.get("/find?q=收支").text
    assert found.index(f"/N/{approved.code}") < found.index(PAGE)
    assert "<mark>收支</mark>公开得慢" in found
    assert PAGE in resident.get("/find?q=收支&in=630223202").text
    for narrowed in ("in=630223202214", "class=finance", f"year={YEAR - 1}"):
        assert PAGE not in resident.get(f"/find?q=收支&{narrowed}").text
    assert PAGE in resident.get(f"/find?q=收支&year={YEAR}").text
    assert PAGE not in resident.get("/find?q=桥梁").text


@pytest.mark.sqlite_only(reason="the same files from both")
def test_the_plain_file_copy_has_the_page_and_its_files(report, settings, zhangjia, tmp_path):
    copy_site(
        settings,
        zhangjia.site,
        tmp_path / "copy",
        "https://gk.huzhu.example.cn",
        JANUARY,
        frozenset(),
    )
    folder = tmp_path / "copy" / "T" / "630223202" / "report"
    assert report.status_code == 200
    assert f"{YEAR}.pdf" in (folder / str(YEAR) / "index.html").read_text()
    assert (folder / f"{YEAR}.pdf").read_bytes().startswith(b"%PDF")
    assert (folder / f"{YEAR}.docx").read_bytes().startswith(b"PK")
    for feed in ("T/630223202/feed.atom", "T/630223202/feed.json", "V/630223202/feed.jsonld"):
        assert f"https://gk.huzhu.example.cn{PAGE}" in (tmp_path / "copy" / feed).read_text()


@pytest.mark.sqlite_only(reason="the same files from both")
def test_a_copy_made_again_has_what_was_issued_since_and_before(
    app, report, settings, zhangjia, tmp_path
):
    address = "https://gk.huzhu.example.cn"
    folder = tmp_path / "copy" / "T" / "630223202" / "report" / str(YEAR)
    copy_site(settings, zhangjia.site, tmp_path / "copy", address, JANUARY, frozenset())
    assert not (folder / "1.pdf").exists()
    finish(zhangjia, LATER, general="改过的话。")
    issued(zhangjia, LATER)
    copy_site(settings, zhangjia.site, tmp_path / "copy", address, LATER, frozenset())
    assert report.status_code == 200
    assert "以前发布的" in (folder / "index.html").read_text()
    assert (folder / "1.pdf").read_bytes().startswith(b"%PDF")
    assert (folder / "1.docx").read_bytes().startswith(b"PK")
    feed = (tmp_path / "copy" / "T" / "630223202" / "feed.json").read_text()
    assert "第2版（有更正）" in feed
