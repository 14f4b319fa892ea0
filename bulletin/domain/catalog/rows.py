"""Rows of a catalog file as they were understood, before a person has confirmed them."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from typing import Any

from bulletin.domain.catalog.items import PublisherKind
from bulletin.domain.deadlines.limit_serialization import limit_json
from bulletin.domain.deadlines.parser import DeadlineReading, read_deadline


@dataclass(frozen=True)
class CatalogRow:
    """One 公开事项 of a file. `guesses` say in Chinese what the file leaves open."""

    place: str  # 第5行, 工作表“目录”第5行
    levels: tuple[str, ...]  # 一级事项, 二级事项 …; the last one is the item's own name
    number: str = ""
    category: str = ""
    content: str = ""  # 公开内容（要素）, as the file has it
    elements: tuple[str, ...] = ()  # the same, point by point
    basis: str = ""
    deadline_text: str = ""  # as the file has it
    publisher: str = ""
    channels: tuple[str, ...] = ()
    audience: str = ""
    method: str = ""
    level: str = ""  # 公开层级
    remark: str = ""
    further: Mapping[str, str] = field(default_factory=dict)  # columns of other names, kept
    guesses: tuple[str, ...] = ()
    unseen: tuple[str, ...] = ()  # what the file hides or strikes of it, for a person to look at
    withheld: bool = False  # the whole row is hidden or struck: taken only when a person says so

    @property
    def title(self) -> str:
        """最低生活保障：政策法规文件."""
        return "：".join(self.levels)

    @cached_property
    def deadline(self) -> DeadlineReading:
        return read_deadline(self.deadline_text)


def with_distinct_titles(rows: Sequence[CatalogRow]) -> tuple[CatalogRow, ...]:
    """Rows of one title under several categories, by category: 社会救助：办事指南, 危房改造：办事指南."""
    categories: dict[str, set[str]] = {}
    for row in rows:
        categories.setdefault(row.title, set()).add(row.category)
    return tuple(
        replace(row, levels=(row.category, *row.levels))
        if row.category and len(categories[row.title]) > 1
        else row
        for row in rows
    )


@dataclass(frozen=True)
class RowChoice:
    """What a person decided about a row; empty: as it was read."""

    taken: bool = True
    deadline_text: str = ""  # the time limit in clearer words
    rule: int = 0  # which of several time limits, from 0
    publisher: PublisherKind | None = None
    obligatory: bool | None = None  # no village may drop it; None: as the catalog has it


AS_READ = RowChoice()


def choice_json(choice: RowChoice) -> dict[str, Any]:
    return vars(choice) | {"publisher": choice.publisher and choice.publisher.value}


def read_choice(stored: Mapping[str, Any]) -> RowChoice:
    """A choice from its JSON."""
    publisher = stored["publisher"]
    facts = {**stored, "publisher": PublisherKind(publisher) if publisher else None}
    return RowChoice(**facts)


@dataclass(frozen=True)
class CatalogFile:
    """What was found in one file."""

    title: str  # the line above the table; '' when there is none
    rows: tuple[CatalogRow, ...]
    columns: tuple[tuple[str, str], ...]  # (as the file names it, as it was understood)
    remarks: tuple[str, ...]  # notes around the table


def file_json(file: CatalogFile) -> dict[str, Any]:
    """A file as JSON; `read_file` takes it back unchanged."""
    return asdict(file)


def read_file(stored: Mapping[str, Any]) -> CatalogFile:
    """A file from the JSON that `file_json` made of it."""
    return CatalogFile(
        title=stored["title"],
        rows=tuple(_read_row(row) for row in stored["rows"]),
        columns=tuple((name, meaning) for name, meaning in stored["columns"]),
        remarks=tuple(stored["remarks"]),
    )


def _read_row(stored: Mapping[str, Any]) -> CatalogRow:
    lists = {name: tuple(value) for name, value in stored.items() if isinstance(value, list)}
    return CatalogRow(**{**stored, **lists})


def row_json(row: CatalogRow) -> dict[str, Any]:
    """A row for people and programs: what was read, and every note on it."""
    return {
        "place": row.place,
        "number": row.number,
        "category": row.category,
        "title": row.title,
        "levels": list(row.levels),
        "content": row.content,
        "elements": list(row.elements),
        "basis": row.basis,
        "deadline_text": row.deadline_text,
        "rules": [limit_json(rule) for rule in row.deadline.rules],
        "needs_review": row.deadline.needs_review or bool(row.unseen),
        "notes": [*row.unseen, *row.deadline.notes, *row.guesses],
        "publisher": row.publisher,
        "channels": list(row.channels),
        "audience": row.audience,
        "method": row.method,
        "level": row.level,
        "remark": row.remark,
        "further": dict(row.further),
    }
