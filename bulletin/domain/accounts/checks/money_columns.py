"""Which columns of a table are money, and which of these have a sum."""

import re

from bulletin.domain.accounts.tables import holds_figures, is_rate
from bulletin.domain.accounts.words import plain_words
from bulletin.domain.notices.content import Table

# What is counted is no money, and what grows from line to line has no sum.
_COUNTED = re.compile(
    r"人数|户数|人口|面积|数量|个数|天数|工日|次数|票|亩|序号|编号|电话|年份|日期|时间|年限|期限"
)
_GROWS = re.compile(r"累计|截至|进度|排名|名次")
_MONEY = re.compile(
    r"金额|元|款$|费$|费用|收入|支出|收益|资金|补贴|补助|报酬|工资|总额|价$|投资|原值|净值|现值|价值|结余|余额|结存"
)


def is_money(table: Table, place: int) -> bool:
    """Whether a column holds sums of money, and neither prices nor counts."""
    column = table.columns[place]
    words = plain_words(column.title)
    if column.kind == "date" or is_rate(column.title) or _COUNTED.search(words):
        return False
    if any("%" in row[place] or "％" in row[place] for row in table.rows):
        return False
    named = column.kind == "money" or _MONEY.search(column.title) is not None
    return named and holds_figures(table, place)


def is_summed(table: Table, place: int) -> bool:
    """Whether the lines of a column may be added up: not what grows from line to line."""
    return is_money(table, place) and not _GROWS.search(plain_words(table.columns[place].title))
