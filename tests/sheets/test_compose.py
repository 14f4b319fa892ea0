"""Sheets, set by Typst from the packaged template and read back."""

import ctypes
import hashlib
import io
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pikepdf
import pypdfium2
import pytest
from PIL import Image as Picture

from bulletin.domain.codes import Scan, digits_words, fingerprint_words
from bulletin.domain.errors import Misconfigured
from bulletin.domain.notices.content import Column, Heading, Image, ListBlock, Paragraph, Table
from bulletin.sheets.board_photos import read_photo
from bulletin.sheets.compose import Composer
from bulletin.sheets.extract import content_text
from bulletin.sheets.facts import FontChoice
from bulletin.sheets.forms import WalkFacts
from bulletin.sheets.layout import CODE_SIDE_MM
from bulletin.sheets.problems import SheetUnprintable
from bulletin.sheets.qr import PIXELS, decode

POINTS_PER_MM = 72 / 25.4
A4 = (210 * POINTS_PER_MM, 297 * POINTS_PER_MM)


def _pages(pdf):
    """Every page's text with white space removed."""
    document = pypdfium2.PdfDocument(pdf)
    words = [re.sub(r"\s", "", page.get_textpage().get_text_bounded()) for page in document]
    document.close()
    return words


def _pictures(pdf, page=0):
    """Bounds in points of the pictures on a page, and their sizes in pixels."""
    document = pypdfium2.PdfDocument(pdf)
    pictures = [
        (thing.get_bounds(), thing.get_px_size())
        for thing in document[page].get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])
    ]
    document.close()
    return pictures


def _chars(pdf):
    """Page size and the box of every visible character of every page, in points."""
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        text = page.get_textpage()
        for place in range(text.count_chars()):
            if not text.get_text_range(place, 1).isspace():
                yield page.get_size(), text.get_charbox(place)
    document.close()


def _alts(pdf):
    """The alternative texts of the first page's tagged parts."""
    raw = pypdfium2.raw
    document = pypdfium2.PdfDocument(pdf)
    page = document[0]  # a page must outlive its tree
    tree = raw.FPDF_StructTree_GetForPage(page.raw)
    alts = []

    def collect(element):
        size = raw.FPDF_StructElement_GetAltText(element, None, 0)
        if size:
            buffer = ctypes.create_string_buffer(size)
            raw.FPDF_StructElement_GetAltText(element, buffer, size)
            alts.append(buffer.raw[:-2].decode("utf-16-le"))
        for place in range(raw.FPDF_StructElement_CountChildren(element)):
            child = raw.FPDF_StructElement_GetChildAtIndex(element, place)
            if child:
                collect(child)

    for place in range(raw.FPDF_StructTree_CountChildren(tree)):
        collect(raw.FPDF_StructTree_GetChildAtIndex(tree, place))
    raw.FPDF_StructTree_Close(tree)
    page.close()
    document.close()
    return alts


def test_a_sheet_of_one_page_leads_to_its_edition(composer, sheet_facts):
    facts = sheet_facts(edition=3)
    sheet = composer.compose(facts)
    assert sheet.pages == 1
    assert decode(sheet.pdf) == [[Scan(facts.code, 3)]]


def test_a_notice_says_all_that_a_board_needs(composer, sheet_facts):
    facts = sheet_facts()
    (words,) = _pages(composer.compose(facts).pdf)
    for phrase in (
        "互助土族自治县红崖子沟乡张家村·村务公开栏",
        "张家村公开〔2026〕12号",
        "关于2026年第三季度村级财务收支情况的公开",
        "张家村村民委员会2026年10月10日",
        "2026年10月10日—10月25日（15日）",
        "公示期内向村务监督委员会提出，10日内答复",
        "村监委会0972-8320000",
        "乡纪委0972-8321111",
        "gk.huzhu.gov.cn输入",
        digits_words(facts.digits).replace(" ", ""),
        fingerprint_words(facts.fingerprint),
        "No.184272026-10-1009:00",
        "第1页共1页第1版",
    ):
        assert phrase in words


