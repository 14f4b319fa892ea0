"""Last year's figures are brought from a workbook or from the report as it was published."""

from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook
from support.annual_reports import FORMATS, filled, layouts
from support.clock import NOON
from support.own_report import JANUARY, YEAR, findings, finish, issued, standing
from support.paths import MATERIAL

from bulletin.domain.errors import Refused
from bulletin.domain.oversight.annual_report.layout import CellKey, TableName
from bulletin.domain.oversight.annual_report.printed_tables import printed_tables
from bulletin.services.oversight.annual_report.import_earlier import import_earlier
from bulletin.writers.annual_report.workbook import write_tables

IN_FORCE = layouts()["2021"]
REPORT_2023 = MATERIAL / "annual_reports" / "2023.txt"


def brought(village, name, data, year=YEAR - 1):
    import_earlier(village.site, village.wang, year, name, data, NOON)


def sentences(village, name, data, year=YEAR - 1):
    with pytest.raises(Refused) as why:
        brought(village, name, data, year)
    return [refusal.sentence for refusal in why.value.refusals]


def changed_book(**cells):
    book = load_workbook(BytesIO(write_tables(printed_tables(IN_FORCE, filled(IN_FORCE)))))
    for place, value in cells.items():
        sheet, cell = place.split("_")
        book[sheet][cell] = value
    data = BytesIO()
    book.save(data)
    return data.getvalue()


@pytest.mark.parametrize("name", ["2019", "2023", "2021"])
def test_the_tables_of_every_form_come_back_out_of_a_workbook(zhangjia, name):
    layout = layouts()[name]
    figures = filled(layout)
    brought(zhangjia, "上年.xlsx", write_tables(printed_tables(layout, figures)))
    earlier = standing(zhangjia).earlier
    assert earlier.figures == figures
    assert earlier.layout == name


@pytest.mark.parametrize("kind", FORMATS)
def test_a_published_report_is_brought_and_the_rules_across_years_run(zhangjia, kind):
    assert "years.carried_over" not in findings(zhangjia)
    brought(zhangjia, f"报告.{kind}", FORMATS[kind](IN_FORCE, filled(IN_FORCE)))
    found = findings(zhangjia)
    assert "years.before" not in found
    carried = found["years.carried_over"].finding  # two were left, the ledger has none of them
    assert (carried.expected, carried.found) == ("2", "0")
    stock = found["years.in_force"].finding
    assert (stock.expected, stock.found) == ("17", "0")


def test_a_wrong_cell_is_named_by_its_address_and_changes_nothing(zhangjia):
    data = changed_book(表三_D4="三件", 表二_C4="约1", 表四_A4=-1)
    said = sentences(zhangjia, "上年.xlsx", data)
    assert "表三 · 一、本年新收政府信息公开申请数量（表三!D4）：“三件”，读不出数字。" in said
    assert "表二 · 行政规范性文件（表二!C4）：“约1”，读不出数字。" in said
    assert any("表四" in each and "表四!A4" in each for each in said)
    assert standing(zhangjia).earlier is None


def test_a_row_that_is_missing_is_named(zhangjia):
    data = changed_book(表三_A28="别的")
    assert sentences(zhangjia, "上年.xlsx", data) == [
        "表三 · 四、结转下年度继续办理：没有找到这一行。"
    ]


def test_the_report_of_another_year_is_not_last_year_s(zhangjia):
    data = REPORT_2023.read_bytes()
    assert sentences(zhangjia, "2023.txt", data) == ["这是2023年的报告，要的是2025年的。"]
    brought(zhangjia, "2023.txt", data, 2023)
    stock = CellKey(TableName.PROACTIVE, "documents", "in_force")
    assert standing(zhangjia, 2024).earlier.figures[stock] == Decimal(15)


def test_the_same_year_brought_again_replaces_what_was_brought(zhangjia):
    for person in (1, 5):
        figures = filled(IN_FORCE) | {CellKey(TableName.REVIEWS, "lawsuit_after", "total"): person}
        brought(zhangjia, "上年.xlsx", write_tables(printed_tables(IN_FORCE, _decimals(figures))))
    key = CellKey(TableName.REVIEWS, "lawsuit_after", "total")
    assert standing(zhangjia).earlier.figures[key] == 5


def _decimals(figures):
    return {key: Decimal(str(figure)) for key, figure in figures.items()}


def test_what_is_no_report_or_was_issued_here_is_refused(zhangjia):
    assert "没有认出" in sentences(zhangjia, "别的.txt", "很好的一年。".encode())[0]
    with pytest.raises(Refused, match="专职信息员"):
        import_earlier(zhangjia.site, zhangjia.wu, 2025, "上年.txt", REPORT_2023.read_bytes(), NOON)
    finish(zhangjia)
    issued(zhangjia)
    data = write_tables(printed_tables(IN_FORCE, filled(IN_FORCE)))
    with pytest.raises(Refused, match="在这里发布"):
        import_earlier(zhangjia.site, zhangjia.wang, YEAR, "上年.xlsx", data, JANUARY)
