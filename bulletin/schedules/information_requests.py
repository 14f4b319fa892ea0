"""schedules/information_requests.yaml and request_letters.yaml → clocks, outcomes, fees and letters of 依申请公开."""

from collections.abc import Mapping
from pathlib import Path

from bulletin.domain.oversight.annual_report.layout import Layout, RowRole
from bulletin.domain.oversight.requests.clock import DayLimit, Limit
from bulletin.domain.oversight.requests.letters import Remedy
from bulletin.domain.oversight.requests.outcomes import FeeStep, RequestOutcome
from bulletin.domain.oversight.requests.rules import RequestRules
from bulletin.schedules.located_yaml import LocatedNode, read_yaml
from bulletin.schedules.request_letters import load_request_letters

_MAX_DAYS = 60
_MAX_KEPT_DAYS = 3660


def load_request_rules(file: Path, layout: Layout) -> RequestRules:
    """Read and check the rules of requests.

    Args:
        layout: of the annual report in force, into whose rows outcomes are counted.

    Raises:
        Misconfigured: with file, line and remedy.
    """
    root = read_yaml(file).mapping({"days", "confirmation", "contact", "outcomes", "fees"})
    rows = frozenset(row.key for row in layout.requests.of(RowRole.OUTCOME))
    outcomes: dict[str, RequestOutcome] = {}
    for node in root["outcomes"].sequence():
        outcome = _outcome(node, rows)
        if outcome.key in outcomes:
            node.fail(f"the outcome {outcome.key!r} stands twice")
        outcomes[outcome.key] = outcome
    contact = root["contact"].mapping({"days"})
    limits = root["days"].mapping({limit.value for limit in Limit})
    return RequestRules(
        limits={Limit(name): _limit(node) for name, node in limits.items()},
        outcomes=outcomes,
        fees=tuple(map(_fee, root["fees"].sequence())),
        confirmation=_limit(root["confirmation"]),
        contact_days=_whole(contact["days"], 1, _MAX_KEPT_DAYS),
        letters=load_request_letters(file.with_name("request_letters.yaml"), outcomes),
    )


def _limit(node: LocatedNode) -> DayLimit:
    keys = node.mapping({"days", "article"})
    return DayLimit(_whole(keys["days"], 1, _MAX_DAYS), keys["article"].text())


def _outcome(node: LocatedNode, rows: frozenset[str]) -> RequestOutcome:
    keys = node.mapping({"key", "words", "row"}, {"article", "asks_first", "no_remedy"})
    row = keys["row"].text()
    if row not in rows:
        keys["row"].fail(f"table 三 has no row {row!r}; known: {', '.join(sorted(rows))}")
    return RequestOutcome(
        key=keys["key"].text(),
        words=keys["words"].text(),
        article=keys["article"].text() if "article" in keys else "",
        row=row,
        remedy=_remedy(keys),
    )


def _remedy(keys: Mapping[str, LocatedNode]) -> Remedy:
    if "asks_first" in keys and keys["asks_first"].value() is True:
        return Remedy.RECONSIDER_FIRST
    return Remedy.NONE if "no_remedy" in keys else Remedy.EITHER


def _fee(node: LocatedNode) -> FeeStep:
    keys = node.mapping({"from", "step"}, {"every"})
    every = _whole(keys["every"], 1, 1000) if "every" in keys else 0
    return FeeStep(_whole(keys["from"], 1, 10_000), _whole(keys["step"], 0, 10_000), every)


def _whole(node: LocatedNode, least: int, most: int) -> int:
    value = node.value()
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        node.fail(f"expected a whole number from {least} to {most}")
    return value
