"""`bulletin catalog …` as people type it, over files as counties publish them."""

import json
import shutil

import pytest
from support.commands import bulletin
from support.paths import MATERIAL, SCHEDULES

pytestmark = pytest.mark.slow
CATALOGS = MATERIAL / "catalogs"
STANDARD = SCHEDULES / "catalog.yaml"
OWN = "公开事项,公开时限,责任人\n村级财务收支情况,每月10日前,会计\n水费收缴,每季度第一个月15日前,文书\n"


@pytest.fixture
def own(tmp_path):
    file = tmp_path / "本村.csv"
    file.write_bytes(OWN.encode("gb18030"))
    return file


@pytest.fixture
def folder(demo, tmp_path):
    """The demo's data, copied: what is imported here is seen nowhere else."""
    return shutil.copytree(demo[0], tmp_path / "data")


def test_a_look_needs_no_data_folder_and_shows_rules_and_doubts(tmp_path):
    file = CATALOGS / "zhejiang_cunji_2022.csv"
    done = bulletin("catalog", "import", file, "--dry-run", "--json", data=tmp_path / "none")
    said = json.loads(done.stdout)
    assert said["rows"]
    for row in said["rows"]:
        assert {"title", "basis", "deadline_text", "rules", "needs_review", "notes"} <= row.keys()
    assert not (tmp_path / "none").exists()


def test_an_import_for_one_village_is_adopted_and_shown(folder, own):
    shown = bulletin("catalog", "import", own, "--village", "张家村", "--dry-run", data=folder)
    assert "nothing was changed" in shown.stdout
    done = bulletin(
        "catalog", "import", own, "--village", "张家村", "--from", "2028-01-01", data=folder
    )
    assert "imported and adopted" in done.stdout
    rows = json.loads(
        bulletin(
            "catalog", "show", "--village", "张家村", "--on", "2028-01-01", "--json", data=folder
        ).stdout
    )
    assert "水费收缴" in {row["title"] for row in rows}
    late = bulletin(
        "catalog",
        "import",
        own,
        "--village",
        "张家村",
        "--from",
        "2020-01-01",
        data=folder,
        expect=1,
    )
    assert "新的目录最早从" in late.stderr


def test_two_files_of_any_kind_are_compared(own, tmp_path):
    later = tmp_path / "later.csv"
    later.write_text(OWN.replace("每月10日前", "每月15日前") + "路灯电费,每年12月底前,\n", "utf-8")
    found = json.loads(bulletin("catalog", "diff", own, later, "--json").stdout)
    assert [(d["arrival"], d["title"]) for d in found] == [
        ("changed", "村级财务收支情况"),
        ("new", "路灯电费"),
    ]
    assert "deadline_text" in found[0]["fields"]
    assert "0 differences" in bulletin("catalog", "diff", STANDARD, STANDARD).stdout


def test_check_says_how_much_needs_eyes(own):
    assert "2 items, 0 with a time limit to look at" in bulletin("catalog", "check", own).stdout


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ((), "say for whom"),
        (("--village", "张家村", "--township"), "exclude each other"),
    ],
)
def test_an_import_says_for_whom(own, options, sentence):
    done = bulletin("catalog", "import", own, *options, expect=2)
    assert sentence in done.stderr


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("目录.pdf", b"%PDF-1.7"),
        ("目录.xlsx", b"PK\x03\x04broken"),
        ("目录.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("目录.csv", "没有,表头\n一,二\n".encode()),
    ],
)
def test_what_is_no_catalog_is_one_clear_line(tmp_path, name, data):
    file = tmp_path / name
    file.write_bytes(data)
    done = bulletin("catalog", "import", file, "--dry-run", data=tmp_path / "none", expect=1)
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr
