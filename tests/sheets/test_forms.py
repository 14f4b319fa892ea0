"""The papers beside the notices, measured: edges, rules, type, inks, lines, and codes on poor printers."""

from dataclasses import replace
from functools import lru_cache

import pytest
import zxingcpp
from support.forms import CERTIFICATE, FORM_PAPERS, PLACE, WALK
from support.paths import MATERIAL
from support.printed import (
    MM,
    chars,
    ink_from_edges,
    lines,
    links,
    lone_ends,
    printed,
    rules,
)

from bulletin.readers.catalog.files import read_catalog_rows
from bulletin.sheets.compose import CERTIFICATE_CODE_MM
from bulletin.sheets.forms import (
    CatalogGroup,
    CertifiedCorrection,
    WalkGroup,
    WalkLine,
    catalog_data,
)
from bulletin.sheets.preflight import COARSE_DPI, DARK, OUTDOORS
from bulletin.sheets.qr import MIN_MODULE_MM, qr_code, side_mm

UNPRINTED_MM = 9  # office printers leave out as much
MIN_TABLE_POINTS = 10.5
MIN_FINGERPRINT_POINTS = 8
MAX_GREY = 0.15
PAPERS = [(kind, paper) for kind in FORM_PAPERS for paper in ("a4", "a3")]
PRINT_WORDS = "单面打印，选“实际大小”（100%），不要选“适合页面”"


@pytest.fixture(scope="module")
def form(composer):
    """Each form is set once for each paper."""
    return lru_cache(lambda kind, paper="a4", mark="": FORM_PAPERS[kind](composer, paper, mark))


def _words(pdf, page=None):
    return "".join(char.char for char in chars(pdf) if page in (None, char.page))


def _said(line):
    return "".join(char.char for char in line)


@pytest.mark.parametrize(("kind", "paper"), PAPERS)
@pytest.mark.parametrize("mark", ["", "演示"])
def test_no_form_has_ink_where_printers_print_none(form, kind, paper, mark):
    sheet = form(kind, paper, mark)
    # The test of the printer asks for ink at the edges, on its first page.
    for page in range(2 if kind == "printer" else 1, sheet.pages + 1):
        assert min(ink_from_edges(sheet.pdf, page)) >= UNPRINTED_MM


@pytest.mark.parametrize("paper", ["a4", "a3"])
def test_the_printer_is_tested_5_7_9_and_12_mm_from_every_edge(form, paper):
    sheet = form("printer", paper)
    width, height = (210, 297) if paper == "a4" else (297, 420)
    level = [rule for rule in rules(sheet.pdf) if 16 < rule[2] - rule[0] < 18]
    upright = [rule for rule in rules(sheet.pdf) if 16 < rule[3] - rule[1] < 18]
    middle = [(left + right) / 2 for left, _, right, _ in upright]
    heights = [(bottom + top) / 2 for _, bottom, _, top in level]
    for away in (5, 7, 9, 12):
        for places, edge in ((middle, away), (middle, width - away)):
            assert any(place == pytest.approx(edge, abs=0.1) for place in places)
        for edge in (away, height - away):
            assert any(place == pytest.approx(edge, abs=0.1) for place in heights)
    named = [c for c in chars(sheet.pdf) if c.page == 1 and (c.left * MM < 15 or c.top * MM < 17)]
    assert {"5", "7", "9"} <= {char.char for char in named}


@pytest.mark.parametrize(("length", "words"), [(100, "10厘米处对着的数"), (85.6, "身份证的长边")])
@pytest.mark.parametrize("percent", [100, 97, 94, 90])
def test_the_scale_tells_at_once_how_small_it_was_printed(form, length, words, percent):
    sheet = form("printer")
    (line,) = [line for line in lines(sheet.pdf) if words in _said(line)]
    ticks = [
        (left + right) / 2
        for left, _, right, top in rules(sheet.pdf)
        if right - left < 1 and abs(top - line[0].top * MM) < 4
    ]
    true = length / percent * 100  # what a true length meets on paper that was printed smaller
    assert any(tick - min(ticks) == pytest.approx(true, abs=0.1) for tick in ticks)
    assert str(percent) in _words(sheet.pdf, 1)


