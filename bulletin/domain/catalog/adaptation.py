"""What a village makes of the catalog when it adopts it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bulletin.domain.catalog.items import Catalog, DisclosureItem, faults
from bulletin.domain.catalog.serialization import item_json, read_item
from bulletin.domain.deadlines.limit_serialization import limit_json, read_limit
from bulletin.domain.deadlines.posting_period import shorter_words
from bulletin.domain.deadlines.rules import TimeLimit
from bulletin.domain.errors import Refusal, Refused
from bulletin.domain.legal_basis import LegalBasis
from bulletin.domain.objections.lines import ObjectionLine, line_json, read_line


@dataclass(frozen=True)
class Change:
    """A village's own time, longer posting period or line on objections for one item; empty: as the catalog has it."""

    time_limit: TimeLimit | None = None
    deadline_text: str = ""
    posting_days: int | None = None
    elements: tuple[str, ...] = ()  # added to the catalog's
    posting_unit: str = ""
    bases: tuple[LegalBasis, ...] = ()
    objection: ObjectionLine | None = None


@dataclass(frozen=True)
class Adaptation:
    dropped: Mapping[str, str] = field(default_factory=dict)  # code → reason
    changed: Mapping[str, Change] = field(default_factory=dict)
    added: tuple[DisclosureItem, ...] = ()
    busy_finances: bool = False  # 财务往来较多: finances monthly (组织法第三十五条)
    obligatory: frozenset[str] = frozenset()  # the township's: what no village may drop


def adopt(catalog: Catalog, adaptation: Adaptation) -> Catalog:
    """The catalog as a village has it.

    Raises:
        Refused: an obligatory item is dropped, a posting period made shorter, a code unknown or
            taken twice; every reason is named.
    """
    if refusals := _refusals(catalog, adaptation):
        raise Refused(*refusals)
    remaining = [item for item in catalog.items if item.code not in adaptation.dropped]
    items = [_adapted(item, adaptation) for item in (*remaining, *adaptation.added)]
    return replace(catalog, items=tuple(items))


def marked_obligatory(catalog: Catalog, codes: Collection[str]) -> Catalog:
    """The catalog with more items that no village may drop."""
    items = tuple(
        replace(item, obligatory=item.obligatory or item.code in codes) for item in catalog.items
    )
    return replace(catalog, items=items)


def _refusals(catalog: Catalog, adaptation: Adaptation) -> list[Refusal]:
    return [
        *_dropping_refusals(catalog, adaptation),
        *_changing_refusals(catalog, adaptation),
        *_adding_refusals(catalog, adaptation),
    ]


def _dropping_refusals(catalog: Catalog, adaptation: Adaptation) -> Iterator[Refusal]:
    for code, reason in adaptation.dropped.items():
        item = catalog.find(code)
        if item is None:
            yield Refusal("unknown_item", f"目录里没有事项“{code}”。")
        elif item.obligatory:
            yield Refusal("obligatory", f"“{item.title}”是必须公开的事项，不能去掉。")
        elif not reason.strip():
            yield Refusal("reason_missing", f"请写明为什么不公开“{item.title}”。")


def _changing_refusals(catalog: Catalog, adaptation: Adaptation) -> Iterator[Refusal]:
    for code, change in adaptation.changed.items():
        item = catalog.find(code)
        if item is None:
            yield Refusal("unknown_item", f"目录里没有事项“{code}”。")
        elif change.posting_days is not None and change.posting_days < item.posting_days:
            yield Refusal("posting_too_short", shorter_words(item.title, item.posting_days))


def _adding_refusals(catalog: Catalog, adaptation: Adaptation) -> Iterator[Refusal]:
    for item in adaptation.added:
        if catalog.find(item.code) is not None:
            yield Refusal("item_exists", f"目录里已经有事项“{item.code}”。")
        if faults(item):
            yield Refusal("item_unsound", f"增加的事项“{item.title}”不完整。")


def _adapted(item: DisclosureItem, adaptation: Adaptation) -> DisclosureItem:
    if adaptation.busy_finances and item.busy_time_limit is not None:
        text = item.busy_deadline_text or item.deadline_text
        item = replace(item, time_limit=item.busy_time_limit, deadline_text=text)
    change = adaptation.changed.get(item.code)
    if change is None:
        return item
    return replace(
        item,
        time_limit=change.time_limit or item.time_limit,
        deadline_text=change.deadline_text or item.deadline_text,
        posting_days=change.posting_days or item.posting_days,
        posting_unit=change.posting_unit or item.posting_unit,
        bases=change.bases or item.bases,
        objection=change.objection or item.objection,
        elements=(*item.elements, *change.elements),
    )


def adaptation_json(adaptation: Adaptation) -> dict[str, Any]:
    return {
        "dropped": dict(adaptation.dropped),
        "changed": {code: _change_json(change) for code, change in adaptation.changed.items()},
        "added": [item_json(item) for item in adaptation.added],
        "busy_finances": adaptation.busy_finances,
        "obligatory": sorted(adaptation.obligatory),
    }


def _change_json(change: Change) -> dict[str, Any]:
    return {
        "time_limit": limit_json(change.time_limit) if change.time_limit else None,
        "deadline_text": change.deadline_text,
        "posting_days": change.posting_days,
        "elements": list(change.elements),
        "posting_unit": change.posting_unit,
        "bases": [vars(basis) for basis in change.bases],
        **({"objection": line_json(change.objection)} if change.objection else {}),
    }


def read_adaptation(stored: Mapping[str, Any]) -> Adaptation:
    """An adaptation from the JSON that an adoption stores."""
    return Adaptation(
        dropped=dict(stored["dropped"]),
        changed={code: _read_change(change) for code, change in stored["changed"].items()},
        added=tuple(read_item(item) for item in stored["added"]),
        busy_finances=stored["busy_finances"],
        obligatory=frozenset(stored.get("obligatory", ())),
    )


def _read_change(stored: Mapping[str, Any]) -> Change:
    limit, objection = stored["time_limit"], stored.get("objection")
    return Change(
        time_limit=read_limit(limit) if limit else None,
        deadline_text=stored["deadline_text"],
        posting_days=stored["posting_days"],
        elements=tuple(stored["elements"]),
        posting_unit=stored.get("posting_unit", ""),
        bases=tuple(LegalBasis(**basis) for basis in stored.get("bases", ())),
        objection=read_line(objection) if objection else None,
    )
