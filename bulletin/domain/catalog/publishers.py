"""Whom a catalog means by 公开主体: 村委会, 村/社区, 股份经济合作社, 镇人民政府, 住建局."""

import re

from bulletin.domain.catalog.items import PublisherKind

_PUBLISHERS = (
    (PublisherKind.ELECTION_COMMITTEE, re.compile(r"选举委员会")),
    (PublisherKind.PARTY_BRANCH, re.compile(r"党(?:总)?支部|村党|党组织")),
    (PublisherKind.COLLECTIVE, re.compile(r"合作社|集体经济|经济联合社|理事会")),
)
# 农村 and 乡村 are parts of the names of offices: 农业农村局, 乡村振兴局.
_VILLAGE = re.compile(r"(?<![农乡])村")
_TOWNSHIP = re.compile(r"[镇乡县市](?!村)|街道|[局所办]|政府|部门")
_OF_THE_PARTY = re.compile(r"党支部|党总支|党组织|党员|党费")


def publisher_of(words: str, title: str) -> tuple[PublisherKind, str]:
    """The publisher of an item, and in Chinese what is not sure about it ('' when nothing is).

    Args:
        words: as the catalog names it; '' when it does not.
        title: of the item, which stands in for what is not named.
    """
    for kind, pattern in _PUBLISHERS:
        if pattern.search(words):
            return kind, ""
    village, township = _VILLAGE.search(words), _TOWNSHIP.search(words)
    if village and township and not _is_a_villages_own(words):
        return PublisherKind.VILLAGERS_COMMITTEE, f"公开主体写的是“{words}”，按村民委员会。"
    if village:
        return PublisherKind.VILLAGERS_COMMITTEE, ""
    if township:
        return PublisherKind.TOWNSHIP, ""
    if words:
        return PublisherKind.VILLAGERS_COMMITTEE, f"公开主体“{words}”没有认出，按村民委员会。"
    if _OF_THE_PARTY.search(title):
        return PublisherKind.PARTY_BRANCH, "没有写公开主体，按村党组织。"
    return PublisherKind.VILLAGERS_COMMITTEE, "没有写公开主体，按村民委员会。"


def _is_a_villages_own(words: str) -> bool:
    """红崖子沟乡张家村村民委员会 names its township on the way."""
    return re.search(r"村(?:[(（]居[)）])?(?:民)?委|两委|村$", words) is not None and not re.search(
        r"[、,，;；/和及\s]|或", words
    )
