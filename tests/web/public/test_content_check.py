"""验内容: the fingerprint taken again, by a person with the file and by a browser with the page."""

import hashlib
import json

import pytest
from support.browser import needs_chromium
from support.builders import a_notice
from support.clock import NOON

from bulletin.domain.codes import fingerprint_words
from bulletin.services.access import edition_for
from bulletin.services.notices import end


def printed_on(notice):
    with notice.village.site.sessions.reading() as session:
        edition = edition_for(session, notice.village.li, notice.code, 1)
        return fingerprint_words(edition.fingerprint)


def test_the_sha256_of_the_file_is_what_is_printed(resident, approved):
    content = resident.get(f"/N/{approved.code}/content.txt")
    assert content.headers["Cache-Control"] == "no-cache"
    digest = hashlib.sha256(content.data).hexdigest()
    assert fingerprint_words(digest) == printed_on(approved)
    page = resident.get(f"/N/{approved.code}/check").text
    assert digest in page.replace("<wbr>", "")
    assert json.loads(content.data)["title"] in page


def test_the_code_opens_it_in_any_letters_and_its_digits_do_not(resident, approved, zhangjia):
    with zhangjia.site.sessions.reading() as session:
        digits = edition_for(session, zhangjia.li, approved.code, 1).notice.digits
    assert resident.get(f"/N/{digits}/content.txt").status_code == 404  # digits can be guessed
    assert resident.get(f"/N/{approved.code.lower()}/content.txt").status_code == 200


@pytest.mark.parametrize("path", ["check", "content.txt"])
def test_what_may_not_be_read_is_not_checked_either(app, resident, approved, zhangjia, path):
    assert resident.get(f"/N/XXXXXXXXXX/{path}").status_code == 404
    draft = a_notice(zhangjia, NOON)
    assert resident.get(f"/N/{draft.code}/{path}").status_code == 404
    end.take_down(zhangjia.site, zhangjia.li, approved.code, "金额有误", NOON)
    assert resident.get(f"/N/{approved.code}/{path}").status_code == 404


@pytest.mark.browser
@pytest.mark.slow
@needs_chromium
def test_the_browser_takes_the_fingerprint_of_what_it_shows(browser, app, shown, approved):
    fingerprint = printed_on(approved)
    with shown() as address:
        page = browser.new_page()

        def answer(typed):
            page.goto("about:blank")
            page.goto(f"{address}/N/{approved.code}/check#{typed}")
            shown = page.locator("[data-answer]:visible")
            shown.wait_for()
            return shown.get_attribute("data-answer")

        assert answer(fingerprint) == "same"
        assert answer(fingerprint[:9].lower()) == "same"
        assert answer("ZZZZ-ZZZZ") == "different"
        assert answer("ZZZZ") == "short"
        assert page.locator("#answer").get_attribute("role") == "status"
        page.fill("#print", fingerprint)
        page.click("text=验一验")
        page.locator("[data-answer=same]:visible").wait_for()
        page.route(f"**/N/{approved.code}", lambda route: altered(route, app, approved))
        assert answer(fingerprint) == "altered"
        assert page.locator("[data-answer=altered] q").text_content()
        page.route("**/content.txt", lambda route: route.abort())
        assert answer(fingerprint) == "unread"


def altered(route, app, notice):
    """A page that shows another sum than was approved."""
    shown = app.test_client().get(f"/N/{notice.code}").text
    route.fulfill(
        body=shown.replace("48,600", "18,600").replace("元", "角"), content_type="text/html"
    )
