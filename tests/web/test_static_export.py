"""The public site as plain files: what is printed on paper leads there too, lists of people don't."""

import re
import threading
from datetime import timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from flask import Flask
from playwright.sync_api import expect
from support.browser import needs_chromium
from support.builders import a_notice
from support.clock import NOON
from support.copies import insert_notices
from support.resident_pages import unmarked

from bulletin.copy_reader import copy_site
from bulletin.domain.errors import Refused
from bulletin.domain.languages.language import CHINESE, Language
from bulletin.domain.notices.workflow import Act, State
from bulletin.domain.open_data.copy_parts import SITE, CopyPart, PartFiles
from bulletin.services.notices import end, redact
from bulletin.services.notices.drafts import draft as notices_draft
from bulletin.services.notices.reviews import review
from bulletin.services.static_copy.kept_copy import KeptCopy
from bulletin.sheets.qr import decode
from bulletin.store.copies.folder import CopyInFolder
from bulletin.web.public.pages import ROBOTS
from bulletin.web.static_export import CopyBrowser, CopyWords

pytestmark = pytest.mark.slow  # the whole public site is written

NAME = "马玉兰"
LIST = {
    "blocks": [
        {
            "type": "table",
            "caption": "",
            "columns": [{"title": "姓名", "kind": "text"}],
            "rows": [[NAME]],
        },
    ]
}


@pytest.fixture
def zhangjia(few_items):
    """Its pages are drawn again and again."""
    return few_items


@pytest.fixture
def copy(settings, zhangjia, tmp_path):
    """copy(): writes the copy as the command does; returns what became of the folder."""
    folder = tmp_path / "公开网站"

    def run(now=NOON, address="https://gk.huzhu.example.cn", languages=frozenset()):
        run.done = copy_site(settings, zhangjia.site, folder, address, now, languages)
        return folder

    return run


class Quiet(SimpleHTTPRequestHandler):
    """A web server that shows 404.html for what it doesn't have."""

    def log_message(self, *_):
        pass

    def send_error(self, code, *_):
        page = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(page)


@pytest.fixture
def served(copy):
    """served(): the copy behind a web server that runs nothing; returns its address."""
    servers = []

    def start(**said):
        handler = partial(Quiet, directory=copy(**said))
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        servers.append(server)
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def opened(address):
    with urlopen(address) as answer:  # noqa: S310 - of the server above
        return answer.read().decode(errors="replace")


def text_of(folder, address):
    return unmarked((folder / address.strip("/") / "index.html").read_text(encoding="utf-8"))


def test_the_printed_code_opens_its_page_on_a_server_that_runs_nothing(served, zhangjia):
    notice = a_notice(zhangjia, NOON).approved()
    ((code, *_), *_) = decode(notice.printed().sheet.pdf)
    path = code.url("")
    page = unmarked(opened(served() + path))
    assert "这张纸是现行版本" in page
    assert "2026年10月9日12:00的副本" in page.replace(" ", "")


@pytest.mark.browser
@needs_chromium
def test_a_lowered_address_is_led_on_to_the_printed_page(browser, served, zhangjia):
    code = a_notice(zhangjia, NOON).approved().code
    address = served()
    page = browser.new_page()
    for lowered, printed in (
        (f"/n/{code.lower()}.1", f"/N/{code}.1/"),
        ("/v/630223202214", "/V/630223202214/"),
        ("/V/630223202214/CATALOG", "/V/630223202214/catalog/"),
        (f"/N/{code}.1。", f"/N/{code}.1/"),
        ("/V/630223202214），请看", "/V/630223202214/"),
    ):
        page.goto(address + lowered)
        page.wait_for_url(address + printed)
        expect(page.locator("[data-not-found]")).to_have_count(0)
    page.goto(f"{address}/n/0000000000")
    page.wait_for_url(f"{address}/N/0000000000")
    expect(page.locator("[data-not-found]"), "and it stays there").to_have_count(1)


def test_search_engines_are_told_the_same_as_by_the_site(served, zhangjia):
    assert opened(served() + "/robots.txt") == ROBOTS


