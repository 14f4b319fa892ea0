"""The time limit of an imported row: one of the rules that its wording names."""

from collections.abc import Sequence
from dataclasses import replace

from bulletin.domain.deadlines.periods import Every
from bulletin.domain.deadlines.rules import TimeLimit
from bulletin.domain.deadlines.text import limit_words


def usual_limits(rules: Sequence[TimeLimit]) -> tuple[TimeLimit, ...]:
    """The rules that one of which an item can follow, in the order of the wording."""
    usual = (rule for rule in rules if rule.kind not in {"display", "recur_cond"})
    return tuple(choice for rule in usual for choice in _choices(rule))


def _choices(rule: TimeLimit) -> tuple[TimeLimit, ...]:
    """按月或者按季度: the village chooses."""
    if rule.kind != "recur_choice":
        return (rule,)
    return tuple(TimeLimit("recur", Every(every)) for every in rule.choices)


def limits_of(
    rules: Sequence[TimeLimit], chosen: int
) -> tuple[TimeLimit, TimeLimit | None, tuple[str, ...]]:
    """The rule of an item, that of villages with 财务往来较多, and what was guessed."""
    busy = next((_plain(rule) for rule in rules if rule.kind == "recur_cond"), None)
    usual = usual_limits(rules)
    if usual:
        limit = usual[min(chosen, len(usual) - 1)]
        others = (f"写了{len(usual)}个时限，按“{limit_words(limit)}”。",) if len(usual) > 1 else ()
        return limit, busy, others
    if busy is not None:
        quarterly = TimeLimit("recur_min", Every.QUARTER)
        return quarterly, busy, ("只写了财务往来较多的情况，其余按至少每季度一次。",)
    shown = any(rule.kind == "display" for rule in rules)
    only = ("只写了公示多久，没有写什么时候公开，请定一个时限。",) if shown else ()
    return TimeLimit("unknown"), None, only


def _plain(rule: TimeLimit) -> TimeLimit:
    return replace(rule, kind="recur", condition=None)
