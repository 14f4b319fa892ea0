"""What is pasted and what is brought in a file become the same table."""

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.browser import needs_chromium, served
from support.grids import TABLES, grid_of, roots_of
from support.paths import PAGE_TEMPLATES

from bulletin.domain.notices.brought.tables import table_of
from bulletin.domain.notices.content import Table

pytestmark = [pytest.mark.browser, pytest.mark.slow, needs_chromium]
TABLES_OF = """async (grids) => {
    const { tableOf } = await import('/static/editor/pasted_columns.js');
    return grids.map(({ rows, roots, captions, heads, plain }) => {
        const cells = rows.map((row) => row.map((text) => ({ text, origin: null })));
        roots.forEach(([y, x, top, left]) => { if (y !== top || x !== left) cells[y][x].origin = cells[top][left]; });
        return tableOf({ rows: cells, captions, heads, isText: plain });
    });
}"""


@pytest.fixture(scope="module")
def editor(chromium):
    """A page on which the editor's own modules can be called."""
    app = Flask("static", static_folder=str(PAGE_TEMPLATES / "static"))
    app.add_url_rule("/", "front", lambda: "<!doctype html><title>x</title>")
    with served(app) as address:
        page = chromium.new_page()
        page.goto(address)
        yield page


def for_the_editor(case):
    return {
        "rows": case["rows"],
        "roots": [[*place, *root] for place, root in roots_of(case).items()],
        "captions": case.get("captions", []),
        "heads": case.get("heads", 0),
        "plain": case.get("plain", False),
    }


def as_the_editor_has_it(table):
    if not isinstance(table, Table):
        return table and {"type": "paragraph", "text": table.text}
    return {
        "type": "table",
        "caption": table.caption,
        "columns": [{"title": c.title, "kind": c.kind} for c in table.columns],
        "rows": [list(row) for row in table.rows],
        "footer": list(table.footer) if table.footer else None,
    }


def test_the_editor_makes_the_tables_of_the_shared_cases(editor):
    grids = [case["grid"] for case in TABLES.values()]
    made = editor.evaluate(TABLES_OF, [for_the_editor(grid) for grid in grids])
    assert made == [as_the_editor_has_it(table_of(grid_of(grid))) for grid in grids]


CELL = st.sampled_from(
    [
        "",
        "项目",
        "收入（元）",
        "合计",
        "单位：元",
        "3",
        "24,000.00",
        "(300)",
        "(-300)",
        "‐300",
        "((3))",
        "￥(1.50)元",
        "—",
        "￥5",
        "7月1日",
        "2026.9.1",
        "300 500",
        "007",
        "-0",
        "+5",
        "5.",
        "1.230",
    ]
)
ROWS = st.lists(st.lists(CELL, min_size=4, max_size=4), min_size=1, max_size=6)
AREAS = st.lists(st.tuples(*[st.integers(0, 3)] * 4), max_size=2)


@st.composite
def grids(draw):
    rows, merged, taken = draw(ROWS), [], set()
    for y, x, y2, x2 in draw(AREAS):
        area = {
            (at, to)
            for at in range(min(y, y2), max(y, y2) + 1)
            for to in range(min(x, x2), max(x, x2) + 1)
        }
        if taken & area or max(y, y2) >= len(rows):
            continue
        taken |= area
        merged.append([min(y, y2), min(x, x2), max(y, y2), max(x, x2)])
        for at, to in area - {(min(y, y2), min(x, x2))}:
            rows[at][to] = ""
    return {
        "rows": rows,
        "merged": merged,
        "heads": draw(st.integers(0, 2)),
        "plain": draw(st.booleans()),
    }


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(grids(), min_size=20, max_size=20))
def test_the_editor_and_a_file_agree_on_any_table(editor, many):
    made = editor.evaluate(TABLES_OF, [for_the_editor(grid) for grid in many])
    for grid, one in zip(many, made, strict=True):
        assert one == as_the_editor_has_it(table_of(grid_of(grid))), grid
