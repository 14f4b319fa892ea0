"""schedules/replies.yaml → the reply days of each province."""

import re
from pathlib import Path

from bulletin.domain.feedback.clocks import MAX_REPLY_DAYS, ProvinceReplies, ReplyRules
from bulletin.domain.feedback.kinds import Level
from bulletin.schedules.located_yaml import LocatedNode, read_yaml

_CODE = re.compile(r"[1-9][0-9]")


def load_replies(file: Path) -> ReplyRules:
    """Read and check the reply days.

    Returns:
        By the first two digits of a place's statistical code.

    Raises:
        Misconfigured: with file, line and remedy.
    """
    rules: dict[str, ProvinceReplies] = {}
    for entry in read_yaml(file).sequence():
        keys = entry.mapping({"code", "province", "basis", "days"})
        code = keys["code"].text()
        if not _CODE.fullmatch(code):
            keys["code"].fail('expected the first two digits of a statistical code, such as "51"')
        if code in rules:
            keys["code"].fail(f"code {code!r} stands twice")
        rules[code] = ProvinceReplies(
            province=keys["province"].text(), basis=keys["basis"].text(), days=_days(keys["days"])
        )
    return rules


def _days(entry: LocatedNode) -> dict[Level, int]:
    levels = entry.mapping({Level.VILLAGE.value}, {each.value for each in Level})
    return {Level(name): _count(node) for name, node in levels.items()}


def _count(entry: LocatedNode) -> int:
    value = entry.value()
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= MAX_REPLY_DAYS:
        entry.fail(f"expected a whole number of days from 1 to {MAX_REPLY_DAYS}")
    return value
