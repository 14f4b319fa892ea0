"""The copy behind nginx, set up as docs/install.md says: what residents meet there, in a real browser.

What reads the content, speaks it and breaks its lines is tried on it too: the fixture `shown`.
"""

import json
import re
from html.parser import HTMLParser
from http import HTTPStatus
from urllib.error import HTTPError
from urllib.parse import unquote, urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import expect
from support.axe import AXE, findings
from support.browser import MAX_REQUESTS, needs_chromium, requests_of
from support.commands import bulletin
from support.filled import ADDRESS
from support.full_copy import full_copy
from support.nginx import behind_nginx, needs_nginx
from support.page_addresses import TOWNSHIP, VILLAGE

from bulletin.web.app import HEADERS

pytestmark = [pytest.mark.browser, pytest.mark.slow, needs_chromium, needs_nginx]

HOME = f"/V/{VILLAGE}/"
PHONE = {"width": 360, "height": 800}


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    return full_copy(tmp_path_factory)


@pytest.fixture(scope="module")
def address(copy, tmp_path_factory):
    with behind_nginx(copy.folder, tmp_path_factory.mktemp("nginx")) as address:
        yield address


@pytest.fixture
def phone(browser, address):
    """A window of a small phone; nothing comes from elsewhere, nothing is missing, nothing is refused or fails."""
    faults = []
    page = browser.new_context(viewport=PHONE, locale="zh-CN").new_page()
    page.on("request", lambda asked: _is_ours(asked.url, address) or faults.append(asked.url))
    page.on("response", lambda answer: _is_found(answer) or faults.append(answer.url))
    page.on("console", lambda said: _is_quiet(said) or faults.append(said.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    page.context.close()
    assert faults == []


def _is_ours(url, address):
    return url.startswith((address, "blob:", "data:"))


def _is_found(answer):
    return answer.status < HTTPStatus.BAD_REQUEST or answer.request.is_navigation_request()


def _is_quiet(said):
    """What is missing is found by its answer; the console says it of the page of a wrong address, too."""
    return said.type not in {"error", "warning"} or said.text.startswith("Failed to load resource")


def answered(url):
    """(status, headers, body), whatever the status."""
    try:
        answer = urlopen(url)  # noqa: S310 - of the server above
    except HTTPError as error:
        answer = error
    with answer:
        return answer.status, answer.headers, answer.read().decode(errors="replace")


def test_from_the_front_page_one_comes_to_the_notice_its_words_and_its_print(phone, address, copy):
    phone.goto(f"{address}/")
    phone.get_by_role("link", name="张家村").first.click()
    phone.wait_for_url(f"{address}{HOME}")
    phone.goto(f"{address}/N/{copy.codes['accounts']}.1")
    assert "3,480" in phone.locator("#content").inner_text()
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    printed = phone.locator(".printed")
    expect(printed).to_be_hidden()
    phone.emulate_media(media="print")
    expect(printed).to_be_visible()
    assert f"：gk.huzhu.example.cn/N/{copy.codes['accounts']}.1" in printed.inner_text()


def test_a_page_checks_its_own_content_by_the_fingerprint_that_it_shows(phone, address, copy):
    phone.goto(f"{address}/N/{copy.codes['accounts']}/")
    fingerprint = phone.locator("dd code").first.inner_text()
    phone.get_by_role("link", name="自己验一验").click()
    phone.fill("#print", fingerprint)
    phone.click("text=验一验")
    phone.locator("[data-answer=same]:visible").wait_for()


def test_every_kind_of_page_is_there_and_has_no_grave_fault(phone, address, copy):
    phone.context.add_init_script(path=AXE)
    found = {}
    english = [f"/en{path}" for path in copy.pages if path.startswith(("/V", "/N"))][::4]
    assert f"/V/{VILLAGE}/meetings" in copy.pages
    for path in (*copy.pages, *english, "/404.html", "/en/404.html"):
        answer = phone.goto(f"{address}{path}")
        assert answer.status == HTTPStatus.OK, path
        found[path] = list(findings(phone))
        assert requests_of(phone) <= MAX_REQUESTS, path
    assert not {path: faults for path, faults in found.items() if faults}


def test_every_link_of_every_page_leads_to_a_file_of_the_copy(copy):
    """As a browser reads links, not as the copy was followed."""
    lead_nowhere = set()
    for page in copy.folder.rglob("*.html"):
        links = Links()
        links.feed(page.read_text("utf-8"))
        lead_nowhere |= {link for link in links.found if not _is_there(copy.folder, link)}
    assert lead_nowhere == set()


class Links(HTMLParser):
    """The addresses within the site that a page names."""

    def __init__(self):
        super().__init__()
        self.found = set()

    def handle_starttag(self, _tag, attrs):
        named = (value or "" for name, value in attrs if name in {"href", "src"})
        self.found |= {urlsplit(each).path for each in named if each.startswith("/")}


def _is_there(folder, link):
    file = folder / unquote(link).strip("/")
    return file.is_file() or (file / "index.html").is_file()


def test_who_reads_english_stays_in_its_folder_and_finds_back(phone, address):
    phone.goto(f"{address}{HOME}")
    phone.get_by_role("link", name="English").click()
    phone.wait_for_url(f"{address}/en{HOME}")
    assert phone.locator("html").get_attribute("lang") == "en"
    phone.locator("main a[href*='/catalog']").first.click()
    phone.wait_for_url(f"{address}/en{HOME}catalog/")
    phone.get_by_role("link", name="中文").click()
    phone.wait_for_url(f"{address}{HOME}catalog/")


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("/N/{code}.1", "/N/{code}.1/"),
        ("/n/{lower}.1", "/N/{code}.1/"),
        ("/en/n/{lower}", "/en/N/{code}/"),
        (f"/v/{VILLAGE}/CATALOG", f"{HOME}catalog/"),
        ("/N/{code}.1。请看", "/N/{code}.1/"),
        ("/n/{lower}.", "/N/{code}/"),
        (f"/V/{VILLAGE}）", HOME),
    ],
)
def test_an_address_opens_its_page_as_phones_and_chats_write_it(
    phone, address, copy, typed, printed
):
    code = copy.codes["accounts"]
    phone.goto(address + typed.format(code=code, lower=code.lower()))
    phone.wait_for_url(address + printed.format(code=code))
    expect(phone.locator("[data-not-found]")).to_have_count(0)


