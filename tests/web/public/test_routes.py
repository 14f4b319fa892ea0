"""What Auntie Qian's phone opens: no login, no cookie, an answer for every code."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from urllib.parse import unquote

import pytest
from support.builders import LEDGER, a_notice
from support.clock import NOON
from support.copies import insert_notices

from bulletin.domain.codes import Scan, digits_words
from bulletin.domain.notices.content import texts
from bulletin.domain.notices.content_serialization import read_document
from bulletin.domain.notices.workflow import State
from bulletin.services.notices import end
from bulletin.services.notices.drafts import draft
from bulletin.services.public import notice_page
from bulletin.sheets.extract import content_text, plain


def at(app, moment):
    app.extensions["clock"] = lambda: moment


@pytest.fixture
def published(approved):
    return approved


def test_the_scanned_page_says_that_the_paper_is_the_edition_in_force(resident, published):
    answer = resident.get(f"/N/{published.code}.1")
    assert answer.status_code == 200
    assert "这张纸是现行版本" in answer.text
    assert "张家村公开〔2026〕1号" in answer.text


def test_no_page_of_a_resident_sets_a_cookie_or_carries_a_script(resident, published):
    for path in ("/", f"/N/{published.code}.1", "/V/630223202214", "/find?q=xyz", "/N/XXXXXXXXXX"):
        answer = resident.get(path)
        assert "Set-Cookie" not in answer.headers
        assert "<script" not in answer.text
        assert "script-src" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("scanned", [True, False])
def test_the_page_shows_exactly_the_content_of_the_printed_sheet(resident, published, scanned):
    tail = f"{published.code}.1" if scanned else published.code
    answer = resident.get(f"/N/{tail}")
    article = re.search(r'<article id="content".*?</article>', answer.text, re.DOTALL)[0]
    shown = plain(re.sub(r"<[^>]+>", "", article))
    assert shown == plain("".join(texts(read_document(LEDGER))))
    assert shown == content_text(published.printed().sheet.pdf)


def test_a_phone_asks_again_every_time_so_that_nothing_is_shown_past_its_moment(
    resident, published
):
    page = "public, max-age=0, s-maxage=10, must-revalidate"
    for path, age in (
        (f"/N/{published.code}.1", page),
        (f"/N/{published.code}/paper.pdf", "no-cache"),
    ):
        first = resident.get(path)
        assert first.headers["Cache-Control"] == age
        again = resident.get(path, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")


def test_a_code_is_read_in_lower_case_and_with_lookalikes(resident, published):
    typed = published.code.lower().replace("0", "o").replace("1", "l")
    answer = resident.get(f"/n/{typed}.1", follow_redirects=True)
    assert (answer.status_code, answer.request.path) == (200, f"/N/{published.code}.1")


def test_the_one_box_takes_code_digits_and_whole_addresses(resident, published, zhangjia):
    page = notice_page.notice_page(zhangjia.site, Scan(published.code, 1), scanned=False, now=NOON)
    for typed in (
        published.code,
        digits_words(page.digits),
        f"HTTPS://GK.HUZHU.EXAMPLE.CN/N/{published.code}.1",
    ):
        answer = resident.get("/find", query_string={"q": typed})
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith(f"/N/{published.code}")


@pytest.mark.parametrize(
    "tail", ["XXXXXXXXXX", "7KQ2M4", "0000000000.1", "你好", "../../etc/passwd"]
)
def test_an_unknown_code_gets_a_friendly_page_with_the_box_and_the_villages(
    resident, zhangjia, tail
):
    answer = resident.get(f"/N/{tail}")
    assert answer.status_code == 404
    if "/" not in tail:
        assert 'name="q"' in answer.text
        assert "张家村" in answer.text


def test_an_edition_that_never_was_shows_the_current_one_and_says_so(resident, published):
    answer = resident.get(f"/N/{published.code}.7")
    assert answer.status_code == 200
    assert "第7版" in answer.text
    assert "上级拨付村级组织运转经费" in answer.text


def test_every_ending_answers_with_a_page_and_never_a_bare_404(app, resident, zhangjia):
    scheduled = a_notice(zhangjia, NOON, publish_at=NOON + timedelta(days=1)).approved()
    assert "还没到公开的时间" in resident.get(f"/N/{scheduled.code}.1").text
    end.cancel(zhangjia.site, zhangjia.li, scheduled.code, "会议改期", NOON)
    assert "会议改期" in resident.get(f"/N/{scheduled.code}.1").text
    notice = a_notice(zhangjia, NOON, item="affairs.decisions_progress").approved()
    at(app, NOON + timedelta(days=30))
    assert "公示期已过" in resident.get(f"/N/{notice.code}.1").text
    at(app, NOON)
    end.take_down(zhangjia.site, zhangjia.li, notice.code, "数字有误", NOON)
    page = resident.get(f"/N/{notice.code}.1")
    assert page.status_code == 200
    assert "数字有误" in page.text
    assert "上级拨付" not in page.text


def test_the_village_page_lists_what_is_on_display_and_the_archive(app, resident, published):
    assert "2026年第三季度村级财务收支情况" in resident.get("/V/630223202214").text
    assert resident.get("/V/000000000000").status_code == 404
    at(app, NOON + timedelta(days=40))
    archived = resident.get("/V/630223202214").text
    assert "2026年第三季度村级财务收支情况" in archived


def test_long_lists_are_turned_page_by_page_in_the_type_size_one_chose(resident, zhangjia):
    insert_notices(
        zhangjia, [[(State.PUBLISHED, -1, 9)]] * 60 + [[(State.PUBLISHED, -500, -400)]] * 55
    )
    address, titles = "/V/630223202214?big=1", 0
    while address:
        page = resident.get(address).text
        titles += page.count('class="number"')
        further = re.search(r'rel="next" href="([^"]+)"', page)
        address = further and unescape(further[1])
    assert titles == 61
    year = re.search(r'href="([^"]+)">2025年', resident.get("/V/630223202214?big=1").text)[1]
    assert year == "/V/630223202214/2025?big=1"
    assert "第2页" in resident.get("/V/630223202214/2025/2").text
    assert resident.get("/V/630223202214/2025/3").status_code == 404


def test_an_attachment_opens_while_the_notice_may_be_read_and_not_after(app, resident, zhangjia):
    notice = a_notice(zhangjia, NOON)
    upload = draft.attach(
        zhangjia.site,
        zhangjia.li,
        notice.code,
        "明细 #1.csv",
        "摘要,金额\n电费,24\n".encode(),
        NOON,
    )
    document = {
        "blocks": [
            *LEDGER["blocks"],
            {"type": "attachment", "file": upload.file, "name": upload.name},
        ]
    }
    draft.save(
        zhangjia.site, zhangjia.li, notice.code, NOON, version=2, title="有附件", document=document
    )
    url = f"/F/{notice.code}/{upload.file}/x.csv"
    assert resident.get(url).status_code == 404  # still a draft
    notice.approved()
    page = resident.get(f"/N/{notice.code}.1").text
    link = re.search(rf'href="(/F/{notice.code}/[^"]+)"', page)[1]
    answer = resident.get(link)
    assert "电费".encode() in answer.data
    assert answer.headers["Content-Disposition"].startswith("attachment")
    end.take_down(zhangjia.site, zhangjia.li, notice.code, "附件有误", NOON)
    assert resident.get(url).status_code == 404


@pytest.mark.parametrize("name", ["财务收支明细" * 50, "2025/2026年明细", "../../明细"])
def test_a_file_of_any_name_opens_and_is_saved_under_one_that_disks_take(resident, zhangjia, name):
    """In the plain-file copy its address is its place on the disk."""
    notice = a_notice(zhangjia, NOON)
    given = (zhangjia.site, zhangjia.li, notice.code)
    upload = draft.attach(*given, "x.csv", "摘要,金额\n电费,24\n".encode(), NOON)
    block = {"type": "attachment", "file": upload.file, "name": name}
    document = {"blocks": [*LEDGER["blocks"], block]}
    draft.save(*given, NOON, version=2, title="有附件", document=document)
    notice.approved()
    page = resident.get(f"/N/{notice.code}").text
    link = re.search(rf'href="(/F/{notice.code}/[^"]+)"', page)[1]
    answer = resident.get(link)
    assert answer.status_code == 200
    saved_as = answer.headers["Content-Disposition"].rpartition("''")[2]
    for end_of_address in (link.rpartition("/")[2], saved_as):
        on_disk = unquote(end_of_address)
        assert len(on_disk.encode()) <= 255
        assert on_disk.endswith(".csv")
        assert "/" not in on_disk


def test_the_paper_on_the_page_is_the_paper_that_was_printed(resident, published):
    printed = published.printed()
    answer = resident.get(f"/N/{published.code}/paper.pdf")
    assert answer.data == printed.sheet.pdf
    assert answer.mimetype == "application/pdf"


def test_a_page_asked_for_again_is_the_page_of_this_moment(app, resident, zhangjia):
    """Kept pages go stale by an act, by a moment, and by midnight; never a second later."""
    due = NOON + timedelta(minutes=5)
    notice = a_notice(zhangjia, NOON, publish_at=due).approved()
    url = f"/N/{notice.code}.1"
    assert "还没到公开的时间" in resident.get(url).text
    assert "还没到公开的时间" in resident.get(url).text
    app.extensions["clock"] = lambda: due
    shown = [resident.get(url).text for _ in range(2)]
    assert shown[0] == shown[1]
    assert "这张纸是现行版本" in shown[0]
    assert resident.get(f"{url}?big=1").text != shown[0]
    end.take_down(zhangjia.site, zhangjia.li, notice.code, "有误", due)
    assert "这份公开已撤下" in resident.get(url).text


def test_a_kept_page_does_not_outlive_its_period(app, resident, zhangjia):
    notice = a_notice(zhangjia, NOON).approved()
    url = f"/N/{notice.code}.1"
    # the fifteenth day is Saturday the 24th, so that it closes with Monday the 26th
    app.extensions["clock"] = lambda: datetime(2026, 10, 26, 15, 59, 59, tzinfo=UTC)
    assert "公示期已过" not in resident.get(url).text
    app.extensions["clock"] = lambda: datetime(2026, 10, 26, 16, 0, tzinfo=UTC)
    assert "公示期已过" in resident.get(url).text
