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
    LegalBasis,
    Online,
    Phase,
    PublisherKind,
)
from bulletin.domain.deadlines.rules import limit_json, read_limit


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
        "posting": {"days": item.posting_days, "unit": item.posting_unit},
        "channels": [channel.value for channel in item.channels],
        "audience": item.audience.value,
        "personal": item.personal,
        "online": item.online.value,
        "procedure": item.procedure,
        "bases": [vars(basis) for basis in item.bases],
        "special_rule": vars(item.special_rule) if item.special_rule else None,
        "obligatory": item.obligatory,
        **({"further": dict(item.further)} if item.further else {}),
    }


def _event_json(event: Event) -> dict[str, Any]:
    said: dict[str, Any] = {"phase": event.phase.value, "name": event.name}
    if event.time_limit is not None:
        said["time_limit"] = limit_json(event.time_limit)
    return said


def read_item(said: dict[str, Any]) -> DisclosureItem:
    """An item from its JSON, as a catalog file or an adoption holds it.

    Raises:
        ValueError, KeyError, TypeError: a value is missing or of the wrong kind.
    """
    busy, special, posting = said.get("busy_time_limit"), said.get("special_rule"), said["posting"]
    return DisclosureItem(
        code=said["code"],
        title=said["title"],
        group=Group(said["group"]),
        publisher=PublisherKind(said["publisher"]),
        elements=tuple(said["elements"]),
        phases=tuple(Phase(phase) for phase in said["phases"]),
        time_limit=read_limit(said["time_limit"]),
        deadline_text=said["deadline_text"],
        busy_time_limit=read_limit(busy) if busy else None,
        busy_deadline_text=said.get("busy_deadline_text", ""),
        events=tuple(_read_event(event) for event in said.get("events", ())),
        posting_days=posting["days"],
        posting_unit=posting["unit"],
        channels=tuple(Channel(channel) for channel in said["channels"]),
        audience=Audience(said["audience"]),
        personal=said["personal"],
        online=Online(said["online"]),
        procedure=said["procedure"],
        bases=tuple(LegalBasis(**basis) for basis in said["bases"]),
        special_rule=LegalBasis(**special) if special else None,
        obligatory=said.get("obligatory", True),
        further=dict(said.get("further", {})),
    )


def _read_event(said: dict[str, Any]) -> Event:
    limit = said.get("time_limit")
    return Event(Phase(said["phase"]), said["name"], read_limit(limit) if limit else None)


def catalog_json(catalog: Catalog) -> dict[str, Any]:
    return {
        "version": catalog.version,
        "title": catalog.title,
        "in_force_from": catalog.in_force_from.isoformat(),
        "items": [item_json(item) for item in catalog.items],
    }


def read_catalog(said: dict[str, Any]) -> Catalog:
    """A catalog from the JSON that an adoption kept."""
    return Catalog(
        said["version"],
        said["title"],
        date.fromisoformat(said["in_force_from"]),
        tuple(read_item(item) for item in said["items"]),
    )
