"""广播稿: what is read out of a notice, sentence by sentence, and how long that takes.

Names beside amounts are left out unless somebody asks for them: a paper hangs where people go, a loudspeaker
comes into every house. What people wrote in a second language follows the Chinese, word for word as they wrote it.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bulletin.domain.amounts import prose_words
from bulletin.domain.languages.sentences import Sentence, say
from bulletin.domain.notices.content import (
    Attachment,
    Block,
    Column,
    ContentLanguage,
    Heading,
    Image,
    ListBlock,
    Paragraph,
    Summary,
    Table,
    Translation,
    cell_words,
)
from bulletin.domain.outlets.paste import PasteFacts, ReadOut
from bulletin.writers.broadcast.spoken_length import length_of
from bulletin.writers.broadcast.spoken_text import spoken

NAME_TITLES = re.compile(r"姓名|户主|领取人|收款人|承包人|负责人|联系人|申请人|代表$")
LEAD_TITLES = re.compile(r"摘要|项目|事项|内容|名称|用途")  # what stands there says what it is
SERIAL_TITLES = re.compile(r"序号|编号|^号$")
_EMPTY = re.compile(r"[-–—\s]*")
_IN_BRACKETS = re.compile(r"[（(]\s*(?:单位[:：])?\s*(.*?)\s*[）)]")
_FIGURE = re.compile(r"[-−]?[\d,]+(\.\d+)?|[（(][\d,]+(\.\d+)?[）)]")
_FIRST_LETTERS = "，。；：、"


class SpokenLine(NamedTuple):
    """A sentence or a few as they are read out, in one breath."""

    words: str
    language: ContentLanguage | None = None  # None: Chinese


def broadcast_lines(facts: PasteFacts, choice: ReadOut) -> list[SpokenLine]:
    """The whole script; the text stands as often as it is read, in Chinese and then in each other language."""
    body = [f"下面公开的是：{spoken(facts.title)}。", *_body(facts, choice)]
    again = [line for _time in range(1, choice.times) for line in ("下面再念一遍。", *body)]
    return [
        *_chinese([_opening(facts), *body, *again, *_closing(facts)]),
        *_in_other_languages(facts, choice.times),
        *_chinese(["这次广播完了，谢谢大家。"]),
    ]


def page_lines(facts: PasteFacts, choice: ReadOut) -> list[SpokenLine]:
    """What the page of the notice reads out: its content, and whom to tell if one disagrees."""
    objection = _ended([f"对这件事有意见的，{spoken(facts.objection)}"]) if facts.objection else []
    chinese = [f"{spoken(facts.title)}。", *_body(facts, choice), *objection]
    return [
        *_chinese(chinese),
        *(line for each in translations_of(facts) for line in _written(each)),
    ]


def translations_of(facts: PasteFacts) -> list[Translation]:
    return [block for block in facts.document.blocks if isinstance(block, Translation)]


def _chinese(sentences: Sequence[str]) -> list[SpokenLine]:
    return [SpokenLine(sentence) for sentence in sentences]


def _in_other_languages(facts: PasteFacts, times: int) -> Iterator[SpokenLine]:
    for each in translations_of(facts):
        for time in range(times):
            yield SpokenLine(f"{'再' if time else '下面'}用{each.language.spoken}念一遍。")
            yield from _written(each)


def _written(translation: Translation) -> list[SpokenLine]:
    """What people wrote, as they wrote it: no figure of it is put into other words."""
    lines = (line.strip() for line in (translation.title, *translation.paragraphs))
    return [SpokenLine(line, translation.language) for line in lines if line]


def _body(facts: PasteFacts, choice: ReadOut) -> list[str]:
    return _ended(
        spoken(line) for block in facts.document.blocks for line in _block_lines(block, choice)
    )


def seconds_of(lines: Sequence[SpokenLine]) -> int:
    """How long it takes to read them out, in whole seconds."""
    return round(sum(length_of(line.words, in_chinese=line.language is None) for line in lines))


def length_words(seconds: int) -> Sentence:
    """The same as people say it: 3分20秒, 40秒; to ten seconds, since nobody reads more evenly."""
    minutes, rest = divmod(max(10, round(seconds, -1)), 60)
    if not minutes:
        return say("%(seconds)s秒", seconds=rest)
    if not rest:
        return say("%(minutes)s分钟", minutes=minutes)
    return say("%(minutes)s分%(seconds)s秒", minutes=minutes, seconds=rest)


def _opening(facts: PasteFacts) -> str:
    return f"{facts.place}的乡亲们，请大家注意听，现在念一份{'、'.join(facts.publishers)}的公开。"


def _closing(facts: PasteFacts) -> Iterator[str]:
    if facts.period:
        yield f"公示的时间是{spoken(facts.period)}。"
    yield "全部内容贴在公开栏，手机扫纸上的二维码也能看，请互相转告。"
    if facts.objection:
        yield _ended([f"对这件事有意见的，{spoken(facts.objection)}"])[0]


def _ended(lines: Iterator[str] | Sequence[str]) -> list[str]:
    """Each with the sign of an end, and without what would begin with a pause."""
    said = (line.strip().lstrip(_FIRST_LETTERS).rstrip("，、：；") for line in lines)
    return [line if line[-1] in "。！？" else f"{line}。" for line in said if line]


def _block_lines(block: Block, choice: ReadOut) -> Iterator[str]:
    match block:
        case Heading(text=text):
            yield text
        case Paragraph(text=text):
            yield prose_words(text)
        case ListBlock(items=items, ordered=ordered):
            for number, item in enumerate(items, 1):
                yield f"第{number}，{prose_words(item)}" if ordered else prose_words(item)
        case Table():
            yield from (_rows(block, choice) if _reads_rows(block, choice) else _sums(block))
        case Summary(lines=lines):
            yield from (f"{line.label}，{prose_words(line.words)}" for line in lines)
        case Image() | Attachment() | Translation():  # are seen; the last is read after the Chinese
            pass


def _reads_rows(table: Table, choice: ReadOut) -> bool:
    return choice.rows and (choice.max_rows is None or len(table.rows) <= choice.max_rows)


def _sums(table: Table) -> Iterator[str]:
    """What the last line adds up, or how many lines there are to be read at the board."""
    name = table.caption or "表"
    if table.footer is None:
        yield f"{name}里一共{len(table.rows)}行，这里不一行一行念，请到公开栏前看"
        return
    yield f"{name}一共{len(table.rows)}项，{_row_words(table, table.footer, with_names=True)}"


def _rows(table: Table, choice: ReadOut) -> Iterator[str]:
    if table.caption:
        yield table.caption
    for number, row in enumerate(table.rows, 1):
        yield f"第{number}项，{_row_words(table, row, with_names=choice.names)}"
    if table.footer is not None:
        yield _row_words(table, table.footer, with_names=True)


def _row_words(table: Table, row: Sequence[str], *, with_names: bool) -> str:
    """路灯维修，支出3,480.00元: each cell after the title of its column, empty ones left out."""
    parts = []
    leading = next((c for c in table.columns if not SERIAL_TITLES.search(c.title)), None)
    for column, cell in zip(table.columns, row, strict=True):
        is_left_out = not with_names and NAME_TITLES.search(column.title)
        if _EMPTY.fullmatch(cell) or SERIAL_TITLES.search(column.title) or is_left_out:
            continue
        words = _with_unit(column, cell_words(column.kind, cell))
        speaks_for_itself = column is leading or LEAD_TITLES.search(column.title)
        parts.append(words if speaks_for_itself else f"{_title(column.title)}{words}")
    return "，".join(parts)


def _title(title: str) -> str:
    """面积（亩） is said as 面积: the unit comes with the figure."""
    return _IN_BRACKETS.sub("", title)


def _with_unit(column: Column, words: str) -> str:
    """A bare figure with the unit that stands in its column's title; money is 元 where nothing does."""
    named = _IN_BRACKETS.search(column.title)
    unit = named[1] if named else "元" if column.kind == "money" else ""
    return f"{words}{unit}" if _FIGURE.fullmatch(words) else words