def test_a_ledger_of_139_rows_has_its_head_and_its_own_code_on_every_page(
    composer, sheet_facts, ledger
):
    facts = sheet_facts(Paragraph("各位村民："), ledger(139))
    sheet = composer.compose(facts)
    assert sheet.pages > 3
    pages = range(1, sheet.pages + 1)
    assert decode(sheet.pdf) == [[Scan(facts.code, 1, page)] for page in pages]
    for page, words in zip(pages, _pages(sheet.pdf), strict=True):
        assert "序号日期摘要收入（元）支出（元）结余（元）" in words
        assert f"第{page}页共{sheet.pages}页第1版" in words
        assert f"{page}/{sheet.pages}" in words
        assert "公示到10月25日" in words
        assert (f"{facts.title}（续）" in words) is (page > 1)
        assert ("扫码看网上版" in words) is (page in (1, sheet.pages))
    carried = r"承前页第\d+—\d+行([\d,]+\.\d\d)"
    sums = [re.findall(carried, words) for words in _pages(sheet.pdf)]
    assert sums[0] == []
    assert all(len(carried) == 1 for carried in sums[1:])
    (last,) = re.findall(r"合计([\d,]+\.\d\d)", _pages(sheet.pdf)[-1])
    assert last == "1,526,350.00"


@pytest.mark.parametrize("rows", range(1, 41, 3))
def test_the_signature_never_hangs_on_a_page_of_its_own(composer, sheet_facts, ledger, rows):
    sheet = composer.compose(sheet_facts(Paragraph("现公开如下。"), ledger(rows)))
    last = _pages(sheet.pdf)[-1]
    assert "张家村村民委员会2026年10月10日" in last
    assert "合计" in last


def test_a_draft_has_no_code_no_digits_and_no_number(composer, sheet_facts):
    facts = sheet_facts(mark="草稿", signed_on=None, opens_on=None, closes_on=None)
    sheet = composer.compose(facts)
    (words,) = _pages(sheet.pdf)
    assert decode(sheet.pdf) == [[]]
    assert _pictures(sheet.pdf) == []
    assert "草稿" in words
    assert "张家村公开" not in words
    assert "402716" not in words
    assert "扫码" not in words.replace("不便扫码", "")


def test_a_rehearsal_is_whole_and_says_so_on_every_page(composer, sheet_facts, ledger):
    facts = sheet_facts(ledger(60), mark="演示")
    sheet = composer.compose(facts)
    assert sheet.pages > 1
    assert all("演示样张" in words for words in _pages(sheet.pdf))
    assert all("张家村公开〔2026〕12号" in words for words in _pages(sheet.pdf))
    assert decode(sheet.pdf)[1] == [Scan(facts.code, 1, 2)]


def test_two_publishers_sign_one_under_the_other(composer, sheet_facts):
    names = ("张家村村民委员会", "张家村股份经济合作社")
    (words,) = _pages(composer.compose(sheet_facts(publishers=names)).pdf)
    assert "张家村村民委员会张家村股份经济合作社2026年10月10日" in words


def test_a_correction_says_what_changed_and_that_older_paper_is_void(composer, sheet_facts):
    facts = sheet_facts(edition=2, change_note="青苗补偿每亩1,260元，原为1,200元。")
    (words,) = _pages(composer.compose(facts).pdf)
    assert "更正本张为第2版，以前各版作废。" in words
    assert "青苗补偿每亩1,260元，原为1,200元。" in words


def test_the_township_speaks_for_itself_on_its_own_board(composer, sheet_facts):
    (words,) = _pages(composer.compose(sheet_facts(village="", board_title="政务公开栏")).pdf)
    assert "红崖子沟乡·政务公开栏" in words


