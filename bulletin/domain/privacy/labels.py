"""What the words beside a number say it is: 身份证号, 卡号, 联系电话, or something harmless."""

import re
from bisect import bisect_left
from enum import Enum, auto

from bulletin.domain.privacy.text_runs import plain


class Label(Enum):
    IDENTITY = auto()
    ACCOUNT = auto()
    PHONE = auto()
    HARMLESS = auto()  # 合同编号, 区划代码 …: a number, but nobody's


_NUMBERED = "(?:编号|编码|代码|号码|号)?"
_LABELS = re.compile(
    "(?P<IDENTITY>(?:公民身份|居民身份|身份证(?!明)|身份号|证件号|残疾人?证|社会保障号)"
    + _NUMBERED
    + ")"
    "|(?P<ACCOUNT>(?:银行卡|储蓄卡|信用卡|借记卡|工资卡|卡号|账号|帐号|账户|帐户|开户行?|一卡通"
    "|社保卡|社会保障卡|社保|存折|折号)" + _NUMBERED + ")"
    "|(?P<PHONE>(?:电话(?!费)|手机(?![费补])|联系方式|联系人|微信|tel|phone|mobile)"
    + _NUMBERED
    + ")"
    "|(?P<HARMLESS>信用代码|机构代码|编号|编码|代码|文号|批次|流水|合同|项目|发票|订单|金额|余额|面积)",
    re.IGNORECASE,
)
# The first two characters of every label but the harmless ones, for a quick look.
_SPACED_FIRST_WORDS = re.compile(
    r"(?:[公居]\s*民|身\s*份|证\s*件|残\s*疾|社\s*[会保]|银\s*行|储\s*蓄|信\s*用|借\s*记|工\s*资|卡\s*号"
    r"|[账帐]\s*[号户]|开\s*户|一\s*卡|存\s*折|折\s*号|电\s*话|手\s*机|联\s*系|微\s*信|tel|phone|mobile)",
    re.IGNORECASE,
)
_REACH_BEFORE = 24  # characters between label and number, blanks not counted
_REACH_AFTER = 12
_SENTENCE_END = re.compile(r"[。;!?]")
_TIGHT = re.compile(r"[:号码为是\"“'(]{0,3}")


def label_places(text: str) -> list[int]:
    """Where labels begin, in order: figures far from all of them need no closer look.

    Labels with blanks between their characters (身 份 证 号) are found too.
    """
    return [found.start() for found in _SPACED_FIRST_WORDS.finditer(text)]


def may_have_label(places: list[int], start: int, end: int) -> bool:
    """Whether any label begins within reach of the span."""
    nearest = bisect_left(places, start - 2 * _REACH_BEFORE)
    return nearest < len(places) and places[nearest] < end + _REACH_AFTER


def label_beside(text: str, start: int, end: int, context: str = "") -> Label | None:
    """The label that stands nearest before the span, right behind it in brackets, or in `context`.

    `context` is what a table says of a cell: the title of its column and the cell to its left.
    """
    before = _words_before(text, start)
    for words in (before, _squeezed(text[end : end + _REACH_AFTER])):
        found = _LABELS.match(words.lstrip("(")) if words is not before else _last_label(words)
        if found is not None and found.lastgroup is not None:
            return Label[found.lastgroup]
    found = _last_label(_squeezed(plain(context)))
    return Label[found.lastgroup] if found is not None and found.lastgroup is not None else None


def stands_right_behind(text: str, start: int, label: Label) -> bool:
    """Whether nothing but a colon or the like stands between the label and the number."""
    words = _words_before(text, start)
    found = _last_label(words)
    if found is None or found.lastgroup != label.name:
        return False
    return _TIGHT.fullmatch(words, found.end()) is not None


def _words_before(text: str, start: int) -> str:
    words = _squeezed(text[max(0, start - 2 * _REACH_BEFORE) : start])[-_REACH_BEFORE:]
    return _SENTENCE_END.split(words)[-1]


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def _last_label(words: str) -> re.Match[str] | None:
    found = None
    for found in _LABELS.finditer(words):  # noqa: B007 - the last one is wanted
        pass
    return found
