"""A written report read back is the report that was written."""

from datetime import date
from io import BytesIO

import pytest
from docx import Document
from support.annual_reports import filled, layouts, texts_of
from support.clock import NOON
from support.information_requests import a_request
from support.paths import MATERIAL

from bulletin.domain.errors import Refused
from bulletin.domain.oversight.annual_report.printed_tables import printed_tables
from bulletin.domain.oversight.annual_report.written import (
    WrittenReport,
    headings_of,
    written_parts,
)
from bulletin.readers.annual_report.report import read_report
from bulletin.services.oversight.annual_report.figures import figures_of
from bulletin.services.oversight.annual_report.write_file import FORMS, read_again, write_file
from bulletin.services.oversight.annual_report.written import written_report
from bulletin.services.oversight.report_check import ReportFile, check_reports
from bulletin.services.oversight.requests.receive import receive

LAYOUTS = tuple(layouts().values())
REPORTS = [ending for ending in FORMS if ending != ".xlsx"]  # which has the tables alone
MARCH = date(2026, 3, 2)
REPORT_2023 = MATERIAL / "annual_reports" / "2023.txt"


def written(layout, figures):
    return WrittenReport(
        title=layout.title.format(body="示例乡", year=2025),
        body="示例乡",
        parts=written_parts(
            headings_of(layout), texts_of(figures), printed_tables(layout, figures)
        ),
    )


@pytest.mark.parametrize("ending", REPORTS)
@pytest.mark.parametrize("name", ["2019", "2023", "2021"])
def test_every_form_in_every_format_comes_back_cell_for_cell(zhangjia, name, ending):
    layout = layouts()[name]
    figures = filled(layout)
    data = write_file(zhangjia.site, written(layout, figures), ending)
    assert data == write_file(zhangjia.site, written(layout, figures), ending)
    found = read_report(data, f"报告{ending}", LAYOUTS)
    assert (found.layout, found.figures, found.odd) == (layout, figures, ())
    assert found.title == layout.title.format(body="示例乡", year=2025)
    assert [heading for heading, _ in found.parts] == list(headings_of(layout))
    assert ["".join(text.split()) for _, text in found.parts] == list(texts_of(figures))


@pytest.mark.parametrize("ending", REPORTS)
def test_the_report_of_a_year_holds_what_was_counted_and_nothing_is_found_in_it(zhangjia, ending):
    site, wang = zhangjia.site, zhangjia.wang
    receive(site, wang, a_request(MARCH), NOON)
    data = write_file(site, written_report(site, wang, 2026, NOON), ending)
    (checked,) = check_reports(LAYOUTS, [ReportFile(f"报告{ending}", data)])
    assert checked.report.figures == figures_of(site, wang, 2026)
    assert sum(checked.report.figures.values()) > 0
    assert checked.findings == ()


@pytest.mark.parametrize("ending", REPORTS)
def test_the_report_of_2023_printed_again_gives_the_same_tables_and_deviations(zhangjia, ending):
    own = ReportFile("2023.txt", REPORT_2023.read_bytes())
    again = read_again(zhangjia.site, own.data, own.name)
    data = write_file(zhangjia.site, again, ending)
    before, after = check_reports(LAYOUTS, [own, ReportFile(f"2023{ending}", data)])
    assert after.report.figures == before.report.figures
    assert after.report.row_words == before.report.row_words
    assert after.findings == before.findings
    assert after.report.title.replace(" ", "") == "红崖子沟乡2023年度政府信息公开工作报告"


def test_word_has_real_cells_that_span_rows_and_every_rule_drawn(zhangjia):
    layout = LAYOUTS[-1]
    data = write_file(zhangjia.site, written(layout, filled(layout)), ".docx")
    tables = Document(BytesIO(data)).tables
    assert [(len(table.rows), len(table.columns)) for table in tables] == [
        (14, 4),
        (28, 10),
        (4, 15),
    ]
    requests = tables[1]
    assert requests.cell(5, 0)._tc is requests.cell(26, 0)._tc
    assert requests.cell(5, 0).text == "三、本年度办理结果"
    borders = requests._tbl.tblPr.find(".//{*}tblBorders")
    assert {border.get(border.keys()[0]) for border in borders} == {"single"}


def test_what_has_no_tables_is_not_printed_again(zhangjia):
    with pytest.raises(Refused, match="没有认出"):
        read_again(zhangjia.site, "一、总体情况\n很好。".encode(), "报告.txt")
