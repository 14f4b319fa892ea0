"""Every page of the application, on a phone and on a wide screen, as axe-core judges it."""

from http import HTTPStatus
from itertools import islice

import pytest
from support.axe import AXE, findings
from support.browser import MAX_REQUESTS, needs_chromium, requests_of, served, signed_in
from support.filled import filled_settings, full_village_in
from support.full_village import LOOKED_AT
from support.page_addresses import NOWHERE, opened_pages, page_groups

from bulletin.services.notices import order_register

pytestmark = pytest.mark.sqlite_only(reason="what the browser does")
TOGETHER = 30  # pages of one test: several workers share out the others


@pytest.fixture
def settings(tmp_path, tmp_path_factory):
    return filled_settings(tmp_path_factory, tmp_path)


@pytest.fixture
def full(site, tmp_path_factory):
    return full_village_in(tmp_path_factory, site)


@pytest.fixture
def address(app, full, monkeypatch):
    app.extensions["clock"] = lambda: LOOKED_AT
    monkeypatch.setattr(order_register, "MOST_AT_ONCE", 0)  # the page of a register that is long
    with served(app) as address:
        yield address


@pytest.mark.browser
@pytest.mark.slow
@needs_chromium
@pytest.mark.parametrize(("login", "first"), page_groups(TOGETHER))
def test_no_page_has_a_grave_fault(browser, address, full, login, first):
    password = full.village.password
    window = signed_in(browser, address, login, password) if login else browser.new_page()
    window.context.add_init_script(path=AXE)
    own = (page[1:] for page in opened_pages(full) if page[0] == login)
    pages = list(islice(own, first, first + TOGETHER))
    found, closed, many = {}, set(), {}
    for path, button in pages:
        answer = window.goto(f"{address}{path}")
        if button:
            window.get_by_role("button", name=button).click()
        found[path, button] = list(findings(window))
        if not login:
            many[path] = requests_of(window)
        if "/desk/" in path and answer.status in (HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND):
            closed.add((login, path))
    window.context.close()
    assert not {page: faults for page, faults in found.items() if faults}
    assert not {path: count for path, count in many.items() if count > MAX_REQUESTS}
    nowhere = {page for page in NOWHERE if login} & {(login, path) for path, _ in pages}
    assert closed == nowhere, "the wrong person looks"
