"""Grids of cells, as a table of cases writes them, for both sides that make tables of them."""

import json

from bulletin.domain.notices.brought.parts import Cell, Grid
from support.paths import MATERIAL

# What is the same table in a file and on the clipboard: bulletin/domain/notices/brought/tables.py and
# static/editor/pasted_columns.js.
TABLES = {case["name"]: case for case in json.loads((MATERIAL / "tables.json").read_text("utf-8"))}


def grid_of(case):
    roots = roots_of(case)
    return Grid(
        rows=tuple(
            tuple(Cell(text, roots.get((y, x), (y, x))) for x, text in enumerate(row))
            for y, row in enumerate(case["rows"])
        ),
        captions=tuple(case.get("captions", ())),
        heads=case.get("heads", 0),
        is_plain=case.get("plain", False),
    )


def roots_of(case):
    """The first place of each merged cell, by every place that it covers."""
    return {
        (y, x): (top, left)
        for top, left, bottom, right in case.get("merged", ())
        for y in range(top, bottom + 1)
        for x in range(left, right + 1)
    }
