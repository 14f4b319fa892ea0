"""The annual report for everybody: reached from the township's home, light, and in the plain-file copy."""

import re

import pytest
from support.own_report import JANUARY, YEAR, finish, issued
from support.resident_pages import MAX_BYTES

from bulletin.copy_reader import copy_site

HOMES = ("/", "/T/630223202", "/V/630223202")
PAGE = f"/T/630223202/report/{YEAR}"


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
