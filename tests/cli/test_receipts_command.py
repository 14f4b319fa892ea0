"""`bulletin receipts read`: a photograph of a board at the command line."""

import json

import pytest
from support.boards import close_up
from support.commands import bulletin

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def photo(demo, tmp_path_factory):
    """Two sheets of 张家村: one in force, and the older edition of a corrected one."""
    data, _ = demo
    folder = tmp_path_factory.mktemp("wall")
    rows = json.loads(
        bulletin("notices", "list", "--village", "张家村", "--json", data=data).stdout
    )
    corrected = next(row for row in rows if row["edition"] == 2)
    current = next(row for row in rows if row["state"] == "published" and row["edition"] == 1)
    papers = []
    for row in (current, {**corrected, "edition": 1}):
        file = folder / f"{row['code']}.pdf"
        bulletin("sheet", row["code"], "-o", file, "--edition", str(row["edition"]), data=data)
        papers.append(file.read_bytes())
    file = folder / "墙.jpg"
    file.write_bytes(close_up(papers))
    return file, current["code"], corrected["code"]


def test_every_sheet_gets_its_verdict_and_what_is_missing_is_named(demo, photo):
    file, current, corrected = photo
    said = json.loads(
        bulletin(
            "receipts", "read", file, "--board", "张家村/西社公开栏", "--json", data=demo[0]
        ).stdout
    )
    verdicts = {(seen["code"], seen["edition"]): seen["verdict"] for seen in said["seen"]}
    assert verdicts[current, 1] in {"right", "over"}
    assert verdicts[corrected, 1] == "older"
    assert (corrected, 2) in {(m["code"], m["edition"]) for m in said["missing"]}
    left, top, right, bottom = said["seen"][0]["box"]
    assert 0 < left < right
    assert 0 < top < bottom
    assert said.keys() >= {"seen", "missing", "missing_pages", "hint"}


def test_without_a_board_it_is_the_one_where_the_papers_belong(demo, photo):
    said = bulletin("receipts", "read", photo[0], data=demo[0]).stdout
    assert "张家村" in said
    assert "旧版，换上新的" in said


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--board", "没有的"), "no board"),
        (("--board", "村委会门口公开栏"), "name of several boards"),
        ((), "a.jpg: no photograph that can be opened"),
    ],
)
def test_what_cannot_be_read_is_one_clear_line(demo, tmp_path, options, sentence):
    (tmp_path / "a.jpg").write_text("no photograph")
    done = bulletin("receipts", "read", tmp_path / "a.jpg", *options, data=demo[0], expect=1)
    assert sentence in done.stderr


def test_of_several_files_the_bad_one_is_named_in_english(demo, photo, tmp_path):
    pdf, empty = tmp_path / "a.pdf", tmp_path / "b.jpg"
    pdf.write_bytes(b"%PDF-1.7")
    empty.write_bytes(b"")
    for bad, said in ((pdf, "a PDF, no photograph"), (empty, "no photograph that can be opened")):
        done = bulletin("receipts", "read", photo[0], bad, data=demo[0], expect=1)
        assert done.stderr.startswith(f"Error: {bad}: {said}")
        assert done.stderr.count("\n") == 1


def test_the_ledger_of_a_board_is_listed(demo):
    lines = json.loads(
        bulletin("boards", "ledger", "张家村/西社公开栏", "--json", data=demo[0]).stdout
    )
    assert {"hand", "not_at_all"} & {line["how_known"] for line in lines}
    assert {"code", "edition", "hung_on", "down_on", "too_short"} <= lines[0].keys()
    said = bulletin("boards", "ledger", "张家村/西社公开栏", data=demo[0]).stdout
    assert "怎么知道的" in said
    assert "网上看不到" not in said, "the demo's clock never stood still"
