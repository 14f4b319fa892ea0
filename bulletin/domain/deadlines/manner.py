"""The manner of publishing before its verb: 应当将成员名单在村公示栏向全体村民.

The pieces may follow one another in any order and end in many places, so they are walked piece by
piece: each place is looked at once, however long the sentence.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from bulletin.domain.deadlines.tokens import MUST, PUBLISH

_MANNER = (
    rf"(?:{MUST}|如实|真实|准确|完整|逐项|逐笔|逐户|主动|及时|集中|统一|全面|单独|书面|依法|分别|同步|同时|予以|进行|"
    r"完成并|完成|按(?:照)?[^,;。在于自从每将把向由]{2,10}?(?:顺序|次序|排序))"
)
_BETWEEN = r"(?:所在|自然|[^,;。在于自从每将把向由])"
_PLACE = (
    rf"(?:(?:在|于){_BETWEEN}{{1,28}}?(?:范围|区域|辖区|公[示开告布]栏|宣传栏|公告牌|所在地|"
    r"场所|地点|位置|部位|处|网站?|网上|网络|平台|系统|媒体|报纸|村组|小组|组织|出入口|居住地|现场|所在村|本村|各村)等?(?:以?内|里|上|中)?)"
)
# 在村公示栏及微信群内: a second place without its own 在.
_PLACE_TOO = r"(?:[及和与、][^,;。在于自从每将把向由]{0,12}?(?:公[示开告布]栏|宣传栏|微信群|网站|平台|广播|村组|小组)(?:以?内|里|上|中)?)"
_MEANS = (
    r"(?:(?:以|通过|利用|采取|采用|借助)[^,;。在于自从每将把向由]{1,28}?(?:形式|方式|途径|渠道|网站|平台|媒体|系统|"
    r"公[示开告布]栏|宣传栏|广播|微信群|公众号|会议|场所|报纸)等?(?:以?内|上|中)?)"
)
_AUDIENCE = (
    r"(?:(?:向|对)(?:本|全|各|所|该|广)?[^,;。在于自从每将把向由]{0,14}?"
    r"(?:社会|公众|群众|村民|居民|社员|成员|业主|职工|人员|党员|代表|农户|用户|外))"
)
_BY = r"(?:由[^,;。在于自从每将把向由]{2,14}?)"
WHAT = r"(?:(?:将|把)[^,;。每将把]{1,60}?|对[^,;。每将把在于自从]{1,20}?(?:予以|进行))"
NOUN = (
    r"(?:情况|内容|信息|结果|方案|名单|明细|预算|决算|收支|账目|进度|进展|计划|往来|文本|图纸|事项|标准|资金|公告|状况|"
    r"收益|报告|清单|价格|名录|目录|决定|成果|条件|款物|制度|数据|使用|开支|名册|职责|成员|电话|比例|用途|地点|概况|财务)"
)
# 就资产运营情况, 对各项收支
_ABOUT = rf"(?:(?:就|对)[^,;。每将把在于自从]{{0,20}}?{NOUN})"

_HOW = re.compile(rf"{_MANNER}|{_PLACE}|{_PLACE_TOO}|{_MEANS}|{_AUDIENCE}|{WHAT}|{_ABOUT}|{_BY}")
# A comma stands behind words that are whole: 将会议情况, 在村公示栏; 将会议记录归档, is another act.
_WHOLE = re.compile(rf"(?:{_PLACE}|{_MEANS}|{_AUDIENCE}|{WHAT}{NOUN}),")
_FIRST = re.compile(
    rf"{MUST}|如实|真实|准确|完整|逐|主动|及时|集中|统一|全面|单独|书面|依法|分别|同|予以|进行|完成|"
    r"[在于以向对就由将把按及和与、]|通过|利用|采取|采用|借助"
)
_SUBJECT = re.compile(rf"[^,;。将把]{{2,24}}?{MUST}")
_WHO_TAKES = re.compile(r"[^,;。将把]{2,14}[将把]$")
_ACT = re.compile(rf"将|把|在|于|向|以|通过|由|及时|{PUBLISH}")
_VERB = re.compile(rf"{PUBLISH}(?![栏牌板专])")
# A part that begins anew goes on only behind the time: 三日内, 业主委员会应当将…公布.
_ENDS_OF_TIME = "内前日起"
_LONGEST_PIECE = 66


def verb_behind_manner(sentence: str, start: int) -> int | None:
    """Where the verb stands that the pieces from `start` lead to; None when they lead to none."""
    reached = set(_starts(sentence, start))
    ahead = sorted(reached)
    while ahead:
        ends = set(_ends(sentence, ahead.pop(0))) - reached
        if verbs := [end for end in ends if _VERB.match(sentence, end)]:
            return min(verbs)
        reached |= ends
        ahead = sorted({*ahead, *ends})
    return None


def _starts(sentence: str, start: int) -> Iterator[int]:
    """Where the first piece may begin: here, or behind a comma and who publishes."""
    if sentence[start : start + 1] != ",":
        yield start
        return
    if start and sentence[start - 1] in _ENDS_OF_TIME:
        yield start + 1
        for end in range(start + 3, min(start + 28, len(sentence)) + 1):
            owes = _SUBJECT.fullmatch(sentence, start + 1, end) and _ACT.match(sentence, end)
            if owes or _WHO_TAKES.match(sentence[start + 1 : end + 1]):
                yield end


@lru_cache(maxsize=1_000)  # several walks of one sentence come by the same place
def _ends(sentence: str, at: int) -> tuple[int, ...]:
    """Where a piece that begins here may end."""
    if _FIRST.match(sentence, at) is None:
        return ()
    return tuple(
        end
        for end in range(at + 1, min(at + _LONGEST_PIECE, len(sentence)) + 1)
        if (_WHOLE if sentence[end - 1] == "," else _HOW).fullmatch(sentence, at, end)
    )