def test_the_printer_is_tested_for_small_type_and_for_one_side(form):
    sheet = form("printer")
    assert sheet.pages == 2
    assert PRINT_WORDS in _words(sheet.pdf, 1)
    assert "这一页应当在另一张纸上" in _words(sheet.pdf, 2)
    assert "单面打印" in _words(sheet.pdf, 2)
    sizes = {round(char.size, 1) for char in chars(sheet.pdf) if char.char == "磅"}
    assert {6, 7, 8, 9, 10.5, 12} <= sizes


def test_each_size_of_code_is_named_under_its_code(form):
    sheet = form("printer")
    seen = lines(sheet.pdf)
    frames = _code_frames(sheet.pdf)
    for side in (45, 35, 25, 18, 12):
        (label,) = [line for line in seen if _said(line) == f"{side}毫米"]
        (frame,) = [f for f in frames if f[2] - f[0] == pytest.approx(side, abs=0.5)]
        assert (label[0].left + label[-1].right) / 2 * MM == pytest.approx(
            (frame[0] + frame[2]) / 2, abs=0.5
        )
        above = frame[1] - label[0].top * MM
        follows = max(
            line[0].top for line in seen if line[0].page == 1 and line[0].top < label[0].bottom
        )
        assert 0 < above < (label[0].bottom - follows) * MM + 3
        assert above > 3.9 * side / qr_code(PLACE.link).modules - 1, "in its white border"


def _code_frames(pdf):
    """Left, bottom, right, top in millimetres of the codes on the first page, without border."""
    image = printed(pdf, dpi=300)
    mm = 25.4 / 300
    return [
        (
            code.position.top_left.x * mm,
            (image.height - code.position.bottom_left.y) * mm,
            code.position.top_right.x * mm,
            (image.height - code.position.top_left.y) * mm,
        )
        for code in zxingcpp.read_barcodes(image)
    ]


def test_whoever_walks_to_the_board_reads_first_how_to_print(form):
    assert PRINT_WORDS in _words(form("walk").pdf)


def test_no_title_on_the_walk_ends_in_one_character(composer):
    words = "关于互助土族自治县红崖子沟乡张家村2026年第三季度村级财务收支情况（含专项资金）的公开"
    papers = tuple(WalkLine(words[:n], "公示到10月25日", 7) for n in range(1, len(words)))
    sheet = composer.compose_walk(replace(WALK, groups=(WalkGroup("要贴的", papers),)))
    assert lone_ends(sheet.pdf) == []


@pytest.mark.parametrize(("kind", "paper"), PAPERS)
def test_a_form_that_was_shrunk_and_printed_with_little_toner_is_still_scanned(form, kind, paper):
    sheet = form(kind, paper)
    for page in range(1, sheet.pages + 1):
        sound = links(printed(sheet.pdf, page))
        poor = links(printed(sheet.pdf, page, scale=0.94, toner=0.45))
        assert sorted(poor) == sorted(sound)


@pytest.mark.parametrize("kind", FORM_PAPERS)
def test_no_form_is_set_too_small_or_too_pale(form, kind):
    sheet = form(kind)
    assert all(char.is_coloured or char.grey <= MAX_GREY + 0.01 for char in chars(sheet.pdf))
    smallest = 6 if kind == "printer" else MIN_FINGERPRINT_POINTS
    # The foot of what hangs has sizes of its own.
    own = [
        char for char in chars(sheet.pdf) if kind not in ("blank", "catalog") or char.bottom > 220
    ]
    assert min(char.size for char in own) >= smallest
    if kind in ("catalog", "walk"):
        assert min(char.size for char in own) >= MIN_TABLE_POINTS
    if kind == "certificate":
        small = {char.char for char in own if char.size < MIN_TABLE_POINTS}
        assert not any("一" <= char <= "鿿" for char in small - set("存证第页共"))