def test_a_code_is_found_as_it_is_typed(phone, address, copy):
    phone.goto(f"{address}/")
    code = copy.codes["accounts"].lower()
    phone.fill("#q", f"{code[:5]} {code[5:]}")
    phone.get_by_role("button", name="查看").click()
    phone.wait_for_url(f"{address}/N/{code.upper()}/")


@pytest.mark.parametrize(
    ("path", "language", "words"),
    [("/nothing", "zh-CN", "没有找到这个编号"), ("/en/nothing", "en", "This code was not found")],
)
def test_an_unknown_address_says_so_in_the_language_of_its_folder(
    phone, address, path, language, words
):
    answer = phone.goto(address + path)
    assert answer.status == HTTPStatus.NOT_FOUND
    assert phone.locator("html").get_attribute("lang") == language
    assert words in phone.locator("[data-not-found]").inner_text()


def test_what_uploads_need_is_not_given_to_readers(address, copy):
    lists = (str(file.relative_to(copy.folder)) for file in (copy.folder / ".lists").iterdir())
    for name in ("manifest.json", "SHA256SUMS", *lists):
        assert (copy.folder / name).exists()
        status, _, body = answered(f"{address}/{name}")
        assert status == HTTPStatus.NOT_FOUND
        assert copy.codes["accounts"] not in body


@pytest.mark.parametrize("path", ["/", HOME, f"{HOME}feed.atom", "/checkpoint", "/nothing"])
def test_nginx_guards_the_copy_as_the_site_guards_itself(address, path):
    _, headers, _ = answered(address + path)
    assert {name: headers[name] for name in HEADERS} == HEADERS


def test_every_file_has_the_type_that_the_site_gives_it(address, copy):
    code = copy.codes["accounts"]
    types = {
        f"/T/{TOWNSHIP}/feed.json": "application/feed+json",
        f"{HOME}feed.atom": "application/atom+xml; charset=utf-8",
        f"{HOME}feed.rss": "application/rss+xml; charset=utf-8",
        f"{HOME}feed.json": "application/feed+json",
        f"{HOME}feed.jsonld": "application/ld+json",
        f"{HOME}feed.ics": "text/calendar; charset=utf-8",
        f"{HOME}catalog.csv": "text/csv; charset=utf-8",
        f"/N/{code}/content.txt": "text/plain; charset=utf-8",
        "/robots.txt": "text/plain; charset=utf-8",
        "/checkpoint": "text/plain; charset=utf-8",
        "/checkpoint.key": "text/plain; charset=utf-8",
        "/static/share.png": "image/png",
        HOME: "text/html; charset=utf-8",
    }
    assert {path: answered(address + path)[1]["Content-Type"] for path in types} == types


def test_another_county_lists_its_notices_and_keeps_witness(address, copy, tmp_path):
    listed = bulletin("harvest", f"{address}/", "--also-private", "--json").stdout
    told = json.loads(listed)
    assert told["unread"] == []
    assert f"{ADDRESS}/N/{copy.codes['accounts']}" in {each["url"] for each in told["notices"]}
    for seen in ("for the first time", "unchanged"):
        assert seen in bulletin("witness", address, tmp_path / "watch", "--also-private").stdout


def test_nothing_is_shown_from_memory_but_what_never_changes(address):
    _, headers, page = answered(f"{address}{HOME}")
    assert headers["Cache-Control"] == "no-cache"
    sheet = re.search(r'href="(/styles/[^"]+)"', page)
    assert sheet
    assert answered(address + sheet[1])[1]["Cache-Control"] == "max-age=2592000"
