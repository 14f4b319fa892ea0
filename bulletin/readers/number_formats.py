"""Numbers as the number format of a cell shows them: 20 as 20个工作日内, 10 as 每月10日前, 1 as 0001."""

import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_.|\*.|\[[^\]]*\]|(?P<general>General|G/通用格式)'
    r"|(?P<digits>[0#?,]*[0#?][0#?,]*(?:\.[0#?]+)?|\.[0#?]+)|(?P<percent>%)"
    r"|(?P<date>a{3,4}|y+|m+|d+|h+|s+)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_WEEKDAYS = "一二三四五六日"
_LOCAL_DATES = frozenset({"mm-dd-yy", "m/d/yy", "m/d/yy h:mm"})  # shown as the machine's own dates
_SECTION_END = re.compile(r';(?=(?:[^"]*"[^"]*")*[^"]*$)')
_ALL_SECTIONS = 4  # positive; negative; zero; text
_MIN_FIGURES = 2  # of a format's own: the 86 before a phone
_DIFFICULT = re.compile(r"[eE][+-]|[0#?]\s*/\s*[0#?]|\[[<>=]|@")


def shown(value: Any, number_format: str) -> tuple[str, bool] | None:
    """What a cell shows, and whether that is sure; None where its value is what it shows."""
    if number_format in {"", "General", "@"} or isinstance(value, bool):
        return None
    if isinstance(value, str):
        return _text(value, number_format)
    if isinstance(value, date):
        return _date(value, number_format)
    if not isinstance(value, int | float | Decimal):
        return None
    if _DIFFICULT.search(re.sub(r'"[^"]*"', "", number_format)):
        return str(value), False
    sections = _SECTION_END.split(number_format)
    number = Decimal(f"{value:.15g}")
    section, sign = sections[0], "-" if number < 0 else ""
    if number < 0 and len(sections) > 1:
        section, sign = sections[1], ""
    elif number == 0 and len(sections) > 2:  # noqa: PLR2004 - positive; negative; zero
        section = sections[2]
    return sign + _number(abs(number), section), True


def holds_figures(number_format: str) -> bool:
    """Whether a format writes figures of its own before or behind a value: "630223"@."""
    written = (_literal(token) for token in _TOKEN.finditer(number_format) if not token["date"])
    return sum(map(str.isdecimal, "".join(written))) >= _MIN_FIGURES


def with_figures(value: Any, number_format: str) -> str:
    """What a cell shows whose format writes figures of its own; '' where it shows none."""
    as_shown = shown(value, number_format if isinstance(value, str) else _general(number_format))
    return as_shown[0] if as_shown else ""


def _general(number_format: str) -> str:
    """Where a format of text is given to a figure, the figure stands for the text."""
    return number_format.replace("@", "General")


def _text(words: str, number_format: str) -> tuple[str, bool] | None:
    """A text in the section for texts: the fourth, or the only one that has its sign."""
    sections = _SECTION_END.split(number_format)
    if len(sections) < _ALL_SECTIONS and "@" not in sections[-1]:
        return None
    tokens = _TOKEN.finditer(sections[-1])
    return "".join(words if token["other"] == "@" else _written(token) for token in tokens), True


def _number(number: Decimal, section: str) -> str:
    tokens = list(_TOKEN.finditer(section))
    if any(token["percent"] for token in tokens):
        number *= 100
    words, has_digits = "", False
    for token in tokens:
        if token["digits"] and not has_digits:
            words += _digits(number, token["digits"])
            has_digits = True
        elif token["general"]:
            words += format(number.normalize(), "f")
        elif not token["digits"]:
            words += _literal(token)
    return words


def _digits(number: Decimal, pattern: str) -> str:
    whole, _, decimals = pattern.partition(".")
    rounded = number.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    before, _, after = format(rounded, "f").partition(".")
    places = whole.count("0")
    before = before.lstrip("0").zfill(places) if places else before.lstrip("0")
    if re.search(r"[0#?],[0#?]", whole):
        before = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", ",", before)
    while after and len(after) > decimals.count("0") and after.endswith("0"):
        after = after[:-1]
    return f"{before}.{after}" if decimals else before


def _written(token: re.Match[str]) -> str:
    """What a token writes in the section for texts, where letters of dates and digits are words."""
    return token[0] if token["digits"] or token["general"] else _literal(token)


def _literal(token: re.Match[str]) -> str:
    for group in ("quoted", "escaped", "percent", "date", "other"):
        if token[group] is not None:
            return token[group]
    return ""


def _date(value: date, number_format: str) -> tuple[str, bool] | None:
    code = re.sub(r"\[[^\]]*\]", "", number_format.split(";", maxsplit=1)[0])
    if code.lower() in _LOCAL_DATES:
        return None
    words, after_hour = "", False
    for token in _TOKEN.finditer(code):
        letters = (token["date"] or "").lower()
        if not letters:
            words += token["digits"] or _literal(token)
            continue
        words += _date_part(value, letters, minutes=after_hour)
        after_hour = letters[0] == "h" or (after_hour and letters[0] == "m")
    return words, True


def _date_part(value: date, letters: str, *, minutes: bool) -> str:
    clock = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)  # noqa: DTZ001
    match letters[0]:
        case "y":
            return f"{value.year}" if len(letters) > 2 else f"{value.year % 100:02}"  # noqa: PLR2004
        case "a":
            day = _WEEKDAYS[value.weekday()]
            return f"星期{day}" if len(letters) == 4 else day  # noqa: PLR2004
        case letter:
            number = {"m": value.month, "d": value.day, "h": clock.hour, "s": clock.second}[letter]
            number = clock.minute if letter == "m" and minutes else number
            return f"{number:0{min(len(letters), 2)}}"
