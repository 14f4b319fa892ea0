"""Ids after a move into a house that has rows already: each id of what came is greater by one number, the shift.

Old ids lead to new ones by addition, so a former history stays as it was written and is read with its shift.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bulletin.domain.history import ChainEntry

# What the history names by the id of its row. Notices and places have codes, which stay.
_KINDS = [
    "board",
    "catalog",
    "department",
    "duties",
    "duty",
    "escalation",
    "feedback",
    "inspection",
    "inspections",
    "matter",
    "meeting",
    "outlet",
    "person",
    "register",
    "request",
    "responsibility",
    "training",
]
_SUBJECT = re.compile(
    rf"(?P<before>(?:{'|'.join(_KINDS)}|sent request|report|ledger \S+ \d+ of township|archive \d+) )"
    r"(?P<id>\d+)(?P<after>\.\d+)?"
)
_ID_FACTS = frozenset(
    [
        "board",
        "comment",
        "department",
        "deputy",
        "escalation",
        "finding",
        "in_place_of",
        "outlet",
        "posting",
        "sending",
        "to_board",
        "village",
        "visit",
    ]
)
_OF_ONE_ACT = frozenset({("correct_airing", "to")})  # elsewhere the word means something else
_OCCASION = re.compile(r"\bmatter:(?P<id>\d+)\b")  # an occasion of a duty: matter:12:0


def shifted_entry(entry: ChainEntry, shift: int) -> ChainEntry:
    """An entry as it would name the rows of today. Its hash still is that of the entry as it was written."""
    if not shift:
        return entry
    facts = {key: _shifted_fact(entry.act, key, each, shift) for key, each in entry.facts.items()}
    actor_id = entry.actor_id and entry.actor_id + shift
    subject = shifted_subject(entry.subject, shift)
    return replace(entry, subject=subject, facts=facts, actor_id=actor_id)


def shifted_subject(subject: str, shift: int) -> str:
    found = _SUBJECT.fullmatch(subject)
    if found is None:
        return subject
    return f"{found['before']}{int(found['id']) + shift}{found['after'] or ''}"


def shifted_occasion(occasion: str, shift: int) -> str:
    """The occasions of a duty's steps name their matter, alone or in a list."""
    return _OCCASION.sub(lambda found: f"matter:{int(found['id']) + shift}", occasion)


def shifted_json(value: Any, keys: Mapping[str, Any], shift: int) -> Any:
    """A value of a JSON column with its ids shifted.

    Args:
        keys: where they are: {"decisions": {"id": {}}} for value["decisions"][…]["id"]; lists are gone through.
    """
    if isinstance(value, list):
        return [shifted_json(each, keys, shift) for each in value]
    if not isinstance(value, dict):
        return value + shift if isinstance(value, int) and not keys else value
    return {
        key: shifted_json(each, keys[key], shift) if key in keys else each
        for key, each in value.items()
    }


def _shifted_fact(act: str, key: str, value: Any, shift: int) -> Any:
    if isinstance(value, str):
        return shifted_occasion(value, shift)
    names_row = key in _ID_FACTS or (act, key) in _OF_ONE_ACT
    return value + shift if names_row and isinstance(value, int) and value else value
