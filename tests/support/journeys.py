"""From the invitation to the three ✓: each role's way through the pages, walked by a `Hand`.

Who is signed in already begins at the desk; who was invited begins at the slip. Every way waits for what the
next one needs, and fails where that does not come.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import Flask
from playwright.sync_api import Browser, Page, ViewportSize, expect

from bulletin.services.duties.open import open_duties
from bulletin.services.notices.publish import publish_due
from bulletin.settings import Settings
from bulletin.sheets.qr import decode
from bulletin.store import schema
from bulletin.wiring import make_app, open_site
from support.boards import close_up
from support.browser import signing_in
from support.builders import Village, a_notice, found_village
from support.clock import NOON
from support.hand import Hand, hand_in

JANUARY = datetime(2027, 1, 12, 1, tzinfo=UTC)  # 09:00; the fourth quarter is to be disclosed
MOMENT = JANUARY + timedelta(hours=3)  # when the notice becomes public
PUBLIC_URL = "https://gk.huzhu.example.cn"
PASSWORD = "four-words-of-her-own"
SIZES: tuple[ViewportSize, ...] = ({"width": 360, "height": 740}, {"width": 1280, "height": 900})
ROWS = 139
HEADS = [("序号", "number"), ("摘要", "text"), ("收入（元）", "money"), ("支出（元）", "money")]


@dataclass(frozen=True)
class Way:
    """What one role did, and what it took."""

    who: str
    what: str
    presses: int
    pastes: int
    seconds: float


def ledger_rows(first: int) -> list[list[str]]:
    return [
        [str(n), f"第{n}笔路灯维修材料费", "", f"{first + n * 3}.50"] for n in range(1, ROWS + 1)
    ]


def last_period(village: Village) -> None:
    """The notice of the third quarter, which the fourth quarter's begins with."""
    columns = [{"title": title, "kind": kind} for title, kind in HEADS]
    table = {"type": "table", "caption": "收支明细", "columns": columns, "rows": ledger_rows(100)}
    opening = {"type": "paragraph", "text": "现将有关情况公开如下。"}
    a_notice(village, NOON, document={"blocks": [opening, table]}).approved()
    open_duties(village.site, JANUARY)


@contextmanager
def a_village() -> Iterator[tuple[Flask, Village]]:
    """A site of its own with last period's notice, for whoever measures outside the suite."""
    with tempfile.TemporaryDirectory(prefix="bulletin-bench-") as data:
        settings = Settings(data=Path(data), insecure_cookies=True, public_url=PUBLIC_URL)
        site = open_site(settings)
        schema.upgrade(site.sessions.engine)
        village = found_village(site, NOON)
        last_period(village)
        yield make_app(settings, site, lambda: JANUARY), village
        site.sessions.close()


