"""Tables over several pages: what a reader at the wall, and whoever adds up, finds at the ends of a page."""

import ctypes
import re
from itertools import pairwise

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from bulletin.domain.notices.content import Column, Paragraph, Table, texts
from bulletin.sheets.extract import content_text, plain


def _pages(pdf):
    document = pypdfium2.PdfDocument(pdf)
    words = [re.sub(r"\s", "", page.get_textpage().get_text_bounded()) for page in document]
    document.close()
    return words


def _heavy_rules(pdf, page):
    """How many black rules of a page are as heavy as those that open and close a table."""
    document = pypdfium2.PdfDocument(pdf)
    heights = set()
    for thing in document[page].get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=4):
        left, bottom, right, _ = thing.get_bounds()
        inks, width = [ctypes.c_uint() for _ in "rgba"], ctypes.c_float()
        pdfium.FPDFPageObj_GetStrokeColor(thing.raw, *inks)
        pdfium.FPDFPageObj_GetStrokeWidth(thing.raw, width)
        black = not any(ink.value for ink in inks[:3])
        if black and 1.05 < width.value < 1.2 and right - left > 30:
            heights.add(round(bottom))
    document.close()
    return len(heights)


@pytest.fixture(scope="module")
def accounts(composer, sheet_facts, ledger):
    facts = sheet_facts(Paragraph("各位村民："), ledger(60))
    return facts, composer.compose(facts)


@pytest.fixture(scope="module")
def names(composer, sheet_facts):
    people = ("祁示例", "马占英", "张三")
    rows = tuple((str(n), people[n % 3]) for n in range(1, 201))
    facts = sheet_facts(Table((Column("序号"), Column("姓名")), rows))
    return facts, composer.compose(facts)


def test_what_a_page_passes_on_is_what_the_next_one_takes_over(accounts):
    _, sheet = accounts
    pages = _pages(sheet.pdf)
    assert len(pages) > 2
    figures = r"([\d,]+\.\d\d)"
    for page, following in pairwise(pages):
        passed = re.findall(f"过次页{figures}{figures}", page)
        taken = re.findall(rf"承前页第\d+—?\d*行{figures}{figures}", following)
        assert len(passed) == 1
        assert passed == taken
    assert "过次页" not in pages[-1]
    assert "承前页" not in pages[0]


@pytest.mark.parametrize("table", ["accounts", "names"])
def test_every_page_names_its_rows_and_none_is_missing(table, request):
    facts, sheet = request.getfixturevalue(table)
    spans = [re.findall(r"第(\d+)—?(\d*)行", words) for words in _pages(sheet.pdf)]
    rows = [(int(first), int(last or first)) for ((first, last),) in spans]
    assert rows[0][0] == 1
    assert all(after == last + 1 for (_, last), (after, _) in pairwise(rows))
    assert rows[-1][1] == max(len(getattr(block, "rows", ())) for block in facts.document.blocks)


@pytest.mark.parametrize("table", ["accounts", "names"])
def test_a_table_that_goes_on_ends_open(table, request):
    _, sheet = request.getfixturevalue(table)
    rules = [_heavy_rules(sheet.pdf, page) for page in range(sheet.pages)]
    assert rules == [1] * (sheet.pages - 1) + [2]  # over its head; under its last row


def test_a_narrow_list_takes_a_third_of_the_pages(names):
    facts, sheet = names
    assert sheet.pages <= 4  # a page holds about 24 rows
    pages = _pages(sheet.pdf)
    assert all("转下页" in words for words in pages[:-1])
    assert "转下页" not in pages[-1]
    assert content_text(sheet.pdf) == plain("".join(texts(facts.document)))


def test_a_list_abreast_has_its_totals_under_the_last_block(composer, sheet_facts):
    rows = tuple((str(n), "祁示例", "100") for n in range(1, 27))
    columns = (Column("序号"), Column("姓名"), Column("金额（元）", "money"))
    facts = sheet_facts(Table(columns, rows, footer=("合计", "", "2600")))
    sheet = composer.compose(facts)
    assert content_text(sheet.pdf) == plain("".join(texts(facts.document)))
    assert "26祁示例100.00合计2,600.00" in "".join(_pages(sheet.pdf))
