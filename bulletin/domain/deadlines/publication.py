"""What a sentence says of publishing beside its time: who, what, where, to whom and how.

将承接查验结果在物业区域内显著位置公示 sets no time; without it 签订之日起三日内 is read by the
phrases. Only words that are known to say no time, no exception and no other act are left out, so
that a sentence which says more stays unread and goes to a person.
"""

import re
from collections.abc import Sequence

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
    r"报送|上报|呈报|报(?![告表名销纸刊废酬])|提请|提交|移交|送|通知|告知|备案|答复|回复|召开|发放到|"
    r"并|前(?!款|述|期物业)|后(?!勤|备|续)|(?<!临)时(?!间)|期间|期满|届满|之日|以[内上下]|其[他余它]|可以|"
    rf"{N}个?(?:工作|自然)?[日天]|条件|同意|去年|今年|明年|本月|次|的$"
)
_MANNER = (
    rf"(?:{MUST}|如实|真实|准确|完整|逐项|逐笔|逐户|主动|及时|集中|统一|全面|单独|书面|依法|分别|同步|同时|予以|进行|"
    r"完成并|完成)"
)
_BETWEEN = r"(?:所在|自然|[^,;。在于自从每将把向由])"
_PLACE = (
    rf"(?:(?:在|于){_BETWEEN}{{1,28}}?(?:范围|区域|辖区|公[示开告布]栏|宣传栏|公告牌|所在地|"
    r"场所|地点|位置|部位|处|网站?|网上|网络|平台|系统|媒体|报纸|村组|小组|组织|出入口)等?(?:以?内|里|上|中)?)"
)
_MEANS = (
    r"(?:(?:以|通过|利用|采取|采用|借助)[^,;。在于自从每将把向由]{1,28}?(?:形式|方式|途径|渠道|网站|平台|媒体|系统|"
    r"公[示开告布]栏|宣传栏|广播|微信群|公众号|会议|场所|报纸)等?(?:以?内|上|中)?)"
)
_AUDIENCE = (
    r"(?:(?:向|对)(?:本|全|各|所|该|广)?[^,;。在于自从每将把向由]{0,14}?"
    r"(?:社会|公众|群众|村民|居民|社员|成员|业主|职工|人员|党员|代表|农户|用户|外))"
)
_BY = r"(?:由[^,;。在于自从每将把向由]{2,14}?)"
_WHAT = r"(?:(?:将|把)[^,;。每将把]{1,60}?|对[^,;。每将把在于自从]{1,20}?(?=予以|进行))"
_NOUN = (
    r"(?:情况|内容|信息|结果|方案|名单|明细|预算|决算|收支|账目|进度|进展|计划|往来|文本|图纸|事项|标准|资金|公告|状况|"
    r"收益|报告|清单|价格|名录|目录|决定|成果|条件|款物|制度|数据|使用|开支|名册|职责|成员|电话|比例|用途|地点|概况)"
)
_HOW = rf"(?:{_MANNER}|{_PLACE}|{_MEANS}|{_AUDIENCE}|{_WHAT}|{_BY})"
# A comma stands behind words that are whole: 将会议情况, 在村公示栏; 将会议记录归档, is another act.
_WHOLE = rf"(?:{_MANNER}|{_PLACE}|{_MEANS}|{_AUDIENCE}|{_WHAT}{_NOUN}|{_BY})"
# A part that begins anew goes on only behind the time: 三日内, 业主委员会应当将…公布.
_ANEW = r"(?<=[内前日起]),"
_SUBJECT = rf"(?:{_ANEW}[^,;。将把]{{2,24}}?{MUST}(?=将|把|在|于|向|以|通过|由|{PUBLISH}))"
_BESIDE_TIME = re.compile(rf"(?P<words>(?:{_SUBJECT}|{_ANEW})?(?:{_WHOLE},|{_HOW})+?)(?={PUBLISH})")
# 将情况每季度公布, 将方案在批准后公布: what is published stands before the time.
_BEFORE_TIME = re.compile(rf"(?P<words>{_WHAT})(?=每(?:个|半)?[月季年])")
# 规划批准后, 编制单位应当在三十日内公布: the event stands before who publishes.
_EVENT_AHEAD = re.compile(
    rf"^(?P<event>[^,;。]{{2,30}}?(?<![之以])后),(?P<words>[^,;。]{{0,24}}?{MUST}?)(?:在|于)?(?={N}{UNIT}{WITHIN})"
)
# 变动情况由村民委员会自变动之日起五日内公告
_BY_BEFORE_TIME = re.compile(r"(?P<words>由[^,;。在于自从每将把向由]{2,14})(?=自(?!然)|在)")
_OBJECT = re.compile(
    rf"(?P<verb>(?:{PUBLISH})+(?:[一1]次)?)(?!{PUBLISH}|[一1]次)(?P<words>[^,;。]{{1,40}}?(?:{_NOUN}|下列[^,]{{0,8}}))(?=,|$)"
)
_AFTER_PLACE = re.compile(
    rf"(?P<verb>{PUBLISH})(?P<words>于[^,;。每]{{2,30}}?(?:网站|平台|媒体|栏|场所|位置))(?=,|$)"
)
_FOLLOWS = re.compile(
    r"(?:并|同时|自觉|依法|广泛)*(?:接受[^,]{0,30}(?:监督|查询)|(?:提供条件)?方便[^,]{0,10}查[询阅]|为[^,]{2,8}提供方便|"
    r"(?:征求|听取)[^,]{0,24}(?:意见|建议)|保障[^,]{2,20}权|前款规定的?事项中|"
    r"报[^,]{2,30}备案|告知[^,]{2,20}|(?:相关|有关)材料由[^,]{2,14}保管)"
)
_BARE = re.compile(rf"(?:并|同时)?(?:[^,]{{2,30}}{MUST})?(?:并|予以|进行)?{PUBLISH}")
_OTHER_DUTY = re.compile(r"[^,]{2,30}?(?:应当|必须|应)[^,]{4,44}")
_AT_LONGEST = re.compile(
    rf"定期(?:予以)?(?P<verb>{PUBLISH}),(?:每次)?(?:间隔)?(?:时间|期限)?最长(?:间隔)?(?:不得?超过|不得?长于)"
    rf"(?P<span>(?:一|1)?个?(?:{SPAN}))(?=,|$)"
)
_LONGEST_PART = re.compile(
    r"(?:每次)?(?:间隔)?(?:时间|期限)?最长(?:间隔)?(?:不得?超过|不得?长于)"
    rf"(?P<span>(?:一|1)?个?(?:{SPAN}))"
)


