"""A real browser and a real server, for tests that walk through pages as people do."""

import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus

import pytest
from flask import Flask
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright
from werkzeug.serving import make_server

# The shell draws and runs pages as Chromium does, for less than half the work: it has no windows, menus and profiles.
CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium")
OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
AUTOSAVE = 1600  # ms, a little more than the editor waits
MAX_REQUESTS = 3  # of a resident's first look, on a network where each takes a second
ASKED = """document.querySelectorAll(
    'link[rel=stylesheet], link[rel=icon]:not([href^="data:"]), script[src], img:not([loading=lazy])'
).length"""
CSRF_TOKEN = re.compile(r'name="csrf_token"[^>]* value="([^"]+)"')
needs_chromium = pytest.mark.skipif(
    CHROMIUM is None, reason="no chromium here: install Debian's `chromium-headless-shell`"
)


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The application on a free port of this machine."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    # It looks for its end so often (s): every test would wait for it.
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def a_browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(OPTIONS))
        try:
            yield browser
        finally:
            browser.close()


def requests_of(page: Page) -> int:
    """How many files the open page takes to be seen whole, itself included; not those that wait to be scrolled to."""
    return 1 + int(page.evaluate(ASKED))


def signed_in(browser: Browser, address: str, login: str, password: str) -> Page:
    """A window of somebody who signed in; the form was sent without drawing its page and the desk."""
    context = browser.new_context(locale="zh-CN")
    form = {"login": login, "password": password}
    if token := CSRF_TOKEN.search(context.request.get(f"{address}/sign-in").text()):
        form["csrf_token"] = token[1]
    answer = context.request.post(f"{address}/sign-in", form=form, max_redirects=0)
    assert answer.status == HTTPStatus.FOUND, answer.text()
    return context.new_page()


def signing_in(browser: Browser, address: str, login: str, password: str) -> Page:
    """A window of somebody who signs in as people do, and stands at the desk."""
    page = browser.new_context(locale="zh-CN").new_page()
    page.goto(f"{address}/sign-in")
    page.fill("[name=login]", login)
    page.fill("[name=password]", password)
    page.click("main button[type=submit]")
    page.wait_for_url("**/desk**")
    return page


def each_of(found: Locator) -> list[Locator]:
    """All that stand there, at least one: who counts at once may count before the answer has come.

    What the page before had, too, is not waited for: then wait for the address first.
    """
    expect(found).not_to_have_count(0)
    found.page.wait_for_load_state("domcontentloaded")
    return found.all()


def stands_there(found: Locator) -> bool:
    """Whether the page has it. Looks at once: for who waited for that page by something that it always has."""
    return found.count() > 0


def texts_of(found: Locator) -> list[str]:
    """The words of each."""
    return [each.inner_text() for each in each_of(found)]


def until_saved(page: Page) -> None:
    """Autosave waits for the next key: in a window whose clock is `install`ed, that time passes at once."""
    page.clock.fast_forward(AUTOSAVE)
    expect(page.locator("[data-status]")).to_contain_text("已保存", timeout=10_000)
