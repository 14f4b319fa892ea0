"""How many presses lie between 起草 and 提交, counted in a real browser. What is pasted counts once.

    python tests/bench/presses.py

Three notices as villages have them: this quarter's ledger of 139 rows after last quarter's, a list of
households on low-income support, and a project without an earlier notice. Every click and every key
counts as one; typed words count as their keys. Asserts nothing.
"""

import logging
import sys
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from playwright.sync_api import Browser, expect
from sqlalchemy import select
from support.browser import a_browser, served, signed_in, stands_there
from support.builders import Village, a_duty
from support.hand import Hand, hand_in
from support.journeys import JANUARY, a_village, ledger_rows

from bulletin.store.duties import Duty

AIM = 12
LEDGER_ITEM, LIST_ITEM, PROJECT_ITEM = (
    "finance.quarterly_accounts",
    "government.low_income_review",
    "government.rural_projects",
)


def finish(hand: Hand) -> None:
    if left := hand_in(hand):
        sys.stdout.write(f"  not handed in: {left}\n")


def the_ledger(hand: Hand) -> None:
    hand.press("照上一期写")
    hand.page.wait_for_url("**/edit")
    hand.click("[data-row='0'][data-column='0']")
    hand.paste(ledger_rows(900))
    finish(hand)


def from_outline(rows: list[list[str]]) -> Callable[[Hand], None]:
    def write(hand: Hand) -> None:
        hand.press("从提纲开始")
        hand.page.wait_for_url("**/edit")
        hand.click(".block textarea")
        hand.paste(rows)
        finish(hand)

    return write


def the_list(hand: Hand) -> None:
    expect(hand.page.get_by_role("button", name="从提纲开始")).to_be_visible()
    if stands_there(hand.page.get_by_role("button", name="照上一期写")):
        hand.press("照上一期写")
        hand.page.wait_for_url("**/edit")
        hand.click("[data-row='0'][data-column='0']")
        hand.paste([[str(n), f"祁示例{n}", "3", "410.00"] for n in range(1, 31)])
        finish(hand)
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
    hand.press("起草")
    write(hand)
    sign = "" if hand.presses <= AIM else f"  over {AIM}"
    sys.stdout.write(
        f"{what:34}{hand.presses:4} presses, {hand.pastes} paste, {hand.seconds:5.1f} s{sign}\n"
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
