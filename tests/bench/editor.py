"""How long a key takes in the draft editor, in a real browser, with a table of 300 rows and 12 columns.

    python tests/bench/editor.py

For each place a median and the slowest of twenty of 120 keys, in ms: from the key to the end of the script, style and
layout that it causes. The first line is an empty textarea on an empty page: what the browser itself takes.
Asserts nothing.
"""

import gzip
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from playwright.sync_api import Page
from support.browser import a_browser, served, signed_in
from support.builders import a_notice, found_village
from support.clock import NOON
from support.paths import PAGE_TEMPLATES

from bulletin.settings import Settings
from bulletin.store import schema
from bulletin.web.editor_script import editor_script
from bulletin.wiring import make_app, open_site

ROWS, COLUMNS, KEYS = 300, 12, 120
AIM = 16  # ms
WATCH = """() => {
    window.took = [];
    addEventListener('keydown', () => { window.began = performance.now(); }, true);
    addEventListener('input', () => {
        document.body.getBoundingClientRect();
        window.took.push(performance.now() - window.began);
    });
}"""
PLACES = {  # what: where it is typed
    "a cell in the middle": "[data-row='150'][data-column='5']",
    "a cell of money": "[data-row='150'][data-column='11']",
    "the title of a column": "[data-title='5']",
    "a paragraph above the table": ".block textarea >> nth=0",
    "the title": "[name=title]",
}


def a_long_draft() -> dict[str, Any]:
    columns = [{"title": f"第{n + 1}项说明", "kind": "text"} for n in range(COLUMNS - 1)]
    columns.append({"title": "金额（元）", "kind": "money"})
    cells = [f"东社马示例{n}" for n in range(COLUMNS - 1)]
    rows = [[*cells, f"{row}234.50"] for row in range(1, ROWS + 1)]
    table = {"type": "table", "caption": "明细", "columns": columns, "rows": rows}
    return {"blocks": [{"type": "paragraph", "text": "现将明细公开如下。"}, table]}


@contextmanager
def the_editor() -> Iterator[Page]:
    with tempfile.TemporaryDirectory(prefix="bulletin-bench-") as data:
        settings = Settings(data=Path(data), insecure_cookies=True)
        site = open_site(settings)
        schema.upgrade(site.sessions.engine)
        village = found_village(site, NOON)
        draft = a_notice(village, NOON, document=a_long_draft())
        app = make_app(settings, site)
        app.extensions["clock"] = lambda: NOON
        with served(app) as address, a_browser() as browser:
            page = signed_in(browser, address, "li", village.password)
            page.goto(f"{address}/desk/notices/{draft.code}/edit")
            page.wait_for_selector(".block table input")
            yield page


def measure(page: Page, what: str, where: str) -> None:
    page.evaluate("() => { window.took.length = 0; }")
    page.locator(where).first.focus()
    for _ in range(KEYS // 12):  # as long as the words of a cell are
        page.keyboard.press("Control+a")
        page.keyboard.type("123456789.50")
    took = sorted(page.evaluate("() => window.took"))
    slow = took[int(len(took) * 0.95)]
    sign = "" if slow <= AIM else f"  over {AIM}"
    sys.stdout.write(f"{what:32}{median(took):8.1f}{slow:8.1f}{sign}\n")


def main() -> None:
    packed = len(gzip.compress(editor_script(PAGE_TEMPLATES / "static" / "editor").encode(), 6))
    sys.stdout.write(f"all scripts of the page: {packed} bytes packed\n")
    with the_editor() as page:
        empty = page.context.new_page()
        empty.set_content("<textarea></textarea>")
        empty.evaluate(WATCH)
        measure(empty, "an empty page", "textarea")
        empty.close()
        page.evaluate(WATCH)
        for what, where in PLACES.items():
            measure(page, what, where)


main()
