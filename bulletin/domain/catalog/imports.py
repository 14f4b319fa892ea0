"""An import of a catalog, compared with what is there: what is new, what changes, what is gone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bulletin.domain.catalog.adaptation import Adaptation, Change
from bulletin.domain.catalog.differences import FIELD_WORDS, Arrival, changed_fields
from bulletin.domain.catalog.items import Catalog, DisclosureItem, PublisherKind
from bulletin.domain.catalog.publishers import publisher_of
from bulletin.domain.catalog.row_to_item import draft_item
from bulletin.domain.catalog.rows import (
    AS_READ,
    CatalogFile,
    CatalogRow,
    RowChoice,
    choice_json,
    read_choice,
    row_json,
)
from bulletin.domain.catalog.staleness import stale_hints
from bulletin.domain.deadlines.limit_serialization import limit_json
from bulletin.domain.deadlines.parser import DeadlineReading, read_deadline


@dataclass(frozen=True, kw_only=True)
class ImportedRow:
    """One row with the item it becomes."""

    row: CatalogRow
    choice: RowChoice
    item: DisclosureItem
    arrival: Arrival
    guesses: tuple[str, ...]  # in Chinese: what the file leaves open, and how it was filled
    hints: tuple[str, ...]  # what looks out of date
    before: DisclosureItem | None = None  # the same item as it is now

    @property
    def reading(self) -> DeadlineReading:
        """The time limit as it was read, in the words of the file or in a person's."""
        return read_deadline(self.choice.deadline_text or self.row.deadline_text)

    @property
    def needs_review(self) -> bool:
        """A person must look: the time limit is not sure or sets none, or the file hides something."""
        sure = not self.reading.needs_review and self.item.time_limit.kind != "unknown"
        return bool(self.row.unseen) or not sure

    @property
    def changes(self) -> tuple[str, ...]:
        """What would change of an item that is there, in Chinese."""
        if self.arrival is not Arrival.CHANGED or self.before is None:
            return ()
        fields = changed_fields(self.before, self.item)
        return tuple(dict.fromkeys(FIELD_WORDS[name] for name in fields if name in FIELD_WORDS))

    @property
    def names_publisher(self) -> bool:
        """Whether the file says plainly who publishes."""
        return bool(self.row.publisher) and not publisher_of(self.row.publisher, "")[1]


@dataclass(frozen=True)
class Comparison:
    file: CatalogFile
    rows: tuple[ImportedRow, ...]
    gone: tuple[DisclosureItem, ...]  # in the import before this one, and no longer

    @property
    def items(self) -> tuple[DisclosureItem, ...]:
        return tuple(imported.item for imported in self.rows if imported.choice.taken)

    def count(self, arrival: Arrival) -> int:
        return sum(imported.arrival is arrival for imported in self.rows if imported.choice.taken)


@dataclass(frozen=True)
class ImportTarget:
    """Where a catalog is imported to."""

    base: Catalog  # without any import of this place
    before: Sequence[DisclosureItem] = ()  # the items of its last import
    township_code: str = ""  # the division code of one's own township; '' when it is not known
    of_village: bool = False


def compare(
    file: CatalogFile, place: ImportTarget, choices: Mapping[int, RowChoice] | None = None
) -> Comparison:
    """A file against the catalog it comes to and the import before it.

    Args:
        choices: what a person decided, by the place of the row in the file, from 0.
    """
    present = merged(place.base, place.before)
    choices = choices or {}
    rows, seen = [], set()
    for number, row in enumerate(file.rows):
        as_read = RowChoice(taken=False) if row.withheld else AS_READ
        imported = _imported(row, choices.get(number, as_read), place, present)
        if imported.item.code in seen:
            repeated = "与上面一行是同一事项，按上面一行。"
            imported = replace(imported, guesses=(*imported.guesses, repeated))
        rows.append(imported)
        if imported.choice.taken:
            seen.add(imported.item.code)
    gone = tuple(item for item in place.before if item.code not in seen)
    return Comparison(file, tuple(rows), gone)


