"""The cache of a pivot table: a copy of its source's rows, kept even when the sheet is gone."""

import re
import zipfile
from collections.abc import Iterator
from typing import Any

from openpyxl.xml.functions import fromstring

from bulletin.readers.material import CellBudget, FileTable

_DEFINITION = re.compile(r"xl/pivotCache/pivotCacheDefinition(\d*)\.xml")


def pivot_tables(archive: zipfile.ZipFile) -> Iterator[FileTable]:
    """The rows of each cache; of one without rows, the different values of each column."""
    budget = CellBudget()
    names = set(archive.namelist())
    for name in sorted(names):
        if match := _DEFINITION.fullmatch(name):
            titles, shared = _columns(archive.read(name))
            records = f"xl/pivotCache/pivotCacheRecords{match[1]}.xml"
            rows = list(_records(archive.read(records), shared, budget)) if records in names else []
            rows = rows or _values(shared, budget)
            yield FileTable("数据透视表的缓存", titles, tuple(rows))


def _columns(definition: bytes) -> tuple[tuple[str, ...], list[list[str]]]:
    titles, shared = [], []
    for field in _named(fromstring(definition), "cacheField"):
        titles.append(field.get("name", ""))
        shared.append(
            [item.get("v", "") for items in _named(field, "sharedItems") for item in items]
        )
    return tuple(titles), shared


def _records(part: bytes, shared: list[list[str]], budget: CellBudget) -> Iterator[tuple[str, ...]]:
    for record in _named(fromstring(part), "r"):
        budget.spend(len(record))
        yield tuple(_value(item, column, shared) for column, item in enumerate(record))


def _value(item: Any, column: int, shared: list[list[str]]) -> str:
    value: str = item.get("v", "")
    if _local(item) != "x":
        return value
    values = shared[column] if column < len(shared) else []
    return values[int(value)] if value.isdecimal() and int(value) < len(values) else ""


def _values(shared: list[list[str]], budget: CellBudget) -> list[tuple[str, ...]]:
    longest = max(map(len, shared), default=0)
    budget.spend(longest * len(shared))
    return [
        tuple(values[row] if row < len(values) else "" for values in shared)
        for row in range(longest)
    ]


def _named(element: Any, name: str) -> Iterator[Any]:
    return (child for child in element.iter() if _local(child) == name)


def _local(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
