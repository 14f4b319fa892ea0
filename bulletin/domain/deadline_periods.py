"""Phrases that recur: 每季度首月20日, 至少每半年一次, 下月的十五日前, 每季结束后10日内."""

import re
from dataclasses import replace

from bulletin.domain.cadence import Every
from bulletin.domain.deadline_pieces import (
    BEFORE,
    MUST,
    PUBLISH,
    UNIT,
    WITHIN,
    N,
    Phrase,
    Reader,
    count_days,
    pattern,
)
from bulletin.domain.deadlines import TimeLimit
from bulletin.domain.numerals import number_of

_EVERY = r"(?:每|按|逐)(?:隔)?(?:一|1)?(?:个)?"
_SPANS = {
    Every.MONTH: r"月度?",
    Every.QUARTER: r"季度?|(?:三|3)个月",
    Every.HALF_YEAR: r"半年度?|(?:六|6)个月",
    Every.YEAR: r"年度?|(?:十二|12)个月",
    Every.TWO_MONTHS: r"(?:两|二|2)个月|双月",
}
_SPAN = "|".join(_SPANS.values())
# Without 每, only the full words are a period: the 月 of 12月31日 is none.
_PERIOD = rf"(?:{_EVERY}(?:{_SPAN})(?:份)?|月度|季度|半年度?|年度)"
_MONTH = rf"(?:的)?(?P<month>(?:第?{N}个?月份?|首个?月份?|末个?月份?|最后(?:一|1)?个?月份?))"
_DAY = rf"(?:的)?(?:第)?(?P<ahead>前)?(?P<day>{N})[日号](?P<by>{BEFORE}|{WITHIN})?"
_NAMED = r"(?:为(?P<named>.{2,10}?日))?"


def _every(words: str) -> Every:
    bare = re.sub(r"份$", "", words)
    return next(e for e, span in _SPANS.items() if re.fullmatch(rf"(?:{_EVERY})?(?:{span})", bare))


_LEAST = r"至少|最少|不少于|不得少于|不低于"
_MOST = r"至多|最多|不超过|不多于"
_BARE = pattern(
    rf"(?P<before>{_LEAST}|{_MOST})?(?P<every>{_PERIOD}){MUST}?"
    rf"(?:{PUBLISH})?(?P<after>{_LEAST}|{_MOST})?(?:{PUBLISH})?(?:(?P<times>{N})次)?"
)
_ONCE = re.compile(rf"(?P<every>一(?:{_SPAN})|[月季年])(?:一次|一?{PUBLISH}(?:一次)?)?")
_ON_DAY = pattern(
    rf"(?P<every>{_PERIOD})(?:{_MONTH})?{_DAY}{_NAMED}"
    rf"(?:{PUBLISH}(?P<past>上(?:一|1)?个?(?:{_SPAN}))度?的?[^0-9]{{0,20}})?"
)
_IN_MONTH = pattern(rf"(?P<every>{_PERIOD}){_MONTH}")
_RANGE = pattern(
    rf"(?P<every>{_PERIOD})(?:{_MONTH})?(?:的)?(?:{N}[日号]?(?:至|到|-|~|—)(?P<day>{N})[日号]|"
    r"(?P<third>[上中]旬))(?:之?[间前内])?"
)
_MONTHS = pattern(
    rf"每年(?:的)?(?P<months>{N}月?(?:份)?(?:[、和及]{N}月?(?:份)?)+)(?:月)?(?:{_DAY})?"
)
_DATE = pattern(rf"(?P<month>{N}月)份?{_DAY}")
_MONTH_END = pattern(rf"每年(?:的)?(?P<month>{N})月(?:份)?(?P<end>底|末)?(?P<by>前)?")
_NEXT = pattern(
    rf"(?:(?P<every>{_PERIOD})(?:结束|终了)?(?:后)?(?:的)?)?(?:下|次)(?:一|1)?个?(?P<span>{_SPAN})"
    rf"(?:{_MONTH})?{_DAY}{_NAMED}"
)
_AFTER_END = pattern(
    rf"(?P<all>{_PERIOD}(?:[、和或及]{_PERIOD})*)(?:结束|终了|期满|期末)(?:之日)?(?:之后|以后|后|起)?"
    rf"(?:的)?(?P<days>{N})(?P<unit>{UNIT}){WITHIN}"
)
_END = pattern(rf"(?P<every>{_PERIOD}|[月季年])(?:月|季|年)?(?:末|底)(?:{BEFORE})?")
_CHOICE = pattern(rf"(?P<one>{_PERIOD})或者?(?P<other>{_PERIOD})")
_MEETING_DAYS = ("公开日", "公布日", "公示日")


def _bare(found: re.Match[str]) -> Phrase | None:
    every = _every(found["every"])
    bound = found["before"] or found["after"] or ""
    times = number_of(found["times"]) if found["times"] else 1
    if times != 1:
        shorter = next((e for e in Every if times and e.months * times == every.months), None)
        if shorter is None:
            return None
        return Phrase((TimeLimit("recur", shorter),), (f"“{found['times']}次”按平均分布理解。",))
    kind = "recur"
    if bound:
        kind = "recur_min" if re.fullmatch(_LEAST, bound) else "recur_max"
    return Phrase((TimeLimit(kind, every),))