_IN_TIME = re.compile(
    rf"(?P<within>{N}{UNIT}{WITHIN},?)(?P<words>(?:[^,;。将把]{{2,24}}?{MUST})?(?:{_HOW})*?)及时(?=(?:{_HOW})*?{PUBLISH})"
)


def says_only_manner(words: str) -> bool:
    """Whether words hold no time, no exception and no other act."""
    return not (
        MENTIONS_TIME.search(words) or NARROWS_RULE.search(words) or _ANOTHER_ACT.search(words)
    )


def without_manner(sentence: str) -> str:
    """The sentence without who, what, where, to whom and how; its times stand as they stood."""
    sentence = _AT_LONGEST.sub(r"至少每\g<span>\g<verb>一次", sentence)
    sentence = _EVENT_AHEAD.sub(_event_first, sentence)
    sentence = _BY_BEFORE_TIME.sub(
        lambda match: "应" if says_only_manner(match["words"]) else match[0], sentence
    )
    for shape in (_BEFORE_TIME, _BESIDE_TIME):
        sentence = shape.sub(_left_out, sentence)
    for shape in (_OBJECT, _AFTER_PLACE):
        sentence = shape.sub(_left_out_behind, sentence)
    return sentence


def _left_out(match: re.Match[str]) -> str:
    """Nothing, where the words say no time; obligation and comma stay what they are."""
    words = match["words"]
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
    return _IN_TIME.sub(
        lambda match: (
            match["within"] + match["words"] if says_only_manner(match["words"]) else match[0]
        ),
        sentence,
    )


def parts_with_time(sentence: str) -> list[str]:
    """The parts that may set a time; those that only say that, or what else, is done are left out."""
    parts = [
        part
        for part in sentence.split(",")
        if not _follows_from_publishing(part) and not _only_publishes(part)
    ]
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


def _is_other_duty(part: str) -> bool:
    """发包方应当拟订承包方案: a duty beside the publication, without a time of its own."""
    return (
        _OTHER_DUTY.fullmatch(part) is not None
        and says_only_manner(part)
        and NOT_A_SUBJECT.search(part) is None
        and re.search(PUBLISH, part) is None
    )
