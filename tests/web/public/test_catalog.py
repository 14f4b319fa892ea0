"""The village's catalog is everyone's: a page, and a table in the columns of the ministries."""

import csv
import io

import openpyxl
import pytest

from bulletin.domain.catalog.differences import differences
from bulletin.domain.catalog.row_to_item import draft_item
from bulletin.readers.catalog.files import read_catalog_rows
from bulletin.services.catalog.tables import COLUMNS, catalog_table
from bulletin.writers.tables import headings

MAX_BYTES = 40_000  # before the web server packs it
ZHANGJIA = "/V/630223202214"
TOWNSHIP = "/V/630223202"


def test_a_resident_reads_what_is_owed_and_by_when(zhangjia, resident):
    assert f'href="{ZHANGJIA}/catalog"' in resident.get(ZHANGJIA).text
    page = resident.get(f"{ZHANGJIA}/catalog").text
    for words in ("张家村公开事项目录", "村级财务收支情况", "2026年10月9日起施行"):
        assert words in page
    item = resident.get(f"{ZHANGJIA}/catalog/finance.quarterly_accounts").text
    for words in ("村级财务收支情况", "第三十五条", "最迟2026年10月15日"):
        assert words in item
    assert "乡镇人民政府" not in page
    assert 'href="tel:0972' in page  # whom to ask when nothing came
    assert "<script" not in page
    assert len(page.encode()) < MAX_BYTES


def test_the_township_publishes_its_own(zhangjia, resident):
    page = resident.get(f"{TOWNSHIP}/catalog").text
    item = page.partition('<p><a href="')[2].partition('"')[0]
    assert "乡镇人民政府" in resident.get(item).text
    assert "村级财务收支情况" not in page


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_the_table_has_the_columns_of_the_ministries(zhangjia, resident, form):
    answer = resident.get(f"{ZHANGJIA}/catalog.{form}")
    assert "filename*=UTF-8''%E5%BC%A0" in answer.headers["Content-Disposition"]
    if form == "csv":
        rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    else:
        sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).active
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert tuple(rows[0]) == headings(COLUMNS)
    accounts = next(row for row in rows if row[2] == "村级财务收支情况")
    assert (accounts[1], accounts[6], accounts[10]) == ("财务", "村民委员会", "村级")
    assert accounts[5].endswith("公示15日")


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_what_is_exported_can_be_imported_again(zhangjia, form):
    standard = zhangjia.site.catalog
    data = catalog_table(standard, "目录", form)
    rows = read_catalog_rows(data, f"目录.{form}").rows
    items = [draft_item(row, standard).item for row in rows]
    assert [item.code for item in items] == [item.code for item in standard.items]
    assert [item.elements for item in items] == [item.elements for item in standard.items]
    changed = differences(standard.items, items)
    assert {field for each in changed for field in each.fields} <= {
        "deadline_text",
        "time_limit",
        "bases",
    }


@pytest.mark.parametrize(
    "path", ["/V/999/catalog", "/V/999/catalog.csv", f"{ZHANGJIA}/catalog.pdf"]
)
def test_what_is_not_there_is_said(zhangjia, resident, path):
    assert resident.get(path).status_code == 404
