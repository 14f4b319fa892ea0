"""How long a file takes until its blocks are there: 20 pages of Word with 10 tables, ledgers, a PDF.

    python tests/bench/bring.py

The peer of each is its library alone, opening the same file. Prints figures, asserts none.
"""

import io
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pypdfium2
import typst

sys.path.insert(0, str(Path(__file__).parents[1]))

from support.brought import png, saved

from bulletin.domain.notices.brought.outline import Outline, outline_of
from bulletin.readers.brought.file import read_brought
from bulletin.readers.brought.worksheets import Workbook

TURNS = 5
PAGES, TABLES, ROWS, LEDGER_ROWS = 20, 10, 25, 5000
SENTENCE = "现将本村第三季度财务收支情况向全体村民公示如下，请大家监督。"


def a_report() -> bytes:
    document = docx.Document()
    document.add_heading("2026年第三季度村务公开", 0)
    for page in range(PAGES):
        document.add_heading(f"第{page + 1}部分", 1)
        for _ in range(8):
            document.add_paragraph(SENTENCE * 3)
        if page < TABLES:
            table = document.add_table(ROWS, 6)
            for y, row in enumerate(table.rows):
                for x, cell in enumerate(row.cells):
                    cell.text = f"列{x}" if y == 0 else str(y * 100 + x)
        document.add_picture(io.BytesIO(png(size=(1200, 800))))
    return saved(document)


def a_ledger() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["序号", "日期", "摘要", "收入", "支出", "结余"])
    for row in range(LEDGER_ROWS):
        book.active.append([row, "2026-07-01", "村道路灯维修材料费", row * 1.5, None, row * 3.25])
    return saved(book)


def a_pdf() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        main = Path(folder) / "main.typ"
        main.write_text("\n\n".join([SENTENCE * 4] * 8 + ["#pagebreak()"]) * PAGES, "utf-8")
        return bytes(typst.compile(str(main), format="pdf"))


def blocks_of(data: bytes, name: str) -> Outline:
    read = read_brought(data, name)
    if isinstance(read, Workbook):
        return outline_of(read.parts(read.filled[0], None, also_hidden=False))
    return outline_of(read)


def seconds(work: Callable[[], object]) -> float:
    taken = []
    for _ in range(TURNS):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


def words_of_pdf(data: bytes) -> None:
    for page in pypdfium2.PdfDocument(data):
        page.get_textpage().get_text_range()


def main() -> None:
    cases = (
        ("公示.docx", a_report(), "3 s", lambda data: docx.Document(io.BytesIO(data))),
        ("账.xlsx", a_ledger(), "", lambda data: openpyxl.load_workbook(io.BytesIO(data))),
        ("公示.pdf", a_pdf(), "", words_of_pdf),
    )
    for name, data, aim, peer in cases:
        ours = seconds(lambda data=data, name=name: blocks_of(data, name))
        alone = seconds(lambda data=data, peer=peer: peer(data))
        size = f"{name} ({len(data) // 1024} KB, {len(blocks_of(data, name).blocks)} blocks)"
        sys.stdout.write(f"{size:<44} {ours:6.2f} s  aim {aim:<4} peer {alone:6.2f} s\n")


if __name__ == "__main__":
    main()