def _once(found: re.Match[str]) -> Phrase:
    return Phrase((TimeLimit("recur", _every(found["every"].removeprefix("一"))),))


def _month_within(words: str | None, every: Every) -> int | None:
    if words is None:
        return None
    if words.startswith("首"):
        return 1
    if words.startswith(("末", "最后")):
        return every.months
    return number_of(words.strip("第个份月"))


def _day_and_side(found: re.Match[str]) -> tuple[int | None, str]:
    side = "before" if found["ahead"] or found["by"] else "on"
    return number_of(found["day"]), side


def _named_doubts(found: re.Match[str]) -> tuple[str, ...]:
    named = found["named"]
    if named is None or named.endswith(_MEETING_DAYS):
        return ()
    return (f"“{named}”不一定是公开的日子。",)


def _on_day(found: re.Match[str]) -> Phrase:
    every = _every(found["every"])
    day, by = _day_and_side(found)
    month = _month_within(found["month"], every)
    doubts = _named_doubts(found)
    if every is not Every.MONTH and month is None:
        doubts += ("没有写是哪个月。",)
    rule = TimeLimit("recur", every, month=month, day=day, by=by)
    if found["past"]:
        rule = replace(rule, of="next_period")
        doubts += (f"“{found['past']}”按上一期的情况在这一期公开理解。",)
    return Phrase((rule,), doubts)


def _in_month(found: re.Match[str]) -> Phrase:
    every = _every(found["every"])
    rule = TimeLimit("recur", every, month=_month_within(found["month"], every))
    return Phrase((rule,), ("没有写到哪一天。",))


def _range(found: re.Match[str]) -> Phrase:
    every = _every(found["every"])
    day = number_of(found["day"]) if found["day"] else {"上旬": 10, "中旬": 20}[found["third"]]
    month = _month_within(found["month"], every)
    rule = TimeLimit("recur", every, month=month, day=day, by="before")
    return Phrase((rule,), (f"按最迟{day}日理解。",))


def _months(found: re.Match[str]) -> Phrase | None:
    """每年1月、4月、7月、10月: the same as each quarter's first month."""
    numbers = [number_of(said) or 0 for said in re.findall(N, found["months"])]
    every = next((e for e in Every if e.months * len(numbers) == Every.YEAR.months), None)
    if every is None or numbers != list(range(numbers[0], 13, every.months)):
        return None
    if found["day"] is None:
        return Phrase((TimeLimit("recur", every, month=numbers[0]),), ("没有写到哪一天。",))
    day, by = _day_and_side(found)
    return Phrase((TimeLimit("recur", every, month=numbers[0], day=day, by=by),))


def _date(found: re.Match[str]) -> Phrase:
    day, by = _day_and_side(found)
    month = number_of(found["month"].rstrip("月"))
    doubts = ("没有写是不是每年。",)
    return Phrase((TimeLimit("recur", Every.YEAR, month=month, day=day, by=by),), doubts)


def _month_end(found: re.Match[str]) -> Phrase:
    month = number_of(found["month"])
    rule = TimeLimit("recur", Every.YEAR, month=month)
    if found["end"] or found["by"]:
        rule = replace(rule, day=31, by="before")
    # “6月前” may leave June out; “6月” says no day.
    return Phrase((rule,), () if found["end"] else (f"“{found['month']}月”没有写到哪一天。",))


def _next(found: re.Match[str]) -> Phrase | None:
    span = _every(found["span"])
    every = _every(found["every"]) if found["every"] else span
    day, by = _day_and_side(found)
    month = _month_within(found["month"], span)
    if span is Every.MONTH and every is not Every.MONTH:
        month = 1  # 每季度结束后次月: the first of the next quarter
    elif span is not every:
        return None
    rule = TimeLimit("recur", every, month=month, day=day, by=by, of="next_period")
    doubts = _named_doubts(found)
    if every is not Every.MONTH and month is None:
        doubts += ("没有写是哪个月。",)
    return Phrase((rule,), doubts)


def _after_end(found: re.Match[str]) -> Phrase | None:
    counted = count_days(found["days"], found["unit"])
    if counted is None:
        return None
    days, unit, doubts = counted
    spans = re.split(r"[、和或及]", found["all"])
    rules = (
        TimeLimit("recur", _every(span), days=days, unit=unit, from_="period_end") for span in spans
    )
    return Phrase(tuple(rules), doubts)


def _end(found: re.Match[str]) -> Phrase:
    every = _every(found["every"])
    return Phrase((TimeLimit("recur", every),), ("月末、季末、年末没有写哪一天。",))


def _choice(found: re.Match[str]) -> Phrase:
    choices = (_every(found["one"]).value, _every(found["other"]).value)
    return Phrase((TimeLimit("recur_choice", choices=choices),))


PERIOD_READERS: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (_CHOICE, _choice),
    (_AFTER_END, _after_end),
    (_NEXT, _next),
    (_MONTHS, _months),
    (_ON_DAY, _on_day),
    (_BARE, _bare),
    (_ONCE, _once),
    (_MONTH_END, _month_end),
    (_IN_MONTH, _in_month),
    (_RANGE, _range),
    (_DATE, _date),
    (_END, _end),
)
