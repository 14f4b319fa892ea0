"""schedules/finance_forms.yaml → the forms in which money is written."""

from collections.abc import Iterable
from pathlib import Path

from bulletin.domain.accounts.forms import Equation, FinanceForm, read_equation
from bulletin.domain.catalog.items import Catalog
from bulletin.domain.catalog.topics import Topic
from bulletin.domain.notices.content import CELL_KINDS, Column
from bulletin.domain.notices.content_serialization import MAX_COLUMNS
from bulletin.schedules.located_yaml import LocatedNode, read_yaml

KEYS = {"key", "title", "columns", "label", "serves"}
OPTIONAL_KEYS = {"lines", "total", "holds"}
SERVES = {"items", "topics", "words"}


def load_finance_forms(file: Path, catalog: Catalog) -> tuple[FinanceForm, ...]:
    """Read and check the forms against the catalog whose items they serve.

    Raises:
        Misconfigured: an item or topic is unknown, an equation names what the form has not, or a form
            stands twice.
    """
    forms: dict[str, FinanceForm] = {}
    for entry in read_yaml(file).sequence():
        form = _form(entry, catalog)
        if form.key in forms:
            entry.fail(f"form {form.key!r} stands twice")
        forms[form.key] = form
    return tuple(forms.values())


def _form(entry: LocatedNode, catalog: Catalog) -> FinanceForm:
    entries = entry.mapping(KEYS, OPTIONAL_KEYS)
    key = entries["key"].text()
    keys = {name: node.about(key) for name, node in entries.items()}
    columns = _columns(keys["columns"])
    titles = [column.title for column in columns]
    label = keys["label"].text()
    if label not in titles or columns[titles.index(label)].kind != "text":
        keys["label"].fail(f"{label!r} is no column of words")
    lines = _texts(keys["lines"]) if "lines" in keys else []
    holds = keys["holds"].mapping(set(), {"columns", "rows"}) if "holds" in keys else {}
    serves = keys["serves"].mapping(set(), SERVES)

    def row(words: str) -> tuple[str, ...]:
        return tuple(words if title == label else "" for title in titles)

    return FinanceForm(
        key=key,
        title=keys["title"].text(),
        columns=columns,
        lines=tuple(map(row, lines)) or (("",) * len(columns),),
        footer=_footer(titles, keys["total"].text()) if "total" in keys else None,
        column_equations=_equations(holds.get("columns"), titles, "column"),
        row_equations=_equations(holds.get("rows"), lines, "line"),
        items=_items(serves.get("items"), catalog),
        topics=_topics(serves.get("topics")),
        words=tuple(_texts(serves["words"])) if "words" in serves else (),
    )


def _columns(entry: LocatedNode) -> tuple[Column, ...]:
    columns = []
    for node in entry.sequence():
        keys = {
            name: each.about(entry.subject)
            for name, each in node.mapping({"title", "kind"}).items()
        }
        kind = keys["kind"].text()
        if kind not in CELL_KINDS:
            keys["kind"].fail(f"kind {kind!r} is none of {', '.join(CELL_KINDS)}")
        columns.append(Column(keys["title"].text(), kind))
    if not 1 <= len(columns) <= MAX_COLUMNS:
        entry.fail(f"needs 1 to {MAX_COLUMNS} columns")
    if len({column.title for column in columns}) < len(columns):
        entry.fail("a column stands twice")
    return tuple(columns)


def _footer(titles: list[str], word: str) -> tuple[str, ...]:
    return (word, *("" for _ in titles[1:]))


def _texts(entry: LocatedNode) -> list[str]:
    return [node.about(entry.subject).text() for node in entry.sequence()]


def _equations(entry: LocatedNode | None, known: Iterable[str], what: str) -> tuple[Equation, ...]:
    if entry is None:
        return ()
    return tuple(_equation(node.about(entry.subject), known, what) for node in entry.sequence())


def _equation(entry: LocatedNode, known: Iterable[str], what: str) -> Equation:
    try:
        equation = read_equation(entry.text())
    except ValueError as fault:
        entry.fail(str(fault))
    for name in equation.names:
        if name not in known:
            entry.fail(f"the form has no {what} {name!r}")
    return equation


def _items(entry: LocatedNode | None, catalog: Catalog) -> frozenset[str]:
    codes = [] if entry is None else entry.sequence()
    for node in codes:
        if catalog.find(node.text()) is None:
            node.fail(f"the catalog has no item {node.text()!r}")
    return frozenset(node.text() for node in codes)


def _topics(entry: LocatedNode | None) -> frozenset[str]:
    topics = [] if entry is None else entry.sequence()
    for node in topics:
        if node.text() not in {topic.value for topic in Topic}:
            node.fail(f"topic {node.text()!r} is none of {', '.join(t.value for t in Topic)}")
    return frozenset(node.text() for node in topics)