@dataclass
class Walk:
    """A village, its pages, and a window size."""

    app: Flask
    village: Village
    browser: Browser
    address: str
    size: ViewportSize

    def ways(self) -> Iterator[Way]:
        """Every way in its order; the clock goes on between them."""
        self.app.extensions["clock"] = lambda: JANUARY
        admin = self._desk("zheng")
        link = self._invite(admin)
        yield _way("管理员", "添加信息员，出登录条", admin)
        qian = Hand(self._window())
        self._open_slip(qian, link)
        yield _way("信息员", "扫登录条，设密码", qian)
        qian = Hand(qian.page)
        code = self._write(qian)
        yield _way("信息员", f"照上一期写，换{ROWS}行，提交", qian)
        for who, login, act in (
            ("监委会", "sun", self._examine),
            ("村主任", "zhao", self._confirm),
        ):
            reviewer = self._desk(login)
            act(reviewer)
            yield _way(who, "看完，通过", reviewer)
        yield from self._after(qian.page, code)

    def _after(self, liaison: Page, code: str) -> Iterator[Way]:
        self.app.extensions["clock"] = lambda: MOMENT
        publish_due(self.village.site, MOMENT)
        hand = Hand(liaison)
        pdf = self._print(hand, code)
        yield _way("信息员", "① 打印", hand)
        hand = Hand(liaison)
        self._hang(hand, close_up([pdf]))
        yield _way("信息员", "② 贴上拍照", hand)
        hand = Hand(liaison)
        self._send(hand)
        yield _way("信息员", "③ 发到群里", hand)
        overseer = self._desk("wu")
        self._oversee(overseer)
        yield _way("乡镇督查", "看进度，点开这一件", overseer)
        resident = Hand(self._window())
        (scan, *_), *_ = decode(pdf)
        self._read(resident, scan.tail)
        yield _way("村民", "扫纸上的码，读全文", resident)

    def _window(self) -> Page:
        return self.browser.new_context(locale="zh-CN", viewport=self.size).new_page()

    def _desk(self, login: str) -> Hand:
        page = signing_in(self.browser, self.address, login, self.village.password)
        page.set_viewport_size(self.size)
        return Hand(page)

    def _invite(self, hand: Hand) -> str:
        hand.follow("设置")
        hand.follow("人员")
        hand.type("#name", "钱示例")
        hand.type("#login", "qian")
        hand.choose("#new-village", "张家村")
        hand.press("添加，出登录条")
        return hand.page.locator("#link").input_value()

    def _open_slip(self, hand: Hand, link: str) -> None:
        hand.page.goto(f"{self.address}/{link.split('/', 3)[3]}")
        hand.presses += 1  # the scan
        hand.type("[name=new]", PASSWORD)
        hand.type("[name=again]", PASSWORD)
        hand.press("设好，开始用")
        hand.page.wait_for_url("**/desk")

    def _write(self, hand: Hand) -> str:
        task = hand.page.locator(".task", has_text="第四季度").filter(has_text="村级财务收支情况")
        hand.click(task.get_by_role("button", name="起草"))
        hand.press("照上一期写")
        hand.page.wait_for_url("**/edit")
        hand.click("[data-row='0'][data-column='0']")
        hand.paste(ledger_rows(900))
        hand.type("#publish_at", f"{MOMENT + timedelta(hours=8):%Y-%m-%dT%H:%M}")
        assert not hand_in(hand)
        return hand.page.url.rpartition("/")[2]

    def _look(self, hand: Hand) -> None:
        task = hand.page.locator(".task", has_text="2026年第四季度村级财务收支情况")
        hand.click(task.locator("a.button"))
        hand.click(".decide summary")

    def _examine(self, hand: Hand) -> None:
        self._look(hand)
        hand.press("审查通过，交联席会议确认")
        expect(hand.page.locator("main")).to_contain_text("审查")

    def _confirm(self, hand: Hand) -> None:
        self._look(hand)
        hand.press("今天")
        expect(hand.page.locator("main")).to_contain_text("确认")

    def _print(self, hand: Hand, code: str) -> bytes:
        hand.page.goto(f"{self.address}/desk")
        hand.click(f".errands a[href$='{code}']")
        hand.press("打印和张贴")
        hand.page.wait_for_url("**/hang**")
        opened = hand.page.get_by_role("link", name="打开PDF").get_attribute("href")
        hand.presses += 1  # the PDF, which a window of the tests keeps to itself
        return hand.page.request.get(f"{self.address}{opened}").body()

    def _hang(self, hand: Hand, photo: bytes) -> None:
        hand.follow("全选")
        hand.photograph("input[type=file]", photo)
        hand.press("登记张贴")
        expect(hand.page.locator(".three .done")).to_have_count(2)

    def _send(self, hand: Hand) -> None:
        hand.follow("做成图片发到群里")
        hand.type("#chat", "张家村村民群")
        hand.press("已发到群里")
        expect(hand.page.locator("#after h2")).to_contain_text("公开以后的事都办好了")

    def _oversee(self, hand: Hand) -> None:
        hand.follow("进度")
        hand.click(hand.page.get_by_role("link", name="张家村，村级财务收支情况"))
        expect(hand.page.locator("main")).to_contain_text("村级财务收支情况")

    def _read(self, hand: Hand, tail: str) -> None:
        hand.page.goto(f"{self.address}/N/{tail}")
        hand.presses += 1  # the scan
        expect(hand.page.locator("main")).to_contain_text("现行版本")
        expect(hand.page.locator("#content")).to_contain_text("903.50")


def _way(who: str, what: str, hand: Hand) -> Way:
    return Way(who, what, hand.presses, hand.pastes, hand.seconds)
