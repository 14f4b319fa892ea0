"""A text as it is read out: every figure, date, code, unit and sign in words.

One pass over the text, in which the longest meaning comes first: a date before its numbers, an amount before
its figure. What is left is quantities.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from bulletin.domain.characters import folded
from bulletin.writers.broadcast.spoken_numbers import (
    said_digits,
    said_money,
    said_number,
    said_phone,
)

UNITS = {
    "㎡": "平方米",
    "m²": "平方米",
    "m2": "平方米",
    "平米": "平方米",
    "㎥": "立方米",
    "m³": "立方米",
    "m3": "立方米",
    "km²": "平方公里",
    "km": "公里",
    "KM": "公里",
    "cm": "厘米",
    "mm": "毫米",
    "kg": "公斤",
    "KG": "公斤",
    "kW": "千瓦",
    "KW": "千瓦",
    "kV": "千伏",
    "℃": "摄氏度",
    "°C": "摄氏度",
    "ml": "毫升",
    "m": "米",
    "g": "克",
    "t": "吨",
    "L": "升",
}
_UNIT = "|".join(sorted(map(re.escape, UNITS), key=len, reverse=True))
MEASURES = (
    "元个户人名次亩天日年月块只头棵盏处条件份组队期批吨米公斤套台座间口家村社层辆张本册项行支包"
)
_N = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"  # a figure, with its separators
_TO = r"\s*(?:[—–~～-]{1,2}|至|到)\s*"
_BEFORE = r"(?<![\d.,A-Za-z])"
_AFTER = r"(?![\d]|[.,]\d)"
_MONTH = r"(?:1[0-2]|0?[1-9])"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_YEAR = r"(?:19|20)\d\d"
_HOTLINES = "123(?:09|15|16|17|33|45|48|50|80|88)"
_TIME = r"(?:2[0-4]|1\d|0?\d)[:：][0-5]\d"


class Rule(NamedTuple):
    pattern: str
    say: Callable[[re.Match[str]], str]


def _month_day(month: str, day: str) -> str:
    return f"{said_number(str(int(month)))}月{said_number(str(int(day)))}日"


def _date(match: re.Match[str]) -> str:
    year, month, day = (part for part in re.split(r"\D+", match[0]) if part)
    return f"{said_digits(year)}年{_month_day(month, day)}"


def _time(text: str) -> str:
    hour, minute = re.split("[:：]", text)
    minutes = (
        ""
        if minute == "00"
        else f"{'零' if minute[0] == '0' else ''}{said_number(str(int(minute)))}分"
    )
    return f"{said_number(str(int(hour)), counted=True)}点{minutes}"


def _range(first: str, last: str, rest: str) -> str:
    return f"{said_number(first, counted=True)}至{said_number(last, counted=True)}{rest}"


def _amount(match: re.Match[str]) -> str:
    minus = "负" if re.search(r"[-−(（]", match["minus"] or "") else ""
    figure, scale = match["figure"], match["scale"] or ""
    if scale:
        return f"{minus}{said_number(figure, counted=True)}{scale}元"
    return f"{minus}{said_money(figure)}"


def _quantity(match: re.Match[str]) -> str:
    minus, figure, rest = match["minus"], match["figure"], match["unit"] or ""
    if re.fullmatch(r"0\d+|\d{8,}", figure):  # a number that counts nothing: an account, 007
        return f"{minus}{said_digits(figure)}{rest}"
    words = UNITS.get(rest, rest)
    is_ordinal = match.string[: match.start()].endswith("第")
    counted = not is_ordinal and (bool(words) or match["next"][:1] in tuple(MEASURES))
    return f"{'负' if minus else ''}{said_number(figure, counted=counted)}{words}"


RULES = (
    Rule(r"[（(]大写[^）)]*[）)]", lambda _: ""),  # the figure before it says the same
    Rule(r"https?://[^\s，。；）)]+", lambda _: "公开栏上的网址"),
    # 互政〔2024〕17号
    Rule(
        r"[〔\[【(（](\d{4})[〕\]】)）]\s*(\d+)\s*号",
        lambda m: f"{said_digits(m[1])}年第{said_number(m[2])}号",
    ),
    # 2026-10-09, 2026.10.9, 2026/10/9, 2026年10月9日
    Rule(rf"{_BEFORE}{_YEAR}([-./])0?\d{{1,2}}\1\d{{1,2}}{_AFTER}", _date),
    Rule(rf"{_BEFORE}{_YEAR}年\s*{_MONTH}月\s*{_DAY}日", _date),
    Rule(
        rf"{_BEFORE}({_YEAR})-({_MONTH}){_AFTER}(?![-.])",
        lambda m: f"{said_digits(m[1])}年{said_number(str(int(m[2])))}月",
    ),
    Rule(
        rf"{_BEFORE}({_YEAR}){_TO}({_YEAR})(?=年)",
        lambda m: f"{said_digits(m[1])}至{said_digits(m[2])}",
    ),
    Rule(rf"{_BEFORE}({_YEAR})(?=年)", lambda m: said_digits(m[1])),
    Rule(
        rf"{_BEFORE}({_MONTH})月({_DAY})日?{_TO}(?={_DAY}日)",
        lambda m: f"{_month_day(m[1], m[2])}至",
    ),
    Rule(rf"{_BEFORE}({_MONTH})月({_DAY})日", lambda m: _month_day(m[1], m[2])),
    Rule(rf"{_BEFORE}({_TIME}){_TO}({_TIME}){_AFTER}", lambda m: f"{_time(m[1])}至{_time(m[2])}"),
    Rule(rf"{_BEFORE}({_TIME}){_AFTER}", lambda m: _time(m[1])),
    # telephones, hotlines, and the codes of notices, which are dictated too
    Rule(rf"{_BEFORE}(0\d{{2,3}}-\d{{7,8}})(?:-\d+)?{_AFTER}", lambda m: said_phone(m[1])),
    Rule(rf"{_BEFORE}(1[3-9]\d{{9}}|400-?\d{{3}}-?\d{{4}}){_AFTER}", lambda m: said_phone(m[1])),
    Rule(r"(?<=[话打拨线机])([：:]?)(\d{3,8})(?![\d.,元])", lambda m: f"{m[1]}{said_phone(m[2])}"),
    Rule(rf"(?<!\d)({_HOTLINES})(?!\d|[.,元])", lambda m: said_phone(m[1])),
    Rule(rf"{_BEFORE}\d{{3}} \d{{3}} \d{{3}} \d{{2}}{_AFTER}", lambda m: said_phone(m[0])),
    Rule(r"(?<=尾号)(\d{2,6})", lambda m: said_digits(m[1])),
    Rule(r"(?<=转)(\d{2,5})(?![\d.,]|[万亿]?元)", lambda m: said_phone(m[1])),
    Rule(r"[①-⑳]", lambda m: f"{said_number(str(ord(m[0]) - ord('①') + 1))}，"),
    # money
    Rule(
        rf"(?P<minus>[-−(（]?)[￥¥]\s*(?P<figure>{_N})(?P<scale>[万亿]?)元?[)）]?",
        _amount,
    ),
    Rule(rf"{_BEFORE}({_N}){_TO}({_N})([万亿]?元)", lambda m: _range(m[1], m[2], m[3])),
    Rule(
        rf"(?P<minus>(?<![\d至到A-Za-z])[-−]|){_BEFORE}(?P<figure>{_N})\s*(?P<scale>[万亿]?)元(?![旦月宵])",
        _amount,
    ),
    Rule(
        r"[(（]\s*(?P<figure>\d{1,3}(?:,\d{3})*\.\d{2})\s*[)）]\s*元?(?P<minus>)",
        lambda m: f"负{said_money(m['figure'])}",
    ),
    # per cent, fractions, ratios, ranges
    Rule(
        rf"({_N})\s*[%％]{_TO}({_N})\s*[%％]",
        lambda m: f"百分之{said_number(m[1])}至百分之{said_number(m[2])}",
    ),
    Rule(rf"({_N})\s*[%％]", lambda m: f"百分之{said_number(m[1])}"),
    Rule(rf"({_N})\s*‰", lambda m: f"千分之{said_number(m[1])}"),
    Rule(
        rf"{_BEFORE}(\d{{1,3}})/(\d{{1,4}}){_AFTER}",
        lambda m: f"{said_number(m[2])}分之{said_number(m[1])}",
    ),
    Rule(
        rf"{_BEFORE}(\d+)\s*[:：]\s*(\d+){_AFTER}",
        lambda m: f"{said_number(m[1])}比{said_number(m[2])}",
    ),
    Rule(
        rf"{_BEFORE}({_N}){_TO}({_N})\s*({_UNIT})(?![A-Za-z])",
        lambda m: _range(m[1], m[2], UNITS[m[3]]),
    ),
    Rule(rf"{_BEFORE}({_N}){_TO}({_N})(?=[\u4e00-\u9fff])", lambda m: _range(m[1], m[2], "")),
    Rule(
        rf"{_BEFORE}({_N})\s*({_UNIT})?\s*[×xX*]\s*(?={_N})",
        lambda m: f"{said_number(m[1], counted=bool(m[2]))}{UNITS.get(m[2], '')}乘",
    ),
    # whatever counts
    Rule(
        rf"(?P<minus>(?<![\w)）])[-−]|)(?<![\d.,])(?P<figure>{_N})(?:\s*(?P<unit>{_UNIT})(?![A-Za-z]))?(?=(?P<next>.?))",
        _quantity,
    ),
)
_RULES = [(re.compile(rule.pattern), rule.say) for rule in RULES]
_SILENT = str.maketrans("", "", "《》“”\"'‘’【】『』「」*#_·")
_PAUSES = (
    (",", "，"),
    (r"(?<=[\u4e00-\u9fff])[（(](\w{1,2})[）)](?=[\u4e00-\u9fff])", r"\1"),
    (r"[（(\[]|[）)\]]", "，"),
    (r"(?<=[元角分米里吨斤升时天日月年人户亩件次])\s*/\s*", "每"),
    (r"\s*/\s*|(?<=[\u4e00-\u9fff])-(?=[\u4e00-\u9fff])", "，"),
    (r"[—–]{1,2}|\s+", "，"),
    (r"~|～", "至"),
)
_ARABIC = re.compile(r"\d")


def spoken(text: str) -> str:
    """The text in words that a person or a machine reads out; no figure is left in it."""
    said = text.translate(str.maketrans("　", " "))
    said = _folded_figures(said)
    for pattern, say in _RULES:
        said = pattern.sub(say, said)
    for sign, pause in _PAUSES:
        said = re.sub(sign, pause, said)
    said = _ARABIC.sub(lambda m: said_digits(m[0]), said)
    return _tidy(said.translate(_SILENT))


def _folded_figures(text: str) -> str:
    """Full-width figures and signs beside them as they are usually typed."""
    return re.sub(
        r"[０-９．，：％／－＋]+",
        lambda m: folded(m[0]) if re.search("[０-９]", m[0]) else m[0],
        text,
    )


def _tidy(text: str) -> str:
    """No pause twice, and none where a sentence ends or begins."""
    text = re.sub(r"，(?=[，。；：！？、]|$)", "", text)
    return re.sub(r"(?<=[。；：！？、])，|^，", "", text)
