"""Reads a phrase by the patterns of all files, and knows parts that set no time.

Such parts are provisos, holidays, channels and topics.
"""

import re
from dataclasses import replace

from bulletin.domain.deadlines.phrase_dates import DATE_READERS
from bulletin.domain.deadlines.phrase_events import EVENT_READERS
from bulletin.domain.deadlines.phrase_periods import PERIOD_READERS
from bulletin.domain.deadlines.tokens import (
    CHANNELS,
    MENTIONS_TIME,
    MUST,
    NARROWS_RULE,
    NOT_A_SUBJECT,
    PUBLISH,
    Phrase,
)

_PROVISO = re.compile(r".*(?:另有规定|有特别规定).*|从其规定")
_SINCE_POSTED = re.compile(rf"(?:自|从){PUBLISH}之日起(?:计算|算)?")
_EXCEPT = re.compile(r".*除外")
_HOLIDAY = re.compile(r"[遇逢如若]?.*(?:节假?日|双休日|休息日).*(?:顺延|延后|推迟|提前).*")
_TOPIC = re.compile(
    r".*(?:事项|内容|情况|工作|项目|信息|资料|政策|制度|名单|[财村党政事三]务(?:公开)?)"
)
_SPEAKS_OF_TIME = re.compile(r"及时|定期|立即|尽快|尽早|适时|实时")
# 审核结束后将名单公示7天: since when, is not said in days.
_BEFORE_OR_AFTER = re.compile(
    rf"[前后](?=[将把在向由对,]|{MUST}|予以|进行|及时|统一|集中|再|即|{PUBLISH}|$)"
)
_UPDATED = re.compile(rf"{PUBLISH}(?:的)?$")
_ONLY_CHANNEL = re.compile(
    rf"(?:并|同时)?(?:在|通过|利用|于)?{CHANNELS}(?:[、和]{CHANNELS})*(?:上|内|中)?(?:予以|进行)?"
    r"(?:公布|公开|公示|发布|张贴)?"
)
_LIMITED = re.compile(rf".*限时{PUBLISH}")
_ON_REQUEST = re.compile(r".*依申请(?:公开)?")


def is_proviso(words: str) -> bool:
    """法律另有规定的除外; not where a time limit of its own stands beside it."""
    if _SINCE_POSTED.fullmatch(words):
        return True
    return _PROVISO.fullmatch(words) is not None and MENTIONS_TIME.search(words) is None


def is_exception(words: str) -> bool:
    return _HOLIDAY.fullmatch(words) is not None or _EXCEPT.fullmatch(words) is not None


def doubts_without_rule(part: str) -> tuple[str, ...] | None:
    """Doubts of a part that is no rule; None when it may be one."""
    if not part or is_proviso(part) or _ONLY_CHANNEL.fullmatch(part):
        return ()
    if _LIMITED.fullmatch(part):
        return (f"“{part}”没有写公示几天。",)
    if _HOLIDAY.fullmatch(part):
        return ("“遇节假日顺延”要由人决定。",)
    if _EXCEPT.fullmatch(part):
        return (f"“{part}”要由人决定。",)
    if _ON_REQUEST.fullmatch(part):
        return (f"“{part}”不是主动公开。",)
    is_topic = _TOPIC.fullmatch(part) and not (
        NOT_A_SUBJECT.search(part) or _SPEAKS_OF_TIME.search(part)
    )
    if is_topic and read_phrase(part) is None:
        return (f"只说的是“{part}”。",) if NARROWS_RULE.search(part) else ()
    return None


def read_phrase(words: str) -> Phrase | None:
    """What a phrase without white space says; None when no pattern takes it whole."""
    for shape, reader in (*PERIOD_READERS, *DATE_READERS, *EVENT_READERS):
        match = shape.fullmatch(words)
        if match is None:
            continue
        try:
            phrase = reader(match)
        except ValueError:  # the 32nd, 400 days: no rule says that
            continue
        if phrase is None:
            continue
        subject = match.groupdict().get("subject") or ""
        if NOT_A_SUBJECT.search(subject):
            continue
        if _BEFORE_OR_AFTER.search(subject):
            return replace(phrase, doubts=(*phrase.doubts, f"“{subject}”没有写几天。"))
        if "更新" in words and _UPDATED.search(subject):
            return replace(phrase, doubts=(*phrase.doubts, "只写了何时更新，没有写何时公开。"))
        if NARROWS_RULE.search(subject):
            return replace(phrase, doubts=(*phrase.doubts, f"“{subject}”可能改变时限。"))
        return phrase
    return None