def _imported(
    row: CatalogRow, choice: RowChoice, place: ImportTarget, present: Catalog
) -> ImportedRow:
    drafted = draft_item(row, place.base, choice)
    guesses = (*row.unseen, *row.guesses, *drafted.guesses)
    if place.of_village and drafted.item.publisher is PublisherKind.TOWNSHIP:
        guesses += ("由乡镇公开，不会算作本村应公开的事项。",)
    known = present.find(drafted.item.code)
    arrival = Arrival.SAME if known == drafted.item else Arrival.CHANGED
    return ImportedRow(
        row=row,
        choice=choice,
        item=drafted.item,
        arrival=arrival if known else Arrival.NEW,
        guesses=guesses,
        hints=stale_hints(row, place.township_code),
        before=known,
    )


def merged(catalog: Catalog, items: Iterable[DisclosureItem], version: str = "") -> Catalog:
    """The catalog with other items: one of a known code takes its place, others come last."""
    first = {item.code: item for item in _once_each(items)}
    in_place = [first.pop(item.code, item) for item in catalog.items]
    return replace(catalog, version=version or catalog.version, items=(*in_place, *first.values()))


def _once_each(items: Iterable[DisclosureItem]) -> list[DisclosureItem]:
    """The first of every code."""
    first: dict[str, DisclosureItem] = {}
    for item in items:
        first.setdefault(item.code, item)
    return list(first.values())


def with_import(adaptation: Adaptation, comparison: Comparison, base: Catalog) -> Adaptation:
    """A village's adaptation with the items of its new file in place of those of the last one.

    Args:
        base: the catalog that the village adopts from.
    """
    gone = {item.code for item in comparison.gone}
    imported = {item.code for item in comparison.items}
    added = [item for item in adaptation.added if item.code not in gone | imported]
    changed = {code: change for code, change in adaptation.changed.items() if code not in gone}
    for item in _once_each(comparison.items):
        known = base.find(item.code)
        if known is None:
            added.append(item)
        elif known != item:
            changed[item.code] = _change(item, known, adaptation.changed.get(item.code))
    dropped = {code: why for code, why in adaptation.dropped.items() if code not in imported}
    return replace(adaptation, dropped=dropped, changed=changed, added=tuple(added))


def _change(item: DisclosureItem, known: DisclosureItem, before: Change | None) -> Change:
    before_days = before.posting_days if before else None
    posting = (item.posting_days, item.posting_unit)
    posting_changes = posting != (known.posting_days, known.posting_unit)
    return Change(
        time_limit=item.time_limit if item.time_limit != known.time_limit else None,
        deadline_text=item.deadline_text,
        posting_days=item.posting_days if posting_changes else before_days,
        posting_unit=item.posting_unit
        if posting_changes
        else (before.posting_unit if before else ""),
        bases=item.bases if item.bases != known.bases else (),
        elements=tuple(point for point in item.elements if point not in known.elements),
        objection=before.objection if before else None,
    )


def imported_json(imported: ImportedRow) -> dict[str, Any]:
    """A row as JSON: what was read, what it becomes, and every note."""
    reading = imported.reading
    return row_json(imported.row) | {
        "rules": [limit_json(rule) for rule in reading.rules],
        "needs_review": reading.needs_review,
        "notes": [*reading.notes, *imported.guesses],
        "hints": list(imported.hints),
        "arrival": imported.arrival.value,
        "item": imported.item.code,
        "choice": choice_json(imported.choice),
    }


def earlier_choices(file: CatalogFile, rows: Iterable[Mapping[str, Any]]) -> dict[int, RowChoice]:
    """What was decided at the last import about rows that read the same as then.

    Args:
        rows: of the last import, as `imported_json` gave them.
    """
    decided = {(row["title"], row["deadline_text"]): row["choice"] for row in rows}
    return {
        number: read_choice(decided[row.title, row.deadline_text])
        for number, row in enumerate(file.rows)
        if (row.title, row.deadline_text) in decided
    }
