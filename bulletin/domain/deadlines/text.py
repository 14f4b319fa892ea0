"""A rule in words: what was understood of a wording, shown to the person who confirms it."""

from bulletin.domain.deadlines.periods import Every
from bulletin.domain.deadlines.rules import TimeLimit
from bulletin.domain.labels import labels_of

_NEXT_WORDS = {
    Every.MONTH: "下月",
    Every.TWO_MONTHS: "下一个两月期",
    Every.QUARTER: "下一季度",
    Every.HALF_YEAR: "下半年",
    Every.YEAR: "次年",
}
_LAST, _SHORT_MONTHS = 31, frozenset({2, 4, 6, 9, 11})
_FIXED_WORDS = {
    "promptly": "随时公开",
    "stage": "每完成一个阶段公开一次",
    "standing": "长期公开",
    "external": "按其他规定",
    "unknown": "没有读懂",
}


def limit_words(limit: TimeLimit) -> str:
    """每季度第1个月15日前; the same words read again give the same rule, where words exist for it."""
    if limit.every is not None:
        return _recurring(limit, limit.every)
    match limit.kind:
        case "recur_choice":
            return "或者".join(Every(every).label for every in limit.choices)
        case "event_offset":
            return f"{limit.event}之日起{_count(limit)}内"
        case "before_event":
            return f"{limit.event}前{_count(limit)}" if limit.days else f"{limit.event}前"
        case "event_at":
            return f"{limit.event}当日"
        case "display":
            return f"公示{_count(limit)}"
        case "promptly" | "stage" if limit.days:
            return f"{_FIXED_WORDS[limit.kind]}（{_count(limit)}内）"
        case _:
            return _FIXED_WORDS[limit.kind]


def _recurring(limit: TimeLimit, every: Every) -> str:
    start = f"{limit.condition.removesuffix('的')}的，" if limit.condition else ""
    if limit.from_ == "period_end":
        return f"{start}{every.label}结束后{_count(limit)}内"
    if limit.month is None and limit.day is None:
        least = {"recur_min": "至少", "recur_max": "最多"}.get(limit.kind, "")
        return f"{start}{least}{every.label}一次"
    return f"{start}{_day_of(limit, every)}{'前' if limit.by == 'before' else ''}"


def _day_of(limit: TimeLimit, every: Every) -> str:
    labels = _NEXT_WORDS if limit.of == "next_period" else labels_of(Every)
    month = ""
    if limit.month is not None:
        month = f"{limit.month}月" if every is Every.YEAR else f"第{limit.month}个月"
    # A rule says the 31st for the end of any month; people say 6月底.
    ends = every is Every.YEAR and limit.day == _LAST and limit.month in _SHORT_MONTHS
    day = f"{limit.day}日" if limit.day and not ends else "底"
    return f"{labels[every]}{month}{day}"


def _count(limit: TimeLimit) -> str:
    return f"{limit.days}{'个工作日' if limit.unit == 'working' else '日'}"
