"""Our sheet against a bare Typst table, WeasyPrint and headless Chromium, and a pack's throughput.

    python tests/bench/sheets.py

The bare table has the same rows in the same fonts on pages as large, tagged as PDF/UA as ours is, and finds
its own widths. The browsers print the notice's own page, the same words and tables, from a file in memory.
WeasyPrint is no part of the site: it is installed into a folder that is gone afterwards. Asserts nothing.
"""

import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import typst

sys.path.insert(0, str(Path(__file__).parents[1]))

from support.browser import a_browser
from support.builders import a_notice, found_village
from support.clock import NOON

from bulletin.domain.codes import new_code
from bulletin.domain.notices.content import Table, cell_words
from bulletin.services.printing.print import sheet_facts
from bulletin.settings import Settings
from bulletin.sheets.compose import Composer
from bulletin.sheets.facts import SheetFacts
from bulletin.store import schema
from bulletin.store.notices import Edition
from bulletin.wiring import folder, make_app, open_site

ROWS, SHEETS, WARM = 139, 400, 20
TURNS = 16  # the first of them warms up
KILO = 1024


def say(what: str, measured: str, aim: str = "", peer: str = "") -> None:
    sys.stdout.write(f"{what:<46} {measured:<24} {aim:<22} {peer}\n")
    sys.stdout.flush()


def ledger() -> dict[str, object]:
    rows = [
        [
            str(n),
            "村道路灯维修材料费（含运输）",
            f"{n * 311.5:.2f}" if n % 2 else "",
            "" if n % 2 else "97.25",
        ]
        for n in range(1, ROWS + 1)
    ]
    columns = [
        {"title": "序号", "kind": "number"},
        {"title": "摘要", "kind": "text"},
        {"title": "收入（元）", "kind": "money"},
        {"title": "支出（元）", "kind": "money"},
    ]
    table = {"type": "table", "caption": "收支明细", "columns": columns, "rows": rows}
    return {"blocks": [{"type": "paragraph", "text": "现将收支情况公开如下。"}, table]}


def the_same_content(path: Path) -> tuple[SheetFacts, str]:
    """One notice of a ledger: what our sheet says, and its page."""
    settings = Settings(data=path, public_url="https://gk.example.cn")
    site = open_site(settings)
    schema.upgrade(site.sessions.engine)
    village = found_village(site, NOON)
    notice = a_notice(village, NOON, document=ledger()).approved()
    with site.sessions.reading() as session:
        facts = sheet_facts(session, site, session.get_one(Edition, 1), NOON)
    app = make_app(settings, site)
    app.extensions["clock"] = lambda: NOON
    return facts, app.test_client().get(f"/N/{notice.code}").text


def span_ms(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - started)


def median_ms(work: Callable[[], object], times: int = 15) -> float:
    work()
    return statistics.median(span_ms(work) for _ in range(times))


BARE = """#let sheet = json("/rows.json")
#set document(title: sheet.title)
#set page(margin: (x: 26mm, top: 28mm, bottom: 73mm), footer: context counter(page).display("1 / 1", both: true))
#set text(font: "Noto Serif SC", size: 12pt, lang: "zh", region: "cn")
#table(
  columns: (auto, 1fr, auto, auto), inset: (x: 0.42em, y: 0.36em), align: (center, left, right, right),
  stroke: (x: none, y: 0.4pt + luma(45%)),
  table.header(..sheet.heads.map(strong)), ..sheet.rows.flatten(),
)
"""
WEASY_RUN = """import sys, time, statistics
from weasyprint import HTML
page = open(sys.argv[1], encoding="utf-8").read()
spans = []
for _ in range(6):
    started = time.perf_counter()
    HTML(string=page).write_pdf()
    spans.append(1000 * (time.perf_counter() - started))
print(statistics.median(spans[1:]))
"""


def varied(facts: SheetFacts, number: int) -> SheetFacts:
    """A ledger that was never set before: other amounts, other words."""
    shift = Decimal(number) / 100
    blocks = tuple(
        replace(block, rows=tuple(_row(row, number, shift) for row in block.rows))
        if isinstance(block, Table)
        else block
        for block in facts.document.blocks
    )
    document = replace(facts.document, blocks=blocks)
    return replace(facts, code=new_code(), title=f"{facts.title}（{number}）", document=document)


def _row(row: tuple[str, ...], number: int, shift: Decimal) -> tuple[str, ...]:
    place, words, *amounts = row
    return (
        place,
        words.replace("材料", f"第{number}批材料"),
        *(str(Decimal(amount) + shift) if amount else "" for amount in amounts),
    )


def set_bare(facts: SheetFacts, fonts: typst.Fonts, folder_: Path) -> bytes:
    table = next(block for block in facts.document.blocks if isinstance(block, Table))
    kinds = [column.kind for column in table.columns]
    rows = [[cell_words(k, cell) for k, cell in zip(kinds, row, strict=True)] for row in table.rows]
    heads = [column.title for column in table.columns]
    (folder_ / "bare.typ").write_text(BARE, "utf-8")
    words = json.dumps({"title": facts.title, "heads": heads, "rows": rows}, ensure_ascii=False)
    (folder_ / "rows.json").write_text(words, "utf-8")
    return bytes(
        typst.compile(
            folder_ / "bare.typ",
            root=folder_,
            font_paths=fonts,
            format="pdf",
            pdf_standards=["ua-1"],
            timestamp=0,
        )
    )


