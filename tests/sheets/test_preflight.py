"""Preflight: what is wrong with a sheet is found before it reaches a printer, and said with a remedy."""

from dataclasses import replace

import pytest

from bulletin.domain.codes import check_character
from bulletin.domain.digests import sha256_hex
from bulletin.domain.notices.content import Column, Document, Heading, Image, Paragraph, Table
from bulletin.sheets.compose import Composer
from bulletin.sheets.facts import FontChoice, PrintedSheet
from bulletin.sheets.problems import SheetProblem


def _codes(findings):
    return [problem.code for problem in findings]


def _altered(templates, tmp_path, part, old, new):
    """A composer whose template somebody changed."""
    altered = tmp_path / "sheets"
    (altered / "parts").mkdir(parents=True)
    for file in [*templates.glob("*.typ"), *(templates / "parts").glob("*.typ")]:
        (altered / file.relative_to(templates)).write_text(file.read_text("utf-8"), "utf-8")
    file = altered / part
    assert old in file.read_text("utf-8")
    file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")
    return Composer(altered, [templates / "fonts"])


@pytest.mark.parametrize("paper", ["a4", "a3"])
def test_a_sound_sheet_has_no_findings(composer, sheet_facts, ledger, paper):
    facts = sheet_facts(Heading(1, "一、收支"), Paragraph("䶮、𬭚、㛃、堃——“（…）”。"), ledger(60))
    sheet = composer.compose(facts, paper)
    assert sheet.pages > 1
    advice = {"a4": ["small_table"], "a3": []}[paper]  # sixty rows on one line each
    assert _codes(composer.preflight(facts, sheet)) == advice


def test_a_draft_has_no_codes_to_look_at(composer, sheet_facts):
    facts = sheet_facts(mark="草稿")
    assert composer.preflight(facts, composer.compose(facts)) == []


@pytest.mark.parametrize(
    ("block", "place"),
    [
        (Paragraph("已审核☑。"), "正文第1段里的“☑”"),
        (Table((Column("姓名"), Column("签字")), (("甲", ""), ("乙", "☑"))), "第2行“签字”里的“☑”"),
    ],
)
def test_a_character_without_a_glyph_is_named_with_its_place(composer, sheet_facts, block, place):
    sound = sheet_facts()
    facts = replace(sound, document=Document((block,)))
    problems = composer.preflight(facts, composer.compose(sound))
    (glyph,) = [problem for problem in problems if problem.code == "missing_glyph"]
    assert place in glyph.sentence
    assert "请换一个写法" in glyph.sentence


def test_another_font_is_never_silent(templates, composer, sheet_facts):
    latin = Composer(templates, [templates / "fonts"], FontChoice(body="DejaVu Sans Mono"))
    facts = sheet_facts(Paragraph("村"))
    problems = latin.preflight(facts, composer.compose(facts))
    assert (
        SheetProblem(
            "other_font", "正文第1段里的“村”字，DejaVu Sans Mono里没有，用思源宋体印。", stops=False
        )
        in problems
    )


def test_paper_that_says_something_else_is_stopped(composer, sheet_facts):
    sheet = composer.compose(sheet_facts(Paragraph("补助1,200元。")))
    problems = composer.preflight(sheet_facts(Paragraph("补助1,260元。")), sheet)
    assert _codes(problems) == ["paper_differs"]


def test_the_code_of_another_edition_is_stopped(composer, sheet_facts):
    sheet = composer.compose(sheet_facts(edition=2))
    (problem,) = composer.preflight(sheet_facts(edition=1), sheet)
    assert problem.code == "code_unreadable"
    assert "第1页的二维码" in problem.sentence


def test_a_table_in_small_type_advises_the_larger_paper(composer, sheet_facts):
    months = tuple(Column(f"{month}月", "money") for month in range(1, 13))
    facts = sheet_facts(Table(months, (("12345.67",) * 12,)))
    (problem,) = composer.preflight(facts, composer.compose(facts))
    assert (problem.code, problem.stops) == ("small_table", False)
    assert problem.sentence == "表格的字只有11磅，贴在室外请用A3打印。"
    assert composer.preflight(facts, composer.compose(facts, "a3")) == []


def test_a_code_of_another_notice_in_a_picture_is_told_and_prints(composer, sheet_facts):
    code = "ZZZZZZZZZ" + check_character("ZZZZZZZZZ")
    other = composer.picture(composer.compose(sheet_facts(code=code)))
    file = sha256_hex(other)
    facts = sheet_facts(Image(file, "原件第1页"), is_scan=True, images={file: other})
    (problem,) = composer.preflight(facts, composer.compose(facts))
    assert (problem.code, problem.stops) == ("other_code", False)


def test_a_code_that_was_made_small_is_stopped(templates, sheet_facts, tmp_path):
    small = _altered(
        templates,
        tmp_path,
        "parts/code.typ",
        "width: whole, height: whole",
        "width: 24mm, height: 24mm",
    )
    facts = sheet_facts()
    (problem,) = small.preflight(facts, small.compose(facts))
    assert problem.code == "code_too_fine"
    assert "0.8毫米" in problem.sentence


def test_a_code_too_small_to_be_read_is_stopped(templates, sheet_facts, tmp_path):
    hidden = _altered(
        templates,
        tmp_path,
        "parts/code.typ",
        "width: whole, height: whole",
        "width: 3mm, height: 3mm",
    )
    facts = sheet_facts()
    assert _codes(hidden.preflight(facts, hidden.compose(facts))) == ["code_unreadable"]


def test_words_beyond_the_edge_of_the_paper_are_stopped(templates, sheet_facts, tmp_path):
    wide = _altered(
        templates,
        tmp_path,
        "parts/letterhead.typ",
        "#let number = text(size: fpt(10.5), fill: quiet-ink, sheet.number)",
        "#let number = move(dx: 30mm, text(size: fpt(10.5), sheet.number))",
    )
    facts = sheet_facts()
    (problem,) = wide.preflight(facts, wide.compose(facts))
    assert problem.code == "cut_off"


def test_words_on_top_of_others_are_stopped(templates, sheet_facts, tmp_path):
    close = _altered(
        templates, tmp_path, "parts/facts.typ", "row-gutter: fpt(3.2)", "row-gutter: fpt(-12)"
    )
    facts = sheet_facts()
    (problem,) = close.preflight(facts, close.compose(facts))
    assert problem.code == "overprinted"


def test_the_look_changes_with_template_and_address(templates, composer, sheet_facts, tmp_path):
    other = _altered(templates, tmp_path, "parts/style.typ", "#9e1b1e", "#1b3a9e")
    looks = {
        composer.look("https://a.cn"),
        composer.look("https://b.cn"),
        other.look("https://a.cn"),
    }
    assert len(looks) == 3
    assert composer.look("https://a.cn") == composer.look("https://a.cn")


def test_the_look_changes_when_a_font_file_is_replaced(templates, tmp_path):
    own = tmp_path / "仿宋.ttf"
    own.write_bytes(b"no font yet")
    composer = Composer(templates, [tmp_path, templates / "fonts"])
    before = composer.look("https://a.cn")
    own.write_bytes(b"no font yet either")
    assert composer.look("https://a.cn") != before


def test_what_is_no_sheet_of_these_facts_is_not_taken_for_one(composer, sheet_facts):
    facts = sheet_facts(Paragraph("一"))
    other = composer.compose(sheet_facts(Paragraph("二"), code="ZZZZZZZZZ0"))
    assert set(_codes(composer.preflight(facts, PrintedSheet(other.pdf, 1)))) == {
        "paper_differs",
        "code_unreadable",
    }
