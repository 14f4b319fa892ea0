"""Published reports are read whatever program wrote them, and nothing is guessed."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.annual_reports import FORMATS, as_page, as_text, as_word, filled, layouts
from support.paths import MATERIAL

from bulletin.domain.errors import Refused
from bulletin.domain.oversight.annual_report.layout import CellKey, TableName
from bulletin.readers.annual_report.report import read_report

LAYOUTS = tuple(layouts().values())
IN_FORCE = LAYOUTS[-1]
REPORT_2023 = MATERIAL / "annual_reports" / "2023.txt"


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("name", ["2019", "2023", "2021"])
def test_every_cell_of_every_form_is_read_out_of_every_format(name, kind):
    layout = layouts()[name]
    figures = filled(layout)
    report = read_report(FORMATS[kind](layout, figures), f"report.{kind}", LAYOUTS)
    assert report.layout == layout
    assert report.figures == figures
    assert [heading[2:] for heading, _ in report.parts] == list(layout.parts)
    assert not report.odd


@pytest.mark.parametrize("kind", ["html", "docx", "txt"])
@settings(
    max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(
    st.dictionaries(st.sampled_from(list(IN_FORCE.cells())), st.integers(0, 99_999), max_size=30)
)
def test_any_figures_come_back(kind, changes):
    figures = filled(IN_FORCE) | changes
    data = FORMATS[kind](IN_FORCE, figures)
    assert read_report(data, f"report.{kind}", LAYOUTS).figures == figures


def test_the_township_s_own_report_of_2023_is_a_mixture_and_all_of_it_is_read():
    report = read_report(REPORT_2023.read_bytes(), REPORT_2023.name, LAYOUTS)
    assert report.layout.name == "2023"
    assert report.figures.keys() == set(report.layout.cells())
    stock = {key.column: n for key, n in report.figures.items() if key.row == "documents"}
    assert stock == {"issued": 15, "repealed": 0, "in_force": 15}
    assert sum(report.figures.values()) == 30
    assert [words for _, words in report.row_words] == ["规范性文件"]
    assert report.text_of(6).strip() == "无"


def test_figures_are_written_in_many_ways():
    figures = filled(IN_FORCE)
    keys = [CellKey(TableName.REQUESTS, "received", column) for column in IN_FORCE.requests.columns]
    written = ["１２", "1,234", " 3 ", "/", "", "—", "0"]
    data = as_page(IN_FORCE, figures | dict(zip(keys, written, strict=True)))
    found = read_report(data, "report.html", LAYOUTS).figures
    assert [found[key] for key in keys] == [12, 1234, 3, None, None, None, 0]


def test_a_cell_with_other_words_is_told_and_not_guessed():
    key = CellKey(TableName.REQUESTS, "received", "person")
    data = as_word(IN_FORCE, filled(IN_FORCE) | {key: "见附件"})
    report = read_report(data, "report.docx", LAYOUTS)
    assert key not in report.figures
    assert report.odd == (("表三 · 一、本年新收政府信息公开申请数量", "见附件"),)


@pytest.mark.parametrize("words", ["6 0", "-3"])
def test_two_figures_in_a_cell_are_none(words):
    key = CellKey(TableName.REQUESTS, "received", "person")
    for make, kind in ((as_page, "html"), (as_word, "docx"), (as_text, "txt")):
        data = make(IN_FORCE, filled(IN_FORCE) | {key: words})
        assert key not in read_report(data, f"report.{kind}", LAYOUTS).figures
    page = as_page(IN_FORCE, filled(IN_FORCE) | {key: "</p><p>6</p><p>0"})
    assert key not in read_report(page, "report.html", LAYOUTS).figures


def test_figures_stand_under_their_heads_and_nowhere_else():
    """A blank column more changes nothing; heads in another order give the figures to whom they belong."""
    page = as_page(IN_FORCE, filled(IN_FORCE)).decode()
    wider = page.replace("</tr>", "<td></td></tr>")
    report = read_report(wider.encode(), "report.html", LAYOUTS)
    for key in IN_FORCE.cells():
        assert report.figures.get(key, filled(IN_FORCE)[key]) == filled(IN_FORCE)[key]
    swapped = page.replace("本年制发件数", "X").replace("本年废止件数", "本年制发件数")
    report = read_report(swapped.replace("X", "本年废止件数").encode(), "report.html", LAYOUTS)
    stock = {key.column: n for key, n in report.figures.items() if key.row == "documents"}
    assert stock == {"issued": 1, "repealed": 3, "in_force": 17}
    swapped = page.replace("结果维持", "X").replace("结果纠正", "结果维持").replace("X", "结果纠正")
    report = read_report(swapped.encode(), "report.html", LAYOUTS)
    assert not any(key.table is TableName.REVIEWS for key in report.figures)


def test_a_row_with_a_cell_too_few_is_not_read():
    page = as_page(IN_FORCE, filled(IN_FORCE)).decode()
    before, label, after = page.partition("（二）部分公开")
    report = read_report(
        (
            before
            + label
            + after.replace('<td colspan="1" rowspan="1"><p>0</p></td></tr>', "</tr>", 1)
        ).encode(),
        "report.html",
        LAYOUTS,
    )
    missing = {key.row for key in set(IN_FORCE.cells()) - report.figures.keys()}
    assert missing == {"disclosed_in_part"}


def test_a_page_that_declares_its_encoding_is_read():
    page = b'<?xml version="1.0" encoding="utf-8"?>' + as_page(IN_FORCE, filled(IN_FORCE))
    assert len(read_report(page, "report.html", LAYOUTS).figures) == 200


@pytest.mark.parametrize("written", ["（{}）{}", "{}．{}", "{}、 {}", "{1}", "{}、{}。"])
def test_headings_are_known_by_their_words(written):
    page = as_page(IN_FORCE, filled(IN_FORCE)).decode()
    for number, part in zip("一二三四五六", IN_FORCE.parts, strict=True):
        page = page.replace(f"<b>{number}、</b>{part}", written.format(number, part))
    contents = "".join(f"<p>{part}</p>" for part in IN_FORCE.parts)
    page = page.replace("</h1>", f"</h1>{contents}")
    report = read_report(page.encode(), "report.html", LAYOUTS)
    assert [bool(heading) for heading, _ in report.parts] == [True] * 6
    assert "个别村的公开栏更新慢" in report.text_of(5)


def test_a_row_with_merged_figures_is_not_read():
    page = as_page(IN_FORCE, filled(IN_FORCE)).decode()
    nought = '<td colspan="1" rowspan="1"><p>0</p></td>'
    before, label, after = page.partition("（二）部分公开")
    merged = after.replace(nought * 2, nought.replace('colspan="1"', 'colspan="2"'), 1)
    page = before + label + merged
    report = read_report(page.encode(), "report.html", LAYOUTS)
    missing = set(IN_FORCE.cells()) - report.figures.keys()
    assert {key.row for key in missing} == {"disclosed_in_part"}


def test_columns_in_another_order_are_not_read():
    page = as_page(IN_FORCE, filled(IN_FORCE)).decode()
    page = page.replace("科研机构", "某机构")
    report = read_report(page.encode(), "report.html", LAYOUTS)
    assert not any(key.table is TableName.REQUESTS for key in report.figures)


def test_a_table_that_stands_twice_with_other_figures_is_neither():
    one, other = (as_text(IN_FORCE, filled(IN_FORCE)).decode() for _ in range(2))
    other = other.replace("行政许可\t0", "行政许可\t8")
    report = read_report(f"{one}\n{other}".encode(), "report.txt", LAYOUTS)
    assert CellKey(TableName.PROACTIVE, "licences", "decisions") not in report.figures
    assert report.figures[CellKey(TableName.PROACTIVE, "penalties", "decisions")] == 0


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"PK\x03\x04 broken", "report.docx", "file_broken"),
        (b"%PDF-1.7 broken", "report.pdf", "file_broken"),
        (b"\x00\x01\x02", "report.bin", "file_unknown"),
        (b"<html></html>", "report.html", "file_broken"),
    ],
)
def test_what_can_t_be_read_is_said(data, name, code):
    with pytest.raises(Refused) as refused:
        read_report(data, name, LAYOUTS)
    assert refused.value.codes == (code,)
