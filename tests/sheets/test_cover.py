"""明白账: one A3 sheet whose figures are read from the road, and whose code is no page of the sheet."""

from dataclasses import replace

import pypdfium2
import pytest
from support.boards import close_up

from bulletin.domain.accounts.figures import Figure, PlainAccount
from bulletin.domain.codes import TypedCode
from bulletin.sheets.board_photos import read_paper, read_photo
from bulletin.sheets.cover import CoverFacts, cover_data
from bulletin.sheets.facts import FontChoice
from bulletin.sheets.pdfium import opened

MM = 72 / 25.4
LONG = "关于张家村村民委员会和股份经济合作社共同承担的人居环境整治项目资金使用情况和2026年第三季度村级财务收支情况的公开"
ITEM = "人饮管网改造材料（PE管、闸阀）和沿线检查井砌筑、路面恢复、管道冲洗消毒的人工费用" * 4


def money(**amounts):
    return tuple(Figure(label, words, "元") for label, words in amounts.items())


ACCOUNT = PlainAccount(
    money(上期结余="86,432.57", 收入="203,780.97", 支出="226,186.17", 结余="64,027.37"),
    money(巷道维修人工="16,500.00", 村集体仓库屋顶维修="12,600.00", 人饮管网改造材料="11,750.50"),
    "最大的支出",
    "逐笔",
)
HUGE = PlainAccount(
    money(上期结余="1,234,567.89", 收入="-123,456,789.00", 支出="0.00", 结余="1,123,456,789.01"),
    tuple(Figure(ITEM, "123,456,789.00", "元") for _ in range(3)),
    "最大的支出",
    "逐笔",
)


@pytest.fixture(scope="module")
def covers(composer, sheet_facts):
    """A cover of the usual size, and one of which everything is as long as can be."""
    phones = tuple((f"第{n}监督单位", f"0972-832000{n}") for n in range(9))
    usual = CoverFacts(sheet_facts(topic="财务"), ACCOUNT, 7)
    huge = CoverFacts(sheet_facts(topic="财务", title=LONG, phones=phones), HUGE, 27)
    return [(facts, composer.compose_cover(facts)) for facts in (usual, huge)]


def _characters(pdf):
    """Every character with its size and its box, in mm from the lower left corner."""
    with opened(pdf) as document:
        page = document[0]
        words = page.get_textpage()
        found = [
            (
                words.get_text_range(place, 1),
                pypdfium2.raw.FPDFText_GetFontSize(words.raw, place) / MM,
                [edge / MM for edge in words.get_charbox(place)],
            )
            for place in range(words.count_chars())
        ]
        words.close()
        page.close()
    return [seen for seen in found if seen[0].strip()]


def test_a_cover_is_one_page_and_has_no_findings(composer, covers):
    for facts, cover in covers:
        assert cover.pages == 1
        assert composer.cover_preflight(facts, cover) == []


def test_nothing_of_a_cover_is_within_9_mm_of_the_edge(covers):
    for _, cover in covers:
        for char, _, (left, bottom, right, top) in _characters(cover.pdf):
            assert min(left, bottom, 297 - right, 420 - top) >= 9, char


def test_the_title_is_15_mm_high_and_figures_are_18_to_20(covers):
    seen = _characters(covers[0][1].pdf)
    title = [top - bottom for char, _, (_, bottom, _, top) in seen if char in "级财政况"]
    assert max(title) == pytest.approx(15, abs=0.6)
    figures = [box[3] - box[1] for char, size, box in seen if char in "0689" and size > 20]
    assert len(figures) >= 10
    assert all(18 <= height <= 20.4 for height in figures)


def test_long_amounts_shrink_together_and_are_never_broken(covers):
    seen = _characters(covers[1][1].pdf)
    words = "".join(char for char, size, _ in seen if size > 17 and char in "0123456789.,-")
    assert words == "1,234,567.89-123,456,789.000.001,123,456,789.01"
    assert (
        len({round(size, 2) for char, size, _ in seen if size > 17 and char in "0123456789"}) == 1
    )


def test_a_long_title_is_set_smaller_in_three_lines_broken_by_sense(covers):
    data = cover_data(covers[1][0], FontChoice())
    assert "".join(data["title_lines"]) == LONG
    assert (len(data["title_lines"]), data["title_mm"] < 15) == (3, True)


def test_a_photograph_of_a_cover_ticks_no_page_and_raises_no_alarm(composer, covers, sheet_facts):
    facts, cover = covers[0]
    reading = read_photo(close_up([cover.pdf]))
    assert (reading.codes, reading.unread) == ((), ())
    (said,) = read_paper(close_up([cover.pdf]))
    assert TypedCode.read(said) == TypedCode(code=facts.sheet.code)


def test_a_draft_has_no_code_and_a_rehearsal_says_what_it_is(composer, covers):
    facts, _ = covers[0]
    draft = replace(facts, sheet=replace(facts.sheet, mark="草稿"))
    cover = composer.compose_cover(draft)
    assert composer.cover_preflight(draft, cover) == []
    assert read_paper(close_up([cover.pdf])) == []
    rehearsal = replace(facts, sheet=replace(facts.sheet, mark="演示"))
    words = "".join(char for char, *_ in _characters(composer.compose_cover(rehearsal).pdf))
    assert "演示样张" in words


def test_a_cover_is_tagged_has_a_title_and_asks_for_actual_size(covers):
    pdf = covers[0][1].pdf
    assert all(
        mark in pdf for mark in (b"/PrintScaling /None", b"/Duplex /Simplex", b"/StructTreeRoot")
    )
    with opened(pdf) as document:
        assert document.get_metadata_value("Title") == covers[0][0].sheet.title
