"""The small words of which deadline wordings are made: figures, units, 以内, 应当, 予以公布."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from bulletin.domain.deadlines import TimeLimit
from bulletin.domain.numerals import NUMERALS, number_of


@dataclass(frozen=True)
class Phrase:
    """What one phrase says; `doubts` are the reasons for a person to look, in Chinese."""

    rules: tuple[TimeLimit, ...]
    doubts: tuple[str, ...] = ()


N = rf"(?:[0-9]{{1,3}}|[{NUMERALS}]{{1,5}})"
UNIT = r"(?:个?工作[日天]|个?自然[日天]|个?日历[日天]|[日天]|个?(?:星期|礼拜)|周|个?月|个?小时)"
WITHIN = r"(?:以内|之内|内)"
BEFORE = r"(?:之前|以前|前)"
MUST = r"(?:应当|应该|必须|应|须|需|要)"
PUBLISH = r"(?:公布|公开|公示|发布|公告|上墙|张贴|张榜|更新)"
CHANNELS = (
    r"(?:[村镇乡社区]*(?:务|政|党)?(?:公开|公示|宣传|公示公开)栏|(?:政府)?(?:门户)?网站|网上|村?广播|"
    r"微信群|电子屏|明白纸|公众号)"
)
# Words around the rule that do not change it: “应当逐项逐笔”, “予以公开一次”.
_LEAD = rf"(?:{MUST}|逐项逐笔|逐笔|主动|及时|集中|统一|定期|一律|均|都|也|并|则|(?:在|于)(?=每))*"
TAIL = (
    rf"(?:{MUST}?(?:予以|进行|完成|主动|及时|集中|统一|全面|向(?:全体)?村民|对外|逐项逐笔|"
    rf"(?:在|于|通过){CHANNELS}(?:上|内|中)?|{PUBLISH})*(?:完毕|[一1]次)?"
    r"(?:(?:进展|相关|有关)?(?:情况|内容|信息|结果))?)"
)
_SUBJECT = r"(?P<subject>[^,;。]{0,30}?)"
# A subject that narrows or turns the rule is no mere subject.
TURNS = re.compile(r"除|不|非|未|无|如|若|遇|否|另|要求|特殊|紧急|原则上|一般由|个别|部分|可以")


Reader = Callable[[re.Match[str]], Phrase | None]


def pattern(core: str) -> re.Pattern[str]:
    """A whole phrase around its core: what it is said of, and that it is to be published."""
    return re.compile(rf"{_SUBJECT}{_LEAD}{core}{TAIL}")


def count_days(words: str, unit_words: str) -> tuple[int, str, tuple[str, ...]] | None:
    """Days, their unit, and what is not exact about them."""
    if words == "半" and unit_words.endswith("月"):
        return 15, "natural", ("“半个月”按15天理解。",)
    number = number_of(words)
    if not number:
        return None
    if "工作" in unit_words:
        return number, "working", ()
    if unit_words.endswith(("周", "星期", "礼拜")):
        return number * 7, "natural", ()
    if unit_words.endswith("月"):
        return number * 30, "natural", (f"“{words}{unit_words}”按{number * 30}天理解。",)
    if unit_words.endswith("小时"):
        return max(1, number // 24), "natural", (f"“{words}{unit_words}”按整天理解。",)
    return number, "natural", ()
