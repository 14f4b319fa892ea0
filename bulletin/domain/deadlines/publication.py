"""What a sentence says of publishing beside its time: who, what, where, to whom and how.

将承接查验结果在物业区域内显著位置公示 sets no time; without it 签订之日起三日内 is read by the
phrases. Only words that are known to say no time, no exception and no other act are left out, so
that a sentence which says more stays unread and goes to a person.
"""

import re
from collections.abc import Sequence

from bulletin.domain.deadlines.manner import NOUN, WHAT, verb_behind_manner
from bulletin.domain.deadlines.rules import TimeLimit
from bulletin.domain.deadlines.tokens import (
    MENTIONS_TIME,
    MUST,
    NARROWS_RULE,
    NOT_A_SUBJECT,
    PUBLISH,
    SPAN,
    UNIT,
    WITHIN,
    N,
    every_of,
)

# Words of another act, of another moment or of a further rule: no mere manner of publishing.
_ANOTHER_ACT = re.compile(
    r"报送|上报|呈报|报(?![告表名销纸刊废酬])|提请|提交|交(?![易通接费纳])|转交|送|发给|提供给|通知|告知|备案|答复|回复|召开|发放到|"
    r"并|前(?!款|述|期物业)|后(?!勤|备|续)|(?<!临)时(?!间)|期间|期满|届满|之日|以[内上下]|其[他余它]|可以|"
    rf"{N}个?(?:工作|自然)?[日天]|条件|同意|去年|今年|明年|本月|次|的$"
)
# 将情况每季度公布, 将方案在批准后公布: what is published stands before the time.
_BEFORE_TIME = re.compile(rf"(?P<words>{WHAT})(?=每(?:个|半)?[月季年])")
# 规划批准后, 编制单位应当在三十日内公布: the event stands before who publishes.
_EVENT_AHEAD = re.compile(
    rf"^(?P<event>[^,;。]{{2,30}}?(?<![之以])后),(?P<words>[^,;。]{{0,24}}?{MUST}?)(?:在|于)?(?={N}{UNIT}{WITHIN})"
)
# 变动情况由村民委员会自变动之日起五日内公告
_BY_BEFORE_TIME = re.compile(
    rf"{MUST}?(?P<words>由[^,;。在于自从每将把向由]{{2,14}})(?=自(?!然)|在)"
)
_OBJECT = re.compile(
    rf"(?P<verb>(?:{PUBLISH})+(?:[一1]次)?)(?!{PUBLISH}|[一1]次)(?P<words>[^,;。]{{1,40}}?(?:{NOUN}|下列[^,]{{0,8}}))(?=,|$)"
)
_AFTER_PLACE = re.compile(
    rf"(?P<verb>{PUBLISH})(?P<words>于[^,;。每]{{2,30}}?(?:网站|平台|媒体|栏|场所|位置))(?=,|$)"
)
_FOLLOWS = re.compile(
    r"(?:并|同时|自觉|依法|广泛)*(?:接受[^,]{0,30}(?:监督|查询)|(?:提供条件)?方便[^,]{0,10}查[询阅]|为[^,]{2,8}提供方便|"
    r"(?:征求|听取)[^,]{0,24}(?:意见|建议)|保障[^,]{2,20}权|前款规定的?事项中|"
    r"公[布开]?[^,]{0,10}(?:电话|邮箱|信箱|联系方式)|报[^,]{2,30}备案|告知[^,]{2,20}|(?:相关|有关)材料由[^,]{2,14}保管)"
)
# 公布并报镇人民政府备案: what follows stands without a comma.
_JOINED = re.compile(rf"(?<={PUBLISH})(?=(?:并|同时)+(?:报|接受|告知|公布[^,]*(?:电话|邮箱)))")
# 三日内公示十日: by when, and how long.
_AND_HOW_LONG = re.compile(
    rf"(?P<within>{N}{UNIT}{WITHIN})(?P<verb>{PUBLISH})(?={N}{UNIT}(?:以上)?(?:,|$))"
)
# 一般每季度一次,最长不超过三个月: the bound is firm.
_USUALLY = re.compile(r"一般(?=每[^,]{1,8},[^,]{0,6}最长)")
_BARE = re.compile(rf"(?:并|同时)?(?:[^,]{{2,30}}{MUST})?(?:并|予以|进行)?(?:{PUBLISH})+")
_OTHER_DUTY = re.compile(r"[^,]{2,30}?(?:应当|必须|应)[^,]{4,44}")
_WITHIN_DAYS = re.compile(rf"{N}{UNIT}{WITHIN}")
_AT_LONGEST = re.compile(
    rf"定期(?:予以)?(?P<verb>{PUBLISH}),(?:每次)?(?:间隔)?(?:时间|期限)?最长(?:间隔)?(?:不得?超过|不得?长于)"
    rf"(?P<span>(?:一|1)?个?(?:{SPAN}))(?=,|$)"
)
_LONGEST_PART = re.compile(
    r"(?:每次)?(?:间隔)?(?:时间|期限)?最长(?:间隔)?(?:不得?超过|不得?长于)"
    rf"(?P<span>(?:一|1)?个?(?:{SPAN}))"
)


