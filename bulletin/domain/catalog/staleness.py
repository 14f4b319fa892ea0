"""Where a catalog is out of date: hints with their reason, never a refusal."""

import re

from bulletin.domain.catalog.items import PublisherKind
from bulletin.domain.catalog.publishers import publisher_of
from bulletin.domain.catalog.rows import CatalogRow
from bulletin.domain.deadlines.posting_period import min_posting_days, too_short_words

# 村民委员会组织法: the numbers that the amendment of 2025-10-28 (in force 2026-01-01) moved.
_MOVED = {
    "三十": ("三十五", "村务公开"),
    "三十一": ("三十六", "村民反映公开不实的处理"),
    "三十二": ("三十七", "村务监督"),
    "三十三": ("三十八", "民主评议"),
    "三十四": ("三十九", "村务档案"),
}
_ORGANIC_LAW = re.compile(
    r"(?:村民委员会组织法|村委会组织法|村组法)[》〉)）]?(?P<version>[（(][^（）()]*[)）])?(?P<articles>[^《；;]*)"
)
_ARTICLE = re.compile(r"第([一二三四五六七八九十]+|[0-9]+)条")
_FIGURES = {"30": "三十", "31": "三十一", "32": "三十二", "33": "三十三", "34": "三十四"}
_FAMILY_PLANNING = re.compile(r"计划生育|社会抚养费")
# 低保, 危房改造, 招标 … have posting periods of their own.
_SPECIAL = re.compile(
    r"低保|最低生活保障|特困|临时救助|医疗救助|社会救助|危房|中标|招标|宅基地|发展党员|资产处置"
)
_PROVINCES = {
    "11": "北京", "12": "天津", "13": "河北", "14": "山西", "15": "内蒙古", "21": "辽宁",
    "22": "吉林", "23": "黑龙江", "31": "上海", "32": "江苏", "33": "浙江", "34": "安徽",
    "35": "福建", "36": "江西", "37": "山东", "41": "河南", "42": "湖北", "43": "湖南",
    "44": "广东", "45": "广西", "46": "海南", "50": "重庆", "51": "四川", "52": "贵州",
    "53": "云南", "54": "西藏", "61": "陕西", "62": "甘肃", "63": "青海", "64": "宁夏",
    "65": "新疆",
}  # fmt: skip
_ELSEWHERE = re.compile(
    rf"({'|'.join(_PROVINCES.values())})(?:省|市|壮族自治区|回族自治区|维吾尔自治区|自治区)"
)


def stale_hints(row: CatalogRow, township_code: str = "") -> tuple[str, ...]:
    """What in a row looks out of date, in Chinese, each with its reason.

    Args:
        township_code: the division code of one's own township (630223202); '' when it is not
            known, and then no province is foreign.
    """
    hints = [*_moved_articles(row.basis), *_dropped_items(row), *_short_period(row)]
    home = _PROVINCES.get(township_code[:2])
    if home is not None:
        hints += (
            f"依据里有{name}的规定，本地是{home}，请核对。"
            for name in dict.fromkeys(_ELSEWHERE.findall(row.basis))
            if name != home
        )
    return tuple(hints)


def _moved_articles(basis: str) -> list[str]:
    hints = []
    for law in _ORGANIC_LAW.finditer(basis):
        if "2025" in (law["version"] or ""):
            continue
        for article in _ARTICLE.findall(law["articles"]):
            moved = _MOVED.get(_FIGURES.get(article, article))
            if moved is not None:
                hints.append(
                    f"《村民委员会组织法》第{article}条（{moved[1]}）在2025年修正后是第{moved[0]}条。"
                )
    return hints


def _dropped_items(row: CatalogRow) -> list[str]:
    if _FAMILY_PLANNING.search(f"{row.title}{row.content}") is None:
        return []
    return ["2025年修正的《村民委员会组织法》第三十五条已不再列计划生育，请确认是否还要公开。"]


def _short_period(row: CatalogRow) -> list[str]:
    if publisher_of(row.publisher, row.title)[0] is not PublisherKind.VILLAGERS_COMMITTEE:
        return []
    if _SPECIAL.search(f"{row.title}{row.content}{row.basis}"):
        return []
    return [
        too_short_words(rule.days, rule.unit)
        for rule in row.deadline.rules
        if rule.kind == "display"
        and rule.days is not None
        and rule.days < min_posting_days(rule.unit)
    ]
