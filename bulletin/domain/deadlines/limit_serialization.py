"""A time limit as JSON, as catalogs and matters keep it."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from bulletin.domain.deadlines.periods import Every
from bulletin.domain.deadlines.rules import TimeLimit


def limit_json(limit: TimeLimit) -> dict[str, Any]:
    """The rule as JSON, without what it leaves out; `from` is written without underscore."""
    values = {
        "kind": limit.kind,
        "every": limit.every.value if limit.every else None,
        "month": limit.month,
        "day": limit.day,
        "by": limit.by,
        "of": limit.of,
        "days": limit.days,
        "unit": limit.unit,
        "event": limit.event,
        "from": limit.from_,
        "condition": limit.condition,
        "choices": list(limit.choices) or None,
    }
    return {name: value for name, value in values.items() if value is not None}


_KEYS = frozenset(field.name.removesuffix("_") for field in fields(TimeLimit))


def read_limit(values: Mapping[str, Any]) -> TimeLimit:
    """The rule from its JSON.

    Raises:
        ValueError: an unknown key or an impossible rule, in English.
    """
    if unknown := set(values) - _KEYS:
        raise ValueError(f"unknown key {min(unknown)!r}")
    if "kind" not in values:
        raise ValueError("needs `kind`")
    facts = dict(values)
    every = facts.pop("every", None)
    if every is not None and every not in {e.value for e in Every}:
        raise ValueError(f"every {every!r} is none of {', '.join(e.value for e in Every)}")
    for name in ("month", "day", "days"):
        if name in facts and (not isinstance(facts[name], int) or isinstance(facts[name], bool)):
            raise ValueError(f"{name} {facts[name]!r} is no whole number")
    facts["from_"] = facts.pop("from", None)
    facts["choices"] = tuple(facts.get("choices") or ())
    return TimeLimit(every=Every(every) if every else None, **facts)
