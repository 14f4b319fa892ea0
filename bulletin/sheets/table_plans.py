"""The tables of a sheet with their columns planned: what `parts/table.typ` reads."""

from collections.abc import Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from bulletin.sheets.columns import (
    GUTTER,
    INSET,
    LARGEST,
    ColumnPlan,
    Need,
    is_too_wide,
    plan_columns,
    spacing,
)
from bulletin.sheets.faces import Faces, faces_of
from bulletin.sheets.pieces import Measure, cell_lines, head_lines, is_measured

# Points of the type in tables of a short notice that is set larger, by its fit.
GROWN = {"large": 13.5, "larger": 16.0, "largest": 18.0}
BROUGHT = "承前页　第{}—{}行"  # as the template words it; without its rows where there is no room
MOST_ON_A_PAGE = 30  # rows: a table of more goes on, on every paper
ONWARD, ONWARD_WITH_SUMS = "转下页", "过次页"


def plan_tables(data: Mapping[str, Any], folders: Sequence[Path]) -> dict[str, Any]:
    """The data of a sheet, every table planned for its paper; a wide one makes the sheet lie.

    Args:
        data: as `layout.sheet_data` and `layout.fit_data` have it, its paper a4, a3 or phone.
        folders: where the fonts lie.
    """
    faces = faces_of(data["fonts"]["body"], folders)
    needs = {
        place: column_needs(block, faces)
        for place, block in enumerate(data["blocks"])
        if block["type"] == "table"
    }
    upright, lying = data["text_widths"]
    flipped = lying > upright and any(is_too_wide(each, upright) for each in needs.values())
    room = lying if flipped else upright
    largest = GROWN.get(data["fit"], LARGEST)
    plans = {
        place: plan_columns(each, len(data["blocks"][place]["rows"]), room, largest)
        for place, each in needs.items()
    }
    blocks = [
        _planned(block, place, room, needs[place], plans[place], faces) if place in needs else block
        for place, block in enumerate(data["blocks"])
    ]
    return {**data, "flipped": flipped, "blocks": blocks}


def column_needs(table: Mapping[str, Any], faces: Faces) -> list[Need]:
    """What the columns of a table ask for, as `tables.table_data` has it."""
    columns = table["columns"]
    more = spacing([column["align"] for column in columns])
    sums = table["carried"]
    return [
        Need(
            title=column["title"],
            cells=tuple({row[place] for row in table["rows"]} | {row[place] for row in sums}),
            bold=(column["total"],),
            broken=column["broken"],
            before=more[place],
            regular_ems=faces.regular.words,
            bold_ems=faces.bold.words,
        )
        for place, column in enumerate(columns)
    ]


def _planned(
    table: Mapping[str, Any],
    block: int,
    room: float,
    needs: Sequence[Need],
    plan: ColumnPlan,
    faces: Faces,
) -> dict[str, Any]:
    insets = _insets(needs, plan.copies)
    rooms = [width - need.insets for width, need in zip(plan.widths, needs, strict=True)]
    rows, lines = _rows(table, rooms, plan.copies, faces)
    widths = _widths(plan, insets, needs)
    heads = _heads(needs, rooms, faces)
    sides = [column["align"] for column in table["columns"]]
    columns = zip(heads * plan.copies, widths, sides * plan.copies, insets, strict=True)
    return {
        "type": "table",
        "caption": table["caption"],
        "columns": [
            {"title": title, "width": width, "side": side, "left": left, "right": right}
            for title, width, side, (left, right) in columns
        ],
        "rows": rows,
        "lines": lines,
        "longest": [max(range(len(row)), key=lambda place: len(row[place])) for row in rows],
        "breakable": table["breakable"],
        "sums": _sums(table, plan.copies),
        "frame": {
            "block": block,
            "name": f"table-{block}",
            "room": room,
            "size": plan.size,
            "rows": len(rows),
            **_frame(table, widths, plan.copies, faces),
        },
    }


def _widths(
    plan: ColumnPlan, insets: Sequence[tuple[float, float]], needs: Sequence[Need]
) -> list[float]:
    """The width of each column of each copy, with the insets that it has there."""
    columns = zip(plan.widths * plan.copies, insets, [*needs] * plan.copies, strict=True)
    return [width + sum(inset) - need.insets for width, inset, need in columns]


