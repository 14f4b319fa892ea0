"""The words of village accounts: what a column holds, what a row stands for, how an amount is written."""

import re
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from bulletin.domain.amounts import capital_amount, signed_amount
from bulletin.domain.characters import folded

NOUGHT = Decimal(0)
MANY = (
    32_768  # cells of a long list: they are asked for after every change of a draft, and few change
)
_UNITS = {"元": Decimal(1), "千元": Decimal(1000), "万元": Decimal(10_000), "亿元": Decimal(10**8)}
_OWN_UNIT = re.compile(r"(?P<figure>.*\d\)?)\s*(?P<unit>[千万亿]?元|万|亿)")
_UNIT_OF_HEAD = re.compile(r"(?<![/每])([千万亿]?元)(?![/每])")
_UNIT_AROUND = re.compile(r"单位\s*:?\s*(?:人民币)?([千万亿]?元)")
_NOTHING = frozenset({"", "-", "--", "–", "—", "——", "−", "―", "‐", "─", "/", "\\", "无"})
_ONLY_CAPITAL = re.compile(
    r"(?:人民币|大写|[:()])*((?=.*[壹贰叁肆伍陆柒捌玖拾])[零〇壹贰叁肆伍陆柒捌玖拾佰仟万亿元圆角分整正负]{2,})\)?"
)
_BRACKETS = re.compile(r"\([^()]*\)")
_NUMBERING = re.compile(r"\s*(?:\(?[一二三四五六七八九十\d]{1,3}(?:[、)]|\.(?!\d)))\s*")
_OF_THE_PERIOD = r"(?:本|当)?(?:期|月|季度?|年度?|半年|届)?|全年|上半年|下半年"
_BEFORE = (
    r"(?:上|前)(?:一?期|个?月|一?季度?|一?年度?|半年|届)末?|以前年度|(?:19|20)\d\d年(?:度|底|末)?"
)
_LEFT_OVER = r"(?:滚存)?(?:结余|结转|余额|结存|转入|滚存)"
_TAIL = r"(?:资金|款项?|金额|数|转入|结转)?"


class Side(StrEnum):
    INCOME = "收入"
    SPENDING = "支出"


class Mark(StrEnum):
    """What a row is that is no entry of the accounts."""

    OPENING = "opening"
    CLOSING = "closing"
    TOTAL = "total"  # of all rows of its side
    SUBTOTAL = "subtotal"  # of some of them, or of more than them
    INCOME = "income"  # the sum of a side, at its head or its end
    SPENDING = "spending"


class Holds(StrEnum):
    """What a column of figures holds."""

    INCOME = "income"
    SPENDING = "spending"
    OPENING = "opening"
    BALANCE = "balance"


_MARKS = (
    (
        Mark.OPENING,
        rf"(?:{_BEFORE}){_LEFT_OVER}{_TAIL}|(?:期|年|季|月)初(?:{_LEFT_OVER})?{_TAIL}|结转上(?:期|年|月)",
    ),
    (
        Mark.CLOSING,
        rf"(?:(?:{_OF_THE_PERIOD})末?|现有|现|累计|截至.{{1,12}}|年末|期末)?(?:滚存)?(?:结余|余额|结存){_TAIL}|结转下(?:期|年|月|季度?|年度)",
    ),
    (Mark.TOTAL, r"(?:本期|本季度?|本年度?|收支)?(?:合计|总计|共计|总额|总和)(?:金额)?"),
    (
        Mark.SUBTOTAL,
        r".{0,12}小计|.{0,8}累计|(?:本|\d{1,2})月(?:份)?合计|第?[一二三四1-4]季度合计|承前页|过次页|转下页|其中.*",
    ),
    (Mark.INCOME, rf"(?:{_OF_THE_PERIOD})收入(?:合计|总计|共计|总额|数)?"),
    (Mark.SPENDING, rf"(?:{_OF_THE_PERIOD})支出(?:合计|总计|共计|总额|数)?"),
)
_PATTERNS = tuple((mark, re.compile(words)) for mark, words in _MARKS)
_HEADS = (
    (Holds.OPENING, rf"(?:{_BEFORE}){_LEFT_OVER}{_TAIL}|(?:期|年|季|月)初(?:{_LEFT_OVER})?{_TAIL}"),
    (Holds.INCOME, rf"(?:{_OF_THE_PERIOD})收(?:入|款|方)?(?:合计|金额|总额|额|数)?"),
    (Holds.SPENDING, rf"(?:{_OF_THE_PERIOD})(?:支出?|付款|支付|付方)(?:合计|金额|总额|额|数)?"),
    (
        Holds.BALANCE,
        rf"(?:{_OF_THE_PERIOD}|年|期|月)末?(?:滚存|账面)?(?:结余|余额|结存)(?:金额|数)?",
    ),
)
_HEAD_PATTERNS = tuple((holds, re.compile(words)) for holds, words in _HEADS)


@lru_cache(maxsize=MANY)
def plain_words(words: str) -> str:
    """A head or label to compare: half-width, without blanks and what stands in brackets."""
    return _BRACKETS.sub("", re.sub(r"\s", "", folded(words)))


@lru_cache(maxsize=MANY)
def mark_of(label: str) -> Mark | None:
    """What a row stands for by its label (二、本期支出, 上年结转, 合　计); None for an entry."""
    words = _NUMBERING.sub("", plain_words(label), count=1).rstrip(":。")
    return next((mark for mark, pattern in _PATTERNS if pattern.fullmatch(words)), None)


def without_numbering(words: str) -> str:
    """一、村集体资金 → 村集体资金."""
    return _NUMBERING.sub("", words, count=1) if _NUMBERING.match(words) else words


@lru_cache(maxsize=256)
def holds(head: str) -> Holds | None:
    """What a column holds by its head: 收入（元）, 本期支出, 期末余额."""
    words = plain_words(head).removesuffix("元").removesuffix("万")
    return next((what for what, pattern in _HEAD_PATTERNS if pattern.fullmatch(words)), None)


def side_of(words: str) -> Side | None:
    """Which side of the accounts a caption or head speaks of; None for neither and for both."""
    named = [side for side in Side if side.value in plain_words(words)]
    return named[0] if len(named) == 1 else None


@lru_cache(maxsize=256)  # asked for every cell of a column
def unit_of(head: str, around: str = "") -> Decimal:
    """How many yuan one of a column's figures is, by its head, else by what stands around the table."""
    found = _UNIT_OF_HEAD.search(folded(head)) or _UNIT_AROUND.search(folded(around))
    return _UNITS[found[1]] if found else _UNITS["元"]


@lru_cache(maxsize=MANY)
def yuan(cell: str, unit: Decimal = _UNITS["元"]) -> Decimal | None:
    """The amount in a cell in yuan: blank or a dash is nought, (300.00) and −300.00 are negative, 大写 is read.

    Args:
        unit: of the column, in yuan; a unit in the cell itself comes first.

    Returns:
        None when it is no amount.
    """
    text = folded(cell).strip()
    if re.sub(r"[￥¥\s]|元$", "", text) in _NOTHING:
        return NOUGHT
    if own := _OWN_UNIT.fullmatch(text):
        text = own["figure"]
        unit = _UNITS[own["unit"] if own["unit"].endswith("元") else own["unit"] + "元"]
    amount = signed_amount(text)
    if amount is None and (capital := _ONLY_CAPITAL.fullmatch(re.sub(r"\s", "", text))):
        return capital_amount(capital[1])  # never in 万元
    return None if amount is None else amount * unit


def yuan_words(amount: Decimal) -> str:
    """1,234,567.89, to the fen."""
    return f"{amount:,.2f}"
