"""schedules/catalog.yaml → Catalog."""

from collections.abc import Set as AbstractSet
from datetime import date
from pathlib import Path

from bulletin.domain.catalog.items import Catalog, DisclosureItem, faults, repeated_codes
from bulletin.domain.catalog.serialization import read_item
from bulletin.schedules.located_yaml import LocatedNode, read_yaml

ITEM_KEYS = {
    "code",
    "title",
    "group",
    "publisher",
    "elements",
    "phases",
    "time_limit",
    "deadline_text",
    "posting",
    "channels",
    "audience",
    "personal",
    "online",
    "procedure",
    "bases",
}
OPTIONAL_KEYS = {
    "busy_time_limit",
    "busy_deadline_text",
    "events",
    "special_rule",
    "objection",
    "obligatory",
    "openness",
}
BASIS_KEYS = {"law", "version", "article"}
COUNT_KEYS = {"days", "unit"}


def load_catalog(file: Path) -> Catalog:
    """Read and check a catalog file.

    Raises:
        Misconfigured: with file, line, item and remedy.
    """
    root = read_yaml(file).mapping({"version", "title", "in_force_from", "items"})
    day = root["in_force_from"].value()
    if not isinstance(day, date):
        root["in_force_from"].fail("expected a day such as 2026-01-01")
    entries = root["items"].sequence()
    items = [_item(entry) for entry in entries]
    for code in repeated_codes(items):
        place = [i for i, item in enumerate(items) if item.code == code][1]
        entries[place].about(code).fail(
            "this code stands twice; give the second item one of its own"
        )
    return Catalog(root["version"].text(), root["title"].text(), day, tuple(items))


def _item(entry: LocatedNode) -> DisclosureItem:
    values = entry.value()
    code = str(values.get("code", "item")) if isinstance(values, dict) else "item"
    entry = entry.about(code)
    keys = entry.mapping(ITEM_KEYS, OPTIONAL_KEYS)
    _check_texts(keys)
    _check_parts(keys)
    try:
        item = read_item(values)
    except (ValueError, TypeError, KeyError) as error:
        entry.fail(_words(error))
    for impossible in faults(item):
        entry.fail(impossible)
    return item


def _check_texts(keys: dict[str, LocatedNode]) -> None:
    for name in ("title", "deadline_text"):
        keys[name].text()
    for element in keys["elements"].sequence():
        element.text()
    for name in ("personal", "obligatory"):
        if name in keys and not isinstance(keys[name].value(), bool):
            keys[name].fail(f"{name}: expected true or false")


def _check_parts(keys: dict[str, LocatedNode]) -> None:
    _check_count(keys["posting"], "posting", {"until"})
    bases = keys["bases"].sequence()
    for basis in [*bases, *([keys["special_rule"]] if "special_rule" in keys else [])]:
        _check_basis(basis)
    if "objection" in keys:
        _check_objection(keys["objection"])
    for event in keys["events"].sequence() if "events" in keys else []:
        event.mapping({"phase", "name"}, {"time_limit"})["name"].text()


def _check_count(entry: LocatedNode, what: str, words: AbstractSet[str] = frozenset()) -> None:
    """Days and their unit; `words` are keys that may stand beside them with a text."""
    keys = entry.mapping(COUNT_KEYS, words)
    if not isinstance(keys["days"].value(), int):
        keys["days"].fail(f"{what} days: expected a whole number")
    for word in words & keys.keys():
        keys[word].text()


def _check_basis(basis: LocatedNode) -> None:
    for part in basis.mapping(BASIS_KEYS).values():
        if not isinstance(part.value(), str):
            part.fail("expected text in quotes")


def _check_objection(entry: LocatedNode) -> None:
    line = entry.mapping({"to", "basis"}, {"within", "at_any_time", "reply"})
    for body in line["to"].sequence():
        body.text()
    for name in ("within", "reply"):
        if name in line:
            _check_count(line[name], name)
    if "at_any_time" in line and not isinstance(line["at_any_time"].value(), bool):
        line["at_any_time"].fail("at_any_time: expected true or false")
    _check_basis(line["basis"])


def _words(error: Exception) -> str:
    return str(error) if isinstance(error, ValueError) else f"wrong or missing value: {error}"
