"""Characters that no font has are refused by name and place; the office's own characters are set."""

from dataclasses import replace

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from bulletin.domain.notices.content import Column, Document, Paragraph, Table
from bulletin.sheets.compose import Composer
from bulletin.sheets.problems import SheetUnprintable

OWN = "\ue123"
NEWER = "\U000323b5"  # Extension H


def _own_font(folder, char=OWN):
    """A font with one character of the office's own making."""
    pen = TTGlyphPen(None)
    for x, y in ((100, 0), (900, 0), (900, 800), (100, 800)):
        (pen.moveTo if (x, y) == (100, 0) else pen.lineTo)((x, y))
    pen.closePath()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "own"])
    builder.setupCharacterMap({ord(char): "own"})
    builder.setupGlyf({".notdef": TTGlyphPen(None).glyph(), "own": pen.glyph()})
    builder.setupHorizontalMetrics({".notdef": (1000, 0), "own": (1000, 100)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    names = {"familyName": "Village Characters", "styleName": "Regular", "psName": "VillageOwn"}
    builder.setupNameTable(names)
    builder.setupOS2()
    builder.setupPost()
    folder.mkdir()
    builder.save(folder / "own.ttf")
    return folder


@pytest.mark.parametrize("char", [OWN, NEWER, "\U000f0123"])
def test_a_character_of_no_font_is_named_with_its_place_and_the_ways_out(
    composer, sheet_facts, char
):
    table = Table((Column("姓名"),), (("李示例",), (f"马{char}示",)))
    facts = replace(sheet_facts(), document=Document((table,)))
    with pytest.raises(SheetUnprintable) as refused:
        composer.ensure_legible(facts)
    (sentence,) = (refusal.sentence for refusal in refused.value.refusals)
    assert f"第2行“姓名”里的“{char}”字（编码U+{ord(char):04X}" in sentence
    for way in ("部件说明", "拼音", "身份证", "字体"):
        assert way in sentence


def test_a_character_of_no_font_in_the_title_is_refused(composer, sheet_facts):
    with pytest.raises(SheetUnprintable, match="标题里的"):
        composer.ensure_legible(sheet_facts(title=f"马{OWN}示低保公示"))


@pytest.mark.parametrize("words", ["⿰马亥示例", "左马右亥", "mǎ hái", "豈⽀⺠"])
def test_the_ways_out_can_be_printed(composer, sheet_facts, words):
    composer.ensure_legible(sheet_facts(Paragraph(words)))


@pytest.mark.parametrize("joiner", ["\u200c", "\u200d", "\ufe00", "\U000e0100"])
def test_a_joiner_stops_no_sheet(composer, sheet_facts, joiner):
    facts = sheet_facts(Paragraph(f"葛{joiner}示例等三人。"))
    assert composer.preflight(facts, composer.compose(facts)) == []


def test_an_offices_own_character_is_printed(templates, sheet_facts, tmp_path):
    own = _own_font(tmp_path / "fonts")
    composer = Composer(templates, [own, templates / "fonts"])
    facts = sheet_facts(Paragraph(f"马{OWN}示领取500元。"))
    composer.ensure_legible(facts)
    problems = composer.preflight(facts, composer.compose(facts))
    assert [(problem.code, problem.stops) for problem in problems] == [("other_font", False)]
    assert "Village Characters" in problems[0].sentence
