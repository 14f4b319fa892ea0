"""How a text names a period: 2026年第三季度, 7—9月, 2026年7月1日至9月30日, 截至九月三十日, 1—9月累计.

A name is read by its numbers: it names the period when each of them is the period's own. What names
another period, a single day or a yearly custom (每年9月) is not touched.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from bulletin.domain.deadlines.periods import Every, Period, periods
from bulletin.domain.patterns.numerals import read_numeral, read_year, spelled_like, year_like

_B = r"[ \t\u3000]*"
_N = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_TO = rf"{_B}(?:[-‐‑–—─~～]{{1,2}}|至|到){_B}"
_LONG_YEAR = r"(?:\d{4}|[一二][一二三四五六七八九〇○零Ｏ]{3})"
_YEAR = (
    rf"(?:(?P<y>{_LONG_YEAR}(?={_B}年)|(?<!\d)\d{{2}}(?={_B}年)|(?<!\d)20\d\d)"
    rf"{_B}(?:年度?的?)?{_B})?"
)
_YEAR_AGAIN = rf"(?:(?P<y2>{_LONG_YEAR}|\d{{2}}){_B}年{_B})?"
_MONTH = rf"{_B}月(?:份)?"
_AND = rf"{_B}[、,，和及与]{_B}"
_PART_OF_YEAR = rf"{_N}{_B}月|第?{_B}[1-4一二三四]{_B}季|[上下]半年"
_NO_DAY = rf"(?!{_B}{_N}{_B}[日号])"
_NO_SPAN = rf"(?!{_TO}{_N})"
_UNTIL = rf"(?:截至|截止(?:到|时间|日期)?[:：]?|止于|(?<![日月\d])[至到]){_B}"


def _days(first: str) -> str:
    """From a first day to the period's last: 2026年7月1日至9月30日, 2026.07.01—2026.09.30."""
    return (
        rf"{_YEAR}{first}{_B}月{_B}(?P<d1>{_N}){_B}日?{_TO}{_YEAR_AGAIN}(?P<m2>{_N}){_B}月"
        rf"{_B}(?P<d2>{_N}){_B}日"
    )


def _points(first: str) -> str:
    return (
        rf"(?P<y>\d{{4}})(?P<s>[-./]){first}(?P=s)(?P<d1>\d{{1,2}}){_TO}(?P<y2>\d{{4}})(?P=s)"
        rf"(?P<m2>\d{{1,2}})(?P=s)(?P<d2>\d{{1,2}})(?!\d)"
    )


def _months(first: str) -> str:
    return rf"{_YEAR}{first}(?:{_MONTH})?{_TO}{_YEAR_AGAIN}(?P<m2>{_N}){_MONTH}{_NO_DAY}"


def _pointed_months(first: str) -> str:
    return (
        rf"(?P<y>\d{{4}})[./]{first}{_TO}(?:(?P<y2>\d{{4}})[./])?(?P<m2>\d{{1,2}})(?![\d./]|{_B}月)"
    )


