"""The pictures of README and docs/, taken from the running demonstration on a fixed day.

    python docs/pictures/make.py [DATA]

DATA holds a demonstration that was built before (`bulletin demo --no-serve --data DATA --now MOMENT`); without it
one is built, which takes half a minute. Needs the tests' Chromium and `fonts-noto-cjk`. Look at what it made.
"""

import io
import logging
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))

from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize
from sqlalchemy import select
from support.browser import a_browser, served, signed_in

from bulletin.services.operations import check
from bulletin.services.operations.demo_township.create import known_sign_ins
from bulletin.settings import read_settings
from bulletin.sheets.pdfium import opened, page_image
from bulletin.store.notices import Edition
from bulletin.store.print_runs import last_run
from bulletin.wiring import make_app, open_site

HERE = Path(__file__).parent
MOMENT = datetime.fromisoformat("2026-11-24T09:30:00+08:00")  # a day with work of every kind
PHONE: ViewportSize = {"width": 360, "height": 800}
SCREEN: ViewportSize = {"width": 1120, "height": 760}
COLOURS = 160  # of a picture: a page has few, and the file is a quarter of what it would be
SHEET_DPI = 110
SOLAR, RULES, LABOUR = (
    "关于光伏电站2026年第三季度收益分配情况的公开",
    "关于修订村规民约的公开",
    "关于农田机耕道维修筹劳方案的公开",
)


@dataclass(frozen=True)
class Demo:
    """The demonstration as it is served: an address, a browser, and how people sign in."""

    address: str
    browser: Browser
    passwords: dict[str, str]
    codes: dict[str, str]  # title → code
    sheet: bytes  # the PDF of SOLAR that hangs

    def page(self, path: str, size: ViewportSize, login: str = "") -> Page:
        """A page, twice as fine as its window, as somebody sees it; '': a resident."""
        if login:
            page = signed_in(self.browser, self.address, login, self.passwords[login])
            kept = page.context.storage_state()
            page.context.close()
        fine = self.browser.new_context(
            locale="zh-CN",
            viewport=size,
            device_scale_factor=2,
            storage_state=kept if login else None,
        ).new_page()
        fine.goto(f"{self.address}{path}", wait_until="networkidle")
        return fine


def sheet(demo: Demo) -> Image.Image:
    with opened(demo.sheet) as document:
        return page_image(document, 0, SHEET_DPI)


def resident(demo: Demo) -> Image.Image:
    return shot(demo.page(f"/N/{demo.codes[SOLAR]}.2", {"width": 360, "height": 950}))


def today(demo: Demo) -> Image.Image:
    return shot(demo.page("/desk", SCREEN, "zhangjia-xinxi"))


def draft(demo: Demo) -> Image.Image:
    return shot(demo.page(f"/desk/notices/{demo.codes[RULES]}/edit", SCREEN, "zhangjia-xinxi"))


def coverage(demo: Demo) -> Image.Image:
    page = demo.page("/desk/coverage?period=2026-Q4", SCREEN, "xiang-ducha")
    page.locator(".matrix-of-all").scroll_into_view_if_needed()
    return shot(page)


def review(demo: Demo) -> Image.Image:
    page = demo.page(f"/desk/notices/{demo.codes[LABOUR]}/review", PHONE, "baima-jiandu")
    page.locator(".decide summary").first.click()
    page.mouse.move(0, 0)  # nothing is about to be pressed
    return shot(page)


def three_signs(demo: Demo) -> Image.Image:
    page = demo.page(f"/desk/notices/{demo.codes[SOLAR]}", SCREEN, "zhangjia-xinxi")
    card = page.locator("#after")
    card.scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")  # its pages are pictures that come late
    return Image.open(io.BytesIO(card.screenshot()))


def shot(page: Page) -> Image.Image:
    return Image.open(io.BytesIO(page.screenshot()))


PICTURES: dict[str, Callable[[Demo], Image.Image]] = {
    "sheet": sheet,
    "page": resident,
    "today": today,
    "draft": draft,
    "review": review,
    "three-signs": three_signs,
    "coverage": coverage,
}


@contextmanager
def running(data: Path) -> Iterator[Demo]:
    """The demonstration in a folder, served."""
    settings = read_settings(data, {})
    site = open_site(settings)
    check.migrate(site)  # a demonstration of last week
    with site.sessions.reading() as session:
        editions = session.scalars(select(Edition)).all()
        codes = {e.title: e.notice.code for e in editions if e.number == len(e.notice.editions)}
        run = next(
            found
            for e in editions
            if e.title == SOLAR and (found := session.scalar(last_run(e.id))) and e.number > 1
        )
        pdf = site.files.get(run.pdf)
    passwords = {card.login: card.password for card in known_sign_ins(data) or []}
    app = make_app(settings, site, lambda: MOMENT)
    with served(app) as address, a_browser() as browser:
        yield Demo(address, browser, passwords, codes, pdf or b"")


def build(data: Path) -> None:
    command = ["-m", "bulletin", "demo", "--no-serve", "--data", data, "--now", MOMENT.isoformat()]
    subprocess.run([sys.executable, *map(str, command)], check=True, stdout=subprocess.DEVNULL)


def main() -> None:
    """Take every picture."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)  # a line for every request
    with tempfile.TemporaryDirectory(prefix="bulletin-pictures-") as fresh:
        data = Path(sys.argv[1] if len(sys.argv) > 1 else fresh)
        if known_sign_ins(data) is None:
            build(data)
        with running(data) as demo:
            for name, take in PICTURES.items():
                picture = take(demo).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
                picture.save(HERE / f"{name}.png", optimize=True)


main()
