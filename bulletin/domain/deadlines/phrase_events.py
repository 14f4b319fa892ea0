"""Phrases that wait for something, or name no day: 收到批复后5日内, 选举日前20日, 随时, 公示7日."""

import re

from bulletin.domain.deadlines.rules import TimeLimit
from bulletin.domain.deadlines.tokens import (
    BEFORE,
    MUST,
    PUBLISH,
    TAIL,
    TELLS_TIME,
    TIMES,
    TURNS,
    UNIT,
    WITHIN,
    N,
    Phrase,
    Reader,
    count_days,
    pattern,
)

_SINCE = r"(?:之日起|之日|之时起|之时|当日起|算起|之后|以后|后|起)+"
_OFFSET = re.compile(
    rf"(?P<event>.+?){_SINCE}(?:的)?,?(?:最迟|最长)?(?P<most>不超过|不得超过|不晚于)?在?"
    rf"(?:(?P<least>{N})(?:-|~|—|至|到))?(?P<days>{N}|半)(?P<unit>{UNIT})(?P<within>{WITHIN})?{TAIL}"
)
_OFFSET_WITHOUT_SINCE = re.compile(
    rf"(?P<event>.+?)(?:的)?(?P<most>)(?P<least>)(?P<days>{N})(?P<unit>{UNIT})(?P<within>{WITHIN}){TAIL}"
)
_AHEAD = re.compile(
    rf"(?P<event>.+?)(?:的|之)?(?:至少)?(?:提前|前)(?:至少)?(?P<days>{N})(?P<unit>{UNIT})(?P<within>{WITHIN})?{TAIL}"
)
_BEFOREHAND = re.compile(
    rf"(?P<event>.+?)(?:的|之)?(?:至少)?(?P<days>{N})(?P<unit>{UNIT}){BEFORE}{TAIL}"
)
_BEFORE_AT_ALL = re.compile(rf"(?P<event>.+?)(?:{BEFORE}){TAIL}")
_SAME_DAY = re.compile(rf"(?P<event>.+?)(?:的)?(?:当日|当天){TAIL}")
_SEVERAL = re.compile(r"[前后]")
_NO_EVENT = re.compile(
    rf"前$|每|[0-9]月|[下次]月|{PUBLISH}期|^{PUBLISH}|^期限|时限|^时间|[;。/:]|{N}个?(?:工作|自然)?[日天]|"
    rf"{N}[-~—至到]?$|[年月季]度?(?:终了|结束)$|[、或并和及且]$|"
    rf"[上下第]{N}?个?季度|^{N}季度|[上中下]旬|及时|[月季]$|次季|^(?:至少|最少|最迟|最晚|一般|应当?|必须|[^会])$"
)
_PREPOSITION = re.compile(r"(?:自(?![然治留筹愿主行己])|从(?!业)|在(?![建册编职])|于)")
_OBLIGED = re.compile(rf"(?P<subject>.*?)(?:{MUST}|》)(?:自|从|在|于)(?P<event>.+)")
_MAX_EVENT = 40


def _event_of(words: str) -> tuple[str, tuple[str, ...]] | None:
    """The event without what leads to it: 自收到批复 → 收到批复."""
    led = _PREPOSITION.match(words)
    if led is not None:
        words = words[led.end() :]
    elif (obliged := _OBLIGED.fullmatch(words)) is not None:
        if TURNS.search(obliged["subject"]) or TIMES.search(obliged["subject"]):
            return None
        words = obliged["event"]
    if not words or len(words) > _MAX_EVENT:
        return None
    if _NO_EVENT.search(words) or TELLS_TIME.search(words):
        return None
    unsure = led is None and _PREPOSITION.search(words, 1) is not None
    unsure = (
        unsure
        or "," in words
        or _SEVERAL.search(words) is not None
        or TURNS.search(words) is not None
    )
    return words, (f"请核对从哪件事起算：“{words}”。",) if unsure else ()


def _timed(kind: str, found: re.Match[str], further: tuple[str, ...] = ()) -> Phrase | None:
    counted = count_days(found["days"], found["unit"])
    event = _event_of(found["event"])
    if counted is None or event is None:
        return None
    days, unit, doubts = counted
    words, unsure = event
    return Phrase(
        (TimeLimit(kind, days=days, unit=unit, event=words),), (*doubts, *unsure, *further)
    )


