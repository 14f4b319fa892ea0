"""广播稿: what is read out of a notice, sentence by sentence, and how long that takes.

Names beside amounts are left out unless somebody asks for them: a paper hangs where people go, a loudspeaker
comes into every house.
"""

import re
from collections.abc import Iterator, Sequence

from bulletin.domain.amounts import prose_words
from bulletin.domain.languages.sentences import Sentence, say
from bulletin.domain.notices.content import (
    Attachment,
    Block,
    Column,
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
from bulletin.writers.broadcast.spoken_text import spoken

NAME_TITLES = re.compile(r"姓名|户主|领取人|收款人|承包人|负责人|联系人|申请人|代表$")
LEAD_TITLES = re.compile(r"摘要|项目|事项|内容|名称|用途")  # what stands there says what it is
SERIAL_TITLES = re.compile(r"序号|编号|^号$")
SYLLABLES_A_MINUTE = 200  # at which a village's loudspeaker is still understood
PAUSES = {"。": 0.8, "；": 0.5, "：": 0.4, "，": 0.3, "、": 0.2}  # seconds
_SYLLABLE = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffffA-Za-z]")
_EMPTY = re.compile(r"[-–—\s]*")
_IN_BRACKETS = re.compile(r"[（(]\s*(?:单位[:：])?\s*(.*?)\s*[）)]")
_FIGURE = re.compile(r"[-−]?[\d,]+(\.\d+)?|[（(][\d,]+(\.\d+)?[）)]")
_FIRST_LETTERS = "，。；：、"


def broadcast_sentences(facts: PasteFacts, choice: ReadOut) -> list[str]:
    """The whole script, a sentence or a few on each line; the text stands as often as it is read."""
    body = [f"下面公开的是：{spoken(facts.title)}。", *_body(facts, choice)]
    again = [line for _time in range(1, choice.times) for line in ("下面再念一遍。", *body)]
    return [_opening(facts), *body, *again, *_closing(facts)]


def page_sentences(facts: PasteFacts, choice: ReadOut) -> list[str]:
    """What the page of the notice reads out: its content, and whom to tell if one disagrees."""
    objection = _ended([f"对这件事有意见的，{spoken(facts.objection)}"]) if facts.objection else []
    return [f"{spoken(facts.title)}。", *_body(facts, choice), *objection]


def _body(facts: PasteFacts, choice: ReadOut) -> list[str]:
    return _ended(
        spoken(line) for block in facts.document.blocks for line in _block_lines(block, choice)
    )


def seconds_of(sentences: Sequence[str]) -> int:
    """How long it takes to read them out, in whole seconds."""
    text = "".join(sentences)
    pauses = sum(text.count(sign) * length for sign, length in PAUSES.items())
    return round(len(_SYLLABLE.findall(text)) * 60 / SYLLABLES_A_MINUTE + pauses)


def length_words(sentences: Sequence[str]) -> Sentence:
    """The same as people say it: 3分20秒, 40秒; to ten seconds, since nobody reads more evenly."""
    minutes, seconds = divmod(max(10, round(seconds_of(sentences), -1)), 60)
    if not minutes:
        return say("%(seconds)s秒", seconds=seconds)
    if not seconds:
        return say("%(minutes)s分钟", minutes=minutes)
    return say("%(minutes)s分%(seconds)s秒", minutes=minutes, seconds=seconds)


def _opening(facts: PasteFacts) -> str:
    return f"{facts.place}的乡亲们，请大家注意听，现在念一份{'、'.join(facts.publishers)}的公开。"


def _closing(facts: PasteFacts) -> Iterator[str]:
    if facts.period:
        yield f"公示的时间是{spoken(facts.period)}。"
    yield "全部内容贴在公开栏，手机扫纸上的二维码也能看，请互相转告。"
    if facts.objection:
        yield _ended([f"对这件事有意见的，{spoken(facts.objection)}"])[0]
    yield "这次广播完了，谢谢大家。"


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
        case Image() | Attachment() | Translation():  # are seen; no Chinese voice reads the last
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
