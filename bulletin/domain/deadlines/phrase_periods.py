"""Phrases that recur: 每季度首月20日, 至少每半年一次, 下月的十五日前, 每季结束后10日内."""

import re

from bulletin.domain.amounts import number_of
from bulletin.domain.deadlines.periods import Every
from bulletin.domain.deadlines.rules import TimeLimit
from bulletin.domain.deadlines.tokens import (
    BEFORE,
    DAY,
    LAST_PERIOD,
    MONTH,
    MUST,
    PERIOD,
    PUBLISH,
    SPAN,
    UNIT,
    WITHIN,
    N,
    Phrase,
    Reader,
    count_days,
    day_and_side,
    every_of,
    month_within,
    of_last_period,
    pattern,
)

_NAMED = r"(?:为(?P<named>.{2,10}?日))?"
_AT_LEAST = r"至少|最少|不少于|不得少于|不低于"
_AT_MOST = r"至多|最多|不超过|不多于"
_PERIOD_ALONE = pattern(
    rf"(?P<before>{_AT_LEAST}|{_AT_MOST})?(?P<every>{PERIOD}){MUST}?"
    rf"(?:{PUBLISH})?(?P<after>{_AT_LEAST}|{_AT_MOST})?(?:一?{PUBLISH})?(?:(?P<times>{N})次)?"
)
_ONCE_IN_PERIOD = pattern(
    rf"(?P<before>{_AT_LEAST}|{_AT_MOST})?(?P<every>(?:一个?|1个)(?:{SPAN})|(?:[三六两二十]|[0-9]+)个月)(?:{MUST}|{PUBLISH})*(?P<after>{_AT_LEAST}|{_AT_MOST})?"
    rf"(?:(?P<times>{N})次|一{PUBLISH})"
)
_PERIOD_CHARACTER = re.compile(
    rf"(?P<every>[月季年])(?P<before>)(?P<after>)(?:(?P<times>{N})次|一?{PUBLISH}(?:一次)?)?"
)
_ON_DAY = pattern(rf"(?P<every>{PERIOD})(?:{MONTH})?{DAY}{_NAMED}{LAST_PERIOD}")
_ON_LAST_PERIOD = pattern(rf"(?P<every>{PERIOD})(?={PUBLISH}上(?:一|1)?个?(?:{SPAN})){LAST_PERIOD}")
_IN_MONTH = pattern(rf"(?P<every>{PERIOD}){MONTH}")
_DAY_RANGE = pattern(
    rf"(?P<every>{PERIOD})(?:{MONTH})?(?:的)?(?:{N}[日号]?(?:至|到|-|~|—)(?P<day>{N})[日号]|"
    r"(?P<third>[上中]旬))(?:之?[间前内])?"
)
_IN_NEXT_PERIOD = pattern(
    rf"(?:(?P<every>{PERIOD}|季(?=末))(?:结束|终了|末)?(?:后)?(?:的)?)?(?:下|次)(?:一|1)?个?(?P<span>{SPAN})"
    rf"(?:{MONTH})?{DAY}{_NAMED}"
)
_DAYS_AFTER_PERIOD = pattern(
    rf"(?P<all>{PERIOD}(?:[、和或及]{PERIOD})*|[月季])(?:(?:结束|终了|期满|期末)(?:之日)?(?:之后|以后|后|起)?|后)"
    rf"(?:的)?(?P<days>{N})(?P<unit>{UNIT})(?P<within>{WITHIN})?"
)
_MONTH_AFTER_PERIOD = pattern(rf"(?P<every>{PERIOD})(?:结束|终了)(?:之?后)?{MONTH}{DAY}")
_END_OF_PERIOD = pattern(rf"(?P<every>{PERIOD}|[月季年])(?:月|季|年)?(?:末|底)(?:{BEFORE})?")
_EITHER_PERIOD = pattern(rf"(?P<one>{PERIOD})或者?(?P<other>{PERIOD})")
_MEETING_DAYS = ("公开日", "公布日", "公示日")


def _period_alone(match: re.Match[str]) -> Phrase | None:
    every = every_of(re.sub(r"^[一1]个?", "", match["every"]))
    bound = match["before"] or match["after"] or ""
    kind = "recur"
    if bound:
        kind = "recur_min" if re.fullmatch(_AT_LEAST, bound) else "recur_max"
    times = number_of(match["times"]) if match["times"] else 1
    if times != 1:
        shorter = next((e for e in Every if times and e.months * times == every.months), None)
        if shorter is None:
            return None
        doubts = (f"“{match['times']}次”按平均分布理解。",)
        return Phrase((TimeLimit(kind, shorter),), doubts)
    return Phrase((TimeLimit(kind, every),))


