"""Where a title may be broken: between the words that titles of disclosure are made of, never through one."""

import re
from collections.abc import Iterable
from functools import lru_cache
from unicodedata import category

# Words of two characters and more. A break beside one of them is better than a break through
# what we do not know.
_WORDS = (
    "村民委员会 村务监督委员会 村民代表会议 村民会议 农村集体经济组织 股份经济合作社 经济合作社 "
    "党支部 人民政府 委员会 合作社 城乡居民 基本医疗保险 基本养老保险 医疗保险 养老保险 缴费 "
    "通告 最低生活保障 生活保障 特困人员 临时救助 农业支持保护 耕地地力保护 地力保护 退耕还林 "
    "草原生态 危房改造 高标准农田 集体经济 集体资产 集体土地 土地征收 征地补偿 补偿安置 安置方案 "
    "机动地 承包地 宅基地 一事一议 财政奖补 惠民惠农 财政收支 财务收支 收支情况 收支 财务 收入 "
    "支出 村级 村务公开栏 村务公开 村务 党务 政务 公开栏 情况 公开 公示 公告 通知 名单 名册 "
    "明细 明细表 补贴 补助 补偿 资金 发放 低保 对象 评议 审核 结果 方案 项目 工程 建设 "
    "实施 招标 验收 决算 预算 决议 决定 会议 选举 选民 登记 换届 出租 发包 承包 租赁 中央 "
    "省级 县级 财政 专项 衔接 推进 乡村振兴 排水渠 人居环境整治 人居环境 环境整治 村内 村庄 "
    "环境 整治 人居 义务 救灾 帮扶 道路 硬化 村道 饮水 防汛 光伏 电站 收益 分配 使用 管理 "
    "执行 完成 目标 重点工作 年度 季度 上半年 下半年 调整 新增 关于 进行 以及 全体 村民 "
    "农户 家庭 资产 资源 合同 事项 监督 审查 报告 计划 安排 候选人 当选 得票 投票 推选 "
    "任期 代表 小组 组织 成员 基本 保险 保障 生活 农村 集体 经济 土地 征收 安置 耕地 保护 "
    "目录 农业 支持 生产 采购 维修 处置 水库 灌区 管网 入户 商铺 招租 筹资 筹劳 债权 债务 "
    "干部 报酬 工资 考核 奖励 救助 慰问 捐赠 物资"
)
_YEAR = r"\d{4}年度?"
_PART_OF_YEAR = r"第?[一二三四1-4]季度|上半年|下半年|\d{1,2}月(?:\d{1,2}日)?"
_FIGURES = r"第[一二三四五六七八九十百\d]+[届次期批号季年版页条项]度?"
_LATIN = r"[A-Za-z0-9.,%]+"
_OTHER_SCRIPTS = (  # a syllable of Tibetan, a word of joined letters
    r"[\u0f00-\u0fff]*?\u0f0b|[0-9-]*[\u0590-\u1fff\u200c\u200d\u202f]+"
)
_SIGNS = r"[!-~\ue000-\uf8ff]+"  # also addresses, hours, and marks that are filled in later
_SHORT = 5  # characters of a word that fits into a line of the largest type
_NOT_FIRST = set("，。、；：！？）》〉」』”’…的了")
_NOT_LAST = set("（《〈「『“‘第拟")
_MARKS = frozenset({"Mn", "Mc", "Me", "Cf"})  # of Unicode: one character with what stands before
_JOINER = "\u200d"
_ENDING = set("的了和与及，。、；：！？）》〉」』”’…")  # end a word, so a line may end after them
_LONGEST_RUN = 7  # characters of what we do not know: a name, or a word; more is several


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_TOKENS = (
    rf"{_YEAR}(?:{_PART_OF_YEAR})?|{_FIGURES}|《[^》]{{1,12}}》|（[^）]{{1,12}}）|{_LATIN}|{_OTHER_SCRIPTS}"
    rf"|{_alternatives(_WORDS.split())}|."
)
_SHORT_TOKENS = (
    rf"{_YEAR}|{_PART_OF_YEAR}|{_FIGURES}|{_SIGNS}|{_OTHER_SCRIPTS}"
    rf"|{_alternatives(word for word in _WORDS.split() if len(word) <= _SHORT)}|."
)


def title_tokens(title: str, *places: str) -> list[str]:
    """The words of a title in their order, single characters where none is known.

    Args:
        places: the names of township and village, each one token.
    """
    return re.findall(_names(title, places) + _TOKENS, title, re.DOTALL)


def may_break(left: str, right: str) -> bool:
    """Whether a line may end between two tokens."""
    if category(right[0]) in _MARKS or left[-1] == _JOINER:
        return False
    return right[0] not in _NOT_FIRST and left[-1] not in _NOT_LAST


def is_unknown(left: str, right: str) -> bool:
    """Whether a break between two tokens could go through a word or a name."""
    return len(left) == len(right) == 1


@lru_cache(maxsize=2048)
def title_phrases(title: str, *places: str) -> tuple[str, ...]:
    """The pieces that no line breaks: short words each with what can't begin or end a line.

    Joined they are the title. The last has two characters at least, so that no character stands
    alone on a last line. What is not known stays together up to `_LONGEST_RUN` characters.
    """
    phrases: list[str] = []
    previous = ""
    for token in re.findall(_names(title, places) + _SHORT_TOKENS, title, re.DOTALL):
        if previous and _belong(phrases[-1], previous, token):
            phrases[-1] += token
        else:
            phrases.append(token)
        previous = token
    return tuple(_none_alone(phrases))


def in_brief(title: str) -> str:
    """What a title is about, without its frame: 关于…的公开."""
    return title.removeprefix("关于").removesuffix("的公开").removesuffix("的公示") or title


def _belong(phrase: str, left: str, right: str) -> bool:
    """Whether a token goes on with the phrase before it."""
    if phrase == "关于" and len(right) <= _SHORT and not right[0].isdigit():
        return True
    if not may_break(left, right) or (left[-1].isdigit() and len(right) == 1):  # 3件
        return True
    return is_unknown(left, right) and left not in _ENDING and len(phrase) < _LONGEST_RUN


def _none_alone(phrases: list[str]) -> list[str]:
    """The phrases, a single character joined to what stands before it."""
    joined: list[str] = []
    for phrase in phrases:
        if joined and (len(phrase.strip()) < 2 or len(joined[-1].strip()) < 2):  # noqa: PLR2004
            joined[-1] += phrase
        else:
            joined.append(phrase)
    return joined


def _names(title: str, places: tuple[str, ...]) -> str:
    return "".join(f"{re.escape(name)}|" for place in places if (name := _named(place, title)))


def _named(place: str, title: str) -> str:
    """The longest end of a place's name that the title holds: 红崖子沟乡; '' for none."""
    ends = (place[start:] for start in range(len(place) - 1))
    return next((end for end in ends if end in title), "")