_OWN, _JANUARY = rf"(?P<m1>{_N})", r"(?P<jan>1|１|01|０１|一)"
# A span from the period's first month, or from January on, as what is counted up has it.
_SPANS = tuple(span(first) for first in (_OWN, _JANUARY) for span in (_days, _points, _months))
_SPANS += (_pointed_months(_OWN), _pointed_months(_JANUARY))
_SPANS += (  # 7.1—9.30
    rf"(?<![\d.])(?P<m1>\d{{1,2}})\.(?P<d1>\d{{1,2}}){_TO}(?P<m2>\d{{1,2}})\.(?P<d2>\d{{1,2}})(?![\d.])",
)
_ENDS = (
    rf"{_UNTIL}{_YEAR}(?P<m2>{_N}){_B}月{_B}(?P<d2>{_N}){_B}日",
    rf"{_UNTIL}(?P<y>\d{{4}})(?P<s>[-./])(?P<m2>\d{{1,2}})(?P=s)(?P<d2>\d{{1,2}})(?!\d)",
    rf"{_YEAR}(?P<m2>{_N}){_B}月{_B}(?P<d2>{_N}){_B}日(?={_B}(?:止|为止|的?(?:结余|余额|结存|账面)))",
    rf"{_YEAR}(?P<m2>{_N}){_B}月{_B}[底末]",
    rf"(?:自|从){_B}{_YEAR}(?P<m1>{_N}){_B}月{_B}(?P<d1>{_N}){_B}日(?={_B}(?:起|开始|以来))",
)
_OF = {
    Every.QUARTER: (
        rf"{_YEAR}第{_B}(?P<q>[1-4１-４一二三四]){_B}季度",
        rf"{_YEAR}(?<![前第])(?<!第 )(?P<q>[1-4１-４一二三四]){_B}季度",
        rf"{_YEAR}第{_B}(?P<q>[1-4１-４一二三四]){_B}季(?!度)",
        rf"(?:(?P<y>\d{{4}}){_B}年?{_B}[-.]?)?(?<![A-Za-z])[Qq](?P<q>[1-4])(?!\d)",
        rf"{_YEAR}{_OWN}(?:{_MONTH})?{_AND}(?P<mm>{_N})(?:{_MONTH})?{_AND}(?P<m2>{_N}){_MONTH}{_NO_DAY}",
    ),
    Every.MONTH: (
        rf"{_YEAR}{_OWN}{_B}月{_B}(?P<d1>{_N}){_B}日?{_TO}(?P<d2>{_N}){_B}日",
        rf"{_YEAR}(?P<m2>{_N}){_MONTH}{_NO_DAY}{_NO_SPAN}(?![一内余])",
        r"(?<![\d./-])(?P<y>\d{4})(?P<s>[-./])(?P<m2>\d{1,2})(?![\d./-]|[ \t\u3000]*月)",
    ),
    Every.TWO_MONTHS: (rf"{_YEAR}{_OWN}(?:{_MONTH})?{_AND}(?P<m2>{_N}){_MONTH}{_NO_DAY}",),
    Every.HALF_YEAR: (
        rf"{_YEAR}(?P<h>[上下]){_B}半年",
        r"(?:(?P<y>\d{4})[ \t]*年?)?(?<![A-Za-z])[Hh](?P<hn>[12])(?!\d)",
    ),
    Every.YEAR: (
        rf"(?<!\d)(?P<y>{_LONG_YEAR}){_B}年度?(?!{_TO}\d|{_B}(?:{_PART_OF_YEAR}|起|以来|以后|开始))",
    ),
}
_OTHER_YEAR = re.compile(
    r"(?:去年|上年|前年|往年|历年|每年|各年|次年|明年|翌年)(?:度|的|同期)?\s*$"
)
_RANGE = re.compile(rf"{_N}{_B}(?:月份?|日)?{_TO}$|[\d〔]$")
# One of several months (8月、9月); at the start of a line 二、 is a numbering.
_LISTED = re.compile(rf"[^\n]{_N}{_B}(?:月份?|日)?{_B}[、和及与]{_B}$")
_HINT = re.compile(
    r"[月季年半QqHh]|(?:19|20)\d\d[-./]|\d\.\d{1,2}\s*[-‐‑–—─~～至到]"
)  # without one, no period is named
_COUNTED_UP = re.compile(r"累计")
_HALVES = "上下"


@cache
def _patterns(every: Every) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(words) for words in (*_SPANS, *_OF[every], *_ENDS))


@dataclass(frozen=True)
class PeriodName:
    """Where a text names a period, with the numbers that say so."""

    start: int
    end: int
    numbers: tuple[tuple[str, int, int], ...]  # role, and from where to where it stands


def period_names(text: str, period: Period) -> list[PeriodName]:
    """Every place where a text names a period, in order, none within another."""
    if not _HINT.search(text):
        return []
    found = [
        name
        for pattern in _patterns(period.every)
        for match in pattern.finditer(text)
        if (name := _name(match, text, period)) is not None
    ]
    found.sort(key=lambda name: (name.start, -name.end, _is_own_span(text, name)))
    names: list[PeriodName] = []
    for name in found:
        if not names or name.start >= names[-1].end:
            names.append(name)
    return names


