"""Published reports, checked as a county checks them."""

from collections import Counter
from io import BytesIO

import pytest
from PIL import Image
from support.annual_reports import as_page, as_pdf, as_word, filled, layouts, zeros
from support.paths import MATERIAL

from bulletin.domain.errors import Refused
from bulletin.domain.oversight.annual_report.findings import ReportVerdict
from bulletin.domain.oversight.annual_report.layout import CellKey, TableName
from bulletin.services.oversight.report_check import ReportFile, check_reports

LAYOUTS = tuple(layouts().values())
IN_FORCE = LAYOUTS[-1]
OWN = MATERIAL / "annual_reports" / "2023.txt"


def check(*reports, **others):
    files = [ReportFile(f"{number}.html", data) for number, data in enumerate(reports)]
    return list(check_reports(LAYOUTS, files, **others))


def test_a_good_report_has_nothing_to_mend():
    (checked,) = check(as_page(IN_FORCE, filled(IN_FORCE)))
    assert checked.findings == ()


def test_the_three_ways_in_which_the_report_of_2023_differs_are_named():
    (checked,) = check_reports(LAYOUTS, [ReportFile(OWN.name, OWN.read_bytes())])
    assert [(each.rule, each.expected, each.found) for each in checked.findings] == [
        (
            "form.heading",
            "政府信息公开工作存在的主要问题及改进情况",
            "五、存在的主要问题及改进情况",
        ),
        ("form.row", "行政规范性文件", "规范性文件"),
        ("form.rows", "25行（国办公开办函〔2021〕30号）", "23行（2023年的样式）"),
    ]


def test_what_is_wrong_in_tables_and_words_is_found_in_one_go():
    figures = filled(IN_FORCE) | {CellKey(TableName.REQUESTS, "handled", "total"): 9}
    texts = ("", "", "全年新收到申请8件。", "", "无", "无")
    (checked,) = check(as_page(IN_FORCE, figures, texts))
    assert Counter(each.rule for each in checked.findings) == {
        "requests.balance": 1,
        "requests.handled": 1,
        "requests.row_total": 1,
        "prose.received": 1,
        "text.problems": 1,
    }


def test_a_report_of_pictures_alone_says_so():
    scan = BytesIO()
    Image.new("RGB", (600, 800), "white").save(scan, "PDF")
    (checked,) = check_reports(LAYOUTS, [ReportFile("scan.pdf", scan.getvalue())])
    (found,) = checked.findings
    assert (found.rule, found.verdict) == ("file.unread", ReportVerdict.NOT_ASSESSABLE)
    assert "扫描件" in found.found


def test_a_table_that_is_missing_is_not_assessable():
    page = as_page(IN_FORCE, filled(IN_FORCE)).decode()
    start = page.index('<table><tr><td colspan="5"')
    cut = page[:start] + page[page.index("</table>", start) + len("</table>") :]
    (checked,) = check(cut.encode())
    (found,) = checked.findings
    assert (found.rule, found.cell, found.verdict) == (
        "form.table",
        "表四",
        ReportVerdict.NOT_ASSESSABLE,
    )


def test_one_report_that_can_t_be_read_stops_no_other():
    good, broken = as_page(IN_FORCE, filled(IN_FORCE)), b"<html></html>"
    first, second = check(broken, good)
    assert [each.rule for each in first.findings] == ["file.unread"]
    assert second.findings == ()


@pytest.mark.slow
def test_last_year_s_report_is_compared_though_it_had_another_form():
    before = ReportFile("2023.txt", OWN.read_bytes())
    figures = zeros(IN_FORCE)
    for column, count in (("issued", 2), ("in_force", 2)):
        figures[CellKey(TableName.PROACTIVE, "documents", column)] = count
    checked = list(
        check_reports(LAYOUTS, [ReportFile("a.docx", as_word(IN_FORCE, figures))], before=before)
    )
    found = [(each.rule, each.expected, each.found) for each in checked[0].findings]
    assert found == [("years.in_force", "17", "2")]


def test_a_last_year_that_can_t_be_read_is_refused():
    with pytest.raises(Refused):
        check(as_page(IN_FORCE, zeros(IN_FORCE)), before=ReportFile("x.docx", b"PK\x03\x04"))


@pytest.mark.slow
def test_a_county_s_report_is_the_sum_of_all():
    town = filled(IN_FORCE)
    county = {key: count * 2 for key, count in town.items()}
    towns = [as_page(IN_FORCE, town), as_word(IN_FORCE, town)]
    files = [ReportFile("a.html", towns[0]), ReportFile("b.docx", towns[1])]
    whole = ReportFile("county.pdf", as_pdf(IN_FORCE, county))
    *_, checked = check_reports(LAYOUTS, files, county=whole)
    assert checked.findings == ()
    files.append(ReportFile("c.html", b"<html></html>"))
    *_, checked = check_reports(LAYOUTS, files, county=whole)
    assert [each.found for each in checked.findings] == ["没有读到：c.html"]


def test_the_same_report_twice_is_refused():
    page = as_page(IN_FORCE, filled(IN_FORCE))
    with pytest.raises(Refused, match="同一份"):
        check(page, page)


def test_the_county_s_report_is_none_of_its_parts():
    page = as_page(IN_FORCE, filled(IN_FORCE))
    with pytest.raises(Refused, match="县的报告"):
        check(page, county=ReportFile("全县.html", page))
