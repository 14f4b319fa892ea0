"""A typed signature and date at the end of a text: the sheet sets its own."""

import re
from collections.abc import Sequence

from bulletin.domain.notices.brought.parts import BroughtLine, Part

_MOST_LINES = 6
_MAX_CLOSING = 100  # characters
_DAY = (
    r"(?:[12]\d{3}\s*[年.\-/]\s*\d{1,2}\s*[月.\-/]\s*\d{1,2}\s*日?"
    r"|二[〇○零OＯ０0]\s*[一二三四五六七八九〇○零]{2}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日"
    r"|[12]\d{3}\s*年\s*月\s*日)"
)
_SEAL = r"(?:\s*[（(]\s*(?:公?章|盖章|印章|代章|签章|加盖公章)\s*[）)])?[:：]?"
_BODY = (
    r"(?:(?:公示|公开|填报|编制|发布|落款)单位(?:[（(]?盖?章?[）)]?)[:：]\s*)?"
    r"[\u4e00-\u9fff（）()·、\s]{0,40}"
    r"(?:村民委员会|村委会|居民委员会|居委会|党支部(?:委员会)?|党总支(?:委员会)?|党委|党工委|村?“?两委”?"
    r"|监督委员会|监委会|经济合作(?:联合|总)?社|合作社|人民政府|街道办事处|领导小组|理财小组|村民小组)"
)
_SIGNER = (
    r"[\u4e00-\u9fff]{0,8}(?:主任|书记|会计|出纳|报账员|制表|填表|审核|复核|审批|经办|负责|组长|监委会|代表|监督员)"
    r"人?(?:[（(]\s*(?:签字|签名|签章|盖章)\s*[）)]|签字|签名|签章|盖章)?"
)
_BLANK_SIGNATURE = re.compile(
    rf"(?:(?:{_SIGNER}|(?:填表|填报|公开)?(?:日期|时间)|签字|签名|盖章)[:：][\s_＿—]*)+"
)
_CLOSING = re.compile(
    rf"{_BODY}{_SEAL}(?:\s*{_BODY}{_SEAL}){{0,2}}(?:\s*{_DAY})?|{_DAY}|[（(]\s*(?:盖章|公章|代章|印章)\s*[）)]"
)


def is_closing(text: str) -> bool:
    """张家村村民委员会, 2026年11月20日, （盖章）, 村主任：　会计：　 with nobody's name behind it."""
    words = " ".join(text.split())
    return len(words) <= _MAX_CLOSING and any(
        pattern.fullmatch(words) for pattern in (_CLOSING, _BLANK_SIGNATURE)
    )


def without_closing(parts: Sequence[Part]) -> tuple[tuple[Part, ...], tuple[str, ...]]:
    """The parts without the signature at their end, and the words of it.

    Lines with names behind them (会计：王示例) are no such signature: nothing of what was filled in goes.
    """
    kept = list(parts)
    dropped: list[str] = []
    while len(kept) > 1 and len(dropped) < _MOST_LINES:
        last = kept[-1]
        if not isinstance(last, BroughtLine) or last.level or last.is_bullet:
            break
        if not is_closing(last.text):
            break
        dropped.insert(0, " ".join(kept.pop().text.split()))  # type: ignore[union-attr]
    return tuple(kept), tuple(dropped)