def _offset(found: re.Match[str]) -> Phrase | None:
    doubts: tuple[str, ...] = () if found["within"] or found["most"] else ("没有写“以内”。",)
    if found["least"]:
        doubts += (f"按最多{found['days']}{found['unit']}理解。",)
    return _timed("event_offset", found, doubts)


def _ahead(found: re.Match[str]) -> Phrase | None:
    return _timed("before_event", found, ("“前几日内”可以有两种理解。",) if found["within"] else ())


def _beforehand(found: re.Match[str]) -> Phrase | None:
    return _timed("before_event", found)


def _before_at_all(found: re.Match[str]) -> Phrase | None:
    event = _event_of(found["event"])
    if event is None:
        return None
    return Phrase((TimeLimit("before_event", event=event[0]),), ("没有写提前几天。",))


def _same_day(found: re.Match[str]) -> Phrase | None:
    event = _event_of(found["event"])
    return None if event is None else Phrase((TimeLimit("event_at", event=event[0]),), event[1])


# --- without a day -------------------------------------------------------------------------------

_DISPLAY = pattern(
    rf"(?:{PUBLISH}(?:的)?(?:期限|时限|时间|期|天数)?|(?:期限|时限))(?:为|一般为)?"
    rf"(?:(?:自|从)?{PUBLISH}之日起)?(?:不得?少于|不得低于|不低于|不短于|不得短于|至少|满)?(?P<days>{N}|半)(?P<unit>{UNIT})(?:以上)?"
)
_STAGE = pattern(
    r"(?:(?:按照?|根据|依据|随)(?:工程|项目|工作)?(?:实施|建设)?(?:进展|进度|实施)(?:情况)?(?:分期|分段|逐段|"
    r"分阶段)?|逐段|分阶段|分段|分期|阶段性|每(?:完成|进行)?(?:一|1)?个?阶段(?:工作|任务)?(?:完成后|结束后)?|"
    rf"事前{PUBLISH}?、?事中{PUBLISH}?、?事后{PUBLISH}?(?:全过程)?|全过?程)"
)
_PROMPTLY = pattern(
    r"(?:(?P<event>.{1,20}?)(?:之后|以后|后))?"
    r"(?P<way>随时|及时|实时|即时|立即|适时|尽快|尽早|第一时间|随发生随)(?:单独)?"
)
_CONTINUOUS = pattern(r"(?:长期|常年|长久|永久|常态化|固定)")
_EXTERNAL = re.compile(
    r"(?P<subject>.{0,20}?)(?:按照|按|依照|根据|依据|遵照)(?P<who>.*?)(?:要求|规定|通知|部署|安排|文件|时限|时间)"
    rf"(?:的?(?:时[限间]|期限))?(?:执行|办理)?{TAIL}"
)


def _display(found: re.Match[str]) -> Phrase | None:
    counted = count_days(found["days"], found["unit"])
    if counted is None:
        return None
    days, unit, doubts = counted
    return Phrase((TimeLimit("display", days=days, unit=unit),), doubts)


def _promptly(found: re.Match[str]) -> Phrase:
    if found["event"]:
        rule = TimeLimit("promptly", event=found["event"])
        return Phrase((rule,), ("没有写事情发生后几天。",))
    return Phrase(
        (TimeLimit("promptly"),), ("“适时”没有写多久。",) if found["way"] == "适时" else ()
    )


def _external(found: re.Match[str]) -> Phrase | None:
    if TELLS_TIME.search(f"按{found['who']}"):
        return None
    return Phrase((TimeLimit("external"),))


def _plain(kind: str) -> Reader:
    return lambda _: Phrase((TimeLimit(kind),))


EVENT_READERS: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (_STAGE, _plain("stage")),
    (_CONTINUOUS, _plain("standing")),
    (_PROMPTLY, _promptly),
    (_DISPLAY, _display),
    (_OFFSET, _offset),
    (_OFFSET_WITHOUT_SINCE, _offset),
    (_BEFOREHAND, _beforehand),
    (_AHEAD, _ahead),
    (_SAME_DAY, _same_day),
    (_EXTERNAL, _external),
    (_BEFORE_AT_ALL, _before_at_all),
)
