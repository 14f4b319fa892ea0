"""Days of the calendar year: 每年12月底前, 1月、4月、7月、10月的10日前, 次年第一季度, 6月30日、12月31日前."""

import re
from dataclasses import replace

from bulletin.domain.amounts import number_of
from bulletin.domain.deadlines.periods import Every
from bulletin.domain.deadlines.rules import TimeLimit
from bulletin.domain.deadlines.tokens import (
    BEFORE,
    DAY,
    LAST_PERIOD,
    MONTH,
    WITHIN,
    N,
    Phrase,
    Reader,
    day_and_side,
    month_within,
    of_last_period,
    pattern,
)

_YEARLY = r"(?:(?P<yearly>每年度?)(?:的)?|(?P<next>次年|下一?年度?)(?:的)?)?"
_MONTHS = pattern(
    rf"{_YEARLY}(?P<months>{N}月?(?:份)?(?:[、和及]{N}月?(?:份)?)+)(?:月)?(?:份)?(?:{DAY})?"
)
_DATES = pattern(
    rf"{_YEARLY}(?P<dates>{N}月{N}[日号](?:[、和及]{N}月{N}[日号])+)(?P<by>{BEFORE}|{WITHIN})?"
)
_DATE = pattern(rf"{_YEARLY}(?P<month>{N}月)份?{DAY}")
_MONTH_ALONE = pattern(rf"{_YEARLY}(?P<month>{N})月(?:份)?(?P<end>底|末)?(?P<by>前)?{LAST_PERIOD}")
_QUARTER = pattern(rf"{_YEARLY}第?(?P<number>[一二三四1-4])季度(?:内)?(?:{MONTH})?(?:{DAY})?")
_EARLY = pattern(r"(?:每年(?:的)?)?年初")

_WHICH_YEARS = "没有写是不是每年。"
_WHICH_DAY = "没有写到哪一天。"


def _phrase(match: re.Match[str], *rules: TimeLimit, doubts: tuple[str, ...] = ()) -> Phrase:
    """Rules of each year, or of the one after the year reported on."""
    if match["next"]:
        return Phrase(tuple(replace(rule, of="next_period") for rule in rules), doubts)
    return Phrase(rules, doubts if match["yearly"] else (*doubts, _WHICH_YEARS))


def _months(match: re.Match[str]) -> Phrase | None:
    """每年1月、4月、7月、10月: the same as each quarter's first month."""
    if not match["yearly"] and "月" not in match["months"]:
        return None
    numbers = [number_of(number) or 0 for number in re.findall(N, match["months"])]
    every = next((e for e in Every if e.months * len(numbers) == Every.YEAR.months), None)
    if every is None or numbers != list(range(numbers[0], 13, every.months)):
        return None
    rule = TimeLimit("recur", every, month=numbers[0])
    if match["day"] is None:
        return _phrase(match, rule, doubts=(_WHICH_DAY,))
    day, by = day_and_side(match)
    return _phrase(match, replace(rule, day=day, by=by))


def _dates(match: re.Match[str]) -> Phrase:
    by = "before" if match["by"] else "on"
    numbers = [number_of(number) for number in re.findall(N, match["dates"])]
    pairs = zip(numbers[::2], numbers[1::2], strict=True)
    rules = (TimeLimit("recur", Every.YEAR, month=month, day=day, by=by) for month, day in pairs)
    return _phrase(match, *rules)


def _date(match: re.Match[str]) -> Phrase:
    day, by = day_and_side(match)
    month = number_of(match["month"].rstrip("月"))
    return _phrase(match, TimeLimit("recur", Every.YEAR, month=month, day=day, by=by))


def _month_alone(match: re.Match[str]) -> Phrase:
    rule = TimeLimit("recur", Every.YEAR, month=number_of(match["month"]))
    # “6月前” may leave June out; “6月” says no day.
    doubts = () if match["end"] else (f"“{match['month']}月”没有写到哪一天。",)
    if match["end"] or match["by"]:
        rule = replace(rule, day=31, by="before")
    phrase = _phrase(match, rule, doubts=doubts)
    return of_last_period(match, rule, phrase.doubts) if match["past"] else phrase


def _quarter(match: re.Match[str]) -> Phrase:
    """第一季度: by its last month, unless a month or a day of it is named."""
    before = 3 * ((number_of(match["number"]) or 1) - 1)
    month = before + (month_within(match["month"], Every.QUARTER) or 3)
    rule = TimeLimit("recur", Every.YEAR, month=month)
    if match["day"] is None or match["month"] is None:
        return _phrase(match, rule, doubts=(_WHICH_DAY,))
    day, by = day_and_side(match)
    return _phrase(match, replace(rule, day=day, by=by))


def _early(_: re.Match[str]) -> Phrase:
    return Phrase((TimeLimit("recur", Every.YEAR, month=1),), ("“年初”没有写到哪一天。",))


DATE_READERS: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (_MONTHS, _months),
    (_MONTH_ALONE, _month_alone),
    (_DATES, _dates),
    (_DATE, _date),
    (_QUARTER, _quarter),
    (_EARLY, _early),
)
