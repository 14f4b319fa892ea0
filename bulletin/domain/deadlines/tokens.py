"""The small words of which deadline wordings are made: figures, units, 以内, 应当, 每季度, 首月, 10日前."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from bulletin.domain.amounts import NUMERALS, number_of
from bulletin.domain.deadlines.periods import Every
from bulletin.domain.deadlines.rules import TimeLimit


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
# What is published: 公布候选人名单. Words that join, count or turn are no part of it.
_OBJECT = (
    rf"(?:(?!上(?:一|1)?个?(?:月|季|半?年))(?:进展|相关|有关|(?<={PUBLISH}|[一1]次)[^0-9,;。、和或及并且前后内每除不非未无如若遇否另至直]{{1,8}})?"
    r"(?:情况|内容|信息|结果|方案|名单|明细|预算|决算|收支|账目|进度|进展))"
)
TAIL = (
    rf"(?:{MUST}?(?:予以|进行|完成|主动|及时|集中|统一|全面|单独|向(?:全体|社会)?(?:村民|公众|群众|成员|社会)?|对外|"
    rf"逐项逐笔|(?:在|于|通过|利用){CHANNELS}(?:[、和]{CHANNELS})*(?:上|内|中)?|(?:环境|相关|有关|政府)?信息(?=公[开示布])|{PUBLISH})*(?:完毕|[一1]次)?"
    rf"{_OBJECT}?)"
)
_SUBJECT = r"(?P<subject>[^,;。]{0,30}?)"
# A subject that narrows or turns the rule is no mere subject.
NARROWS_RULE = re.compile(
    r"除|不|非|未|无|如(?!实)|若|遇|否|另|有条件|具备|允许|要求|特殊|紧急|原则上|个别|部分|可以|期间|期内|直至|截至|左右|"
    r"一般(?!事项|村务|公共|性|农户|程序|预算|项目|工作|信息|情况|内容|债务|困难|纳税)|通常|大约|大致|尽量|力争|争取(?!.{0,4}(?:资金|项目))|视情|酌情|"
    r"上(?:一|1)?个?(?:季度?|月|年|半年)"
)
# Nor is one that speaks of time itself: 每年第一|季度, 10日内|随时, 上|季度.
_TIME = (
    rf"[每按逐各][年月季半周日天隔两学旬{NUMERALS}0-9个]|至少|最少|最[迟晚]|当[日天]|事[前中后]|之日|日起|"
    rf"{N}个?(?:工作|自然)?[日天周月年季]|[年月季][初末底]|及时{PUBLISH}|次[年月]|下(?:一|1)?个?(?:月|年|季|半年)|"
    r"长期|常年|随时|实时|即时|随发生|逐段|分阶段|分期|进展情况|规定执行"
)
MENTIONS_TIME = re.compile(_TIME)
NOT_A_SUBJECT = re.compile(
    rf"{_TIME}|(?:第|(?<![栏网群屏则])上|[下本当去今明]|(?<![每首两二三])次|{N}[-~—至到]?)个?$|"
    r"(?:[、或并和及且]|或者)$"
)


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


# --- periods and days within them ----------------------------------------------------------------

_EACH = r"(?:每|按|逐|各)(?:隔)?(?:一|1)?(?:个)?"
_SPANS = {
    Every.MONTH: r"月度?",
    Every.QUARTER: r"季度?|(?:三|3)个月",
    Every.HALF_YEAR: r"半年度?|(?:六|6)个月",
    Every.YEAR: r"年度?|(?:十二|12)个月",
    Every.TWO_MONTHS: r"(?:两|二|2)个月|双月",
}
SPAN = "|".join(_SPANS.values())
# Without 每, only the full words are a period: the 月 of 12月31日 is none.
PERIOD = rf"(?:{_EACH}(?:{SPAN})(?:份)?|月度|季度|半年度?|年度)"
MONTH = rf"(?:的)?(?P<month>(?:第?{N}个?月份?|首个?月份?|末个?月份?|最后(?:一|1)?个?月份?))"
DAY = rf"(?:的)?(?:第)?(?P<ahead>前)?(?P<day>{N})[日号](?P<by>{BEFORE}|{WITHIN})?"
# 公开上季度情况: what happened in one period is published in the next one.
LAST_PERIOD = rf"(?:{PUBLISH}(?P<past>上(?:一|1)?个?(?:{SPAN}))度?的?[^0-9每]{{0,20}})?"


def every_of(words: str) -> Every:
    """The period of 每季度, 按月, 三个月."""
    bare = re.sub(r"份$", "", words)
    return next(e for e, span in _SPANS.items() if re.fullmatch(rf"(?:{_EACH})?(?:{span})", bare))


def month_within(words: str | None, every: Every) -> int | None:
    """The month of 首月, 第二个月, 最后一个月, counted within its period."""
    if words is None:
        return None
    if words.startswith("首"):
        return 1
    if words.startswith(("末", "最后")):
        return every.months
    return number_of(words.strip("第个份月"))


def day_and_side(match: re.Match[str]) -> tuple[int | None, str]:
    """What `DAY` matched: the day, and whether it is on or before it."""
    side = "before" if match["ahead"] or match["by"] else "on"
    return number_of(match["day"]), side


def of_last_period(match: re.Match[str], rule: TimeLimit, doubts: tuple[str, ...]) -> Phrase:
    """What `LAST_PERIOD` matched: the rule speaks of the period after the one reported on."""
    doubt = f"“{match['past']}”按上一期的情况在这一期公开理解。"
    return Phrase((replace(rule, of="next_period"),), (*doubts, doubt))
