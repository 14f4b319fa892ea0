"""Numbers and amounts: read from what people type, set in running words, in 大写 where asked for."""

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from bulletin.domain.characters import folded

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_MYRIADS = ("", "万", "亿", "万亿")
_AMOUNT = re.compile(
    r"(?<![\d.,])([1-9]\d{0,14}|[1-9]\d{0,2}(?:,\d{3}){1,4}|0)(\.\d{1,2})?(\s*元)(?![旦月宵])"
    r"(（大写[:：]?[\s_＿]*）)?"
)
NUMERALS = "零〇一二两三四五六七八九十百廿卅"
_VALUES = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"廿": 2, "卅": 3}


def amount_of(cell: str) -> Decimal | None:
    """The figure in a cell (separators, blanks around it, 元 and ￥ forgiven), or None.

    A blank between digits parts two figures: 300 500 is neither 300500 nor any other amount.
    """
    text = folded(cell)
    if re.search(r"\d\s+[\d.]", text):
        return None
    plain = re.sub(r"[,，\s元￥¥]", "", text)
    if not re.fullmatch(r"[+-]?\d{1,15}(\.\d{1,6})?", plain):
        return None
    try:
        return Decimal(plain)
    except InvalidOperation:  # pragma: no cover - the pattern leaves nothing that Decimal refuses
        return None


def signed_amount(cell: str) -> Decimal | None:
    """The figure as accounts write it: (300.00), −300.00 and –300.00 are negative; or None.

    A dash alone is no figure here: what it stands for is the column's business.
    """
    text = re.sub(r"[\u2010-\u2013\u2212]", "-", folded(cell)).strip()
    bracketed = re.fullmatch(r"[￥¥]?\s*\(\s*([^()+-]+)\s*\)\s*元?", text)
    if bracketed is None:
        return amount_of(text)
    amount = amount_of(bracketed[1])
    return None if amount is None else -amount


def plain_number(number: Decimal) -> str:
    """A figure without noughts that say nothing: 12, 1.2, 0."""
    return f"{number.normalize():f}" if number else "0"


def prose_words(text: str) -> str:
    """Running words as both renderers print them.

    Amounts before 元 get their separators, and （大写） or a blank （大写：＿＿） right after one is filled:
    `64027.37元（大写）` becomes `64,027.37元（大写：陆万肆仟零贰拾柒元叁角柒分）`.
    """
    return _AMOUNT.sub(_set, text) if "元" in text else text


def _set(match: re.Match[str]) -> str:
    whole, cents, yuan, blank = match.groups(default="")
    amount = whole.replace(",", "")
    capital = f"（大写：{capital_words(Decimal(amount + cents))}）" if blank else ""
    return f"{int(amount):,}{cents}{yuan}{capital}"


def capital_words(amount: Decimal) -> str:
    """An amount in yuan in 大写, rounded to 分, as 《支付结算办法》 appendix 1 has it for papers of value."""
    cents = int((abs(amount) * 100).to_integral_value(ROUND_HALF_UP))
    yuan, cents = divmod(cents, 100)
    dimes, pennies = divmod(cents, 10)
    words = f"{_whole_words(yuan)}元" if yuan or not cents else ""
    if not cents:
        words += "整"
    if dimes:
        words += f"{_DIGITS[dimes]}角"
    elif pennies and yuan:
        words += "零"
    if pennies:
        words += f"{_DIGITS[pennies]}分"
    return f"负{words}" if amount < 0 else words


_CAPITALS = {char: value for value, char in enumerate(_DIGITS)} | {
    char: value for value, char in enumerate("〇一二三四五六七八九")
}
_CAPITALS |= {"弌": 1, "弍": 2, "两": 2, "贰": 2, "貳": 2, "叄": 3, "参": 3, "參": 3, "陸": 6}
_CAPITAL_TENS = {"拾": 10, "十": 10, "佰": 100, "百": 100, "仟": 1000, "千": 1000}


def capital_amount(words: str) -> Decimal | None:
    """The amount in yuan that 大写 says (人民币壹万贰仟元整, 叁角柒分), or None when it says none."""
    text = re.sub(r"\s|人民币|[整正]$", "", words).replace("圆", "元").replace("圓", "元")
    match = re.fullmatch(r"(负?)(?:([^元角分]+)元?)?零?(?:(.)角)?零?(?:(.)分)?", text)
    if match is None or text in ("", "负"):
        return None
    sign, whole, dimes, pennies = match.groups(default="")
    yuan = _whole_of(whole) if whole else 0
    parts = [_CAPITALS.get(char, 0 if not char else None) for char in (dimes, pennies)]
    if yuan is None or None in parts:
        return None
    amount = Decimal(yuan) + Decimal((parts[0] or 0) * 10 + (parts[1] or 0)) / 100
    return -amount if sign else amount


def _whole_of(words: str) -> int | None:
    """壹万贰仟 → 12000; None where a character is no numeral."""
    high = total = section = digit = 0  # 亿, 万, under 万, the last numeral
    for char in words:
        if char in _CAPITALS:
            if digit and _CAPITALS[char]:
                return None  # 壹贰叁: digits read out one by one are no 大写
            digit = _CAPITALS[char]
        elif char in _CAPITAL_TENS:
            section += (digit or 1) * _CAPITAL_TENS[char]
            digit = 0
        elif char == "万":
            total, section, digit = total + (section + digit) * 10_000, 0, 0
        elif char == "亿":
            high += (total + section + digit) * 100_000_000
            total = section = digit = 0
        else:
            return None
    return high + total + section + digit


def _whole_words(number: int) -> str:
    words, zeros, group = "", False, False
    digits = str(number)
    for place, digit in zip(reversed(range(len(digits))), map(int, digits), strict=True):
        myriad, within = divmod(place, 4)
        if digit:
            words += ("零" if zeros and words else "") + _DIGITS[digit] + _PLACES[within]
            group = True
        zeros = not digit
        if not within:
            words += _MYRIADS[myriad] if group else ""
            group = False
    return words or _DIGITS[0]


def number_of(words: str) -> int | None:
    """The number that Arabic figures or Chinese numerals under a thousand say; None for neither."""
    if words.isdecimal():
        return int(words)
    total, digit = 0, 0
    for char in words:
        if char in _VALUES:
            digit = _VALUES[char]
        elif char in _TENS:
            total, digit = total + _TENS[char] * 10, 0
        elif char in "十百":
            # 十五 is fifteen without a one before the ten.
            total, digit = total + (digit or 1) * (10 if char == "十" else 100), 0
        else:
            return None
    return total + digit if words else None