def test_every_link_of_the_copy_leads_somewhere(served, zhangjia):
    notice = a_notice(zhangjia, NOON)
    upload = notices_draft.attach(
        zhangjia.site, zhangjia.li, notice.code, "明细表.csv", b"1,2", NOON
    )
    blocks = [{"type": "attachment", "file": upload.file, "name": "明细表.csv"}]
    notices_draft.save(
        zhangjia.site,
        zhangjia.li,
        notice.code,
        NOON,
        version=2,
        title="第三季度收支",
        document={"blocks": blocks},
    )
    notice.approved().printed()
    address = served()
    assert f'href="/N/{notice.code}"' in opened(address + "/V/630223202214/")
    for path in (
        f"/N/{notice.code}/paper.pdf",
        f"/F/{notice.code}/{upload.file}/%E6%98%8E%E7%BB%86%E8%A1%A8.csv",
    ):
        assert opened(address + path)
    with pytest.raises(HTTPError):
        opened(address + "/desk")


def test_every_page_stands_there_in_each_language_and_leads_on_within_it(served, zhangjia):
    notice = a_notice(zhangjia, NOON).approved().printed()
    code = next(code for (code, *_) in decode(notice.sheet.pdf))
    address = served(languages=frozenset({"en"}))
    path = code.url("")
    assert f'href="/en{path}"' in opened(address + path)
    page = opened(f"{address}/en{path}")
    assert '<html lang="en"' in page
    assert f'href="{path}"' in page, "and back"
    inner = set(re.findall(r'href="(/en/[^"]*)"', page))
    assert inner
    for link in (*inner, "/en/", "/en/V/630223202214/catalog"):
        assert '<html lang="en"' in opened(address + link), link
    assert '<html lang="en"' in opened(f"{address}/en/404.html")


def test_what_people_type_from_the_paper_has_an_address_too(copy, zhangjia):
    notice = a_notice(zhangjia, NOON).approved()
    folder = copy()
    digits = next(path.name for path in (folder / "N").iterdir() if path.name.isdecimal())
    assert text_of(folder, f"/N/{digits}") == text_of(folder, f"/N/{notice.code}")
    assert "/static/find.js" in text_of(folder, "/")
    assert (folder / "static" / "find.js").exists()
    assert "没有找到这个编号" in (folder / "404.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("address", "pointer"),
    [
        ("https://copy.example.cn", "https://gk.huzhu.example.cn/N/"),
        ("https://gk.huzhu.example.cn", "请到村里的公开栏前看"),
    ],
)
def test_a_personal_list_is_no_part_of_it_and_points_to_where_it_can_be_read(
    copy, zhangjia, address, pointer
):
    notice = a_notice(
        zhangjia,
        NOON,
        item="government.low_income_review",
        document=LIST,
        title=f"{NAME}等低保公示",
    ).approved()
    review.take_step(zhangjia.site, zhangjia.wang, notice.code, Act.SCREEN, NOON)
    notice.printed()
    folder = copy(address=address)
    page = text_of(folder, f"/N/{notice.code}.1")
    assert pointer in page
    assert "名单不在这里" in page
    for file in folder.rglob("*"):
        assert not file.is_file() or NAME.encode() not in file.read_bytes(), file
    assert not (folder / "N" / notice.code / "paper.pdf").exists()


def files_of(folder):
    """What the folder holds; the last tile of the history and the lists, which every act replaces, left out."""
    files = (str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file())
    return {file for file in files if not file.startswith(("tile/", ".lists/"))}


def test_what_is_redacted_or_taken_down_is_deleted_by_the_next_run(copy, zhangjia):
    first, second = a_notice(zhangjia, NOON).approved(), a_notice(zhangjia, NOON).approved()
    english = frozenset({"en"})
    folder = copy(languages=english)
    readable = {
        f"N/{notice.code}/{name}"
        for notice in (first, second)
        for name in ("paper.pdf", "content.txt", "check/index.html", "listen/index.html")
    }
    readable |= {f"en/{path}" for path in readable if path.endswith(".html")}
    scripts = {"content_check.js", "listen.js", "vendor/js-sha256/sha256.min.js"}
    before = files_of(folder)
    later = NOON + timedelta(hours=1)
    redact.redact(zhangjia.site, zhangjia.sun, first.code, "写进了病情", later)
    end.take_down(zhangjia.site, zhangjia.li, second.code, "金额有误", later)
    copy(later, languages=english)
    assert before - files_of(folder) == readable | {f"static/{name}" for name in scripts}
    assert "已撤下" in text_of(folder, f"/N/{second.code}.1")
    for file in folder.rglob("*.html"):
        assert "村道路灯维修材料费" not in file.read_text(encoding="utf-8")