def _heads(needs: Sequence[Need], rooms: Sequence[float], faces: Faces) -> list[str]:
    return [
        "\n".join(head_lines(need.title, room, faces.bold.words))
        for need, room in zip(needs, rooms, strict=True)
    ]


def _insets(needs: Sequence[Need], copies: int) -> list[tuple[float, float]]:
    """Left and right of every column; blocks that stand abreast are further apart."""
    last = len(needs) * copies - 1
    insets = []
    for place in range(len(needs) * copies):
        block, column = divmod(place, len(needs))
        left = GUTTER / 2 if column == 0 and block else 0.0
        right = GUTTER / 2 if column == len(needs) - 1 and place < last else 0.0
        insets.append((INSET + needs[column].before + left, INSET + right))
    return insets


def _rows(
    table: Mapping[str, Any], rooms: Sequence[float], copies: int, faces: Faces
) -> tuple[list[list[str]], list[int]]:
    """The rows as they stand, `copies` records in each, and how many lines high each is for sure, else 0."""
    rows, heights = [], []
    for record in table["rows"]:
        cells = [
            _cell(words, room, faces.regular.words)
            for words, room in zip(record, rooms, strict=True)
        ]
        rows.append([words for words, _ in cells])
        lines = [height for _, height in cells]
        heights.append(max(lines) if all(lines) else 0)
    blank = [""] * len(rooms)
    abreast = range(0, len(rows), copies)
    return (
        [list(chain(*_padded(rows[at : at + copies], copies, blank))) for at in abreast],
        [max(heights[at : at + copies]) if all(heights[at : at + copies]) else 0 for at in abreast],
    )


def _cell(words: str, room: float, measure: Measure) -> tuple[str, int]:
    """A cell with its lines ended, and how many they are; 0 when only Typst can tell."""
    lines = (
        [words]
        if measure(words) <= room and "\n" not in words
        else cell_lines(words, room, measure)
    )
    if lines is None:
        return words, 0
    return "\n".join(lines), len(lines) if is_measured(words) else 0


def _padded(records: list[list[str]], copies: int, blank: list[str]) -> list[list[str]]:
    return records + [blank] * (copies - len(records))


def _frame(
    table: Mapping[str, Any], widths: Sequence[float], copies: int, faces: Faces
) -> dict[str, Any]:
    """What is said where a page ends and the next begins, and the totals at the very end."""
    records = len(table["rows"])
    cells = _sum_cells(table, widths, copies)
    # Where a label and its sums stand; a list without them has the whole width for the label.
    label = cells[0]["width"] if cells else sum(widths)
    longest = BROUGHT.format(records, records)
    return {
        "copies": copies,
        "columns": len(widths),
        "width": sum(widths),
        "inset": INSET,
        "records": records,
        "long": records > MOST_ON_A_PAGE * copies,
        "cells": cells,
        "onward": ONWARD_WITH_SUMS if table["carried"] else ONWARD,
        "rows_named": faces.regular.words(longest) + 2 * INSET <= label,
    }


def _sum_cells(
    table: Mapping[str, Any], widths: Sequence[float], copies: int
) -> list[dict[str, Any]] | None:
    """The row of sums over all blocks: its label over the first of them, its sums under the last."""
    if table["footer"] is None:
        return None
    columns = table["columns"]
    cells, place = [], 0
    for cell in table["footer"]:
        first = place == 0
        span = cell["span"] + (len(columns) * (copies - 1) if first else 0)
        start = 0 if first else place + len(columns) * (copies - 1)
        cells.append(
            {
                "text": cell["text"],
                "span": span,
                "side": "center" if span > 1 else columns[place]["align"],
                "width": sum(widths[start : start + span]),
            }
        )
        place += cell["span"]
    return cells


def _sums(table: Mapping[str, Any], copies: int) -> list[list[str]]:
    """What every cell of the row of sums says after each row as it stands."""
    carried = table["carried"]
    spans = [cell["span"] for cell in table["footer"] or ()]
    places = [sum(spans[:at]) for at in range(len(spans))]
    ends = [min(start + copies, len(carried)) - 1 for start in range(0, len(carried), copies)]
    return [[carried[end][place] for place in places] for end in ends]
