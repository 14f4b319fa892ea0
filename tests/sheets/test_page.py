"""The page of a notice in millimetres: head, foot, edges, and how a set of pages hangs together."""

import ctypes
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
import zxingcpp
from PIL import Image

from bulletin.domain.codes import Scan
from bulletin.domain.notices.content import Column, Paragraph, Table
from bulletin.sheets.pdfium import opened, page_image
from bulletin.sheets.qr import QR_CODES

MM = 72 / 25.4
EDGE_MM = 9.0
DPI = 100


@dataclass(frozen=True)
class Char:
    char: str
    size: float  # points
    left: float
    bottom: float
    right: float
    red: int
    green: int
    blue: int


def chars_of(pdf: bytes, page: int = 0) -> Iterator[Char]:
    """The visible characters of a page, with size and ink."""
    with (
        opened(pdf) as document,
        closing(document[page]) as sheet,
        closing(sheet.get_textpage()) as words,
    ):
        for place in range(words.count_chars()):
            char = chr(pdfium.FPDFText_GetUnicode(words.raw, place))
            if not char.isspace() and char.isprintable():
                yield _char(words, place, char)


def _char(words: pypdfium2.PdfTextPage, place: int, char: str) -> Char:
    ink = [ctypes.c_uint() for _ in range(4)]
    pdfium.FPDFText_GetFillColor(words.raw, place, *map(ctypes.byref, ink))
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(words.raw, place, ctypes.byref(matrix))
    left, bottom, right, _ = words.get_charbox(place)
    size = pdfium.FPDFText_GetFontSize(words.raw, place) * abs(matrix.d)
    return Char(char, size, left, bottom, right, *(each.value for each in ink[:3]))


def sizes_of(pdf: bytes, words: str, page: int = 0) -> list[float]:
    """The sizes in which a run of characters is set where it stands first."""
    chars = list(chars_of(pdf, page))
    text = "".join(each.char for each in chars)
    at = text.index(words)
    return [round(each.size, 1) for each in chars[at : at + len(words)]]


def heard(pdf: bytes) -> str:
    """What a screen reader says of the whole document: no artifacts, in the order of the page."""
    said = []
    with opened(pdf) as document:
        for place in range(len(document)):
            with closing(document[place]) as page, closing(page.get_textpage()) as words:
                for n in range(words.count_chars()):
                    piece = pdfium.FPDFText_GetTextObject(words.raw, n)
                    if piece and pdfium.FPDFPageObj_GetMarkedContentID(piece) >= 0:
                        said.append(chr(pdfium.FPDFText_GetUnicode(words.raw, n)))
    return "".join("".join(said).split())


@pytest.fixture(scope="module")
def long_set(composer, sheet_facts, ledger):
    return composer.compose(sheet_facts(Paragraph("各位村民："), ledger(139)))


@pytest.fixture(scope="module")
def one_page(composer, sheet_facts):
    return composer.compose(sheet_facts(Paragraph("现将有关情况公开如下。" * 40)))


def test_the_last_day_is_the_largest_of_the_foot_and_the_telephone_the_next(one_page):
    for words, height in (("公示到10月25日", 9.5), ("0972-8320000", 7)):
        for size in sizes_of(one_page.pdf, words):
            assert size / MM == pytest.approx(height, abs=0.1)
    assert min(sizes_of(one_page.pdf, "No.18427")) >= 8


def test_a_last_day_of_next_year_is_said_with_its_year(composer, sheet_facts):
    period = {"opens_on": date(2026, 12, 25), "closes_on": date(2027, 1, 24)}
    sheet = composer.compose(sheet_facts(**period))
    assert min(sizes_of(sheet.pdf, "公示到2027年1月24日")) >= 9 * MM


def test_deadline_objection_telephones_and_digits_are_heard_once(long_set, sheet_facts):
    said = heard(long_set.pdf)
    for words in ("公示到10月25日", "公示期内向村务监督委员会提出", "0972-8320000", "402716853"):
        assert said.count(words) == 1
    assert said.index(sheet_facts().title) < said.index("公示到10月25日")


def test_the_title_is_the_heading_of_level_one(one_page):
    kinds = []

    def collect(element):
        size = pdfium.FPDF_StructElement_GetType(element, None, 0)
        buffer = ctypes.create_string_buffer(size)
        pdfium.FPDF_StructElement_GetType(element, buffer, size)
        kinds.append(buffer.raw[:-2].decode("utf-16-le"))
        for place in range(pdfium.FPDF_StructElement_CountChildren(element)):
            if child := pdfium.FPDF_StructElement_GetChildAtIndex(element, place):
                collect(child)

    with opened(one_page.pdf) as document, closing(document[0]) as page:
        tree = pdfium.FPDF_StructTree_GetForPage(page.raw)
        for place in range(pdfium.FPDF_StructTree_CountChildren(tree)):
            collect(pdfium.FPDF_StructTree_GetChildAtIndex(tree, place))
        pdfium.FPDF_StructTree_Close(tree)
    assert kinds.count("H1") == 1


WIDE = Table(
    tuple(Column(f"第{n}项收入支出明细") for n in range(14)), (("二〇二六年示例",) * 14,) * 60
)


