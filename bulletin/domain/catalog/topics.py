"""What a notice is about, in the one word that a passer-by looks for: 财务, 补贴, 选举, 工程.

The groups of a catalog say whose business an item is; residents look for their money and their vote
instead, wherever a county's catalog files them. An item is told by the words of its title, as every
imported catalog has them, and where they say nothing by its group.
"""

import re

from bulletin.domain.catalog.items import Group
from bulletin.domain.labels import Labelled


class Topic(Labelled):
    """What a notice is about; its band says 补贴, 选举 and 工程, and else the word of its group."""

    FINANCE = "finance", Group.FINANCE.label
    SUBSIDY = "subsidy", "补贴"
    ELECTION = "election", "选举"
    WORKS = "works", "工程"
    PARTY = "party", Group.PARTY.label
    GOVERNMENT = "government", Group.GOVERNMENT.label
    AFFAIRS = "affairs", Group.AFFAIRS.label
    COLLECTIVE = "collective", Group.COLLECTIVE.label


# The first that a title names decides. Accounts come before what they are kept of (选举经费收支), support
# that one household gets before the works that it is built by (危房改造工程), and those before grants
# (工程补助资金); pay of the village's own people is no subsidy, and a 低收入 household no income.
_WORDS = (
    (Topic.FINANCE, r"财务|收支|审计|经费|债权|债务|资金、物资"),
    (Topic.ELECTION, r"选举|候选人|选民|换届|补选|罢免|推选|委托投票"),
    (
        Topic.SUBSIDY,
        r"低保|最低生活|特困|五保|供养|救助|救灾|救济|残疾|孤儿|困境儿童|优抚|抚恤|慰问|危房|惠农|直补|助学|低收入|困难家庭",
    ),
    (
        Topic.WORKS,
        r"工程|公益事业|基础设施|招投?标|投标|竣工|硬化|建设承包|(?<!补贴)(?<!补助)(?<!服务)(?<!审批)(?<!收费)项目",
    ),
    (
        Topic.SUBSIDY,
        r"(?<!误工)(?<!干部)补(?:贴|助)|奖补|津贴|贴息|奖励扶助|退耕还林|生态补偿",
    ),
    (Topic.AFFAIRS, r"民主评议"),
    (
        Topic.FINANCE,
        (
            r"误工|干部补|收入|支出|预算|决算|收益分配|分红|报酬|筹资|捐赠|捐款|[水电]费"
            r"|资金.{0,8}(?:使用|管理|明细|拨付)|补偿(?:费|款|金|.?分配)"
        ),
    ),
    (Topic.GOVERNMENT, r"征地|征收|宅基地"),
    (Topic.COLLECTIVE, r"集体(?:所有|统一经营|资产|资源|经济)|各项资产|各类资源|发包|股权"),
)
_PATTERNS = tuple((topic, re.compile(words)) for topic, words in _WORDS)


def topic_of(title: str, group: Group) -> Topic:
    """What an item of any catalog is about, by its title and, where that says nothing, its group."""
    matches = (topic for topic, pattern in _PATTERNS if pattern.search(title))
    return next(matches, Topic(group.value))
