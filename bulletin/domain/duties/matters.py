"""Kinds of matters (事项): what happens before, during and after one thing, phase by phase."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bulletin.domain.catalog.items import Catalog, DisclosureItem, Phase
from bulletin.domain.deadlines.limit_serialization import limit_json, read_limit
from bulletin.domain.deadlines.rules import TimeLimit


@dataclass(frozen=True, kw_only=True)
class MatterPhase:
    """One step of a matter: an event sets its duty in motion."""

    phase: Phase
    item: str  # the code of the item that is owed
    event: str  # 开工
    button: str  # what the liaison presses to record the event: 开工了
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
        MatterPhase(
            phase=event.phase,
            item=item.code,
            event=event.name,
            button=event.name,
            time_limit=event.time_limit,
        )
        for event in item.events
    )
    return MatterKind(key="", title=item.title, example="", phases=phases)


def kind_for(kinds: Iterable[MatterKind], item: DisclosureItem) -> MatterKind:
    """The kind that begins with an item; else the item's own events."""
    matches = (kind for kind in kinds if kind.phases and kind.phases[0].item == item.code)
    return next(matches, None) or kind_of_item(item)


def phase_json(phase: MatterPhase) -> dict[str, Any]:
    """A phase as its matter stores it; `read_phase` takes it back unchanged."""
    return {
        "phase": phase.phase.value,
        "item": phase.item,
        "event": phase.event,
        "say": phase.button,
        "time_limit": limit_json(phase.time_limit) if phase.time_limit else None,
        "posting_days": phase.posting_days,
        "repeats": phase.repeats,
    }


def read_phase(stored: Mapping[str, Any]) -> MatterPhase:
    """A phase from the JSON that its matter stores.

    Keys that an earlier release did not write yet have the defaults of `MatterPhase`.
    """
    limit = stored["time_limit"]
    return MatterPhase(
        phase=Phase(stored["phase"]),
        item=stored["item"],
        event=stored["event"],
        button=stored["say"],
        time_limit=read_limit(limit) if limit else None,
        posting_days=stored.get("posting_days"),
        repeats=stored.get("repeats", False),
    )
