"""Every page of the application, on a phone and on a wide screen, as axe-core judges it."""

from collections.abc import Iterator
from http import HTTPStatus
from itertools import groupby

import pytest
from playwright.sync_api import Browser, Page
from support.axe import AXE, findings
from support.browser import (
    MAX_REQUESTS,
    a_browser,
    needs_chromium,
    requests_of,
    served,
    signed_in,
)
from support.full_township import FullVillage
from support.full_village import LOOKED_AT, fill_village
from support.page_addresses import NOWHERE, opened_pages

pytestmark = pytest.mark.sqlite_only(reason="what the browser does")


def pages(browser: Browser, address: str, full: FullVillage) -> Iterator[tuple[Page, str, int]]:
    """Each page in the window of who opens it, what it is called, and the status of its answer."""
    for login, group in groupby(opened_pages(full), key=lambda page: page[0]):
        password = full.village.password
        window = signed_in(browser, address, login, password) if login else browser.new_page()
        window.context.add_init_script(path=AXE)
        for _, path, button in group:
            answer = window.goto(f"{address}{path}")
            if button:
                window.get_by_role("button", name=button).click()
            yield window, f"{login} {path} {button}".strip(), answer.status if answer else 0
        window.context.close()


@pytest.mark.browser
@pytest.mark.slow
@needs_chromium
def test_no_page_has_a_grave_fault(app, zhangjia):
    full = fill_village(zhangjia)
    app.extensions["clock"] = lambda: LOOKED_AT
    found, closed, many = {}, set(), {}
    with a_browser() as browser, served(app) as address:
        for window, name, status in pages(browser, address, full):
            found[name] = list(findings(window))
            if name.startswith("/"):
                many[name] = requests_of(window)
            if "/desk/" in name and status in (HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND):
                closed.add(name)
    assert not {name: faults for name, faults in found.items() if faults}
    assert not {name: count for name, count in many.items() if count > MAX_REQUESTS}
    assert closed == {f"{login} {path}" for login, path in NOWHERE if login}, (
        "the wrong person looks"
    )