def _is_own_span(text: str, name: PeriodName) -> bool:
    """Whether 1—3月 is the first quarter itself, and not what was counted up since January."""
    from_january = any(role == "jan" for role, *_ in name.numbers)
    around = text[max(name.start - 2, 0) : name.start] + text[name.end : name.end + 3]
    return from_january is (_COUNTED_UP.search(around) is None)


def _name(match: re.Match[str], text: str, period: Period) -> PeriodName | None:
    before = text[: match.start()]
    if _OTHER_YEAR.search(before) or _RANGE.search(before):
        return None
    if "y" in match.re.groupindex and match["y"] is None and _LISTED.search(before):
        return None
    own = _numbers(period)
    said = {role: words for role, words in match.groupdict().items() if words and role != "s"}
    if any(_said(role, words) != own[role] for role, words in said.items()):
        return None
    places = tuple((role, *match.span(role)) for role in said)
    return PeriodName(match.start(), match.end(), tuple(sorted(places, key=lambda p: p[1])))


def _numbers(period: Period) -> dict[str, int]:
    """The numbers that a period's names are made of, by their role."""
    last = period.last
    return {
        "y": period.first.year,
        "y2": period.first.year,
        "q": period.place,
        "h": period.place,
        "hn": period.place,
        "jan": 1,
        "m1": period.first.month,
        "mm": period.first.month + 1,
        "m2": last.month,
        "d1": 1,
        "d2": last.day,
    }


def _said(role: str, words: str) -> int | None:
    if role in ("y", "y2"):
        return read_year(words)
    return _HALVES.index(words) + 1 if role == "h" else read_numeral(words)


def renamed(text: str, old: Period, new: Period) -> str:
    """The text with every name of one period made into another's, each in its own spelling."""
    pieces: list[str] = []
    done = 0
    for name in period_names(text, old):
        pieces += [text[done : name.start], _renamed(text, name, old, new)]
        done = name.end
    return "".join([*pieces, text[done:]])


def months_renamed(texts: Sequence[str], old: Period, new: Period) -> list[str]:
    """Heads or labels, with each month of the period made into the one at its place, where all are named.

    A table by month (7月, 8月, 9月) rolls on; a month that stands alone is what happened in it.
    """
    months = list(zip(_months_of(old), _months_of(new), strict=False))
    named = all(any(period_names(text, month) for text in texts) for month, _ in months)
    if old.every is not new.every or len(months) == 1 or not named:
        return list(texts)
    moved = list(texts)
    for month, new_month in months:
        moved = [
            renamed(text, month, new_month) if period_names(before, month) else text
            for before, text in zip(texts, moved, strict=True)
        ]
    return moved


def _months_of(period: Period) -> list[Period]:
    return list(periods(Every.MONTH, period.first, period.last))


def _renamed(text: str, name: PeriodName, old: Period, new: Period) -> str:
    if old.every is not new.every:  # the catalog asks for it at other times now
        has_year = any(role == "y" for role, *_ in name.numbers)
        return new.label if has_year else new.label.partition("年")[2] or new.label
    return "".join(_spelled(text, name, _numbers(new)))


def _spelled(text: str, name: PeriodName, numbers: dict[str, int]) -> Iterator[str]:
    done = name.start
    roles = {role for role, *_ in name.numbers}
    # 1—12月累计 begins anew with 1月累计.
    is_one_month = "jan" in roles and "d2" not in roles and numbers["m2"] == 1
    # 2026.10.01 becomes 2027.01.01: one number says how all are set.
    padded = any(_is_padded(text[start:end]) for _, start, end in name.numbers)
    for role, start, end in name.numbers:
        if is_one_month and role == "m2":
            done = end
            continue
        yield text[done:start]
        example, number = text[start:end], numbers[role]
        if role in ("y", "y2"):
            yield year_like(example, number)
        else:
            yield (
                _HALVES[number - 1] if role == "h" else spelled_like(example, number, padded=padded)
            )
        done = end
    yield text[done : name.end]


def _is_padded(words: str) -> bool:
    return words.isdecimal() and len(words) > 1 and int(words[0]) == 0
