"""Where a sheet uses a character that its font has not."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

from bulletin.domain.characters import is_joiner, is_private, may_be_a_name
from bulletin.domain.notices.content import (
    Attachment,
    Block,
    Document,
    Heading,
    Image,
    ListBlock,
    Paragraph,
    Summary,
    Table,
    Translation,
)
from bulletin.domain.notices.positions import NOWHERE, Position
from bulletin.sheets.facts import FontChoice, SheetFacts
from bulletin.sheets.fonts import characters_of
from bulletin.sheets.layout import PACKAGED_FONT
from bulletin.sheets.problems import SheetProblem
from bulletin.sheets.scripts import SCRIPTS, Script, people_script_of, script_of

SHOWN = 12  # characters of a word that is named

_PlacedWords = tuple[
    str, str, int | None, int | None
]  # what a place is called, its words, row, column


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
    return (problem for _, problem in placed_glyph_problems(facts, fonts, folders))


def placed_glyph_problems(
    facts: SheetFacts, fonts: FontChoice, folders: Sequence[Path]
) -> Iterator[tuple[Position, SheetProblem]]:
    """The same, each with the first of its places in the draft."""
    pieces = [*_around_the_text(facts, fonts), *_of_the_text(facts.document, fonts)]
    unknown = _unknown(pieces, folders)
    groups: dict[object, list[_Lack]] = {}
    for piece in pieces:
        if unknown[piece.family].isdisjoint(piece.words):
            continue
        for char in lacking(piece.words, piece.family, folders):
            fallbacks = (PACKAGED_FONT, *fonts.others)
            other = next((font for font in fallbacks if not lacking(char, font, folders)), None)
            lack = _Lack(char=char, piece=piece, other=other)
            groups.setdefault(lack.group, []).append(lack)
    return ((lacks[0].piece.position, _problem(lacks)) for lacks in groups.values())


def _unknown(pieces: Sequence["_Piece"], folders: Sequence[Path]) -> dict[str, frozenset[str]]:
    """The characters that each family lacks, of all its words at once: a long table is mostly plain."""
    words: dict[str, set[str]] = {}
    for piece in pieces:
        words.setdefault(piece.family, set()).update(piece.words)
    return {
        family: frozenset(lacking("".join(sorted(chars)), family, folders))
        for family, chars in words.items()
    }


@dataclass(frozen=True, kw_only=True)
class _Piece:
    """Some words that a sheet sets in one font: what their place is called, and where that is in the draft."""

    place: str
    words: str
    family: str
    position: Position = NOWHERE


def _around_the_text(facts: SheetFacts, fonts: FontChoice) -> Iterator[_Piece]:
    head = f"{facts.township}{facts.village}{facts.board_title}"
    foot = facts.objection + "".join(who + phone for who, phone in facts.phones)
    in_title, in_note = Position(field="title"), Position(field="change_note")
    yield _Piece(place="题头", words=head, family=fonts.title)
    yield _Piece(place="题头", words=facts.number or "", family=fonts.body)
    yield _Piece(place="标题", words=facts.title, family=fonts.title, position=in_title)
    yield _Piece(place="更正说明", words=facts.change_note, family=fonts.body, position=in_note)
    yield _Piece(place="落款", words="".join(facts.publishers), family=fonts.body)
    yield _Piece(place="页脚", words=foot, family=fonts.body)


@dataclass(frozen=True, kw_only=True)
class _Lack:
    """A character of some words that their font has not, and the font that has it; None: none has."""

    char: str
    piece: _Piece
    other: str | None

    @property
    def group(self) -> tuple[str, ...]:
        """What is said in one sentence: the writing of a people once, a character in its place."""
        people = people_script_of(self.char)
        where = (self.piece.place, self.char) if people is None else (people.name,)
        return (*where, self.piece.family, self.other or "")


def _problem(lacks: Sequence[_Lack]) -> SheetProblem:
    first, places = lacks[0], len({lack.piece.place for lack in lacks})
    piece = first.piece
    where = piece.place if places == 1 else f"{piece.place}等{places}处"
    if first.other is None:
        return SheetProblem("missing_glyph", f"{where}里的{missing_words(first.char, piece.words)}")
    people = people_script_of(first.char)
    what = f"“{first.char}”字" if people is None else people.name
    font_words = "思源宋体" if first.other == PACKAGED_FONT else first.other
    sentence = f"{where}里的{what}，{piece.family}里没有，用{font_words}印。"
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


def _of_the_text(document: Document, fonts: FontChoice) -> Iterator[_Piece]:
    for at, block in enumerate(document.blocks):
        family = fonts.title if isinstance(block, Heading) and block.level == 1 else fonts.body
        for place, words, row, column in _pieces(block, f"正文第{at + 1}段"):
            position = Position(block=at, row=row, column=column)
            yield _Piece(place=place, words=words, family=family, position=position)


def _pieces(block: Block, place: str) -> Iterator[_PlacedWords]:
    match block:
        case Heading(text=text) | Paragraph(text=text):
            yield place, text, None, None
        case ListBlock(items=items):
            for row, item in enumerate(items):
                yield f"{place}第{row + 1}条", item, row, None
        case Table():
            yield from _pieces_of_table(block, place)
        case Image(caption=caption):
            yield f"{place}图片说明", caption, None, None
        case Attachment(name=name):
            yield f"{place}附件名", name, None, None
        case Summary(lines=lines):
            for row, line in enumerate(lines):
                yield f"明白账第{row + 1}行", line.label + line.words, row, None
        case Translation():
            yield from _pieces_of_translation(block)


def _pieces_of_translation(block: Translation) -> Iterator[_PlacedWords]:
    name = block.language.label
    yield f"{name}标题", block.title, None, None
    for row, text in enumerate(block.paragraphs):
        yield f"{name}第{row + 1}段", text, row, None


def _pieces_of_table(table: Table, place: str) -> Iterator[_PlacedWords]:
    name = f"表“{table.caption}”" if table.caption else f"{place}的表"
    yield f"{name}表头", table.caption, None, None
    for at, column in enumerate(table.columns):
        yield f"{name}表头", column.title, None, at
    for row, cells in enumerate(table.rows):
        for at, cell in enumerate(cells):
            yield f"{name}第{row + 1}行“{table.columns[at].title}”", cell, row, at
    for at, cell in enumerate(table.footer or ()):
        yield f"{name}合计行", cell, len(table.rows), at
