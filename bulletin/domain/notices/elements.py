"""公开内容要素: which of the points that an item must contain a text speaks of.

A point is done when a heading, a column, a row, a caption or a sentence names it and something stands
there: 应到32人，实到30人 is done, an empty column 实到人数 is not. It is a help for whoever writes, no proof.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bulletin.domain.characters import folded
from bulletin.domain.notices.content import (
    Attachment,
    Block,
    Document,
    Heading,
    Image,
    ListBlock,
    Paragraph,
    Table,
    texts,
)

_AND = re.compile(r"、|以及|和(?!解)|与(?=[^与]{2})|及")
_OR = re.compile(r"或者")
_ALTERNATIVES = re.compile(
    r"、(?=[^和、]*(?:、[^和、]*)*或者)"
)  # 新增、调整或者停发 is one of three
# The sheet prints these by itself, under every notice: until when and to whom to object, and whom to call.
_PRINTED = re.compile(r"异议|申诉|处理决定的期限|起止日期|监督电话")
_LETTER = re.compile(r"\w")
_NOISE = re.compile(r"\s|[（(][^（()）]*[)）]|[“”\"《》]")
_LEADS = re.compile(r"^(?:本季度|本期|本年度|各类|各项|全年|规定|核实的|拟|公示对象|各)(?=..)")
_AMOUNT = re.compile(r"[\d一二三四五六七八九十百千万亿零两壹贰叁肆伍陆柒捌玖拾]")
_DATE = re.compile(r"\d{1,2}\s*[月日./-]|\d{4}|[一二三四五六七八九十]月|即日|长期|之日")
_PHONE = re.compile(r"\d{7,}|\d{3,4}-\d{7,8}")
_TAILS = (  # what a point ends with, and what has to stand beside the rest of it
    (
        re.compile(r"(?:金额|数额|总额|人数|户数|份额|数量|票数|量|价)$"),
        _AMOUNT,
    ),
    (re.compile(r"(?:起止日期|日期|时间|期限|工期)$"), _DATE),
    (re.compile(r"联系电话$|电话$"), _PHONE),
    (
        re.compile(
            r"(?:逐笔明细|明细|情况|姓名|名称|方式|内容|结果|原因|意见|单位|地点|位置|安排|"
            r"类型|类别|种类|办法|范围|人员|项目|事项|构成|来源|对象)$"
        ),
        re.compile(""),
    ),
)
_OTHER_WORDS = {  # what accounts call the same
    "期初结余": "上期结余 上季结余 上季度结余 上月结余 上年结余 期初余额 上期余额 上期结转 上年结转",
    "期末结余": "本期结余 本季结余 本季度结余 本月结余 期末余额 本期余额 累计结余",
    "期初货币资金": "上期结余 期初余额 期初资金 期初结余",
    "期末货币资金": "本期结余 期末余额 期末资金 期末结余",
    "年末结余": "本年结余 期末结余 年末余额",
    "上年结余": "期初结余 上年余额 年初结余",
    "收支合计": "合计 收支总计",
    "公示依据": "根据 依据 按照",
    "村民小组": "小组 组别 社别 村组",
    "户主": "户主 户名 申请人 农户 姓名",
    "户主姓名": "户主 户名 姓名",
    "查阅凭证": "凭证 查账 原始单据",
    "村务监督委员会审查意见": "监督委员会审查 监委会审查 监督委员会意见 监委会意见",
    "监事会审核意见": "监事会审核 监事会意见",
}  # fmt: skip
_OF_ANY_NAME = {
    "日期": _DATE,
    "时间": _DATE,
    "地点": re.compile("在|于"),
}  # 9月1日在村委会 names none
_ANYTHING = re.compile("")
_MAX_PARTS = 4096  # kept with their forms; a catalog has some hundreds, and a text is read sentence by sentence
_MIN_BESIDE = 2  # characters that a sentence says beside the point itself


@dataclass(frozen=True)
class ElementState:
    """One point of an item: whether the text speaks of it, and whether the sheet prints it anyway."""

    element: str
    is_written: bool
    is_printed: bool = False

    @property
    def is_done(self) -> bool:
        return self.is_written or self.is_printed


@dataclass(frozen=True)
class _Said:
    """A name that something has in the text, and what stands there."""

    name: str
    content: str


def element_states(elements: Sequence[str], document: Document) -> tuple[ElementState, ...]:
    """How each point of an item stands in a text, in the catalog's order."""
    said = [*_sayings(document.blocks)]
    return tuple(
        ElementState(
            element,
            is_written=all(_is_said(part, _plain(element), said) for part in _parts(element)),
            is_printed=all(_PRINTED.search(part) for part in _printed_parts(element)),
        )
        for element in elements
    )