def says_only_manner(words: str) -> bool:
    """Whether words hold no time, no exception and no other act."""
    return not (
        MENTIONS_TIME.search(words) or NARROWS_RULE.search(words) or _ANOTHER_ACT.search(words)
    )


def without_manner(sentence: str) -> str:
    """The sentence without who, what, where, to whom and how; its times stand as they stood."""
    sentence = _USUALLY.sub("", _JOINED.sub(",", sentence))
    sentence = _AT_LONGEST.sub(r"至少每\g<span>\g<verb>一次", sentence)
    sentence = _EVENT_AHEAD.sub(_event_first, sentence)
    sentence = _BY_BEFORE_TIME.sub(
        lambda match: "应" if says_only_manner(match["words"]) else match[0], sentence
    )
    sentence = _BEFORE_TIME.sub(lambda match: _left_out(match["words"]), sentence)
    sentence = _without_words_before_verbs(sentence)
    for shape in (_OBJECT, _AFTER_PLACE):
        sentence = shape.sub(_left_out_behind, sentence)
    return _AND_HOW_LONG.sub(r"\g<within>\g<verb>,\g<verb>", sentence)


def _without_words_before_verbs(sentence: str) -> str:
    kept, at = "", 0
    while at < len(sentence):
        verb = verb_behind_manner(sentence, at)
        if verb is None:
            kept, at = kept + sentence[at], at + 1
        else:
            kept, at = kept + _left_out(sentence[at:verb]), verb
    return kept


def _left_out(words: str) -> str:
    """Nothing, where the words say no time; obligation and comma stay what they are."""
    if not says_only_manner(words.replace("及时", "").replace("同时", "").replace("完成并", "")):
        return words
    must = re.match(MUST, words)
    return (must[0] if must else "") + ("及时" if "及时" in words else "")


def _event_first(match: re.Match[str]) -> str:
    return match["event"] if says_only_manner(match["words"]) else match[0]


def _left_out_behind(match: re.Match[str]) -> str:
    return match["verb"] + ("" if says_only_manner(match["words"]) else match["words"])


def in_time(sentence: str) -> str:
    """20日内，及时公布 is one limit, not two."""
    for within in _WITHIN_DAYS.finditer(sentence):
        verb = verb_behind_manner(sentence, within.end())
        words = sentence[within.end() : verb]
        promptly = words.rfind("及时")
        if verb and promptly >= 0 and says_only_manner(words.replace("及时", "")):
            without = words[:promptly] + words[promptly + len("及时") :]
            return sentence[: within.end()] + without + sentence[verb:]
    return sentence


def parts_with_time(sentence: str) -> list[str]:
    """The parts that may set a time; those that only say that, or what else, is done are left out."""
    parts = [
        part
        for part in sentence.split(",")
        if not (_follows_from_publishing(part) or _only_publishes(part) or _only_manner(part))
    ]
    if any(part.endswith(("完成", "完毕")) for part in parts):
        return sentence.split(",")  # 10日内完成,将结果公布: the time may be that of the work
    with_time = [part for part in parts if not _is_other_duty(part)]
    # 应当报送报表,每季度一次: without a word of publishing, the time may be the other duty's.
    return with_time if all(re.search(PUBLISH, part) for part in with_time) else parts


def keeps_within(part: str, rules: Sequence[TimeLimit]) -> bool:
    """每季度一次，最长不超过三个月: the longest span repeats the period."""
    match = _LONGEST_PART.fullmatch(part)
    if match is None:
        return False
    span = every_of(f"每{match['span'].removeprefix('一')}")
    return any(rule.every is span for rule in rules)


def _follows_from_publishing(part: str) -> bool:
    """接受村民监督: what comes of publishing sets no time."""
    return _FOLLOWS.fullmatch(part) is not None and MENTIONS_TIME.search(part) is None


def _only_publishes(part: str) -> bool:
    """发包方应当公示: that it is published, not when."""
    return _BARE.fullmatch(part) is not None and says_only_manner(part.lstrip("并"))


def _only_manner(part: str) -> bool:
    """在村民小组范围内: where, to whom or how, in a part of its own."""
    return says_only_manner(part) and verb_behind_manner(f"{part}公布", 0) == len(part)


def _is_other_duty(part: str) -> bool:
    """发包方应当拟订承包方案: a duty beside the publication, without a time of its own."""
    return (
        _OTHER_DUTY.fullmatch(part) is not None
        and says_only_manner(part)
        and NOT_A_SUBJECT.search(part) is None
        and re.search(PUBLISH, part) is None
    )
