"""Columns that should not hang on a wall: what their titles say they hold.

The cases behind the list (identity and account numbers, addresses, phones, kinds of disability and
illness on village boards) are why the Personal Information Protection Law, articles 28 to 34 and
51, is read strictly here: name, group and amount are enough to supervise by.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from bulletin.domain.privacy.numbers import bare_mobile
from bulletin.domain.privacy.text_runs import plain


class Topic(Enum):
    IDENTITY = auto()
    ACCOUNT = auto()
    ADDRESS = auto()
    PLACE = auto()  # 地址 alone: of a person when the table is about people
    PHONE = auto()  # rings only in a table about people
    HEALTH = auto()


@dataclass(frozen=True)
class _Rule:
    topic: Topic
    says: re.Pattern[str]
    unless: re.Pattern[str]


_ABOUT_SUMS = "金额|补贴|补助|费|元|人数|户数|时间|日期|方式|标准|是否|情况|份数"
_RULES = tuple(
    _Rule(topic, re.compile(says), re.compile(unless))
    for topic, says, unless in (
        (
            Topic.IDENTITY,
            "身份证|身份号|证件号|公民身份|居民证|社会保障号|残疾人?证号",
            "身份证明|复印件|是否|份数",
        ),
        (
            Topic.ACCOUNT,
            "银行卡|储蓄卡|信用卡|工资卡|卡号|账号|帐号|账户|帐户|开户|一卡通|社保卡|社会保障卡|存折|折号",
            _ABOUT_SUMS + "|余额|张数",
        ),
        (
            Topic.ADDRESS,
            "住址|居住地|家庭.{0,2}地址|详细地址|通[讯信]地址|户籍地|户籍所在|户口所在|门牌",
            "人数|户数|是否",
        ),
        (Topic.PLACE, "地址|住所", "项目|工程|单位|企业|公司|网址|是否"),
        (
            Topic.PHONE,
            "手机|电话|联系方式|微信|QQ",
            "补贴|补助|费|元|是否|监督|举报|值班|办公|服务",
        ),
        (
            Topic.HEALTH,
            "残疾(?:类|等级|级别|种|程度|证|情况)|病种|病情|病名|病史|病因|疾病|患病|诊断|健康[状情]况|伤残",
            "金额|补贴|补助|费|元|人数|户数|救助|预防|是否",
        ),
    )
)
_PEOPLE = re.compile(
    "姓名|户主|户名|申请人|受益人|领款人|领取人|补[助贴]对象|救助对象|保障对象|家庭成员|承包方|承包人|"
    "村民|党员|人员|学生|残疾人|负责人|联系人"
)
_NEEDS_PEOPLE = frozenset({Topic.PLACE, Topic.PHONE})
_MAX_TITLE = 24
_NOTHING = frozenset({"", "-", "--", ".", "无", "合计", "小计", "总计", "同上"})
_MASK = re.compile(r"[*xX●■█▇…]{2,}|某")
_WORDS_OF_A_CHAT = re.compile("[A-Za-z]")  # the name of somebody's 微信
_OFFICE_PHONE = re.compile(r"(?:0[0-9]{2,3})?[2-9][0-9]{6,7}|[48]00[0-9]{7}|[0-9]{3,6}")


def topic_of(title: str) -> Topic | None:
    """What a column title says the column holds, or None when it holds nothing personal.

    Blanks and line ends inside the words and full-width letters are forgiven.
    """
    words = _squeezed(title)
    if not words or len(words) > _MAX_TITLE:
        return None
    for rule in _RULES:
        if rule.says.search(words) and not rule.unless.search(words):
            return rule.topic
    return None


def is_about_people(titles: Sequence[str]) -> bool:
    return any(_PEOPLE.search(_squeezed(title)) for title in titles)


def personal_columns(titles: Sequence[str]) -> Iterator[tuple[int, Topic]]:
    """Indices (from 0) and topics of the columns whose titles ring."""
    about_people = is_about_people(titles)
    for index, title in enumerate(titles):
        topic = topic_of(title)
        if topic is not None and (about_people or topic not in _NEEDS_PEOPLE):
            yield index, topic


def is_shown(cell: str, topic: Topic, offices: frozenset[str]) -> bool:
    """Whether a cell of such a column shows something: not empty, not masked, no office's phone."""
    words = _squeezed(cell)
    if words in _NOTHING or _MASK.search(words):
        return False
    if topic is not Topic.PHONE or _WORDS_OF_A_CHAT.search(words):
        return True
    numbers = re.split("[^0-9+-]+", words)
    figures = (bare_mobile(re.sub("[^0-9]", "", number)) for number in numbers)
    return not all(_is_office_phone(number, offices) for number in figures if number)


def _is_office_phone(number: str, offices: frozenset[str]) -> bool:
    return number in offices or _OFFICE_PHONE.fullmatch(number) is not None


def _squeezed(words: str) -> str:
    return re.sub(r"\s", "", plain(words))
