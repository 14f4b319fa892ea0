"""Tibetan, Mongolian, Uyghur and rare characters are set when a font for them is there, and named when none is."""

import ctypes
from itertools import groupby, pairwise

import pypdfium2.raw as pdfium
import pytest
from PIL.Image import Resampling
from support.paths import MATERIAL

from bulletin.domain.notices.content import (
    Column,
    ContentLanguage,
    Document,
    Heading,
    ListBlock,
    Paragraph,
    Table,
    Translation,
    texts,
)
from bulletin.sheets.compose import Composer
from bulletin.sheets.extract import reads_as
from bulletin.sheets.pdfium import POINTS_PER_INCH, opened, page_image
from bulletin.sheets.problems import SheetUnprintable
from bulletin.sheets.scripts import SCRIPTS, runs_from_the_right, script_of
from bulletin.sheets.title_lines import title_lines
from bulletin.sheets.widths import ZERO_WIDTH_SPACE, breakable

DPI = 300
TIBETAN, STACKS = "བོད་ཀྱི་གྲོང་ཚོའི་ལས་དོན་གསལ་བསྒྲགས།", "བསྒྲུབས་ཀྱི་རྒྱལ་ཁབ་ཧཱུྃ༔"
MONGOLIAN = "ᠮᠣᠩᠭᠣᠯ ᠲᠣᠰᠬᠣᠨ ᠤ ᠬᠡᠷᠡᠭ\u202fᠤᠨ ᠨᠡᠶᠢᠲᠡᠯᠡᠬᠦ᠃"
UYGHUR = "كەنت ئىشلىرى ئاشكارىلاش: لامپا، گۆھەر (2026-يىلى)"
RARE = "𠮷示例、𪚥𠀁等户"
WORDS = {"bo": f"{TIBETAN} {STACKS}", "mn": MONGOLIAN, "ug": UYGHUR, "rare": RARE}


@pytest.fixture(scope="session")
def with_fonts(templates) -> Composer:
    return Composer(templates, [MATERIAL / "fonts", templates / "fonts"])


def _everywhere(words):
    table = Table(
        (Column("姓名"), Column(words), Column("金额（元）", "money"), Column("日期", "date")),
        (
            (words, "李（示例）", "-100", "2026-10-09"),
            (f"李（示例）{words}", "2-3", "20", "10月9日"),
        ),
        footer=("合计", "", "-80", ""),
        caption=words,
    )
    mixed = Paragraph(
        f"现将（{words}）有关情况公开如下：{words}，共2户（1,200.50元），电话0998-123456。"
    )
    return (mixed, Paragraph(words), ListBlock((words, "二", f"三{words}"), ordered=True), table)


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS.keys())
def test_a_script_whose_font_is_there_is_set_and_reads_as_the_page_does(
    with_fonts, sheet_facts, words
):
    facts = sheet_facts(*_everywhere(words), title=words, change_note=words)
    problems = with_fonts.preflight(facts, with_fonts.compose(facts))
    assert {problem.code for problem in problems} == {"other_font"}
    assert not any(problem.stops for problem in problems)
    assert with_fonts.compose_phone(facts).pages >= 1


@pytest.mark.parametrize(
    ("language", "words"),
    [("bo", TIBETAN), ("ug", UYGHUR), ("mn-Mong", MONGOLIAN), ("en", "What the village spent")],
)
def test_a_second_language_is_set_under_the_first_and_reads_as_the_page_does(
    with_fonts, sheet_facts, language, words
):
    second = Translation(ContentLanguage(language), words, (words, f"{words} 2026"))
    facts = sheet_facts(Heading(3, "支出"), Paragraph("路灯维修3480元。"), second)
    sheet = with_fonts.compose(facts)
    assert not any(problem.stops for problem in with_fonts.preflight(facts, sheet))
    assert reads_as(sheet.pdf, texts(facts.document))


def test_a_second_language_without_a_font_is_named_by_its_paragraph(composer, sheet_facts):
    facts = sheet_facts(Translation(ContentLanguage.TIBETAN, "Tibet", ("ok", TIBETAN)))
    with pytest.raises(SheetUnprintable, match="藏文第2段"):
        composer.compose(facts)


