"""A person at a page, whose presses and seconds are counted."""

import time
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Locator, Page

from support.browser import stands_there, texts_of

PASTE = """text => {
    const data = new DataTransfer();
    data.setData('text/plain', text);
    document.activeElement.dispatchEvent(
        new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
}"""

TAKEN_OR_ASKED = (
    """() => !location.pathname.endsWith("/edit") || document.querySelector("#todo.open")"""
)


@dataclass
class Hand:
    """Every click, choice and typed character is a press; what is pasted counts apart."""

    page: Page
    presses: int = 0
    pastes: int = 0
    began: float = field(default_factory=time.perf_counter)

    @property
    def seconds(self) -> float:
        return time.perf_counter() - self.began

    def click(self, where: str | Locator) -> None:
        found = self.page.locator(where) if isinstance(where, str) else where
        found.first.click()
        self.presses += 1

    def press(self, name: str) -> None:
        self.click(self.page.get_by_role("button", name=name))

    def follow(self, name: str) -> None:
        self.click(self.page.get_by_role("link", name=name))

    def type(self, where: str, words: str) -> None:
        self.page.locator(where).first.fill(words)
        self.presses += 1 + len(words)  # the field is pressed first

    def choose(self, where: str, label: str) -> None:
        self.page.locator(where).select_option(label=label)
        self.presses += 2  # opened, chosen

    def photograph(self, where: str, data: bytes) -> None:
        picture: Any = {"name": "公开栏.jpg", "mimeType": "image/jpeg", "buffer": data}
        self.page.locator(where).first.set_input_files(picture)
        self.presses += 2  # the camera is opened, and released

    def paste(self, rows: list[list[str]]) -> None:
        self.page.evaluate(PASTE, "\n".join("\t".join(row) for row in rows))
        self.pastes += 1


def hand_in(hand: Hand) -> list[str]:
    """提交, and whatever it asks for, until the draft is gone from this desk; returns what still stops it."""
    for _ in range(6):
        if stands_there(hand.page.locator("#todo.open")):  # closed, so that it is seen to open
            hand.page.locator("[data-bar] [data-act=todo]").click()
        hand.click("[data-submit]")
        hand.page.wait_for_function(TAKEN_OR_ASKED)
        if not hand.page.url.endswith("/edit"):
            return []
        if stands_there(hand.page.locator("[name=confirmed]:visible:not(:checked)")):
            hand.click("[name=confirmed]")
        if stands_there(hand.page.locator("[data-why] input:visible")):
            hand.type("[data-why] input", "已经核对")
    return texts_of(hand.page.locator("[data-wrong]"))
