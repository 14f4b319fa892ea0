"""Tables to take away: Excel opens them in Chinese, and no cell is a formula."""

import csv
import io
import time
from datetime import date

import openpyxl
import pytest

from bulletin.writers.tables import TableSheet, harmless, write_csv, write_xlsx

ROWS = [("张家村", 3, date(2026, 10, 9)), ("白马村", None, None)]
HEADER = ("村", "件数", "日期")


def test_a_workbook_keeps_words_figures_and_days():
    book = openpyxl.load_workbook(
        io.BytesIO(write_xlsx([TableSheet("汇总", "公开情况", HEADER, ROWS)]))
    )
    page = book["汇总"]
    found = [[cell.value for cell in row] for row in page.iter_rows()]
    assert found[0][0] == "公开情况"
    assert tuple(found[1]) == HEADER
    assert found[2][:2] == ["张家村", 3]
    assert found[2][2].date() == date(2026, 10, 9)
    assert page.freeze_panes == "A3"


@pytest.mark.slow
def test_the_same_table_is_the_same_file_whenever_it_is_written():
    sheets = [TableSheet("汇总", "公开情况", HEADER, ROWS)]
    first = write_xlsx(sheets)
    time.sleep(2.1)  # a zip archive tells the time in steps of two seconds
    assert write_xlsx(sheets) == first


def test_csv_is_known_to_excel_as_utf_8():
    data = write_csv(HEADER, ROWS)
    assert data.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))[1] == [
        "张家村",
        "3",
        "2026-10-09",
    ]


@pytest.mark.parametrize("words", ["=1+1", "+86", "-3", "@SUM(A1)", "\t=1"])
def test_no_cell_is_taken_for_a_formula(words):
    assert harmless(words) == f"'{words}"
    book = openpyxl.load_workbook(
        io.BytesIO(write_xlsx([TableSheet("一", "二", ("三",), [(words,)])]))
    )
    assert book["一"]["A3"].data_type == "s"


@pytest.mark.parametrize("cell", ["村道", 3, None, -3, ""])
def test_what_is_harmless_stays_as_it_is(cell):
    assert harmless(cell) == cell
