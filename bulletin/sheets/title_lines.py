"""Where a long title is broken: lines of like length, and never through a word we know."""

import re
from itertools import accumulate, pairwise
from math import ceil

from bulletin.sheets.fits import TITLE_EMS
from bulletin.sheets.scripts import is_joined
from bulletin.sheets.widths import ems

# Words of two characters and more that titles of disclosure are made of. A break beside one of
# them is better than a break through what we do not know.
_WORDS = (
    "村民委员会 村务监督委员会 村民代表会议 村民会议 农村集体经济组织 股份经济合作社 经济合作社 党支部 人民政府 "
    "城乡居民 基本医疗保险 基本养老保险 医疗保险 养老保险 缴费 通告 最低生活保障 特困人员 临时救助 "
    "农业支持保护 耕地地力保护 退耕还林 草原生态 危房改造 高标准农田 "
    "集体经济 集体资产 集体土地 土地征收 征地补偿 补偿安置 安置方案 机动地 承包地 宅基地 "
    "一事一议 财政奖补 惠民惠农 财政收支 财务收支 收支情况 财务 收支 收入 支出 村级 村务 党务 政务 "
    "情况 公开 公示 公告 通知 名单 名册 明细 明细表 补贴 补助 补偿 资金 发放 低保 对象 评议 审核 结果 方案 "
    "项目 工程 建设 实施 招标 验收 决算 预算 决议 决定 会议 选举 选民 登记 换届 出租 发包 承包 租赁 "
    "中央 省级 县级 财政 专项 衔接 推进 乡村振兴 排水渠 人居环境整治 人居环境 环境整治 村内 村庄 环境 整治 人居 义务 救灾 帮扶 "
    "道路 硬化 村道 饮水 防汛 光伏 电站 收益 分配 使用 管理 执行 完成 目标 重点工作 年度 季度 上半年 下半年 "
    "调整 新增 关于 进行 以及 全体 村民 农户 家庭 资产 资源 合同 事项 监督 审查 报告 计划 安排"
)
_TOKENS = (
    r"\d{4}年度?(?:第?[一二三四1-4]季度|上半年|下半年|\d{1,2}月(?:\d{1,2}日)?)?"
    r"|第[一二三四五六七八九十百\d]+[届次期批号季年]度?"
    r"|《[^》]{1,12}》|（[^）]{1,12}）|[A-Za-z0-9.,%]+"
    r"|[\u0f00-\u0fff]*?\u0f0b|[0-9-]*[\u0590-\u1fff\u200c\u200d\u202f]+"  # a syllable of Tibetan, a joined word
    rf"|{'|'.join(sorted(_WORDS.split(), key=len, reverse=True))}|."
)
_NOT_FIRST = set("，。、；：！？）》〉」』”’…的了")
_NOT_LAST = set("（《〈「『“‘第拟")
_THROUGH_THE_UNKNOWN = 6.0  # cost of a break between two single characters, beside squares of em


def title_lines(title: str, *places: str, line_ems: float = TITLE_EMS) -> list[str]:
    """Break a title into as few lines as hold it, as even as sense allows.

    Args:
        places: the names of township and village, which are never broken.
        line_ems: what one line holds, in em.
    """
    title = title.strip()
    fewest = max(1, ceil(ems(title) / line_ems))
    if fewest == 1:
        return [title]
    names = "".join(f"{re.escape(name)}|" for place in places if (name := _named(place, title)))
    words = re.findall(names + _TOKENS, title, re.DOTALL)
    tokens = [token for word in words for token in _short(word, line_ems)]
    for count in range(fewest, len(tokens) + 1):
        cuts = _cuts(tokens, count, line_ems)
        if cuts is not None:
            edges = (0, *cuts, len(tokens))
            return ["".join(tokens[start:end]).strip() for start, end in pairwise(edges)]
    return tokens


def _named(place: str, title: str) -> str:
    """The longest end of a place's name that the title holds: 红崖子沟乡; '' for none."""
    ends = (place[start:] for start in range(len(place) - 1))
    return next((end for end in ends if end in title), "")


def _short(token: str, line_ems: float) -> list[str]:
    """A token that fills more than half a line is no help: it goes in single characters.

    A word of joined letters does so only when no line holds it.
    """
    most = line_ems if is_joined(token[0]) else line_ems / 2
    return list(token) if ems(token) > most else [token]


def _cuts(tokens: list[str], count: int, line_ems: float) -> tuple[int, ...] | None:
    """Where `count` lines of least cost end, or None when they cannot hold the title."""
    reach = list(accumulate(map(ems, tokens), initial=0.0))
    even = reach[-1] / count
    # best[n]: cost and cuts of setting the first n tokens in the lines so far
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for line in range(1, count + 1):
        reached: dict[int, tuple[float, tuple[int, ...]]] = {}
        for end in range(line, len(tokens) + 1):
            if (end == len(tokens)) != (line == count):
                continue
            costs = [
                (cost + (length - even) ** 2 + _break_cost(tokens, end), (*cuts, end))
                for start, (cost, cuts) in best.items()
                if start < end and (length := reach[end] - reach[start]) <= line_ems
            ]
            if costs and _may_break(tokens, end):
                reached[end] = min(costs)
        best = reached
    return best[len(tokens)][1][:-1] if best else None


def _may_break(tokens: list[str], place: int) -> bool:
    if place == len(tokens):
        return True
    return tokens[place][0] not in _NOT_FIRST and tokens[place - 1][-1] not in _NOT_LAST


def _break_cost(tokens: list[str], place: int) -> float:
    if place == len(tokens):
        return 0.0
    return _THROUGH_THE_UNKNOWN if len(tokens[place - 1]) == len(tokens[place]) == 1 else 0.0
