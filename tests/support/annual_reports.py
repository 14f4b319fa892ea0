"""Annual reports as other bodies publish them: a page, a Word document, a PDF, in each form that there was."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import typst
from docx import Document

from bulletin.domain.oversight.annual_report.layout import CellKey, Layout, RowRole, TableName
from bulletin.schedules.annual_report import load_report_layouts

SCHEDULE = Path(__file__).parents[2] / "schedules" / "annual_report.yaml"
FONTS = Path(__file__).parents[2] / "templates" / "sheets" / "fonts"
HEAD = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
TEXTS = (
    "本乡2025年按规定主动公开政府信息。",
    "",
    "全年新收政府信息公开申请{received}件，办结{handled}件。",
    "",
    "（一）存在的问题。个别村的公开栏更新慢。（二）改进情况。每季度检查一次公开栏。",
    "无",
)


class Cell(NamedTuple):
    words: str
    across: int = 1
    down: int = 1


Table = list[list[Cell]]
Figures = Mapping[CellKey, object]


@cache
def layouts() -> dict[str, Layout]:
    return {layout.name: layout for layout in load_report_layouts(SCHEDULE)}


def zeros(layout: Layout) -> dict[CellKey, object]:
    return dict.fromkeys(layout.cells(), Decimal(0))


def filled(layout: Layout) -> dict[CellKey, object]:
    """Figures of which every sum is right: people and companies asked, five were answered, two are left."""
    figures = zeros(layout)

    def put(row: str, **columns: int) -> None:
        for column, count in {**columns, "total": sum(columns.values())}.items():
            figures[CellKey(TableName.REQUESTS, row, column)] = Decimal(count)

    put("received", person=4, company=2)
    put("carried_over", person=1)
    put("disclosed", person=2, company=1)
    put("not_held", person=1)
    put("third_party", company=1)
    put("handled", person=3, company=2)
    put("carried_forward", person=2)
    for row, counts in {"reconsideration": (1, 0, 0, 1), "lawsuit_after": (0, 1, 0, 0)}.items():
        for column, count in zip(layout.reviews.columns, (*counts, sum(counts)), strict=True):
            figures[CellKey(TableName.REVIEWS, row, column)] = Decimal(count)
    for column, count in (("issued", 3), ("repealed", 1), ("in_force", 17)):
        if (key := CellKey(TableName.PROACTIVE, "documents", column)) in figures:
            figures[key] = Decimal(count)
    return figures


def tables_of(layout: Layout, figures: Figures) -> list[tuple[int, Table]]:
    """The tables of a form, with the number of the part in which each stands."""
    return [
        (2, list(_proactive(layout, figures))),
        (3, list(_requests(layout, figures))),
        (4, list(_reviews(layout, figures))),
    ]


def _proactive(layout: Layout, figures: Figures) -> Iterator[list[Cell]]:
    for table in layout.proactive:
        yield [Cell(table.article, 4)]
        width = 4 - len(table.columns)
        *names, last = table.columns.values()
        yield [Cell("信息内容"), *map(Cell, names), Cell(last, width)]
        for row, words in table.rows.items():
            keys = [CellKey(TableName.PROACTIVE, row, column) for column in table.columns]
            *some, end = (str(figures.get(key, "")) for key in keys)
            yield [Cell(words[0]), *map(Cell, some), Cell(end, width)]


def _requests(layout: Layout, figures: Figures) -> Iterator[list[Cell]]:
    person, *organisations, total = layout.requests.columns.values()
    yield [Cell(HEAD, 3, 3), Cell("申请人情况", 7)]
    yield [Cell(person, 1, 2), Cell("法人或其他组织", 5), Cell(total, 1, 2)]
    yield list(map(Cell, organisations))
    rows = layout.requests.rows
    outcomes = [row for row in rows if row.role in {RowRole.OUTCOME, RowRole.TOTAL}]
    groups = [row.label.split(" ")[0] for row in outcomes]
    seen: set[str] = set()
    for row in rows:
        keys = [CellKey(TableName.REQUESTS, row.key, column) for column in layout.requests.columns]
        counts = [Cell(str(figures.get(key, ""))) for key in keys]
        if row not in outcomes:
            yield [Cell(row.label, 3), *counts]
            continue
        group, _, leaf = row.label.partition(" ")
        first = [] if seen else [Cell("三、本年度办理结果", 1, len(outcomes))]
        if not leaf:
            yield [*first, Cell(group, 2), *counts]
        elif group in seen:
            yield [*first, Cell(leaf), *counts]
        else:
            yield [*first, Cell(group, 1, groups.count(group)), Cell(leaf), *counts]
        seen.add(group)


def _reviews(layout: Layout, figures: Figures) -> Iterator[list[Cell]]:
    first, *lawsuits = layout.reviews.rows.values()
    names = list(layout.reviews.columns.values())
    yield [Cell(first, 5, 2), Cell("行政诉讼", 10)]
    yield [Cell(name, 5) for name in lawsuits]
    yield [Cell(name) for _ in range(3) for name in names]
    keys = [
        CellKey(TableName.REVIEWS, row, c)
        for row in layout.reviews.rows
        for c in layout.reviews.columns
    ]
    yield [Cell(str(figures.get(key, ""))) for key in keys]


def texts_of(figures: Figures, **others: str) -> tuple[str, ...]:
    """The words of the six parts; others by their number, as `part5`."""
    total = {
        row: figures.get(CellKey(TableName.REQUESTS, row, "total"), 0)
        for row in ("received", "handled")
    }
    return tuple(
        others.get(f"part{number}", text.format(**total)) for number, text in enumerate(TEXTS, 1)
    )


def _headings(layout: Layout) -> list[str]:
    return [f"{n}、{part}" for n, part in zip("一二三四五六", layout.parts, strict=True)]


def as_page(layout: Layout, figures: Figures, texts: Sequence[str] | None = None) -> bytes:
    """As sites of counties have it: tables within a table that lays the page out."""
    body = ["<h1>示例乡2025年政府信息公开工作年度报告</h1>"]
    tables = dict(tables_of(layout, figures))
    for number, heading in enumerate(_headings(layout), 1):
        body.append(f"<p><b>{heading[:2]}</b>{heading[2:]}</p>")
        if number in tables:
            body.append(_page_table(tables[number]))
        body.append(f"<p>{(texts or texts_of(figures))[number - 1]}</p>")
    frame = f"<table><tr><td><p>首页</p></td></tr><tr><td>{''.join(body)}</td></tr></table>"
    page = (
        f"<!DOCTYPE html><html><head><meta charset=utf-8><style>p{{}}</style></head><body>{frame}"
    )
    return page.encode()


def _page_table(table: Table) -> str:
    rows = (
        "".join(f'<td colspan="{c.across}" rowspan="{c.down}"><p>{c.words}</p></td>' for c in row)
        for row in table
    )
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


def as_word(layout: Layout, figures: Figures, texts: Sequence[str] | None = None) -> bytes:
    document = Document()
    document.add_paragraph("示例乡2025年政府信息公开工作年度报告")
    tables = dict(tables_of(layout, figures))
    for number, heading in enumerate(_headings(layout), 1):
        document.add_paragraph(heading)
        if number in tables:
            _word_table(document, tables[number])
        document.add_paragraph((texts or texts_of(figures))[number - 1])
    data = BytesIO()
    document.save(data)
    return data.getvalue()


def _word_table(document: Any, table: Table) -> None:
    width = max(sum(cell.across for cell in row) for row in table)
    grid = document.add_table(len(table), width)
    cells = [list(line.cells) for line in grid.rows]  # `grid.cell` counts all of them at every call
    taken: set[tuple[int, int]] = set()
    for y, row in enumerate(table):
        x = 0
        for cell in row:
            while (y, x) in taken:
                x += 1
            taken |= {(y + dy, x + dx) for dy in range(cell.down) for dx in range(cell.across)}
            last = cells[y + cell.down - 1][x + cell.across - 1]
            cells[y][x].merge(last).text = cell.words
            x += cell.across


def as_pdf(layout: Layout, figures: Figures, texts: Sequence[str] | None = None) -> bytes:
    tables = dict(tables_of(layout, figures))
    lines = ['#set text(font: "Noto Sans SC", size: 8pt)', "#set page(margin: 15mm)"]
    lines.append("示例乡2025年政府信息公开工作年度报告\n")
    for number, heading in enumerate(_headings(layout), 1):
        lines.append(f"{heading}\n")
        if number in tables:
            lines.append(_typst_table(tables[number]))
        lines.append(f"{(texts or texts_of(figures))[number - 1]}\n")
    data = typst.compile("\n".join(lines).encode(), font_paths=[str(FONTS)])
    assert isinstance(data, bytes)
    return data


def _typst_table(table: Table) -> str:
    width = max(sum(cell.across for cell in row) for row in table)
    cells = (
        f"table.cell(colspan: {c.across}, rowspan: {c.down})[{c.words}]"
        for row in table
        for c in row
    )
    return f"#table(columns: {width}, {', '.join(cells)})\n"


def as_text(layout: Layout, figures: Figures, texts: Sequence[str] | None = None) -> bytes:
    """As tables look that were pasted: a tab between the cells."""
    lines = ["示例乡2025年政府信息公开工作年度报告"]
    tables = dict(tables_of(layout, figures))
    for number, heading in enumerate(_headings(layout), 1):
        lines.append(heading)
        lines += ["\t".join(cell.words for cell in row) for row in tables.get(number, [])]
        lines.append((texts or texts_of(figures))[number - 1])
    return "\n".join(lines).encode()


FORMATS = {"html": as_page, "docx": as_word, "pdf": as_pdf, "txt": as_text}