def against_bare(facts: SheetFacts, composer: Composer, fonts: typst.Fonts) -> float:
    """Both by turns, so that what else the machine does meets both alike. Gives our milliseconds."""
    ours, bare = [], []
    with tempfile.TemporaryDirectory() as path:
        for number in range(TURNS):
            sheet = varied(facts, number)
            ours.append(span_ms(lambda sheet=sheet: composer.compose(sheet)))
            bare.append(span_ms(lambda sheet=sheet: set_bare(sheet, fonts, Path(path))))
    mine, theirs = statistics.median(ours[1:]), statistics.median(bare[1:])
    say(f"a ledger of {ROWS} rows, never set before", f"{mine:.0f} ms")
    say(
        "its table alone, bare Typst",
        f"{theirs:.0f} ms",
        "ours ≤ 1.3 times",
        f"{mine / theirs:.2f}",
    )
    return mine


def weasyprint_ms(page: str) -> float | str:
    """What WeasyPrint takes for a page, in an environment of its own; else why that can't be had."""
    with tempfile.TemporaryDirectory(prefix="bulletin-bench-") as path:
        own = Path(path)
        (own / "page.html").write_text(page, "utf-8")
        (own / "run.py").write_text(WEASY_RUN, "utf-8")
        venv.create(own / "venv", with_pip=True)
        python = str(own / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python")
        install = [python, "-m", "pip", "install", "-q", "weasyprint"]
        for step in (install, [python, str(own / "run.py"), str(own / "page.html")]):
            done = subprocess.run(step, capture_output=True, text=True, check=False)
            if done.returncode:
                lines = done.stderr.strip().splitlines() or ["?"]
                what = "no network to install it" if step is install else "it does not run here"
                return f"{what}: {lines[-1][:90]}"
        return float(done.stdout)


def peers(facts: SheetFacts, page: str, composer: Composer, fonts: typst.Fonts) -> None:
    ours = against_bare(facts, composer, fonts)
    again = median_ms(lambda: composer.compose(facts))
    say("the same one again, as from preview to print", f"{again:.0f} ms")
    theirs = weasyprint_ms(page)
    if isinstance(theirs, str):
        say("the same page by WeasyPrint", "not measured", "≥ 15 times ours", theirs)
    else:
        times = f"{theirs / ours:.0f} times"
        say("the same page by WeasyPrint", f"{theirs:.0f} ms", "≥ 15 times ours", times)
    if shutil.which("chromium") is None:
        say("the same page by headless Chromium", "absent", "≥ 50 times ours")
        return
    with a_browser() as browser:
        window = browser.new_page()

        def warm() -> None:
            window.set_content(page)
            window.pdf(format="A4")

        theirs = median_ms(warm, 7)
        say(
            "the same page by Chromium that is running",
            f"{theirs:.0f} ms",
            "",
            f"{theirs / ours:.0f} times",
        )

    def cold() -> None:
        with a_browser() as browser:
            window = browser.new_page()
            window.set_content(page)
            window.pdf(format="A4")

    theirs = median_ms(cold, 3)
    say(
        "the same page by Chromium, started for it",
        f"{theirs:.0f} ms",
        "≥ 50 times ours",
        f"{theirs / ours:.0f} times",
    )


def throughput(facts: SheetFacts, composer: Composer) -> None:
    short = replace(facts, document=replace(facts.document, blocks=facts.document.blocks[:1]))
    sheets = [replace(short, code=new_code(), title=f"{facts.title}（{n}）") for n in range(SHEETS)]
    for each in sheets[:WARM]:
        composer.compose(each)
    with ThreadPoolExecutor(2) as pool:
        started, worked = time.perf_counter(), time.process_time()
        done = list(pool.map(composer.compose, sheets))
        rate = SHEETS / (time.perf_counter() - started)
        each_ms = 1000 * (time.process_time() - worked) / SHEETS
    say("sheets composed on 2 cores, warm", f"{rate:.0f} a second", "aim ≥ 50")
    say("  processor time of one", f"{each_ms:.0f} ms", "≤ 40 on idle cores")
    started, worked = time.perf_counter(), time.process_time()
    for each, sheet in zip(sheets, done, strict=True):
        composer.preflight(each, sheet)
    rate = SHEETS / (time.perf_counter() - started)
    each_ms = 1000 * (time.process_time() - worked) / SHEETS
    say("preflight on one core", f"{rate:.0f} a second", "aim ≥ 8")
    say("  processor time of one", f"{each_ms:.0f} ms", "≤ 125")
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KILO
    say("memory at most", f"{used:.0f} MB", "aim < 400")


def main() -> None:
    templates = folder("templates") / "sheets"
    composer = Composer(templates, [templates / "fonts"])
    with tempfile.TemporaryDirectory() as path:
        facts, page = the_same_content(Path(path))
    throughput(facts, composer)
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=True,
        font_paths=[str(templates / "fonts")],
    )
    peers(facts, page, composer, fonts)


if __name__ == "__main__":
    main()
