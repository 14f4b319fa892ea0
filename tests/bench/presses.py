"""How many presses lie between 起草 and 提交, counted in a real browser. What is pasted counts once.

    python tests/bench/presses.py

Three notices as villages have them: this quarter's ledger of 139 rows after last quarter's, a list of
households on low-income support, and a project without an earlier notice. Every click and every key
counts as one; typed words count as their keys. Asserts nothing.
"""

import logging
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from flask import Flask
from playwright.sync_api import Browser, Page
from sqlalchemy import select
from support.browser import a_browser, served, signed_in
from support.builders import Village, a_duty, a_notice, found_village
from support.clock import NOON

from bulletin.services.duties.open import open_duties
from bulletin.settings import Settings
from bulletin.store import schema
from bulletin.store.duties import Duty
from bulletin.wiring import make_app, open_site

ROWS, AIM = 139, 12
LEDGER_ITEM, LIST_ITEM, PROJECT_ITEM = (
    "finance.quarterly_accounts",
    "government.low_income_review",
    "government.rural_projects",
)
JANUARY = datetime(2027, 1, 6, 4, tzinfo=UTC)
PASTE = """text => {
    const data = new DataTransfer();
    data.setData('text/plain', text);
    document.activeElement.dispatchEvent(
        new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
}"""


def ledger_rows(first: int) -> list[list[str]]:
    return [
        [str(n), f"第{n}笔路灯维修材料费", "", f"{first + n * 3}.50"] for n in range(1, ROWS + 1)
    ]


def a_table(caption: str, heads: list[tuple[str, str]], rows: list[list[str]]) -> dict[str, Any]:
    columns = [{"title": title, "kind": kind} for title, kind in heads]
    table = {"type": "table", "caption": caption, "columns": columns, "rows": rows}
    return {"blocks": [{"type": "paragraph", "text": "现将有关情况公开如下。"}, table]}


LEDGER_HEADS = [
    ("序号", "number"),
    ("摘要", "text"),
    ("收入（元）", "money"),
    ("支出（元）", "money"),
]


@dataclass
class Hand:
    """A person at the page, who counts."""

    page: Page
    presses: int = 0
    pastes: int = 0

    def click(self, where: str) -> None:
        self.page.locator(where).first.click()
        self.presses += 1

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name).first.click()
        self.presses += 1

    def paste(self, rows: list[list[str]]) -> None:
        self.page.evaluate(PASTE, "\n".join("\t".join(row) for row in rows))
        self.pastes += 1


def hand_in(hand: Hand) -> None:
    """提交, and whatever it asks for, until the draft is gone from this desk."""
    for _ in range(6):
        hand.click("[data-submit]")
        hand.page.wait_for_timeout(800)
        if not hand.page.url.endswith("/edit"):
            return
        if hand.page.locator("[name=confirmed]:visible:not(:checked)").count():
            hand.click("[name=confirmed]")
        if hand.page.locator("[data-why] input:visible").count():
            hand.page.locator("[data-why] input").first.fill("已经核对")
            hand.presses += len("已经核对")
    left = hand.page.locator("[data-wrong]").all_inner_texts()
    sys.stdout.write(f"  not handed in: {left}\n")


def the_ledger(hand: Hand) -> None:
    hand.press("照上一期写")
    hand.page.wait_for_url("**/edit")
    hand.click("[data-row='0'][data-column='0']")
    hand.paste(ledger_rows(900))
    hand_in(hand)


def from_outline(rows: list[list[str]]) -> Callable[[Hand], None]:
    def write(hand: Hand) -> None:
        hand.press("从提纲开始")
        hand.page.wait_for_url("**/edit")
        hand.click(".block textarea")
        hand.paste(rows)
        hand_in(hand)

    return write


def the_list(hand: Hand) -> None:
    if hand.page.get_by_role("button", name="照上一期写").count():
        hand.press("照上一期写")
        hand.page.wait_for_url("**/edit")
        hand.click("[data-row='0'][data-column='0']")
        hand.paste([[str(n), f"祁示例{n}", "3", "410.00"] for n in range(1, 31)])
        hand_in(hand)
    else:
        from_outline(LIST)(hand)


LIST = [
    ["序号", "户主姓名", "保障人口", "月保障金额（元）"],
    *([str(n), f"祁示例{n}", "3", "410.00"] for n in range(1, 31)),
]
PROJECT = [
    ["项目", "内容"],
    ["建设内容", "硬化村道1.2公里"],
    ["预算", "168000元"],
    ["资金来源", "财政奖补126000元，村集体42000元"],
    ["工期", "2027年3月至5月"],
]


@contextmanager
def a_village() -> Iterator[tuple[Flask, Village]]:
    with tempfile.TemporaryDirectory(prefix="bulletin-bench-") as data:
        settings = Settings(data=Path(data), insecure_cookies=True)
        site = open_site(settings)
        schema.upgrade(site.sessions.engine)
        village = found_village(site, NOON)
        document = a_table("收支明细", LEDGER_HEADS, ledger_rows(100))
        a_notice(village, NOON, document=document).approved()
        open_duties(site, JANUARY)
        app = make_app(settings, site)
        app.extensions["clock"] = lambda: JANUARY
        yield app, village


def _fourth(village: Village) -> int:
    with village.site.sessions.reading() as session:
        asked = select(Duty.id).where(Duty.item_code == LEDGER_ITEM, Duty.occasion == "2026-Q4")
        return session.scalars(asked.where(Duty.village_id == village.id)).one()


def walk(
    what: str, browser: Browser, address: str, duty: int, write: Callable[[Hand], None]
) -> None:
    page = signed_in(browser, address, "li", Village.password)
    page.goto(f"{address}/desk/duties/{duty}")
    hand = Hand(page)
    began = time.perf_counter()
    hand.press("起草")
    write(hand)
    sign = "" if hand.presses <= AIM else f"  over {AIM}"
    took = time.perf_counter() - began
    sys.stdout.write(
        f"{what:34}{hand.presses:4} presses, {hand.pastes} paste, {took:5.1f} s{sign}\n"
    )
    page.context.close()


def main() -> None:
    logging.getLogger("werkzeug").setLevel(logging.ERROR)  # a line for every request
    with a_village() as (app, village), served(app) as address, a_browser() as browser:
        walk("last quarter's ledger, 139 new rows", browser, address, _fourth(village), the_ledger)
        for what, item, write in (
            ("a list on low-income support", LIST_ITEM, the_list),
            ("a project, no earlier notice", PROJECT_ITEM, from_outline(PROJECT)),
        ):
            walk(what, browser, address, a_duty(village, item, JANUARY), write)


main()
