"""Papers that the office writes from the command line: each leads to the page that it should."""

import csv
import json
from pathlib import Path

import pytest
import zxingcpp
from support.commands import bulletin

from bulletin.sheets.pdfium import opened
from bulletin.sheets.qr import decode

pytestmark = pytest.mark.slow


@pytest.fixture
def board(demo):
    """One of 张家村, with something that hangs there by record."""
    said = bulletin("boards", "list", "--village", "张家村", "--json", data=demo[0]).stdout
    return next(board for board in json.loads(said) if board["hanging"])


@pytest.fixture
def hung(board):
    return board["hanging"][0].partition(".")[0]


def links(file):
    with opened(file.read_bytes()) as document:
        image = document[0].render(scale=3).to_pil()
    return {code.text for code in zxingcpp.read_barcodes(image)}


def test_a_certificate_leads_to_its_notice(demo, hung, tmp_path):
    bulletin("certificate", hung, "-o", tmp_path / "a.pdf", data=demo[0])
    assert {link.partition("/N/")[2] for link in links(tmp_path / "a.pdf")} == {hung}


def test_accounts_become_pictures_for_the_groups_chat_and_a_list_of_people_does_not(demo, tmp_path):
    rows = json.loads(bulletin("notices", "list", "--json", data=demo[0]).stdout)
    accounts, people = (
        next(r["code"] for r in rows if r["state"] == "published" and words in r["title"])
        for words in ("财务收支", "最低生活保障")
    )
    said = bulletin("chat-picture", accounts, "-o", tmp_path / "a.png", data=demo[0]).stdout
    assert {Path(name).read_bytes()[:4] for name in said.splitlines()} == {b"\x89PNG"}
    bulletin("chat-picture", people, "-o", tmp_path / "b.png", data=demo[0], expect=1)
    assert not list(tmp_path.glob("b*"))


def test_a_board_pack_holds_every_sheet_that_hangs_and_must_stay(demo, board, tmp_path):
    file = tmp_path / "a.pdf"
    said = bulletin("board-pack", f"张家村/{board['name']}", "-o", file, data=demo[0]).stdout
    bound = {(scan.code, scan.edition) for page in decode(file.read_bytes()) for scan in page}
    assert f"1 boards, {len(bound)} sheets" in said


def test_a_blank_form_leads_to_its_village(demo, tmp_path):
    bulletin("form", "blank", "--village", "张家村", "-o", tmp_path / "a.pdf", data=demo[0])
    assert {link.partition("/V/")[2] for link in links(tmp_path / "a.pdf")} == {"630223202214"}
    bulletin("form", "poster", "-o", tmp_path / "b.pdf", data=demo[0], expect=2)  # no such form


def test_the_register_is_the_same_as_json_and_as_a_table(demo, tmp_path):
    lines = json.loads(bulletin("register", "--json", data=demo[0]).stdout)
    file = tmp_path / "登记簿.csv"
    assert f"{len(lines)} numbers" in bulletin("register", "-o", file, data=demo[0]).stdout
    _, *rows = csv.reader(file.read_text(encoding="utf-8-sig").splitlines())
    assert [row[0] for row in rows] == [line["number"] for line in lines]


@pytest.mark.parametrize(
    ("file", "said"),
    [("a.docx", "the name must end in .pdf"), ("nowhere/a.pdf", "there is no folder")],
)
def test_a_file_that_cannot_be_written_is_refused_before_anything_is_set(tmp_path, file, said):
    done = bulletin("certificate", "X", "-o", tmp_path / file, data=tmp_path / "none", expect=2)
    assert said in done.stderr
