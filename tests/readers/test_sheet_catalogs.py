"""A catalog of Excel or CSV as a reader sees it: shown numbers, hidden and struck rows, guards."""

import io
import zipfile

import openpyxl
import pytest
from support.paths import MATERIAL

from bulletin.readers.catalog.files import read_catalog_rows
from bulletin.readers.number_formats import shown

CASES = MATERIAL / "catalog_cases"


def rows_of(name):
    return read_catalog_rows((CASES / name).read_bytes(), name).rows


def test_hidden_and_struck_rows_wait_and_hidden_columns_are_named():
    rows = rows_of("out-of-sight-hidden-and-struck.xlsx")
    assert {row.title: row.withheld for row in rows} == {
        "村级财务收支": False,
        "计划生育指标": True,
        "低保对象": False,
        "农业税收缴": True,
    }
    assert all(row.unseen for row in rows)  # one column is hidden


def test_the_struck_part_of_a_deadline_is_dropped_and_named():
    (row,) = rows_of("out-of-sight-part-struck.xlsx")
    assert row.deadline_text == "每月10日前"
    assert row.unseen == ("文件里划掉了“每季度首月15日前”，请看一看要不要。",)


@pytest.mark.parametrize(
    ("value", "number_format", "words"),
    [
        (20, '0"个工作日内"', "20个工作日内"),
        (10, '"每月"0"日前"', "每月10日前"),
        (1, "0000", "0001"),
        (1234.5, "#,##0.00", "1,234.50"),
        (0.25, "0%", "25%"),
        (7, 'General"日内"', "7日内"),
        (-3, '0"天";"提前"0"天"', "提前3天"),
        (15, "每季度0日前", "每季度15日前"),
    ],
)
def test_a_number_is_read_as_its_format_shows_it(value, number_format, words):
    assert shown(value, number_format) == (words, True)


def test_a_sheet_is_read_as_its_formats_show_it():
    book = openpyxl.Workbook()
    book.active.append(["编号", "公开事项", "公开时限"])
    book.active.append([101, "财务收支", 20])
    book.active["A2"].number_format = "0000"
    book.active["C2"].number_format = '0"个工作日内"'
    stream = io.BytesIO()
    book.save(stream)
    (row,) = read_catalog_rows(stream.getvalue(), "目录.xlsx").rows
    assert (row.number, row.deadline_text) == ("0101", "20个工作日内")


def test_the_guards_of_a_csv_file_are_undone():
    words = '编号,公开事项,公开时限\n"=""0101""",财务收支,每月\n\'0102,低保名单,每月\n'
    rows = read_catalog_rows(words.encode(), "目录.csv").rows
    assert [row.number for row in rows] == ["0101", "0102"]


STRICT = {
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"spreadsheetml/main",
    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": (
        b"officeDocument/relationships"
    ),
}


def respelled(data, change):
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(kept, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return kept.getvalue()


def strictly(_name, part):
    for usual, strict in STRICT.items():
        part = part.replace(usual, b"http://purl.oclc.org/ooxml/" + strict)
    return part


def test_a_strict_catalog_reads_as_the_same():
    name = "out-of-sight-hidden-and-struck.xlsx"
    data = (CASES / name).read_bytes()
    assert read_catalog_rows(respelled(data, strictly), name) == read_catalog_rows(data, name)


def test_a_catalog_with_odd_styles_is_read_and_its_figures_are_named():
    book = openpyxl.Workbook()
    for row in (
        ["公开事项", "公开内容", "公开时限"],
        ["财务收支", "收入", 20],
        ["低保", "名单", "每月"],
    ):
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)

    def oddly(name, part):
        return part.replace(b"<patternFill", b"<oddFill") if name == "xl/styles.xml" else part

    figures, words = read_catalog_rows(respelled(stream.getvalue(), oddly), "目录.xlsx").rows
    assert (figures.deadline_text, words.deadline_text, words.unseen) == ("20", "每月", ())
    assert "格式读不出来" in figures.unseen[0]


def filtered(rows, hidden=(), *, change=None):
    """A sheet with a filter, of which some rows are out of sight; rows from 1."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.active.auto_filter.ref = f"A1:C{len(rows)}"
    for number in hidden:
        book.active.row_dimensions[number].hidden = True
    stream = io.BytesIO()
    book.save(stream)
    return respelled(stream.getvalue(), change) if change else stream.getvalue()


LINES = [
    ["公开事项", "公开内容", "公开时限"],
    ["财务收支", "收入", "每月"],
    ["低保对象", "名单", "每季度"],
    ["农业税收缴", "金额", "每年"],
]


def test_rows_that_a_filter_put_away_wait_and_are_named():
    rows = read_catalog_rows(filtered(LINES, hidden=[3, 4]), "目录.xlsx").rows
    assert {row.title: row.withheld for row in rows} == {
        "财务收支": False,
        "低保对象": True,
        "农业税收缴": True,
    }
    assert all("筛选" in row.unseen[0] for row in rows if row.withheld)
    assert all(row.unseen == () for row in rows if not row.withheld)


def test_a_filter_that_shows_every_row_changes_nothing():
    rows = read_catalog_rows(filtered(LINES), "目录.xlsx").rows
    assert [(row.withheld, row.unseen) for row in rows] == [(False, ())] * 3


def test_what_stands_below_a_hidden_row_repeats_nothing_of_it():
    lines = [
        LINES[0],
        ["财务收支", "收入", "每月"],
        ["计划生育", "指标", "每年"],
        ["低保对象", "名单", ""],
    ]
    rows = read_catalog_rows(filtered(lines, hidden=[3]), "目录.xlsx").rows
    assert [row.deadline_text for row in rows] == ["每月", "每年", "每月"]


@pytest.mark.parametrize(
    ("usual", "other"),
    [
        (b'hidden="1"', b'hidden="true"'),
        (b'hidden="1"', b'zeroHeight="1" hidden="1"'),
        (b'hidden="1"', b'ht="0" customHeight="1"'),
        (b"<row ", b"<row \n "),
    ],
)
def test_rows_are_out_of_sight_however_a_program_writes_it(usual, other):
    def change(name, part):
        return part.replace(usual, other) if name.startswith("xl/worksheets/") else part

    rows = read_catalog_rows(filtered(LINES, hidden=[3], change=change), "目录.xlsx").rows
    assert [row.withheld for row in rows] == [False, True, False]
