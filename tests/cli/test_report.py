"""report check: published reports, from the command line."""

import json

import pytest
from support.annual_reports import as_page, as_word, filled, layouts
from support.commands import bulletin
from support.neighbours import a_neighbour
from support.own_report import finish, issued
from support.paths import MATERIAL

from bulletin.domain.oversight.annual_report.layout import CellKey, TableName

IN_FORCE = layouts()["2021"]
OWN = MATERIAL / "annual_reports" / "2023.txt"


def test_a_good_report_ends_with_nought(tmp_path):
    file = tmp_path / "报告.docx"
    file.write_bytes(as_word(IN_FORCE, filled(IN_FORCE)))
    done = bulletin("report", "check", file)
    assert "2021年样式，200格" in done.stdout
    assert "各项都相符" in done.stdout


def test_findings_are_rows_for_programs(tmp_path):
    file = tmp_path / "report.html"
    wrong = filled(IN_FORCE) | {CellKey(TableName.REVIEWS, "lawsuit_after", "total"): 3}
    file.write_bytes(as_page(IN_FORCE, wrong))
    rows = json.loads(bulletin("report", "check", file, OWN, "--json", expect=1).stdout)
    assert rows[0] == {
        "file": str(file),
        "rule": "reviews.total",
        "cell": "表四 · 复议后起诉 · 总计",
        "expected": "1",
        "found": "3",
        "verdict": "FAIL",
    }
    assert [row["rule"] for row in rows[1:]] == ["form.heading", "form.row", "form.rows"]


def test_what_is_only_not_sure_ends_with_three(tmp_path):
    file = tmp_path / "report.txt"
    file.write_text("年度报告\n一、总体情况\n", encoding="utf-8")
    rows = json.loads(bulletin("report", "check", file, "--json", expect=3).stdout)
    assert {row["rule"] for row in rows} == {"form.table", "form.heading"}
    assert {row["verdict"] for row in rows} == {"NOT_ASSESSABLE", "UNCERTAIN"}
    file.write_bytes(b"\x00\x01")
    (row,) = json.loads(bulletin("report", "check", file, "--json", expect=3).stdout)
    assert row["verdict"] == "NOT_ASSESSABLE"


def test_a_file_that_is_too_big_says_so_and_is_not_read(tmp_path):
    file = tmp_path / "report.docx"
    with file.open("wb") as big:
        big.truncate(3 * 1024**3)  # of which the disk keeps nothing
    (row,) = json.loads(bulletin("report", "check", file, "--json", expect=3).stdout)
    assert (row["rule"], row["verdict"]) == ("file.size", "NOT_ASSESSABLE")
    assert "超过20兆" in row["found"]


def test_last_year_goes_with_one_report():
    done = bulletin("report", "check", OWN, OWN, "--before", OWN, expect=2)
    assert "name one file" in done.stderr


@pytest.mark.sqlite_only("the command line finds its database in the data folder")
@pytest.mark.parametrize("ending", [".docx", ".pdf", ".html"])
def test_the_report_of_a_year_is_written_and_its_check_finds_nothing(
    zhangjia, settings, tmp_path, ending
):
    file, data = tmp_path / f"报告{ending}", settings.data
    done = bulletin("report", "annual", "--year", "2026", "-o", file, data=data)
    assert str(file) in done.stdout.replace("\n", "")
    assert "各项都相符" in bulletin("report", "check", file).stdout


@pytest.mark.sqlite_only("the command line finds its database in the data folder")
def test_the_county_s_report_is_written_and_names_who_has_issued_none(zhangjia, settings, tmp_path):
    file, data = tmp_path / "全县.docx", settings.data
    a_neighbour(zhangjia)
    finish(zhangjia)
    issued(zhangjia)
    done = bulletin("report", "annual", "--county", "--year", "2026", "-o", file, data=data)
    assert "incomplete: nothing issued by 乙乡" in done.stderr
    mine = tmp_path / "本乡.docx"
    bulletin("report", "annual", "--year", "2026", "-o", mine, data=data)
    assert "各项都相符" in bulletin("report", "check", mine, "--county", file).stdout
    both = ("--county", "--from", OWN)
    assert "year" in bulletin("report", "annual", *both, "-o", file, data=data, expect=2).stderr


@pytest.mark.sqlite_only("the command line finds its database in the data folder")
def test_what_was_issued_is_written_as_it_was_issued(zhangjia, settings, tmp_path):
    finish(zhangjia)
    issued(zhangjia)
    finish(zhangjia, others="后来又改了。")
    file, given = tmp_path / "报告.html", ("report", "annual", "--year", "2026")
    bulletin(*given, "-o", file, data=settings.data)
    sealed = file.read_text(encoding="utf-8")
    assert "草稿" not in sealed
    assert "后来又改了" not in sealed
    bulletin(*given, "--draft", "-o", file, data=settings.data)
    assert "草稿，还没有发布" in file.read_text(encoding="utf-8")
    assert "后来又改了" in file.read_text(encoding="utf-8")
    bulletin(*given, "-o", tmp_path / "表.xlsx", data=settings.data)
    assert (tmp_path / "表.xlsx").read_bytes().startswith(b"PK")


def test_one_report_is_written_at_a_time(tmp_path):
    for given in ([], ["--year", "2026", "--from", OWN]):
        done = bulletin("report", "annual", *given, "-o", tmp_path / "a.pdf", expect=2)
        assert "written again" in done.stderr
