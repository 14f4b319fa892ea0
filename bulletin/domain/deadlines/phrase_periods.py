"""Phrases that recur: 每季度首月20日, 至少每半年一次, 下月的十五日前, 每季结束后10日内."""

import re

from bulletin.domain.amounts import number_of
from bulletin.domain.deadlines.periods import Every
from bulletin.domain.deadlines.rules import TimeLimit
from bulletin.domain.deadlines.tokens import (
    BEFORE,
    DAY,
    MONTH,
    MUST,
    PAST,
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
    of_last,
    pattern,
)

_NAMED = r"(?:为(?P<named>.{2,10}?日))?"
_AT_LEAST = r"至少|最少|不少于|不得少于|不低于"
_AT_MOST = r"至多|最多|不超过|不多于"
_BARE = pattern(
    rf"(?P<before>{_AT_LEAST}|{_AT_MOST})?(?P<every>{PERIOD}){MUST}?"
    rf"(?:{PUBLISH})?(?P<after>{_AT_LEAST}|{_AT_MOST})?(?:一?{PUBLISH})?(?:(?P<times>{N})次)?"
)
_ONCE = pattern(
    rf"(?P<before>{_AT_LEAST}|{_AT_MOST})?(?P<every>(?:一个?|1个)(?:{SPAN})|(?:[三六两二十]|[0-9]+)个月)(?:{MUST}|{PUBLISH})*(?P<after>{_AT_LEAST}|{_AT_MOST})?"
    rf"(?:(?P<times>{N})次|一{PUBLISH})"
)
_SHORT = re.compile(
    rf"(?P<every>[月季年])(?P<before>)(?P<after>)(?:(?P<times>{N})次|一?{PUBLISH}(?:一次)?)?"
)
_ON_DAY = pattern(rf"(?P<every>{PERIOD})(?:{MONTH})?{DAY}{_NAMED}{PAST}")
_OF_LAST = pattern(rf"(?P<every>{PERIOD})(?={PUBLISH}上){PAST}")
_IN_MONTH = pattern(rf"(?P<every>{PERIOD}){MONTH}")
_RANGE = pattern(
    rf"(?P<every>{PERIOD})(?:{MONTH})?(?:的)?(?:{N}[日号]?(?:至|到|-|~|—)(?P<day>{N})[日号]|"
    r"(?P<third>[上中]旬))(?:之?[间前内])?"
)
_NEXT = pattern(
    rf"(?:(?P<every>{PERIOD}|季(?=末))(?:结束|终了|末)?(?:后)?(?:的)?)?(?:下|次)(?:一|1)?个?(?P<span>{SPAN})"
    rf"(?:{MONTH})?{DAY}{_NAMED}"
)
_AFTER_END = pattern(
    rf"(?P<all>{PERIOD}(?:[、和或及]{PERIOD})*|[月季])(?:(?:结束|终了|期满|期末)(?:之日)?(?:之后|以后|后|起)?|后)"
    rf"(?:的)?(?P<days>{N})(?P<unit>{UNIT})(?P<within>{WITHIN})?"
)
_MONTH_AFTER = pattern(rf"(?P<every>{PERIOD})(?:结束|终了)(?:之?后)?{MONTH}{DAY}")
_END = pattern(rf"(?P<every>{PERIOD}|[月季年])(?:月|季|年)?(?:末|底)(?:{BEFORE})?")
_CHOICE = pattern(rf"(?P<one>{PERIOD})或者?(?P<other>{PERIOD})")
_MEETING_DAYS = ("公开日", "公布日", "公示日")


def _bare(found: re.Match[str]) -> Phrase | None:
    every = every_of(re.sub(r"^[一1]个?", "", found["every"]))
    bound = found["before"] or found["after"] or ""
    kind = "recur"
    if bound:
        kind = "recur_min" if re.fullmatch(_AT_LEAST, bound) else "recur_max"
    times = number_of(found["times"]) if found["times"] else 1
    if times != 1:
        shorter = next((e for e in Every if times and e.months * times == every.months), None)
        if shorter is None:
            return None
        doubts = (f"“{found['times']}次”按平均分布理解。",)
        return Phrase((TimeLimit(kind, shorter),), doubts)
    return Phrase((TimeLimit(kind, every),))


def _named_doubts(found: re.Match[str]) -> tuple[str, ...]:
    named = found["named"]
    if named is None or named.endswith(_MEETING_DAYS):
        return ()
    return (f"“{named}”不一定是公开的日子。",)


def _on_day(found: re.Match[str]) -> Phrase:
    every = every_of(found["every"])
    day, by = day_and_side(found)
    month = month_within(found["month"], every)
    doubts = _named_doubts(found)
    if every is not Every.MONTH and month is None:
        doubts += ("没有写是哪个月。",)
    rule = TimeLimit("recur", every, month=month, day=day, by=by)
    if found["past"]:
        return of_last(found, rule, doubts)
    return Phrase((rule,), doubts)


def _of_last(found: re.Match[str]) -> Phrase:
    return of_last(found, TimeLimit("recur", every_of(found["every"])), ())


def _in_month(found: re.Match[str]) -> Phrase:
    every = every_of(found["every"])
    rule = TimeLimit("recur", every, month=month_within(found["month"], every))
    return Phrase((rule,), ("没有写到哪一天。",))


def _range(found: re.Match[str]) -> Phrase:
    every = every_of(found["every"])
    day = number_of(found["day"]) if found["day"] else {"上旬": 10, "中旬": 20}[found["third"]]
    month = month_within(found["month"], every)
    rule = TimeLimit("recur", every, month=month, day=day, by="before")
    return Phrase((rule,), (f"按最迟{day}日理解。",))


def _next(found: re.Match[str]) -> Phrase | None:
    span = every_of(found["span"])
    every = every_of(found["every"]) if found["every"] else span
    day, by = day_and_side(found)
    month = month_within(found["month"], span)
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
        TimeLimit("recur", every_of(span), days=days, unit=unit, from_="period_end")
        for span in spans
    )
    return Phrase(tuple(rules), doubts if found["within"] else (*doubts, "没有写“以内”。"))


def _month_after(found: re.Match[str]) -> Phrase:
    every = every_of(found["every"])
    day, by = day_and_side(found)
    month = month_within(found["month"], every)
    return Phrase((TimeLimit("recur", every, month=month, day=day, by=by, of="next_period"),))


def _end(found: re.Match[str]) -> Phrase:
    every = every_of(found["every"])
    return Phrase((TimeLimit("recur", every),), ("月末、季末、年末没有写哪一天。",))


def _choice(found: re.Match[str]) -> Phrase | None:
    choices = (every_of(found["one"]).value, every_of(found["other"]).value)
    if len(set(choices)) == 1:
        return None
    return Phrase((TimeLimit("recur_choice", choices=choices),))


PERIOD_READERS: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (_CHOICE, _choice),
    (_AFTER_END, _after_end),
    (_MONTH_AFTER, _month_after),
    (_NEXT, _next),
    (_ON_DAY, _on_day),
    (_OF_LAST, _of_last),
    (_BARE, _bare),
    (_ONCE, _bare),
    (_SHORT, _bare),
    (_IN_MONTH, _in_month),
    (_RANGE, _range),
    (_END, _end),
)