def test_a_long_paragraph_from_the_right_is_printed_though_pdfium_loses_letters_of_it(
    with_fonts, sheet_facts
):
    facts = sheet_facts(Paragraph("ئۇيغۇرچە كەنت: لامپا گۆھەر ۋېڭ 2026-يىلى، " * 5))
    problems = with_fonts.preflight(facts, with_fonts.compose(facts))
    assert not any(problem.stops for problem in problems)


def test_that_a_whole_writing_comes_from_another_font_is_said_once(with_fonts, sheet_facts):
    facts = sheet_facts(*_everywhere(TIBETAN))
    (problem,) = with_fonts.preflight(facts, with_fonts.compose(facts))
    assert "处里的藏文" in problem.sentence
    assert "Noto Serif Tibetan" in problem.sentence


def _letters(pdf):
    """Of every letter in one of the scripts: its box and its base line, in points from below."""
    with opened(pdf) as document:
        page = document[0]
        words = page.get_textpage()
        letters = [
            (words.get_charbox(place), _base_line(words, place))
            for place in range(words.count_chars())
            if script_of(chr(pdfium.FPDFText_GetUnicode(words.raw, place)))
        ]
        words.close()
        page.close()
    return letters


def _base_line(words, place):
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(words.raw, place, x, y)
    return round(y.value, 1)


def _inked_pieces(pdf):
    """How many pieces the words in a script fall into, from the left to the right."""
    boxes = [box for box, _ in _letters(pdf)]
    scale, beyond = DPI / POINTS_PER_INCH, 8
    with opened(pdf) as document:
        page = page_image(document, 0, DPI).convert("L")
    left, right = min(box[0] for box in boxes) - 2, max(box[2] for box in boxes) + 2
    below, above = min(box[1] for box in boxes) - beyond, max(box[3] for box in boxes) + beyond
    edges = (left * scale, page.height - above * scale, right * scale, page.height - below * scale)
    dark = page.crop([round(edge) for edge in edges]).point(lambda shade: 255 * (shade < 128))
    columns = dark.resize((dark.width, 1), Resampling.BOX).tobytes()
    return sum(inked for inked, _ in groupby(columns, bool))


# The title is Chinese, so that only the paragraph holds letters of the script.
@pytest.mark.parametrize(
    ("words", "pieces"),
    [
        ("سس", 1),  # joined, though ligatures are switched off
        ("س\u200cس", 2),  # parted by hand, to see that joining is what is measured
        ("ᠮᠣᠩᠭᠣᠯ", 1),
        ("སྒྲུ", 1),  # four letters in one stack
        ("སགརཡ", 4),
    ],
)
def test_letters_join_and_stack(with_fonts, sheet_facts, words, pieces):
    assert _inked_pieces(with_fonts.compose(sheet_facts(Paragraph(words))).pdf) == pieces


@pytest.mark.parametrize("in_table", [False, True], ids=["paragraph", "cell"])
def test_stacks_do_not_touch_the_line_beneath(with_fonts, sheet_facts, in_table):
    words = STACKS * 9
    block = (
        Table((Column("元", "money"), Column("人")), (("5", words),))
        if in_table
        else Paragraph(words)
    )
    letters = _letters(with_fonts.compose(sheet_facts(block)).pdf)
    up = max(box[3] - line for box, line in letters)
    down = max(line - box[1] for box, line in letters)
    lines = sorted({line for _, line in letters})
    assert len(lines) > 2
    assert all(above - below > up + down for below, above in pairwise(lines))


def test_words_from_the_right_begin_at_the_right(with_fonts, sheet_facts):
    sheet = with_fonts.compose(sheet_facts(Paragraph("كەنت: 2026")))
    left = {char: _place(sheet, char)[0] for char in "كت:"}
    assert 400 < left["ك"] < 595  # points of the page
    assert left["ك"] > left["ت"] > left[":"]


