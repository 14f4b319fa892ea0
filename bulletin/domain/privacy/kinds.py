"""The kinds of personal data: their words, the labels and column titles that name them, their masks.

A new kind starts here: a member of `FindingKind`, a row of `NUMBER_KINDS` and, where tables have a
column for it, a row of `PERSONAL_COLUMNS`. A number that is believed only beside its label (a passport
number) needs nothing else; one that is recognised by itself needs a check in `numbers.py` and a
search in a module like `cards.py`.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from bulletin.domain.labels import Labelled


class FindingKind(Labelled):
    """The public vocabulary of `bulletin privacy --json`."""

    ID_NUMBER = "id_number", "身份证号"
    PHONE = "phone", "手机号"
    BANK_CARD = "bank_card", "银行卡或社保卡号"
    COLUMN = "column", "个人信息列"


# --- numbers -------------------------------------------------------------------------------------
# In one village the first six places of an identity number are the same for nearly everybody, so
# the last four would name the person. Two places at either end tell the liaison which line is
# meant and tell nobody else who it is.


def _two_at_either_end(number: str) -> str:
    return f"{number[:2]}{'*' * (len(number) - 4)}{number[-2:]}"


def _first_of_a_phone(_number: str) -> str:
    return "1**********"


def _last_two(number: str) -> str:
    return f"****{number[-2:]}"


@dataclass(frozen=True, kw_only=True)
class NumberKind:
    """A kind of number.

    `label_words` are regular expressions of words that stand beside it; each begins with two plain
    characters. `beside_label` describes numbers that are no number without their label: they are
    found right behind it, or alone in a cell that it names.
    """

    kind: FindingKind
    label_words: tuple[str, ...]
    mask: Callable[[str], str]
    beside_label: re.Pattern[str] | None = None
    clearable: bool = True  # whether a person may declare that it is nobody's


NUMBER_KINDS = (
    NumberKind(
        kind=FindingKind.ID_NUMBER,
        label_words=(
            *("公民身份", "居民身份", "身份证(?!明)", "身份号", "证件号", "残疾人?证"),
            *("社会保障号", "护照", "通行证", "台胞证", "回乡证", "居住证", "居留"),
        ),
        mask=_two_at_either_end,
        clearable=False,
    ),
    NumberKind(
        kind=FindingKind.BANK_CARD,
        label_words=(
            *("银行卡", "储蓄卡", "信用卡", "借记卡", "工资卡", "卡号", "账号", "帐号", "账户"),
            *("帐户", "开户行?", "一卡通", "社保卡", "社会保障卡", "社保", "存折", "折号"),
        ),
        mask=_last_two,
        # Old social-security cards: one letter and eight figures.
        beside_label=re.compile(r"(?<![0-9A-Za-z])[A-Za-z] ?[0-9]{8}(?![0-9A-Za-z])"),
    ),
    NumberKind(
        kind=FindingKind.PHONE,
        label_words=(
            *("电话(?!费)", "手机(?![费补])", "联系方式", "联系人", "微信"),
            *("tel", "phone", "mobile"),
        ),
        mask=_first_of_a_phone,
    ),
)
# 合同编号, 区划代码 …: words beside numbers that are nobody's.
HARMLESS_WORDS = (
    *("信用代码", "机构代码", "编号", "编码", "代码", "文号", "批次", "流水", "合同", "项目"),
    *("发票", "订单", "金额", "余额", "面积"),
)
NEVER_HARMLESS = frozenset(number.kind for number in NUMBER_KINDS if not number.clearable)
_MASKS = {number.kind: number.mask for number in NUMBER_KINDS}


def mask(kind: FindingKind, number: str) -> str:
    """What may be shown of a number: enough to find the line, too little to name a person."""
    return _MASKS[kind](number)


# --- columns -------------------------------------------------------------------------------------
# The cases behind the list (identity and account numbers, addresses, phones, kinds of disability
# and illness on village boards) are why the Personal Information Protection Law, articles 28 to 34
# and 51, is read strictly here: name, group and amount are enough to supervise by.


class PersonalContent(Enum):
    """What a column holds that should not hang on a wall."""

    IDENTITY = auto()
    ACCOUNT = auto()
    ADDRESS = auto()
    PLACE = auto()  # 地址 alone
    PHONE = auto()
    HEALTH = auto()


@dataclass(frozen=True, kw_only=True)
class PersonalColumn:
    """Titles of columns of one personal content: those that match `says` and not `unless`."""

    content: PersonalContent
    says: re.Pattern[str]
    unless: re.Pattern[str]
    only_of_people: bool = False  # reported only in a table about people


_ABOUT_SUMS = "金额|补贴|补助|费|元|人数|户数|时间|日期|方式|标准|是否|情况|份数"
PERSONAL_COLUMNS = (
    PersonalColumn(
        content=PersonalContent.IDENTITY,
        says=re.compile(
            "身份证|身份号|证件号|公民身份|居民证|社会保障号|残疾人?证号|护照|通行证|台胞证|"
            "回乡证|居[住留]证|永久居留"
        ),
        unless=re.compile("身份证明|复印件|是否|份数|人数|车辆|办[理证]|日期|费"),
    ),
    PersonalColumn(
        content=PersonalContent.ACCOUNT,
        says=re.compile(
            "银行卡|储蓄卡|信用卡|工资卡|卡号|账号|帐号|账户|帐户|开户|一卡通|社保卡|社会保障卡|"
            "存折|折号"
        ),
        unless=re.compile(f"{_ABOUT_SUMS}|余额|张数"),
    ),
    PersonalColumn(
        content=PersonalContent.ADDRESS,
        says=re.compile(
            "住址|居住地|家庭.{0,2}地址|详细地址|通[讯信]地址|户籍地|户籍所在|户口所在|门牌"
        ),
        unless=re.compile("人数|户数|是否"),
    ),
    PersonalColumn(
        content=PersonalContent.PLACE,
        says=re.compile("地址|住所"),
        unless=re.compile("项目|工程|单位|企业|公司|网址|是否"),
        only_of_people=True,
    ),
    PersonalColumn(
        content=PersonalContent.PHONE,
        says=re.compile("手机|电话|联系方式|微信|QQ"),
        unless=re.compile("补贴|补助|费|元|是否|监督|举报|值班|办公|服务"),
        only_of_people=True,
    ),
    PersonalColumn(
        content=PersonalContent.HEALTH,
        says=re.compile(
            "残疾(?:类|等级|级别|种|程度|证|情况)|病种|病情|病名|病史|病因|疾病|患病|诊断|"
            "健康[状情]况|伤残"
        ),
        unless=re.compile("金额|补贴|补助|费|元|人数|户数|救助|预防|是否"),
    ),
)