@pytest.mark.parametrize(("paper", "scale"), [("a4", 1.0), ("a3", 1.2)])
def test_the_code_is_large_enough_for_old_phones(composer, sheet_facts, paper, scale):
    sheet = composer.compose(sheet_facts(), paper)
    (((left, bottom, right, top), (pixels, _)),) = _pictures(sheet.pdf)
    modules = pixels // PIXELS
    side = (right - left) / POINTS_PER_MM
    module = side / modules
    assert pixels % PIXELS == 0
    assert top - bottom == pytest.approx(right - left)
    assert side - 8 * module == pytest.approx(CODE_SIDE_MM * scale, abs=0.05)
    assert CODE_SIDE_MM >= 45
    assert module >= 0.8
    assert (left, bottom) >= (0, 0)  # the white border lies on the page, too


def test_a_long_host_still_gives_modules_that_print(composer, sheet_facts):
    host = "https://cunwugongkai.hongyazigou.huzhu.haidong.qinghai.example.gov.cn"
    sheet = composer.compose(sheet_facts(public_url=host))
    (((left, _, right, _), (pixels, _)),) = _pictures(sheet.pdf)
    assert (right - left) / POINTS_PER_MM / (pixels // 16) >= 0.8


def test_a_title_of_forty_characters_stays_on_the_page(composer, sheet_facts):
    title = "关于张家村2026年度中央财政衔接推进乡村振兴补助资金村内道路硬化项目实施情况公告"
    (words,) = _pages(composer.compose(sheet_facts(title=title)).pdf)
    assert title in words


@pytest.mark.parametrize("columns", [12, 16])
def test_a_wide_table_fits_inside_the_margins(composer, sheet_facts, columns):
    kinds = ["text", "text", "text", "number", "money", "money", "money", "date"] * 2
    row = (
        "1",
        "李有福",
        "张家村3社18号",
        "12.5",
        "1031.25",
        "12688.40",
        "14069.65",
        "2026年9月30日",
    ) * 2
    heads = (
        "序号",
        "姓名",
        "家庭住址",
        "承包面积（亩）",
        "地力补贴（元）",
        "草原奖补（元）",
        "合计（元）",
        "发放日期",
    ) * 2
    table = Table(
        tuple(Column(head, kind) for head, kind in zip(heads, kinds, strict=True))[:columns],
        tuple(row[:columns] for _ in range(30)),
    )
    sheet = composer.compose(sheet_facts(table))
    for (width, height), (left, bottom, right, top) in _chars(sheet.pdf):
        assert left >= 56  # 20 mm: the sheet lies
        assert right <= width - 56
        assert 0 < bottom < top < height


@pytest.mark.parametrize(
    "cell", ["x" * 400, "这一格写得很长，" * 60, "https://gk.huzhu.gov.cn/" + "a1" * 60]
)
@pytest.mark.parametrize("kind", ["text", "money", "date"])
def test_a_cell_that_is_far_too_long_is_not_cut(composer, sheet_facts, kind, cell):
    table = Table(
        (Column("序号"), Column("说明", kind), Column("金额", "money")), (("1", cell, "5"),)
    )
    sheet = composer.compose(sheet_facts(table))
    assert cell in content_text(sheet.pdf)
    for (width, _), (left, _, right, _) in _chars(sheet.pdf):
        assert left >= 70
        assert right <= width - 70


def test_an_address_without_end_stays_inside_the_margins(composer, sheet_facts):
    endless = "W" * 300
    blocks = (Paragraph(endless), Heading(1, endless), ListBlock((endless,)))
    sheet = composer.compose(sheet_facts(*blocks, title=endless, change_note=endless))
    assert content_text(sheet.pdf) == endless * 3
    for (width, _), (left, _, right, _) in _chars(sheet.pdf):
        assert left >= 70
        assert right <= width - 70


def test_figures_stand_in_one_line(composer, sheet_facts, ledger):
    sheet = composer.compose(sheet_facts(ledger(30)))
    document = pypdfium2.PdfDocument(sheet.pdf)
    page = document[0]
    lines = page.get_textpage().get_text_bounded().splitlines()
    page.close()
    document.close()
    assert any("20,010.00" in line for line in lines)
    assert any("8 月 2 日" in line or "8月2日" in line for line in lines)


def test_words_that_look_like_markup_are_printed_as_typed(composer, sheet_facts):
    typed = '#eval("1") $x$ *bold* _it_ @ref <a> \\ // `raw` -- ... [c] {d} ~ "引" \'q\' office'
    (words,) = _pages(composer.compose(sheet_facts(Paragraph(typed), title="#x *y* $z$")).pdf)
    assert re.sub(r"\s", "", typed) in words
    assert "#x*y*$z$" in words


def test_a_picture_stands_in_the_notice_with_its_words_for_the_blind(composer, sheet_facts):
    buffer = io.BytesIO()
    Picture.new("RGB", (800, 500), (90, 120, 60)).save(buffer, "JPEG")
    digest = hashlib.sha256(buffer.getvalue()).hexdigest()
    block = Image(digest, alt="硬化后的村道", caption="图1 三社村道")
    facts = sheet_facts(block, images={digest: buffer.getvalue()})
    sheet = composer.compose(facts)
    assert len(_pictures(sheet.pdf)) == 2
    assert "图1三社村道" in _pages(sheet.pdf)[0]
    assert "硬化后的村道" in _alts(sheet.pdf)


def test_a_picture_that_is_lost_stops_the_sheet(composer, sheet_facts):
    with pytest.raises(SheetUnprintable, match="找不到"):
        composer.compose(sheet_facts(Image("a" * 64, alt="村道")))


def test_the_pdf_is_accessible_chinese_and_titled(composer, sheet_facts):
    blocks = (Heading(3, "1. 从三级标题开始"), Heading(1, "一、一级"), Heading(3, "1. 又是三级"))
    facts = sheet_facts(*blocks, ListBlock(("甲", "乙"), ordered=True))
    pdf = composer.compose(facts).pdf
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf
    assert re.search(rb"/Lang\s*\(zh-CN\)", pdf)
    assert pypdfium2.PdfDocument(pdf).get_metadata_value("Title") == facts.title


def test_every_pdf_asks_for_one_side_and_actual_size(composer, sheet_facts, ledger):
    walk = composer.compose_walk(WalkFacts("某乡", "某村 · 公开栏", "", ()))
    for sheet in (composer.compose(sheet_facts(ledger(60))), walk):
        assert b"/Duplex /Simplex /PrintScaling /None" in sheet.pdf
        with pikepdf.open(io.BytesIO(sheet.pdf)) as document:
            assert document.Root.ViewerPreferences.Duplex == pikepdf.Name.Simplex
            assert document.Root.ViewerPreferences.PrintScaling == pikepdf.Name("/None")
            assert document.check_pdf_syntax() == []
            assert len(document.pages) == sheet.pages


def test_the_same_facts_give_the_same_bytes(composer, templates, sheet_facts, ledger):
    facts = sheet_facts(ledger(40))
    again = Composer(templates, [templates / "fonts"])
    assert composer.compose(facts).pdf == again.compose(facts).pdf
    assert composer.compose(facts).pdf != composer.compose(replace(facts, edition=2)).pdf


def test_many_hands_may_print_at_once(composer, sheet_facts, ledger):
    many = [sheet_facts(ledger(5 + n), edition=n) for n in range(1, 9)]
    with ThreadPoolExecutor(4) as pool:
        sheets = list(pool.map(composer.compose, many))
    assert [decode(sheet.pdf)[0][0].edition for sheet in sheets] == list(range(1, 9))


def test_the_picture_of_a_sheet_shows_the_very_code(composer, sheet_facts):
    facts = sheet_facts()
    png = composer.picture(composer.compose(facts))
    assert [seen.scan for seen in read_photo(png).codes] == [Scan(facts.code, 1)]
    assert Picture.open(io.BytesIO(png)).size == pytest.approx((1240, 1754), abs=2)


def test_a3_is_the_same_sheet_in_larger_type(composer, sheet_facts):
    facts = sheet_facts()
    small, large = composer.compose(facts), composer.compose(facts, "a3")
    assert _pages(small.pdf) == _pages(large.pdf)
    sizes = {size for size, _ in _chars(large.pdf)}
    assert {tuple(round(side) for side in size) for size in sizes} == {(842, 1191)}


def test_rare_characters_of_names_are_printed(composer, sheet_facts):
    (words,) = _pages(composer.compose(sheet_facts(Paragraph("公示名单：䶮、𬭚、㛃、堃。"))).pdf)
    assert "䶮、𬭚、㛃、堃" in words


def test_a_character_that_no_font_has_stops_the_sheet_with_its_place(composer, sheet_facts):
    facts = sheet_facts(Paragraph("各位村民："), Paragraph("已审核☑。"), change_note="改了☒")
    for set_type in (composer.compose, composer.compose_phone):
        with pytest.raises(SheetUnprintable, match="请换一个写法") as stopped:
            set_type(facts)
        assert [str(each).split("字，")[0] for each in stopped.value.refusals] == [
            "更正说明里的“☒”",
            "正文第2段里的“☑”",
        ]


def test_a_character_of_the_frame_is_named_too(composer, sheet_facts):
    with pytest.raises(SheetUnprintable, match="页脚里的“☒”字"):
        composer.compose(sheet_facts(phones=(("村☒", "0972-8320000"),)))


def test_a_font_family_that_is_nowhere_is_named_with_those_that_are(templates):
    with pytest.raises(Misconfigured, match=r"仿宋_GB2312.*Noto Serif SC"):
        Composer(templates, [templates / "fonts"], FontChoice(body="仿宋_GB2312"))


def test_a_draft_without_anything_can_still_be_looked_at(composer, sheet_facts):
    facts = sheet_facts(
        Paragraph(""),
        mark="草稿",
        title="",
        publishers=(),
        signed_on=None,
        opens_on=None,
        closes_on=None,
        period_words="",
        objection="",
        phones=(),
        fingerprint="",
        checkpoint=None,
    )
    (words,) = _pages(composer.compose(facts).pdf)
    assert "尚无标题" in words


def test_a_foot_with_much_to_say_is_set_smaller_and_not_cut(composer, sheet_facts):
    phones = tuple((f"村民监督小组第{n}组", f"0972-832000{n}") for n in range(8))
    facts = sheet_facts(
        objection="公示期内以书面或口头方式向村务监督委员会提出，" * 6, phones=phones
    )
    sheet = composer.compose(facts)
    (words,) = _pages(sheet.pdf)
    assert all(who + phone in words for who, phone in phones)
    for (width, _), (left, bottom, right, _) in _chars(sheet.pdf):
        assert left >= 70
        assert right <= width - 70
        assert bottom >= 10


def test_an_open_period_of_another_year_says_both_years(composer, sheet_facts):
    facts = sheet_facts(
        opens_on=date(2026, 12, 25), closes_on=date(2027, 1, 24), period_words="30日"
    )
    (words,) = _pages(composer.compose(facts).pdf)
    assert "2026年12月25日—2027年1月24日（30日）" in words


def _size(pdf):
    document = pypdfium2.PdfDocument(pdf)
    width, height = document[0].get_size()
    document.close()
    return round(width), round(height)


@pytest.mark.parametrize(("paper", "sides"), [("a4", (842, 595)), ("a3", (1191, 842))])
def test_a_table_of_many_columns_turns_the_sheet(composer, sheet_facts, paper, sides):
    months = tuple(Column(f"{month}月", "money") for month in range(1, 11))
    rows = tuple(("道路", *("12345.67",) * 10, "") for _ in range(40))
    wide = sheet_facts(Table((Column("项目"), *months, Column("备注")), rows))
    sheet = composer.compose(wide, paper)
    assert _size(sheet.pdf) == sides
    small = ["small_table"] if paper == "a4" else []  # 11.6 points: A3 is advised
    assert [problem.code for problem in composer.preflight(wide, sheet)] == small
    narrow = sheet_facts(Table((Column("项目"), months[0]), (("道路", "12345.67"),)))
    assert _size(composer.compose(narrow, paper).pdf) == sides[::-1]