def _place(sheet, char):
    with opened(sheet.pdf) as document:
        page = document[0]
        words = page.get_textpage()
        found = next(
            words.get_charbox(place)
            for place in range(words.count_chars())
            if chr(pdfium.FPDFText_GetUnicode(words.raw, place)) == char
            and words.get_charbox(place)[3] < 700
        )
        words.close()
        page.close()
    return found


@pytest.mark.parametrize("script", SCRIPTS, ids=[script.english for script in SCRIPTS])
def test_a_script_without_a_font_is_named_with_the_file_to_fetch(composer, sheet_facts, script):
    char = script.sample[0]
    table = Table((Column("姓名"),), (("李示例",), (f"马{char}",)))
    with pytest.raises(SheetUnprintable) as refused:
        composer.ensure_legible(sheet_facts(table))
    (sentence,) = (refusal.sentence for refusal in refused.value.refusals)
    for said in ("第2行“姓名”里的", char, script.name, script.file, "bulletin check"):
        assert said in sentence


def test_the_four_scripts_are_called_as_people_call_them():
    names = [script_of(char).name for char in "བᠮە𠀁"]
    assert names == ["藏文", "传统蒙古文", "维吾尔文", "生僻字（扩展B区）"]


def test_a_missing_writing_is_named_once_and_not_letter_by_letter(composer, sheet_facts):
    with pytest.raises(SheetUnprintable) as refused:
        composer.ensure_legible(sheet_facts(*_everywhere(UYGHUR), title=TIBETAN))
    tibetan, uyghur = (refusal.sentence for refusal in refused.value.refusals)
    assert tibetan.startswith("标题里的藏文（“བོད་ཀྱི་གྲོང”")
    assert uyghur.startswith("正文第1段等7处里的维吾尔文（“كەنت”）")


def test_a_sheet_that_is_set_all_the_same_names_the_script(composer, sheet_facts):
    with pytest.raises(SheetUnprintable, match="藏文"):
        composer.compose(sheet_facts(Paragraph(TIBETAN)))


@pytest.mark.parametrize(
    "other",
    [
        ("كەنت گۆھەر", "100", "لامپا"),  # a letter more in one cell, one less in another
        ("كەنت", "100", "گۆھەر لامپ"),
        ("كەنت", "101", "گۆھەر لامپاا"),
        ("كەنت", "200", "گۆھەر لامپا"),
        ("گۆھەر لامپا", "100", "كەنت"),
    ],
)
def test_a_paper_with_other_words_from_the_right_is_noticed(with_fonts, sheet_facts, other):
    table = Table((Column("甲"), Column("乙"), Column("丙")), (("كەنت", "100", "گۆھەر لامپا"),))
    facts = sheet_facts(table)
    pdf = with_fonts.compose(facts).pdf
    assert reads_as(pdf, texts(facts.document))
    assert not reads_as(pdf, texts(Document((Table(table.columns, (other,)),))))


@pytest.mark.parametrize(
    ("words", "from_the_right"),
    [
        ("كەنت 村", True),
        ("2026-يىلى", True),
        ("村 كەنت", False),
        ("2026年", False),
        ("2026", False),
        ("", False),
    ],
)
def test_the_first_letter_decides_from_which_side_a_text_runs(words, from_the_right):
    assert runs_from_the_right(words) == from_the_right


@pytest.mark.parametrize(
    "words", [STACKS.replace("་", "") * 9, UYGHUR.replace(" ", "") * 3, "e\u0301" * 40, MONGOLIAN]
)
def test_a_line_never_ends_within_a_stack_nor_right_in_a_joined_word(words):
    pieces = breakable(words).split(ZERO_WIDTH_SPACE)
    assert "".join(pieces) == words
    for piece in pieces[1:]:
        assert script_of(piece[0]) is None or piece[0] not in "ྒྲུྱཱྃ"
        assert piece[0] != "\u0301"


def test_a_title_breaks_between_syllables_and_words():
    for line in title_lines(TIBETAN * 2):
        assert line.endswith(("་", "།"))
    spoken = "2026-يىللىق كەنت ئىشلىرىنى ئاشكارىلاش ئۇقتۇرۇشى گۆھەر"
    lines = title_lines(spoken)
    assert len(lines) > 1
    assert " ".join(lines).split() == spoken.split()
