"""Where a sheet uses a character that its font has not."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

from bulletin.domain.characters import is_joiner, is_private, may_be_a_name
from bulletin.domain.notices.content import (
    Attachment,
    Block,
    Heading,
    Image,
    ListBlock,
    Paragraph,
    Table,
)
from bulletin.sheets.facts import FontChoice, SheetFacts
from bulletin.sheets.fonts import characters_of
from bulletin.sheets.layout import PACKAGED_FONT
from bulletin.sheets.problems import SheetProblem
from bulletin.sheets.scripts import SCRIPTS, Script, people_script_of, script_of

SHOWN = 12  # characters of a word that is named


def lacking(words: str, family: str, folders: Sequence[Path]) -> list[str]:
    """The characters of some words that a family does not have, each once, as they come."""
    known = characters_of(tuple(folders)).get(family, frozenset())
    return [
        char
        for char in dict.fromkeys(words)
        if ord(char) not in known and not char.isspace() and not is_joiner(char)
    ]


def scripts_without_a_font(folders: Sequence[Path]) -> list[Script]:
    """The scripts of which no family in the folders has even the sample."""
    characters = characters_of(tuple(folders)).values()
    return [s for s in SCRIPTS if not any(_has(points, s.sample) for points in characters)]


def _has(points: frozenset[int], words: str) -> bool:
    return all(ord(char) in points or char.isspace() for char in words)


def glyph_problems(
    facts: SheetFacts, fonts: FontChoice, folders: Sequence[Path]
) -> Iterator[SheetProblem]:
    """Every character that a font lacks, named with its place.

    One that the packaged font or another font of the office has is set in that, and does not stop
    the sheet.
    """
    head = f"{facts.township}{facts.village}{facts.board_title}"
    foot = facts.objection + "".join(who + phone for who, phone in facts.phones)
    pieces = [
        ("题头", head, fonts.title),
        ("题头", facts.number or "", fonts.body),
        ("标题", facts.title, fonts.title),
        ("更正说明", facts.change_note, fonts.body),
        ("落款", "".join(facts.publishers), fonts.body),
        ("页脚", foot, fonts.body),
    ]
    for number, block in enumerate(facts.document.blocks, 1):
        family = fonts.title if isinstance(block, Heading) and block.level == 1 else fonts.body
        pieces += [(place, words, family) for place, words in _pieces(block, number)]
    groups: dict[object, list[_Lack]] = {}
    for place, words, family in pieces:
        for char in lacking(words, family, folders):
            fallbacks = (PACKAGED_FONT, *fonts.others)
            other = next((font for font in fallbacks if not lacking(char, font, folders)), None)
            lack = _Lack(char=char, place=place, words=words, family=family, other=other)
            groups.setdefault(lack.group, []).append(lack)
    yield from map(_problem, groups.values())


@dataclass(frozen=True)
class _Lack:
    """A character of some words that their font has not, and the font that has it; None: none has."""

    char: str
    place: str
    words: str
    family: str
    other: str | None

    @property
    def group(self) -> tuple[str, ...]:
        """What is said in one sentence: the writing of a people once, a character in its place."""
        people = people_script_of(self.char)
        where = (self.place, self.char) if people is None else (people.name,)
        return (*where, self.family, self.other or "")


def _problem(lacks: Sequence[_Lack]) -> SheetProblem:
    first, places = lacks[0], len({lack.place for lack in lacks})
    where = first.place if places == 1 else f"{first.place}等{places}处"
    if first.other is None:
        return SheetProblem("missing_glyph", f"{where}里的{missing_words(first.char, first.words)}")
    people = people_script_of(first.char)
    what = f"“{first.char}”字" if people is None else people.name
    font_words = "思源宋体" if first.other == PACKAGED_FONT else first.other
    sentence = f"{where}里的{what}，{first.family}里没有，用{font_words}印。"
    return SheetProblem("other_font", sentence, stops=False)


def missing_words(char: str, words: str) -> str:
    """Which character of some words no font has, and what to do: another writing, or the font to fetch."""
    script = script_of(char)
    if script is None:
        return f"{_named(char)}，打印字体里没有。{_ways_out(char, '配置含有这个字的字体')}"
    fetch = f"把字体文件{script.file}放进字体文件夹（运行bulletin check，会说明放在哪里）"
    if script.is_ideographic:
        return f"{_named(char)}是{script.name}，打印字体里没有。{_ways_out(char, fetch)}"
    rest = words[words.index(char) :][:SHOWN]
    shown = "".join(takewhile(lambda each: is_joiner(each) or script_of(each) == script, rest))
    return f"{script.name}（“{shown}”），打印字体里没有。请管理员{fetch}，或改用汉字写。"


def _ways_out(char: str, fetch: str) -> str:
    """What to write instead of a character that cannot be printed, or what to fetch."""
    if not may_be_a_name(char):
        return f"请换一个写法，或请管理员{fetch}。"
    return (
        "请换一个写法：用部件说明（如“⿰马亥”或“左马右亥”）、拼音，或身份证上登记的用字；"
        f"也可请管理员{fetch}。"
    )


def _named(char: str) -> str:
    """The character with its number, where it may look like a box or like nothing."""
    if not may_be_a_name(char):
        return f"“{char}”字"
    made = "，是自造字" if is_private(char) else ""
    return f"“{char}”字（编码U+{ord(char):04X}{made}）"


def _pieces(block: Block, number: int) -> Iterator[tuple[str, str]]:
    place = f"正文第{number}段"
    match block:
        case Heading(text=text) | Paragraph(text=text):
            yield place, text
        case ListBlock(items=items):
            for row, item in enumerate(items, 1):
                yield f"{place}第{row}条", item
        case Table(columns=columns, rows=rows, caption=caption, footer=footer):
            table = f"表“{caption}”" if caption else f"{place}的表"
            yield f"{table}表头", caption + "".join(column.title for column in columns)
            for row, cells in enumerate(rows, 1):
                for column, cell in zip(columns, cells, strict=True):
                    yield f"{table}第{row}行“{column.title}”", cell
            yield f"{table}合计行", "".join(footer or ())
        case Image(caption=caption):
            yield f"{place}图片说明", caption
        case Attachment(name=name):
            yield f"{place}附件名", name
