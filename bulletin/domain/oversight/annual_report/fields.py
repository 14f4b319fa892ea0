"""Bound fields: a figure in the words of a report is written 【本年新收申请】, and filled from its table.

So words and tables can't differ: both show the same figure, whenever it is read.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bulletin.domain.amounts import plain_number
from bulletin.domain.oversight.annual_report.layout import CellKey, Figures

_FIELD = re.compile(r"【([^【】\n]{1,60})】")
FieldValues = Mapping[str, str]  # what each field says, by its name


@dataclass(frozen=True)
class ReportField:
    """A figure of the tables by its name; several cells are added up."""

    name: str
    cells: tuple[CellKey, ...]


@dataclass(frozen=True)
class TextPiece:
    """Words as they stand, or the figure of a field."""

    words: str
    field: str = ""
    is_known: bool = True


def values_of(fields: Sequence[ReportField], figures: Figures) -> dict[str, str]:
    """What each field says. Cells that the form of the year has not are left out of their sum."""
    return {
        field.name: plain_number(
            sum((figures.get(cell) or Decimal(0) for cell in field.cells), Decimal(0))
        )
        for field in fields
    }


def pieces_of(text: str, values: FieldValues) -> Iterator[TextPiece]:
    """The words of a text and its figures, one behind the other."""
    at = 0
    for found in _FIELD.finditer(text):
        if found.start() > at:
            yield TextPiece(text[at : found.start()])
        name = found[1].strip()
        yield TextPiece(values.get(name, found[0]), name, name in values)
        at = found.end()
    if at < len(text):
        yield TextPiece(text[at:])


def filled(text: str, values: FieldValues) -> str:
    """A text with its figures; a field that nobody knows stays as it was written."""
    return "".join(piece.words for piece in pieces_of(text, values))


def unknown_fields(text: str, values: FieldValues) -> list[str]:
    """Names that no figure has, each once."""
    return list(dict.fromkeys(p.field for p in pieces_of(text, values) if not p.is_known))
