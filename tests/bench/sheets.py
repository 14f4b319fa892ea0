"""Our sheet against WeasyPrint and headless Chromium on the same content, and a pack's throughput.

    python tests/bench/sheets.py

The others print the notice's own page, the same words and tables, from a file in memory. WeasyPrint is no
part of the site: `pip install weasyprint` (and Pango) brings it in, else its line says that it is absent.
Asserts nothing.
"""

import resource
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from support.browser import a_browser
from support.builders import a_notice, found_village
from support.clock import NOON

from bulletin.domain.codes import new_code
from bulletin.services.printing.print import sheet_facts
from bulletin.settings import Settings
from bulletin.sheets.compose import Composer
from bulletin.sheets.facts import SheetFacts
from bulletin.store import schema
from bulletin.store.notices import Edition
from bulletin.wiring import folder, make_app, open_site

ROWS, SHEETS, WARM = 139, 400, 20
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


def median_ms(work: Callable[[], object], times: int = 15) -> float:
    work()
    spans = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        spans.append(1000 * (time.perf_counter() - started))
    return statistics.median(spans)


def peers(facts: SheetFacts, page: str, composer: Composer) -> None:
    numbers = count(1)

    def another() -> None:  # what was set before stays in Typst's memory
        title = f"{facts.title}（{next(numbers)}）"
        composer.compose(replace(facts, code=new_code(), title=title))

    ours = median_ms(another)
    say(f"a ledger of {ROWS} rows, our sheet", f"{ours:.0f} ms")
    again = median_ms(lambda: composer.compose(facts))
    say("the same one again, as from preview to print", f"{again:.0f} ms")
    try:
        from weasyprint import HTML  # noqa: PLC0415 - a peer that may be absent
    except (ImportError, OSError) as fault:
        say("the same page by WeasyPrint", "absent", "≥ 15 times ours", str(fault).splitlines()[0])
    else:
        theirs = median_ms(lambda: HTML(string=page).write_pdf(), 5)
        say(
            "the same page by WeasyPrint",
            f"{theirs:.0f} ms",
            "≥ 15 times ours",
            f"{theirs / ours:.0f} times",
        )
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
    peers(facts, page, composer)


if __name__ == "__main__":
    main()
