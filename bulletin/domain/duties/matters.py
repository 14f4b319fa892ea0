"""Kinds of matters (事项): what happens before, during and after one thing, phase by phase."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bulletin.domain.catalog.items import Catalog, DisclosureItem, Phase
from bulletin.domain.deadlines.rules import TimeLimit, limit_json, read_limit


@dataclass(frozen=True)
class MatterPhase:
    """One step of a matter: an event sets its duty in motion."""

    phase: Phase
    item: str  # the code of the item that is owed
    event: str  # 开工
    say: str  # what the liaison presses: 开工了
    time_limit: TimeLimit | None = None  # where the step has a limit of its own
    posting_days: int | None = None  # natural days, where the step hangs longer than its item
    repeats: bool = False  # happens more than once: 完成一个阶段


@dataclass(frozen=True)
class MatterKind:
    """A kind of matter; `key` is empty for one made of a single item's own events."""

    key: str
    title: str  # 工程项目
    example: str  # 张家村村道硬化工程
    phases: tuple[MatterPhase, ...]

    def within(self, catalog: Catalog) -> "MatterKind":
        """The kind with the phases whose items a village owes."""
        owed = {item.code for item in catalog.items}
        return replace(self, phases=tuple(phase for phase in self.phases if phase.item in owed))


def kind_of_item(item: DisclosureItem) -> MatterKind:
    """An item that no kind names is a matter of its own events."""
    phases = tuple(
        MatterPhase(event.phase, item.code, event.name, event.name, event.time_limit)
        for event in item.events
    )
    return MatterKind("", item.title, "", phases)


def kind_for(kinds: Iterable[MatterKind], item: DisclosureItem) -> MatterKind:
    """The kind that begins with an item; else the item's own events."""
    begun = (kind for kind in kinds if kind.phases and kind.phases[0].item == item.code)
    return next(begun, None) or kind_of_item(item)


def phase_json(phase: MatterPhase) -> dict[str, Any]:
    return vars(phase) | {
        "phase": phase.phase.value,
        "time_limit": limit_json(phase.time_limit) if phase.time_limit else None,
    }


def read_phase(said: Mapping[str, Any]) -> MatterPhase:
    """A phase from the JSON that its matter kept."""
    limit = said["time_limit"]
    facts = {
        **said,
        "phase": Phase(said["phase"]),
        "time_limit": read_limit(limit) if limit else None,
    }
    return MatterPhase(**facts)
