"""Sums that the running words name, and amounts in 大写, against the figures."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from bulletin.domain.accounts.checks.differences import amount_words
from bulletin.domain.accounts.tables import all_rows
from bulletin.domain.accounts.words import unit_of
from bulletin.domain.amounts import amount_of, capital_amount, capital_words, signed_amount
from bulletin.domain.characters import folded
from bulletin.domain.notices.content import Document, Heading, ListBlock, Paragraph, Table
from bulletin.domain.notices.draft_checks import DraftCheck

_AMOUNT = r"(?P<figure>-?\d[\d,]*(?:\.\d+)?)\s*(?P<unit>[千万亿]?元)"
_PERIOD = (
    r"(?:(?:截至|到)[^,;:]{2,14}?|(?:20\d\d年)?(?:第?[一二三四1-4]季度|\d{1,2}月份?|上半年|下半年|度)"
    r"|20\d\d年度?|(?:本|当)(?:期|季度?|月|年度?)|全年|全季|我村|本村|村级?|村集体|财务|资金|实现|共|,)*"
)
_IS = r"(?:合计|共计|总计|总额|总数|金额|资金|数|为|是|有|共|计|:)*"
_WHAT = r"(?:以上|上述|本次|此次|各项|全部|捐款|捐赠|补贴|补助|资金|款项|费用|人员|名单)*"
_NAMED = (
    ("收入", rf"{_PERIOD}(?:合计|累计)?(?:总收入|收入){_IS}{_AMOUNT}"),
    ("支出", rf"{_PERIOD}(?:合计)?(?:总支出|支出){_IS}{_AMOUNT}"),
    (
        "上期结余",
        rf"(?:上(?:期|季度?|年度?|月)末?|期初|年初|季初|月初)(?:滚存)?(?:结余|结转|余额|结存){_IS}{_AMOUNT}",
    ),
    ("结余", rf"{_PERIOD}(?:期末|年末|季末|月末|末|现有?|滚存)*(?:结余|余额|结存){_IS}{_AMOUNT}"),
    (
        "合计",
        rf"{_PERIOD}{_WHAT}(?:合计|共计|总计|总共)(?:发放|支付|兑付|补贴|补助|分配|使用|资金|金额|户|人|\d+[户人名笔项个次]|,)*{_IS}{_AMOUNT}",
    ),
)
_PATTERNS = tuple((name, re.compile(words)) for name, words in _NAMED)
_CLAUSE = re.compile(r"[。;!?\n]|,(?!\d{3}(?!\d))|[()]")
_CAPITAL = r"[零〇壹贰叁肆伍陆柒捌玖拾佰仟万亿元圆角分整正负]{2,}"
_WITH_CAPITALS = (
    re.compile(rf"{_AMOUNT}[整正]?\s*\(?(?:人民币)?大写[:\s]*(?:人民币)?(?P<capital>{_CAPITAL})"),
    re.compile(
        rf"(?P<capital>{_CAPITAL})\s*\((?:小写)?[:\s]*(?:人民币)?[¥￥]?\s*"
        r"(?P<figure>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>[千万亿]?元)?\)"
    ),
)
_ONLY_CAPITAL = re.compile(rf"(?:合计|总计|共计|金额|小计|人民币|大写|[:()])*({_CAPITAL})[)。]*")
_CAPITAL_DIGIT = re.compile("[壹贰叁肆伍陆柒捌玖拾零]")


def said_in_words(document: Document, known: Mapping[str, set[Decimal]]) -> Iterator[DraftCheck]:
    """The sums that the text names otherwise than the tables give them.

    A text that names a sum several times, for this period and for another, is right when one of them is.

    Args:
        known: what the tables give for 收入, 支出, 上期结余, 结余 and 合计, in yuan; names without a sum are
            compared with nothing.
    """
    named: dict[str, list[tuple[int, Decimal, Decimal]]] = {}
    for block, text in _passages(document):
        for clause in _CLAUSE.split(_plain(text)):
            for name, pattern in _PATTERNS:
                if match := pattern.fullmatch(clause):
                    named.setdefault(name, []).append((block, *_amount(match)))
                    break
    for name, mentions in named.items():
        sums = known.get(name)
        if sums and not any(_is_one_of(sums, amount, unit) for _, amount, unit in mentions):
            block, amount, _ = mentions[0]
            right = min(sums, key=lambda sum_: abs(sum_ - amount))
            gap = amount_words(abs(right - amount))
            words = f"文字里写的{name}是{amount_words(amount)}元，表里是{amount_words(right)}元，差{gap}元。"
            yield DraftCheck(code="sum_differs", words=words, block=block)


def _passages(document: Document) -> Iterator[tuple[int, str]]:
    for place, block in enumerate(document.blocks):
        match block:
            case Paragraph(text=text) | Heading(text=text):
                yield place, text
            case ListBlock(items=items):
                yield from ((place, item) for item in items)
            case _:
                pass


def _plain(text: str) -> str:
    return re.sub(r"[ \t]", "", folded(text).replace("、", ",").replace("，", ","))


def _amount(match: re.Match[str]) -> tuple[Decimal, Decimal]:
    """The amount in yuan, and the unit of its last digit, to which it may be rounded."""
    unit = unit_of(match["unit"] or "元")
    figure = amount_of(match["figure"]) or Decimal(0)
    places = Decimal(1).scaleb(-len(match["figure"].partition(".")[2]))
    return figure * unit, places * unit if unit > 1 else Decimal(0)


def _is_one_of(sums: set[Decimal], amount: Decimal, unit: Decimal) -> bool:
    """Whether it is one of the sums; 1.2万元 says it to the thousand."""
    return any(abs(sum_ - amount) <= unit / 2 if unit else sum_ == amount for sum_ in sums)


def capitals(document: Document) -> Iterator[DraftCheck]:
    """The amounts in 大写 that are another one than the figure beside them."""
    for block, text in _passages(document):
        for pattern in _WITH_CAPITALS:
            for match in pattern.finditer(folded(text)):
                amount, _ = _amount(match)
                yield from _against(match["capital"], {amount}, block)
    for block, table in enumerate(document.blocks):
        if isinstance(table, Table):
            yield from _in_table(block, table)


def _in_table(block: int, table: Table) -> Iterator[DraftCheck]:
    """A row that says its sum in 大写 says it in figures too; else they stand on another line."""
    for number, row in enumerate(all_rows(table)):
        if not _CAPITAL_DIGIT.search("".join(row)):
            continue
        figures = {amount for place in range(len(row)) for amount in _figures(table, row, place)}
        for column, cell in enumerate(row):
            for pattern in _WITH_CAPITALS:
                for match in pattern.finditer(folded(cell)):
                    stated = {_amount(match)[0]}
                    yield from _against(match["capital"], stated, block, number, column)
            whole = _ONLY_CAPITAL.fullmatch(re.sub(r"\s", "", folded(cell)))
            if whole and figures:
                yield from _against(whole[1], figures, block, number, column)


def _figures(table: Table, row: Sequence[str], place: int) -> Iterator[Decimal]:
    """What a cell may say in yuan: 大写 is never in 万元, the column beside it may be."""
    amount = signed_amount(folded(row[place]).removeprefix("小写").lstrip(":"))
    if amount is not None:
        yield amount
        yield amount * unit_of(table.columns[place].title, table.caption)


def _against(
    capital: str,
    amounts: set[Decimal],
    block: int,
    row: int | None = None,
    column: int | None = None,
) -> Iterator[DraftCheck]:
    said = capital_amount(capital)
    if not _CAPITAL_DIGIT.search(capital) or (said is not None and said in amounts):
        return
    amount = max(amounts)
    right = capital_words(amount)
    gap = "" if said is None else f"，差{amount_words(abs(said - amount))}元"
    read = "读不出是多少" if said is None else f"是{amount_words(said)}元"
    words = f"大写“{capital}”{read}，数字是{amount_words(amount)}元（大写：{right}）{gap}。"
    yield DraftCheck(code="capital_differs", words=words, block=block, row=row, column=column)