@pytest.mark.parametrize("paper", ["a4", "a3"])
@pytest.mark.parametrize("block", [Paragraph("现公开如下。" * 300), WIDE])
def test_nothing_is_printed_within_nine_millimetres_of_an_edge(composer, sheet_facts, block, paper):
    sheet = composer.compose(sheet_facts(block, mark="演示", title="关于财务" * 8), paper)
    assert sheet.pages > 1
    with opened(sheet.pdf) as document:
        for page in range(len(document)):
            drawn = page_image(document, page, DPI).convert("L").point(lambda v: 255 * (v < 200))
            left, top, right, bottom = drawn.getbbox()
            gaps = left, top, drawn.width - right, drawn.height - bottom
            assert min(gaps) / DPI * 25.4 >= EDGE_MM


def test_no_words_are_greyer_than_toner_and_sun_leave_them(long_set):
    for page in range(long_set.pages):
        for each in chars_of(long_set.pdf, page):
            is_grey = each.red == each.green == each.blue
            assert not is_grey or each.red <= 0.15 * 255 or each.red == 255, each


def test_the_pages_of_a_set_bear_ticks_at_one_height(long_set):
    heights = set()
    with opened(long_set.pdf) as document:
        for page in range(len(document)):
            drawn = page_image(document, page, DPI).convert("L")
            for side, is_there in (("left", page > 0), ("right", page < len(document) - 1)):
                ticks = _ticks(drawn, side)
                assert bool(ticks) is is_there
                heights |= set(ticks)
    assert len(heights) in (2, 3, 4), "two ticks, to a pixel"
    assert max(heights) - min(heights) > 0.2 * 297 / 25.4 * DPI


def _ticks(drawn: Image.Image, side: str) -> list[int]:
    """Where there is ink between nine and sixteen millimetres from the edge: tops in pixels."""
    near, far = (round(mm / 25.4 * DPI) for mm in (9, 16))
    area = (near, far) if side == "left" else (drawn.width - far, drawn.width - near)
    strip = drawn.crop((area[0], 0, area[1], drawn.height)).point(lambda v: 255 * (v < 128))
    rows = [y for y in range(strip.height) if strip.crop((0, y, strip.width, y + 1)).getbbox()]
    return [y for y in rows if y - 1 not in rows]


def test_middle_pages_hold_more_than_the_first(long_set):
    rows = [
        sum(each.char == "月" for each in chars_of(long_set.pdf, page))
        for page in range(long_set.pages)
    ]
    assert rows[1] >= rows[0] + 5  # of two lines, mostly


@pytest.mark.parametrize(("times", "size"), [(1, 26), (12, 22), (20, 18), (30, 16)])
def test_a_short_notice_grows_until_its_page_is_used(composer, sheet_facts, times, size):
    sheet = composer.compose(sheet_facts(Paragraph("现将有关情况公开如下。" * times)))
    assert sheet.pages == 1
    assert set(sizes_of(sheet.pdf, "现将有关情况公开如下")) == {size}


def test_a3_holds_more_rows_than_a4(composer, sheet_facts, ledger):
    facts = sheet_facts(ledger(60))
    small, large = (composer.compose(facts, paper) for paper in ("a4", "a3"))
    rows = [sum(each.char == "月" for each in chars_of(sheet.pdf)) for sheet in (small, large)]
    assert rows[1] > rows[0]
    assert min(sizes_of(large.pdf, "村道路灯维修材料费")) >= 16


def test_co_signers_stand_abreast_with_the_day_under_the_last(composer, sheet_facts):
    publishers = ("张家村村民委员会", "张家村股份经济合作社")
    long = Paragraph("现公开如下。" * 60)
    sheet = composer.compose(
        sheet_facts(long, publishers=publishers, opens_on=None, closes_on=None)
    )
    chars = list(chars_of(sheet.pdf))
    text = "".join(each.char for each in chars)
    first = chars[text.rindex(publishers[0])]
    second = chars[text.rindex(publishers[1])]
    day = chars[text.index("2026年10月10日")]
    assert first.bottom == pytest.approx(second.bottom, abs=1)
    assert day.bottom < second.bottom
    assert second.left < day.left < second.left + 10 * 16
    last = chars[text.rindex(publishers[1]) + len(publishers[1]) - 1]
    text_right = (210 - 25.9) * MM
    assert text_right - last.right == pytest.approx(4 * 16, abs=2)


@pytest.mark.parametrize("page", [0, 1, -1])
@pytest.mark.parametrize("dpi", [75, 150])
def test_a_sheet_fitted_to_the_page_in_grey_with_little_toner_still_decodes(
    long_set, sheet_facts, page, dpi
):
    with opened(long_set.pdf) as document:
        place = page % len(document)
        drawn = page_image(document, place, dpi, as_printed=True).convert("L")
    fitted = drawn.resize((round(drawn.width * 0.94), round(drawn.height * 0.94)))
    pale = fitted.point(lambda shade: round(255 - (255 - shade) * 0.45))
    (found,) = zxingcpp.read_barcodes(pale, formats=QR_CODES)
    assert Scan.parse(found.text) == Scan(sheet_facts().code, 1, place + 1)
