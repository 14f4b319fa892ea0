"""Phrases that count from an event, or name no day: 收到批复后5日内, 选举日前20日, 随时, 公示7日."""

import re

from bulletin.domain.deadlines.manner import NOUN
from bulletin.domain.deadlines.rules import TimeLimit
from bulletin.domain.deadlines.tokens import (
    BEFORE,
    MENTIONS_TIME,
    MUST,
    NARROWS_RULE,
    NOT_A_SUBJECT,
    PUBLISH,
    TAIL,
    UNIT,
    WITHIN,
    N,
    Phrase,
    Reader,
    count_days,
    pattern,
)

_SINCE = r"(?:之日起|之日|之时起|之时|当日起|算起|之后|以后|后|起)+"
_DAYS_AFTER = re.compile(
    rf"(?P<event>.+?){_SINCE}(?:的)?,?(?:最迟|最长)?(?P<most>不超过|不得超过|不晚于)?在?"
    rf"(?:(?P<least>{N})(?:-|~|—|至|到))?(?P<days>{N}|半)(?P<unit>{UNIT})(?P<within>{WITHIN})?{TAIL}"
)
_DAYS_WITHIN = re.compile(
    rf"(?P<event>.+?)(?:的)?(?P<most>)(?P<least>)(?P<days>{N})(?P<unit>{UNIT})(?P<within>{WITHIN}){TAIL}"
)
_DAYS_AHEAD = re.compile(
    rf"(?P<event>.+?)(?:的|之)?(?:至少)?(?:提前|前)(?:至少)?(?P<days>{N})(?P<unit>{UNIT})(?P<within>{WITHIN})?{TAIL}"
)
_DAYS_BEFORE = re.compile(
    rf"(?P<event>.+?)(?:的|之)?(?:至少)?(?P<days>{N})(?P<unit>{UNIT}){BEFORE}{TAIL}"
)
_BEFORE_WITHOUT_DAYS = re.compile(rf"(?P<event>.+?)(?:{BEFORE}){TAIL}")
# 在开展清产核资工作时公开: the moment of the event, where a word of publishing follows.
_AT_THE_TIME = re.compile(
    rf"(?P<event>(?:在|于).{{2,30}}?|.{{0,8}}?(?:选举|换届|交接|离任))(?:之|的同)?时{MUST}?(?={PUBLISH}|予以|进行|向){TAIL}"
)
_SAME_DAY = re.compile(rf"(?P<event>.+?)(?:之?后)?(?:的)?(?:当日|当天|当场){TAIL}")
_BEFORE_OR_AFTER = re.compile(r"[前后]|日(?:或者?|和|及|、)")
_NO_EVENT = re.compile(
    rf"前$|每|[0-9]月|[下次]月|{PUBLISH}期|^{PUBLISH}(?!事项|内容|信息)|^期限|时限|^时间|[;。/:]|{N}个?(?:工作|自然)?[日天]|"
    rf"{N}[-~—至到]?$|[年月季]度?(?:终了|结束)$|[、或并和及且]$|"
    rf"[年月季](?:终|末|底)$|[上下第]{N}?个?季度|^{N}季度|[上中下]旬|及时|[月季]$|次季|^(?:至少|最少|最迟|最晚|一般|应当?|必须|[^会])$"
)
_PREPOSITION = re.compile(r"(?:自(?![然治留筹愿主行己])|从(?!业)|在(?![建册编职])|于)")
_BEHIND_OBLIGATION = re.compile(rf"(?P<subject>.*?)(?:{MUST}|》)(?:自|从|在|于)(?P<event>.+)")
# 候选人名单在投票日: what is published, who publishes it, and then the event.
_BEHIND_THING = re.compile(
    rf"(?P<subject>(?:[^,;]{{0,30}}?(?:(?!信息){NOUN}|[公民]约|章程|议题|决议))?),?{MUST}*"
    rf"(?:由[^,;在于自从]{{2,14}})?{_PREPOSITION.pattern}(?P<event>[^,;在于自从]+)"
)
# 镇民政办收到批复: who receives it is no part of the event.
_RECEIVED = re.compile(
    rf"[^,;在于自从]{{1,14}}(?:[办局站所]|政府|委员会|部门|单位|中心|合作社|组织)(?:{MUST})?(?:在|自)?(?P<event>[收接]到.+)"
)
_MAX_EVENT = 40
# 评议结果评议当日: what is published has run into the event.
_RUN_TOGETHER = re.compile(
    r"(?:结果|情况|名单|账目)(?!形成|变更|确定|公[布示开告]|产生|批复|下达|通过|出来|发布|认定|审|经|获|报|[、和或及]).|"
    r"(?:结果|情况|名单|账目)$"
)


def _event_of(words: str) -> tuple[str, tuple[str, ...]] | None:
    """The event without what leads to it: 自收到批复 → 收到批复."""
    preposition = _PREPOSITION.match(words)
    led_to = preposition is not None
    if preposition is not None:
        words = words[preposition.end() :]
    elif (behind := _BEHIND_OBLIGATION.fullmatch(words)) is not None:
        led_to = True
        if NARROWS_RULE.search(behind["subject"]) or NOT_A_SUBJECT.search(behind["subject"]):
            return None
        words = behind["event"]
    elif (thing := _BEHIND_THING.fullmatch(words)) is not None:
        led_to = True
        if NARROWS_RULE.search(thing["subject"]) or NOT_A_SUBJECT.search(thing["subject"]):
            return None
        words = thing["event"]
    if (received := _RECEIVED.fullmatch(words)) is not None:
        words, led_to = received["event"], True
    if not words or len(words) > _MAX_EVENT:
        return None
    if _NO_EVENT.search(words) or MENTIONS_TIME.search(words):
        return None
    doubtful = not led_to and _PREPOSITION.search(words, 1) is not None
    doubtful = (
        doubtful
        or (not led_to and _RUN_TOGETHER.search(words) is not None)
        or "," in words
        or _BEFORE_OR_AFTER.search(words) is not None
        or NARROWS_RULE.search(words) is not None
    )
    return words, (f"请核对从哪件事起算：“{words}”。",) if doubtful else ()