def _parts(element: str) -> list[str]:
    """应到和实到人数 asks for two things; what the sheet prints by itself is not asked for."""
    parts = _all_parts(element)
    return [part for part in parts if not _PRINTED.search(part)] or parts


def _all_parts(element: str) -> list[str]:
    joined = _ALTERNATIVES.sub("或者", _plain(element))
    return [part for part in _AND.split(joined) if part]


def _printed_parts(element: str) -> list[str]:
    """异议受理电话和期限 is about the objection in all its parts."""
    parts = _all_parts(element)
    return parts[:1] if _PRINTED.search(parts[0]) else parts


def _is_said(part: str, element: str, said: Sequence[_Said]) -> bool:
    options = _OR.split(part)
    return any(_speaks_of(each, option, element) for option in options for each in said)


def _speaks_of(said: _Said, part: str, element: str) -> bool:
    """Whether some words name a point, and something else stands beside them."""
    for form, beside in _forms(part):
        if form not in said.name:
            continue
        rest = said.content
        for own in (element, part, form):
            rest = rest.replace(own, "", 1)
        least = _MIN_BESIDE if said.content == said.name else 1
        if len(_LETTER.findall(rest)) >= least and beside.search(rest):
            return True
    return False


@lru_cache(maxsize=_MAX_PARTS)
def _forms(part: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The ways to name a point, each with what has to stand beside it."""
    return (*_of_any_name(part), *_names_of(part))


def _of_any_name(part: str) -> Iterator[tuple[str, re.Pattern[str]]]:
    if part in _OF_ANY_NAME:
        yield "", _OF_ANY_NAME[part]


def _names_of(part: str) -> Iterator[tuple[str, re.Pattern[str]]]:
    bare = _LEADS.sub("", part)
    for whole in dict.fromkeys((part, bare, bare.replace("的", ""))):
        yield whole, _ANYTHING
        yield from ((word, _ANYTHING) for word in _OTHER_WORDS.get(whole, "").split())
        for tail, beside in _TAILS:
            stem = tail.sub("", whole).removesuffix("的")
            if stem != whole and len(stem) > 1:
                yield stem, beside
                yield from ((word, beside) for word in _OTHER_WORDS.get(stem, "").split())


def _sayings(blocks: Sequence[Block]) -> Iterator[_Said]:
    for at, block in enumerate(blocks):
        match block:
            case Heading(text=text):
                yield _Said(_plain(text), _plain(_under(blocks, at)))
            case Paragraph(text=text):
                yield from _in_sentences(text, blocks[at + 1 : at + 2])
            case ListBlock(items=items):
                for item in items:
                    yield from _in_sentences(item, ())
            case Table():
                yield from _in_table(block)
            case Image(alt=alt, caption=caption):
                yield _Said(_plain(alt + caption), "图片")
            case Attachment(name=name):
                yield _Said(_plain(name), "附件")


def _under(blocks: Sequence[Block], at: int) -> str:
    """What stands under a heading, down to the next one that is not smaller."""
    heading = blocks[at]
    below: list[Block] = []
    for block in blocks[at + 1 :]:
        if isinstance(block, Heading) and isinstance(heading, Heading):
            if block.level <= heading.level:
                break
            continue
        below.append(block)
    return _words_of(below)


def _words_of(blocks: Sequence[Block]) -> str:
    pictures = "".join("图片" for block in blocks if isinstance(block, Image))
    return "".join(texts(Document(tuple(blocks)))) + pictures


def _in_sentences(text: str, following: Sequence[Block]) -> Iterator[_Said]:
    """Each sentence by itself; one that ends with a colon introduces what follows."""
    sentences = [_plain(words) for words in re.split(r"[。；;！!\n]", text)]
    for words in sentences:
        if words:
            yield _Said(words, words)
    if text.rstrip().endswith(("：", ":")) and not isinstance(next(iter(following), None), Heading):
        yield _Said(_plain(text), _plain(_words_of(following)))


def _in_table(table: Table) -> Iterator[_Said]:
    """Captions, columns, lines with their first words, and sums by the column that they are of."""
    lines = [*table.rows, *([table.footer] if table.footer else [])]
    cells = "".join(cell for line in lines for cell in line)
    yield _Said(_plain(table.caption), _plain(cells))
    for at, column in enumerate(table.columns):
        filled = "".join(row[at] for row in table.rows)
        yield _Said(_plain(column.title), _plain(filled))
        sums = [line for line in lines if line[at] and re.search("合计|总计", "".join(line))]
        yield from (_Said(_plain(f"{column.title}合计"), _plain(line[at])) for line in sums)
    for line in lines:
        for words in filter(None, line):
            rest = "".join(cell for cell in line if cell != words)
            yield _Said(_plain(words), _plain(rest))


def _plain(words: str) -> str:
    return _NOISE.sub("", folded(words))
