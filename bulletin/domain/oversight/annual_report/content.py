"""What a report says, as it is kept: issued once and sealed, or read from a file of another year."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bulletin.domain.digests import canonical, sha256_hex
from bulletin.domain.oversight.annual_report.form_rules import Report
from bulletin.domain.oversight.annual_report.layout import CellKey, Figures, Layout, TableName


@dataclass(frozen=True, kw_only=True)
class ReportContent:
    title: str
    body: str
    layout: str  # its name; 混合 for a mixture that no form has
    headings: tuple[str, ...]  # of the six parts
    texts: tuple[str, ...]
    figures: Figures
    explained: tuple[
        tuple[str, str, str, str, str], ...
    ] = ()  # rule, cell, expected, found, reason

    @property
    def digest(self) -> str:
        """SHA-256 in hex of all that it says."""
        return sha256_hex(canonical(self.as_json()))

    def report(self, layouts: Sequence[Layout]) -> Report:
        """The same as the check reads it."""
        layout = next((each for each in layouts if each.name == self.layout), None)
        return Report(
            title=self.title,
            parts=tuple(zip(self.headings, self.texts, strict=True)),
            figures=self.figures,
            layout=layout,
        )

    def as_json(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "body": self.body,
            "layout": self.layout,
            "headings": list(self.headings),
            "texts": list(self.texts),
            "figures": [
                [*key, None if figure is None else f"{figure:f}"]
                for key, figure in self.figures.items()
            ],
            "explained": [list(each) for each in self.explained],
        }


def content_of(kept: Mapping[str, Any]) -> ReportContent:
    """A report out of what `as_json` gave."""
    return ReportContent(
        title=kept["title"],
        body=kept["body"],
        layout=kept["layout"],
        headings=tuple(kept["headings"]),
        texts=tuple(kept["texts"]),
        figures={
            CellKey(TableName(table), row, column): None if figure is None else Decimal(figure)
            for table, row, column, figure in kept["figures"]
        },
        explained=tuple(
            (each[0], each[1], each[2], each[3], each[4]) for each in kept["explained"]
        ),
    )


def changed_cells(before: Figures, after: Figures) -> dict[CellKey, tuple[Decimal, Decimal]]:
    """The cells whose figure is another one, with both; an empty one counts as nought."""
    return {
        key: (was, now)
        for key in after
        if (was := before.get(key) or Decimal(0)) != (now := after[key] or Decimal(0))
    }
