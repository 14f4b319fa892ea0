"""schedules/annual_report.yaml → the forms of the annual report."""

from pathlib import Path
from typing import Any

from bulletin.domain.oversight.annual_report.layout import (
    Layout,
    ProactiveTable,
    RequestRow,
    RequestTable,
    ReviewTable,
    RowRole,
)
from bulletin.schedules.located_yaml import LocatedNode, read_yaml

_LAYOUT_KEYS = {"name", "order", "title", "proactive", "requests", "parts"}
_PARTS = 6


def load_report_layouts(file: Path) -> tuple[Layout, ...]:
    """Read and check the forms, the one in force last.

    Raises:
        Misconfigured: with file, line and remedy.
    """
    root = read_yaml(file).mapping({"tables", "layouts"})
    tables = root["tables"].mapping({"proactive", "requests", "reviews"})
    proactive = {
        name: tuple(map(_proactive, each.sequence()))
        for name, each in _entries(tables["proactive"]).items()
    }
    reviews = tables["reviews"].mapping({"rows", "columns"})
    review_table = ReviewTable(_words(reviews["rows"]), _words(reviews["columns"]))
    nodes = root["layouts"].sequence()
    layouts = tuple(_layout(node, proactive, tables["requests"], review_table) for node in nodes)
    if sum(layout.is_in_force for layout in layouts) != 1 or not layouts[-1].is_in_force:
        root["layouts"].fail("the last form, and no other, is in force: is_in_force: true")
    return layouts


def _layout(
    node: LocatedNode,
    proactive: dict[str, tuple[ProactiveTable, ...]],
    requests: LocatedNode,
    reviews: ReviewTable,
) -> Layout:
    keys = node.mapping(_LAYOUT_KEYS, {"is_in_force", "since"})
    parts = tuple(each.text() for each in keys["parts"].sequence())
    if len(parts) != _PARTS:
        keys["parts"].fail(f"a report has {_PARTS} parts, here are {len(parts)}")
    version = keys["proactive"].text()
    if version not in proactive:
        keys["proactive"].fail(f"no table is called {version!r}; known: {', '.join(proactive)}")
    return Layout(
        name=keys["name"].text(),
        order=keys["order"].text(),
        title=keys["title"].text(),
        parts=parts,
        proactive=proactive[version],
        requests=_requests(requests, keys["requests"].text()),
        reviews=reviews,
        since=_year(keys["since"]) if "since" in keys else None,
        is_in_force="is_in_force" in keys and keys["is_in_force"].value() is True,
    )


def _year(node: LocatedNode) -> int:
    year = node.value()
    return year if isinstance(year, int) else node.fail("since is a year, such as 2021")


def _proactive(node: LocatedNode) -> ProactiveTable:
    keys = node.mapping({"article", "columns", "rows"}, {"units"})
    rows = {
        key: tuple(name.text() for name in names.sequence())
        for key, names in _entries(keys["rows"]).items()
    }
    columns = _words(keys["columns"])
    units = _words(keys["units"]) if "units" in keys else {}
    return ProactiveTable(keys["article"].text(), columns, rows, units)


def _requests(node: LocatedNode, form: str) -> RequestTable:
    keys = node.mapping({"columns", "rows"})
    rows = []
    for entry in keys["rows"].sequence():
        row = entry.mapping({"key", "role", "label"}, {"forms", "note"})
        if "forms" in row and form not in row["forms"].value():
            continue
        if row["role"].value() not in set(RowRole):
            row["role"].fail(f"unknown role; known: {', '.join(RowRole)}")
        note = row["note"].text() if "note" in row else ""
        rows.append(
            RequestRow(row["key"].text(), RowRole(row["role"].value()), row["label"].text(), note)
        )
    for role in (RowRole.TOTAL, RowRole.LEFT):
        if sum(row.role is role for row in rows) != 1:
            keys["rows"].fail(f"exactly one row is {role.value}")
    return RequestTable(_words(keys["columns"]), tuple(rows))


def _entries(node: LocatedNode) -> dict[str, LocatedNode]:
    value: Any = node.value()
    return node.mapping(set(value) if isinstance(value, dict) else set())


def _words(node: LocatedNode) -> dict[str, str]:
    return {key: each.text() for key, each in _entries(node).items()}