def _counted_from_event(
    kind: str, match: re.Match[str], more_doubts: tuple[str, ...] = ()
) -> Phrase | None:
    counted = count_days(match["days"], match["unit"])
    event = _event_of(match["event"])
    if counted is None or event is None:
        return None
    days, unit, doubts = counted
    words, doubtful = event
    return Phrase(
        (TimeLimit(kind, days=days, unit=unit, event=words),), (*doubts, *doubtful, *more_doubts)
    )


def _days_after(match: re.Match[str]) -> Phrase | None:
    doubts: tuple[str, ...] = () if match["within"] or match["most"] else ("没有写“以内”。",)
    if match["least"]:
        doubts += (f"按最多{match['days']}{match['unit']}理解。",)
    return _counted_from_event("event_offset", match, doubts)


def _days_ahead(match: re.Match[str]) -> Phrase | None:
    return _counted_from_event(
        "before_event", match, ("“前几日内”可以有两种理解。",) if match["within"] else ()
    )


def _days_before(match: re.Match[str]) -> Phrase | None:
    return _counted_from_event("before_event", match)


def _before_without_days(match: re.Match[str]) -> Phrase | None:
    event = _event_of(match["event"])
    if event is None:
        return None
    return Phrase((TimeLimit("before_event", event=event[0]),), ("没有写提前几天。",))


def _same_day(match: re.Match[str]) -> Phrase | None:
    event = _event_of(match["event"])
    return None if event is None else Phrase((TimeLimit("event_at", event=event[0]),), event[1])


# --- without a day -------------------------------------------------------------------------------

_AT_LEAST_DAYS = r"不得?少于|不得低于|不低于|不短于|不得短于|至少"
_DISPLAY = pattern(
    rf"(?:{PUBLISH}(?:的)?(?:期限|时限|时间|期|天数)?|(?:期限|时限))(?:为|一般为)?"
    rf"(?:(?:自|从)?{PUBLISH}之日起)?(?:{_AT_LEAST_DAYS}|满)?(?P<days>{N}|半)(?P<unit>{UNIT})(?:以上)?"
)
_DISPLAY_OF = pattern(
    rf"(?:{_AT_LEAST_DAYS})(?P<days>{N})(?P<unit>{UNIT})(?:以上)?的(?:{PUBLISH})(?:期限|期|时间)?"
)
_STAGE = pattern(
    r"(?:(?:按照?|根据|依据|随)(?:工程|项目|工作)?(?:实施|建设)?(?:进展|进度|实施)(?:情况)?(?:分期|分段|逐段|"
    r"分阶段)?|逐段|分阶段|分段|分期|阶段性|每(?:完成|进行)?(?:一|1)?个?阶段(?:工作|任务)?(?:完成后|结束后)?|"
    rf"[^,;]{{1,6}}前{PUBLISH}?、?[^,;]{{1,4}}中{PUBLISH}?、?[^,;]{{1,4}}后{PUBLISH}?(?:全过程|分阶段|分期)?|全过?程)"
)
_PROMPTLY = pattern(
    r"(?:(?P<event>.{1,20}?)(?:之后|以后|后))?"
    r"(?P<way>随时|及时|实时|即时|立即|适时|尽快|尽早|第一时间|随发生随|随办随|即办即|随审随)(?:单独)?"
)
_CONTINUOUS = pattern(r"(?:长期|常年|长久|永久|常态化|固定)")
_EXTERNAL = re.compile(
    r"(?P<subject>.{0,20}?)(?:按照|按|依照|根据|依据|遵照)(?P<who>.*?)(?:要求|规定|通知|部署|安排|文件|时限|时间)"
    rf"(?:的?(?:时[限间]|期限))?(?:执行|办理)?{TAIL}"
)


def _display(match: re.Match[str]) -> Phrase | None:
    counted = count_days(match["days"], match["unit"])
    if counted is None:
        return None
    days, unit, doubts = counted
    return Phrase((TimeLimit("display", days=days, unit=unit),), doubts)


def _promptly(match: re.Match[str]) -> Phrase:
    if match["event"]:
        rule = TimeLimit("promptly", event=match["event"])
        return Phrase((rule,), ("没有写事情发生后几天。",))
    return Phrase(
        (TimeLimit("promptly"),), ("“适时”没有写多久。",) if match["way"] == "适时" else ()
    )


def _external(match: re.Match[str]) -> Phrase | None:
    if MENTIONS_TIME.search(f"按{match['who']}"):
        return None
    return Phrase((TimeLimit("external"),))


def _rule_of_kind(kind: str) -> Reader:
    return lambda _: Phrase((TimeLimit(kind),))


EVENT_READERS: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (_STAGE, _rule_of_kind("stage")),
    (_CONTINUOUS, _rule_of_kind("standing")),
    (_PROMPTLY, _promptly),
    (_DISPLAY, _display),
    (_DISPLAY_OF, _display),
    (_DAYS_AFTER, _days_after),
    (_DAYS_WITHIN, _days_after),
    (_DAYS_BEFORE, _days_before),
    (_DAYS_AHEAD, _days_ahead),
    (_SAME_DAY, _same_day),
    (_AT_THE_TIME, _same_day),
    (_EXTERNAL, _external),
    (_BEFORE_WITHOUT_DAYS, _before_without_days),
)
