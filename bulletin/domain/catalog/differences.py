"""What is new, changed and gone between two catalogs, or between an item and what it was."""

from collections.abc import Iterable
from dataclasses import dataclass

from bulletin.domain.catalog.items import DisclosureItem
from bulletin.domain.catalog.serialization import item_json
from bulletin.domain.labels import Labelled


class Arrival(Labelled):
    NEW = "new", "新增"
    CHANGED = "changed", "有变化"
    SAME = "same", "没有变化"
    GONE = "gone", "不再有"


FIELD_WORDS = {
    "publisher": "公开主体",
    "elements": "公开内容",
    "time_limit": "时限",
    "deadline_text": "时限",
    "busy_time_limit": "财务往来较多时的时限",
    "posting": "公示期",
    "channels": "公开渠道",
    "personal": "是不是个人名单",
    "bases": "依据",
    "special_rule": "公示期的特别规定",
    "objection": "有异议向谁提出",
    "obligatory": "是不是必须公开",
    "openness": "五公开",
    "further": "其他各列",
}  # by the names of `item_json`


@dataclass(frozen=True)
class Difference:
    """An item that two catalogs do not share."""

    arrival: Arrival
    title: str
    fields: tuple[str, ...]  # what changed, by the names of `item_json`


def differences(
    before: Iterable[DisclosureItem], after: Iterable[DisclosureItem]
) -> list[Difference]:
    """What is new and changed, in the order of the later catalog; then what is gone."""
    old = {item.code: item for item in before}
    new = {item.code: item for item in after}
    changes = []
    for code, item in new.items():
        if code not in old:
            changes.append(Difference(Arrival.NEW, item.title, ()))
        elif fields := changed_fields(old[code], item):
            changes.append(Difference(Arrival.CHANGED, item.title, fields))
    gone = (item for code, item in old.items() if code not in new)
    return changes + [Difference(Arrival.GONE, item.title, ()) for item in gone]


def changed_fields(before: DisclosureItem, after: DisclosureItem) -> tuple[str, ...]:
    """The names of what differs, as `item_json` has them."""
    old, new = item_json(before), item_json(after)
    return tuple(name for name in old | new if new.get(name) != old.get(name))
