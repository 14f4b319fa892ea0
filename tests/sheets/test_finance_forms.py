"""The finance forms and 明白账 on paper: nothing is cut, and no name stands one character a line."""

from itertools import groupby

import pypdfium2
import pytest
from support.finance import FORMS, NAMES, filled

from bulletin.domain.notices.content import Document, Paragraph, Summary, SummaryLine, texts
from bulletin.sheets.extract import reads_as
from bulletin.sheets.pdfium import opened

BOX = Summary((SummaryLine("收进来", "12000元，最多的是补助"), SummaryLine("花出去", "8000.00元")))
FILLED = Document((BOX, Paragraph("各位村民："), *map(filled, FORMS)))


def lines_of(pdf: bytes, words: str) -> list[list[int]]:
    """For every time that some words stand in a PDF, how many of their characters each line has."""
    found = []
    with opened(pdf) as document:
        for page in document:
            text = page.get_textpage()
            places = [n for n in range(text.count_chars()) if text.get_text_range(n, 1).strip()]
            chars = "".join(text.get_text_range(n, 1) for n in places)
            start = chars.find(words)
            while start >= 0:
                span = places[start : start + len(words)]
                lines = [_line(text, place) for place in span]
                found.append([len(list(run)) for _, run in groupby(lines)])
                start = chars.find(words, start + 1)
    return found


def _line(text: pypdfium2.PdfTextPage, place: int) -> int:
    return round(text.get_charbox(place, loose=True)[1])


@pytest.fixture(scope="module", params=["a4", "a3"])
def sheet(request, composer, sheet_facts):
    return composer.compose(sheet_facts(document=FILLED), request.param)


def test_the_forms_read_on_paper_as_on_the_page(sheet):
    assert reads_as(sheet.pdf, texts(FILLED))


@pytest.mark.parametrize("name", NAMES)
def test_no_name_stands_one_character_a_line(sheet, name):
    found = lines_of(sheet.pdf, name)
    assert found
    assert all(len(lines) == 1 or min(lines) > 1 for lines in found), found


def test_the_box_stands_before_the_letter_on_the_first_page(sheet):
    with opened(sheet.pdf) as document:
        first = document[0].get_textpage().get_text_range()
    assert first.index("明白账") < first.index("收进来") < first.index("各位村民")
    assert "12,000元" in first.replace(" ", "")
