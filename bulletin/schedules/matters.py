"""schedules/matters.yaml → the kinds of matters."""

from collections.abc import Iterable
from pathlib import Path

from bulletin.domain.catalog.items import Catalog, DisclosureItem, Phase
from bulletin.domain.deadlines.limit_serialization import read_limit
from bulletin.domain.deadlines.rules import ON_EVENT, TimeLimit
from bulletin.domain.duties.matters import MatterKind, MatterPhase, kind_of_item
from bulletin.schedules.located_yaml import LocatedNode, read_yaml

PHASE_KEYS = {"phase", "item", "event", "say"}
OPTIONAL_KEYS = {"time_limit", "posting_days", "repeats"}


def load_matters(file: Path, catalog: Catalog) -> tuple[MatterKind, ...]:
    """Read and check the kinds of matters against the catalog whose items they name.

    Raises:
        Misconfigured: an item that is unknown, a step without a limit, or a value of the wrong kind.
    """
    kinds: dict[str, MatterKind] = {}
    root = read_yaml(file)
    for entry in root.sequence():
        kind = _kind(entry, catalog)
        if kind.key in kinds:
            entry.fail(f"matter {kind.key!r} stands twice")
        kinds[kind.key] = kind
    for item in catalog.items:
        if item.posting_until and item.posting_until not in _events_with(item, kinds.values()):
            root.about(item.code).fail(f"posted until {item.posting_until!r}, which no phase names")
    return tuple(kinds.values())


def _events_with(item: DisclosureItem, kinds: Iterable[MatterKind]) -> set[str]:
    """The events that are recorded in the matters of an item."""
    own = [kind.phases for kind in kinds if any(phase.item == item.code for phase in kind.phases)]
    return {phase.event for phases in own or [kind_of_item(item).phases] for phase in phases}


def _kind(entry: LocatedNode, catalog: Catalog) -> MatterKind:
    keys = entry.mapping({"key", "title", "example", "phases"})
    key = keys["key"].text()
    steps = keys["phases"].about(key).sequence()
    if not steps:
        keys["phases"].fail("needs at least one phase")
    phases = tuple(_phase(step, catalog) for step in steps)
    return MatterKind(key, keys["title"].text(), keys["example"].text(), phases)


def _phase(entry: LocatedNode, catalog: Catalog) -> MatterPhase:
    keys = entry.mapping(PHASE_KEYS, OPTIONAL_KEYS)
    phase = keys["phase"].text()
    if phase not in set(Phase):
        keys["phase"].fail(f"phase {phase!r} is none of {', '.join(Phase)}")
    limit = _limit(keys["time_limit"]) if "time_limit" in keys else None
    item = _item(keys["item"], catalog, has_limit=limit is not None)
    return MatterPhase(
        phase=Phase(phase),
        item=item.code,
        event=keys["event"].text(),
        button=keys["say"].text(),
        time_limit=limit,
        posting_days=_days(keys["posting_days"], item) if "posting_days" in keys else None,
        repeats="repeats" in keys and keys["repeats"].value() is True,
    )


def _item(entry: LocatedNode, catalog: Catalog, *, has_limit: bool) -> DisclosureItem:
    item = catalog.find(entry.text())
    if item is None:
        entry.fail(f"the catalog has no item {entry.text()!r}")
    if not item.waits_for_event and not has_limit:
        entry.fail(f"item {item.code!r} is due by the calendar; the step needs its own time_limit")
    return item


def _limit(entry: LocatedNode) -> TimeLimit:
    try:
        limit = read_limit(entry.value())
    except (ValueError, TypeError) as error:
        entry.fail(str(error))
    if limit.kind not in ON_EVENT:
        entry.fail(f"kind {limit.kind} waits for no event")
    return limit


def _days(entry: LocatedNode, item: DisclosureItem) -> int:
    days = entry.value()
    if not isinstance(days, int) or days < item.posting_days:
        entry.fail(f"expected a whole number of days, at least the {item.posting_days} of its item")
    return days
