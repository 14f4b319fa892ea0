"""schedules/annual_report_text.yaml → the words of the annual report: its fields, and what it begins with."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from bulletin.domain.oversight.annual_report.counts import ReportCount
from bulletin.domain.oversight.annual_report.drafts import DraftParagraph, ReportText, TextPart
from bulletin.domain.oversight.annual_report.fields import ReportField, unknown_fields
from bulletin.domain.oversight.annual_report.layout import CellKey, Layout
from bulletin.schedules.located_yaml import LocatedNode, read_yaml

_FACTS = {"body": "", "year": "", "order": "", "problem": ""}


def load_report_text(file: Path, layouts: Sequence[Layout]) -> ReportText:
    """Read and check the words.

    Raises:
        Misconfigured: with file, line and remedy: a cell that no form has, a field that nothing fills.
    """
    root = read_yaml(file).mapping({"fields", "drafts", "county", "township"})
    cells = {".".join(key): key for layout in layouts for key in layout.cells()}
    fields = tuple(
        ReportField(name, tuple(_cell(each, cells) for each in node.sequence()))
        for name, node in _entries(root["fields"]).items()
    )
    counted = {count.label for count in ReportCount}
    if twice := counted & {field.name for field in fields}:
        root["fields"].fail(f"{min(twice)} is counted elsewhere; give the field another name")
    names = counted | {field.name for field in fields}
    parts = root["drafts"].mapping({part.value for part in TextPart})
    drafts = {
        part: tuple(_paragraph(node, names) for node in parts[part.value].sequence())
        for part in TextPart
    }
    county, township = root["county"].mapping({"due", "basis"}), root["township"].mapping({"due"})
    return ReportText(
        fields=fields,
        drafts=drafts,
        county_due=_day(county["due"]),
        county_basis=county["basis"].text(),
        township_due=_day(township["due"]),
    )


def _day(node: LocatedNode) -> str:
    try:
        date.fromisoformat(f"2001-{node.text()}")  # a day that every year has
    except ValueError:
        node.fail('due is a month and a day, such as "03-31"')
    return node.text()


def _cell(node: LocatedNode, cells: dict[str, CellKey]) -> CellKey:
    name = node.text()
    return cells[name] if name in cells else node.fail(f"no form has a cell {name!r}")


def _paragraph(node: LocatedNode, names: set[str]) -> DraftParagraph:
    keys = node.mapping({"text"}, {"when", "unless", "numbered", "each"})
    text = keys["text"].text()
    if unknown := unknown_fields(text, dict.fromkeys(names, "")):
        keys["text"].fail(f"no field is called {unknown[0]!r}")
    try:
        text.format(**_FACTS)
    except (KeyError, ValueError, IndexError):
        keys["text"].fail(f"braces hold one of {', '.join(_FACTS)}")
    if "each" in keys and keys["each"].text() != "problems":
        keys["each"].fail("each: problems")
    return DraftParagraph(
        text=text,
        when=_names(keys["when"], names) if "when" in keys else (),
        unless=_names(keys["unless"], names) if "unless" in keys else (),
        numbered="numbered" in keys and keys["numbered"].value() is True,
        for_each_problem="each" in keys,
    )


def _names(node: LocatedNode, names: set[str]) -> tuple[str, ...]:
    found = tuple(each.text() for each in node.sequence())
    for each in found:
        if each not in names:
            node.fail(f"no field is called {each!r}")
    return found


def _entries(node: LocatedNode) -> dict[str, LocatedNode]:
    value: Any = node.value()
    return node.mapping(set(value) if isinstance(value, dict) else set())