def _named_doubts(match: re.Match[str]) -> tuple[str, ...]:
    named = match["named"]
    if named is None or named.endswith(_MEETING_DAYS):
        return ()
    return (f"“{named}”不一定是公开的日子。",)


def _on_day(match: re.Match[str]) -> Phrase:
    every = every_of(match["every"])
    day, by = day_and_side(match)
    month = month_within(match["month"], every)
    doubts = _named_doubts(match)
    if every is not Every.MONTH and month is None:
        doubts += ("没有写是哪个月。",)
    rule = TimeLimit("recur", every, month=month, day=day, by=by)
    if match["past"]:
        return of_last_period(match, rule, doubts)
    return Phrase((rule,), doubts)


def _on_last_period(match: re.Match[str]) -> Phrase:
    return of_last_period(match, TimeLimit("recur", every_of(match["every"])), ())


def _in_month(match: re.Match[str]) -> Phrase:
    every = every_of(match["every"])
    rule = TimeLimit("recur", every, month=month_within(match["month"], every))
    return Phrase((rule,), ("没有写到哪一天。",))


def _day_range(match: re.Match[str]) -> Phrase:
    every = every_of(match["every"])
    day = number_of(match["day"]) if match["day"] else {"上旬": 10, "中旬": 20}[match["third"]]
    month = month_within(match["month"], every)
    rule = TimeLimit("recur", every, month=month, day=day, by="before")
    return Phrase((rule,), (f"按最迟{day}日理解。",))


def _in_next_period(match: re.Match[str]) -> Phrase | None:
    span = every_of(match["span"])
    every = every_of(match["every"]) if match["every"] else span
    day, by = day_and_side(match)
    month = month_within(match["month"], span)
    if span is Every.MONTH and every is not Every.MONTH:
        month = 1  # 每季度结束后次月: the first of the next quarter
    elif span is not every:
        return None
    rule = TimeLimit("recur", every, month=month, day=day, by=by, of="next_period")
    doubts = _named_doubts(match)
    if every is not Every.MONTH and month is None:
        doubts += ("没有写是哪个月。",)
    return Phrase((rule,), doubts)


def _days_after_period(match: re.Match[str]) -> Phrase | None:
    counted = count_days(match["days"], match["unit"])
    if counted is None:
        return None
    days, unit, doubts = counted
    spans = re.split(r"[、和或及]", match["all"])
    rules = (
        TimeLimit("recur", every_of(span), days=days, unit=unit, from_="period_end")
        for span in spans
    )
    return Phrase(tuple(rules), doubts if match["within"] else (*doubts, "没有写“以内”。"))


def _month_after_period(match: re.Match[str]) -> Phrase:
    every = every_of(match["every"])
    day, by = day_and_side(match)
    month = month_within(match["month"], every)
    return Phrase((TimeLimit("recur", every, month=month, day=day, by=by, of="next_period"),))


def _end_of_period(match: re.Match[str]) -> Phrase:
    every = every_of(match["every"])
    return Phrase((TimeLimit("recur", every),), ("月末、季末、年末没有写哪一天。",))


def _either_period(match: re.Match[str]) -> Phrase | None:
    choices = (every_of(match["one"]).value, every_of(match["other"]).value)
    if len(set(choices)) == 1:
        return None
    return Phrase((TimeLimit("recur_choice", choices=choices),))


PERIOD_READERS: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (_EITHER_PERIOD, _either_period),
    (_DAYS_AFTER_PERIOD, _days_after_period),
    (_MONTH_AFTER_PERIOD, _month_after_period),
    (_IN_NEXT_PERIOD, _in_next_period),
    (_ON_DAY, _on_day),
    (_ON_LAST_PERIOD, _on_last_period),
    (_PERIOD_ALONE, _period_alone),
    (_ONCE_IN_PERIOD, _period_alone),
    (_PERIOD_CHARACTER, _period_alone),
    (_IN_MONTH, _in_month),
    (_DAY_RANGE, _day_range),
    (_END_OF_PERIOD, _end_of_period),
)
