"""The JSON form of a catalog, in and out."""

from datetime import date
from typing import Any

from bulletin.domain.catalog.items import (
    Audience,
    Catalog,
    Channel,
    DisclosureItem,
    Event,
    Group,
    Online,
    Openness,
    Phase,
    PublisherKind,
)
from bulletin.domain.deadlines.limit_serialization import limit_json, read_limit
from bulletin.domain.legal_basis import LegalBasis
from bulletin.domain.objections.lines import line_json, read_line


def item_json(item: DisclosureItem) -> dict[str, Any]:
    """An item as JSON; `read_item` takes it back unchanged."""
    return {
        "code": item.code,
        "title": item.title,
        "group": item.group.value,
        "publisher": item.publisher.value,
        "elements": list(item.elements),
        "phases": [phase.value for phase in item.phases],
        "time_limit": limit_json(item.time_limit),
        "deadline_text": item.deadline_text,
        "busy_time_limit": limit_json(item.busy_time_limit) if item.busy_time_limit else None,
        "busy_deadline_text": item.busy_deadline_text,
        "events": [_event_json(event) for event in item.events],
        "posting": _posting_json(item),
        "channels": [channel.value for channel in item.channels],
        "audience": item.audience.value,
        "personal": item.personal,
        "online": item.online.value,
        "procedure": item.procedure,
        "bases": [vars(basis) for basis in item.bases],
        "special_rule": vars(item.special_rule) if item.special_rule else None,
        "obligatory": item.obligatory,
        **({"objection": line_json(item.objection)} if item.objection else {}),
        **({"openness": item.openness.value} if item.openness else {}),
        **({"further": dict(item.further)} if item.further else {}),
    }


def _posting_json(item: DisclosureItem) -> dict[str, Any]:
    until = {"until": item.posting_until} if item.posting_until else {}
    return {"days": item.posting_days, "unit": item.posting_unit, **until}


def _event_json(event: Event) -> dict[str, Any]:
    facts: dict[str, Any] = {"phase": event.phase.value, "name": event.name}
    if event.time_limit is not None:
        facts["time_limit"] = limit_json(event.time_limit)
    return facts


def read_item(stored: dict[str, Any]) -> DisclosureItem:
    """An item from its JSON, as a catalog file or an adoption holds it.

    Raises:
        ValueError, KeyError, TypeError: a value is missing or of the wrong kind.
    """
    busy, special = stored.get("busy_time_limit"), stored.get("special_rule")
    posting = stored["posting"]
    return DisclosureItem(
        code=stored["code"],
        title=stored["title"],
        group=Group(stored["group"]),
        publisher=PublisherKind(stored["publisher"]),
        elements=tuple(stored["elements"]),
        phases=tuple(Phase(phase) for phase in stored["phases"]),
        time_limit=read_limit(stored["time_limit"]),
        deadline_text=stored["deadline_text"],
        busy_time_limit=read_limit(busy) if busy else None,
        busy_deadline_text=stored.get("busy_deadline_text", ""),
        events=tuple(_read_event(event) for event in stored.get("events", ())),
        posting_days=posting["days"],
        posting_unit=posting["unit"],
        posting_until=posting.get("until", ""),
        channels=tuple(Channel(channel) for channel in stored["channels"]),
        audience=Audience(stored["audience"]),
        personal=stored["personal"],
        online=Online(stored["online"]),
        procedure=stored["procedure"],
        bases=tuple(LegalBasis(**basis) for basis in stored["bases"]),
        special_rule=LegalBasis(**special) if special else None,
        objection=read_line(stored["objection"]) if stored.get("objection") else None,
        obligatory=stored.get("obligatory", True),
        openness=Openness(stored["openness"]) if stored.get("openness") else None,
        further=dict(stored.get("further", {})),
    )


def _read_event(stored: dict[str, Any]) -> Event:
    limit = stored.get("time_limit")
    return Event(Phase(stored["phase"]), stored["name"], read_limit(limit) if limit else None)


def catalog_json(catalog: Catalog) -> dict[str, Any]:
    return {
        "version": catalog.version,
        "title": catalog.title,
        "in_force_from": catalog.in_force_from.isoformat(),
        "items": [item_json(item) for item in catalog.items],
    }


def read_catalog(stored: dict[str, Any]) -> Catalog:
    """A catalog from the JSON that an adoption stores."""
    return Catalog(
        version=stored["version"],
        title=stored["title"],
        in_force_from=date.fromisoformat(stored["in_force_from"]),
        items=tuple(read_item(item) for item in stored["items"]),
    )