# --- the certificate ---

SCALES = (0.71, 0.8, 0.94, 1)  # A4 on A5, and what printers do unasked
RESOLUTIONS = (75, 100, 150, 200)


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("dpi", RESOLUTIONS)
def test_the_code_of_a_certificate_is_as_robust_as_that_of_a_sheet(form, scale, dpi):
    image = printed(form("certificate").pdf, dpi=dpi, scale=scale)
    outdoors = image.filter(OUTDOORS).point(lambda shade: round(shade * DARK))
    assert links(outdoors) == [CERTIFICATE.link]


@pytest.mark.parametrize("host", ["GK.HUZHU.GOV.CN", "GONGKAI.HONGYAZIGOU.HUZHU.HAIDONG.QH.GOV.CN"])
def test_a_long_address_makes_the_code_wider_not_finer(composer, host):
    link = f"HTTPS://{host}/N/ABCDEFGH7Z"
    sheet = composer.compose_certificate(replace(CERTIFICATE, link=link))
    ((left, _, right, _),) = _code_frames(sheet.pdf)
    assert right - left == pytest.approx(side_mm(link, CERTIFICATE_CODE_MM), abs=0.6)
    assert (right - left) / qr_code(link).modules >= MIN_MODULE_MM
    assert COARSE_DPI == 150  # what OUTDOORS was made for


def test_every_table_of_a_certificate_has_the_rules_of_a_notice(composer):
    made = CertifiedCorrection(
        board="村委会门口公开栏",
        edition=1,
        what="贴上日期由10月8日更正为10月9日",
        reason="记错了",
        made="2026年10月12日",
    )
    sheet = composer.compose_certificate(replace(CERTIFICATE, corrections=(made,)))
    words = _words(sheet.pdf)
    for head in ("公开栏版贴上取下依据", "登记更正了什么什么时候、为什么", "版公开内容指纹"):
        assert head in words
    for field in ("张贴人（签名）：", "村务监督委员会（签名）：", "公开单位（章）：", "日期："):
        (line,) = [each for each in lines(sheet.pdf) if _said(each) == field]
        behind = [
            rule
            for rule in rules(sheet.pdf)
            if abs(rule[1] - line[-1].bottom * MM) < 2.5 and abs(rule[0] - line[-1].right * MM) < 3
        ]
        assert behind, "a line to write on"


# --- the catalog ---

CATALOGS = sorted((MATERIAL / "catalogs").glob("*.csv"))
TABLE_ONLY = replace(PLACE, phones=())  # what the foot says has lines of its own
PERIODS = ("15日", "15个工作日", "至下届村民委员会产生", "公布后不少于7个工作日")


@pytest.mark.parametrize("file", CATALOGS, ids=lambda file: file.stem)
def test_no_line_of_a_real_catalog_ends_in_one_character(composer, file):
    items = read_catalog_rows(file.read_bytes(), file.name).rows
    rows = tuple(
        (str(n), item.title, item.deadline_text.rstrip("。；"), PERIODS[n % len(PERIODS)])
        for n, item in enumerate(items, 1)
    )
    more = catalog_data("2026年7月16日起施行", (CatalogGroup("党务", rows),))
    sheet = composer.compose_place("catalog", TABLE_ONLY, more=more)
    assert lone_ends(sheet.pdf) == []


def test_no_length_of_an_item_or_a_time_ends_in_one_character(composer):
    words = "政府拨付和接受社会捐赠的救灾救助、补贴补助等资金（含2026年第3季度）的管理使用情况" * 2
    rows = tuple((str(n), words[:n], words[3 : n + 7], PERIODS[n % 4]) for n in range(1, 60))
    more = catalog_data("2026年7月16日起施行", (CatalogGroup("党务", rows),))
    sheet = composer.compose_place("catalog", TABLE_ONLY, more=more)
    assert lone_ends(sheet.pdf) == []
    assert _words(sheet.pdf).count("序号") == sheet.pages, "the head on every page"