def test_a_draft_is_not_in_it_and_a_second_run_changes_nothing(copy, zhangjia):
    draft = a_notice(zhangjia, NOON, title="还没写完的")
    folder = copy()
    copy()
    assert (copy.done.new, copy.done.changed, copy.done.gone) == (0, 0, 0)
    assert copy.done.same > 5
    assert not (folder / "N" / draft.code).exists()


def test_a_folder_with_other_files_is_refused_and_left_alone(copy, zhangjia, tmp_path):
    (tmp_path / "公开网站").mkdir()
    (tmp_path / "公开网站" / "工资.xlsx").write_bytes(b"1")
    with pytest.raises(Refused, match="空文件夹"):
        copy()
    assert [path.name for path in (tmp_path / "公开网站").iterdir()] == ["工资.xlsx"]


def test_a_run_that_was_cut_off_is_completed_and_nothing_is_forgotten(copy, zhangjia, tmp_path):
    notice = a_notice(zhangjia, NOON).approved()
    cut_off = KeptCopy(CopyInFolder(tmp_path / "公开网站"), NOON)
    files = {"N/OLD/index.html": b"gone"}
    old = PartFiles(key="N/OLD", until=NOON, files=files, notices=frozenset(), static=frozenset())
    cut_off.put_all([old])
    folder = copy()
    assert copy.done.gone == 1
    assert not (folder / "N" / "OLD").exists()
    assert text_of(folder, f"/N/{notice.code}")


@pytest.mark.parametrize("address", ["", "https://example.cn/gk", "gk.example.cn"])
def test_the_copy_needs_a_name_of_its_own(copy, address):
    with pytest.raises(Refused, match="单独一个域名"):
        copy(address=address)


def test_the_further_pages_of_long_lists_are_in_the_copy(copy, zhangjia):
    insert_notices(
        zhangjia, [[(State.PUBLISHED, -1, 9)]] * 51 + [[(State.PUBLISHED, -500, -400)]] * 51
    )
    folder = copy()
    for address in ("/V/630223202214/current/2", "/V/630223202214/2025", "/V/630223202214/2025/2"):
        assert 'class="number"' in text_of(folder, address)
    for written_already in ("current/1", "2025/1"):
        assert not (folder / "V" / "630223202214" / written_already).exists()


def test_a_class_is_followed_from_the_copy_too(copy, zhangjia):
    code = a_notice(zhangjia, NOON).approved().code
    folder = copy() / "V" / "630223202214"
    assert code in (folder / "finance" / "feed.atom").read_text(encoding="utf-8")
    assert code not in (folder / "party" / "feed.json").read_text(encoding="utf-8")
    assert (folder / "finance" / "feed.ics").read_text(encoding="utf-8").count("BEGIN:VEVENT") == 1


def test_the_page_that_asks_for_a_code_is_in_it_for_what_is_not_found_alone():
    """In no language is it a page of its own, whoever links to it."""
    app = Flask("site")
    app.extensions["languages"] = {"zh-CN": CHINESE, "en": Language("en", "English")}
    app.add_url_rule("/", "front", lambda: '<a href="/N/">码</a> <a href="/en/N/">code</a>')
    app.add_url_rule("/N/", "ask", lambda: "which code?")
    app.add_url_rule("/robots.txt", "robots", lambda: "")
    browser = CopyBrowser(app, CopyWords(NOON, "https://copy.example.cn", ""))
    part = browser.part(CopyPart(key=SITE, addresses=("/",), until=NOON))
    assert set(part.files) == {"index.html", "404.html", "en/404.html", "robots.txt"}


def test_a_language_that_the_site_does_not_have_is_refused_before_anything_is_written(
    copy, tmp_path
):
    with pytest.raises(Refused, match=r"eng、zh。现有的是：zh-CN、en。") as refused:
        copy(languages=frozenset({"eng", "en", "zh"}))
    assert refused.value.codes == ("no_such_language",)
    assert not (tmp_path / "公开网站").exists()


def test_chinese_can_be_the_only_language_of_it(copy, zhangjia):
    folder = copy(languages=frozenset({"zh-CN"}))
    assert (folder / "index.html").exists()
    assert {"en", "zh-CN"}.isdisjoint(each.name for each in folder.iterdir())
    copy(languages=frozenset())  # the same, said otherwise
    assert (copy.done.new, copy.done.changed, copy.done.gone) == (0, 0, 0)
