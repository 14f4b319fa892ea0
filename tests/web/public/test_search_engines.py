"""What search engines may keep: what the whole village may know for ever, and nothing of a list of people."""

from datetime import timedelta

import pytest
from support.builders import a_notice
from support.clock import NOON

from bulletin.domain.notices.workflow import Act
from bulletin.services.notices.drafts import draft
from bulletin.services.notices.reviews import review
from bulletin.web.public.pages import ROBOTS

CSV = "姓名,金额\n马示例,300\n".encode()


def published(village, item):
    """A notice with an attachment, published; its code, and the address of the file."""
    notice = a_notice(village, NOON, item=item)
    given = (village.site, village.li, notice.code)
    upload = draft.attach(*given, "名单 1.csv", CSV, NOON)
    block = {"type": "attachment", "file": upload.file, "name": "名单"}
    document = {"blocks": [{"type": "paragraph", "text": "现将名单公示如下。"}, block]}
    draft.save(*given, NOON, version=2, title="公示", document=document)
    notice.approved()
    return notice.code, f"/F/{notice.code}/{upload.file}/%E5%90%8D%E5%8D%95.csv"


@pytest.fixture
def of_people(zhangjia):
    code, file = published(zhangjia, "government.low_income_review")
    review.take_step(zhangjia.site, zhangjia.wang, code, Act.SCREEN, NOON)
    return code, file


def test_nothing_of_a_list_of_people_is_kept_by_a_search_engine(app, resident, of_people):
    code, file = of_people
    addresses = (f"/N/{code}", f"/N/{code}.1", f"/N/{code}.1?big=1", f"/N/{code}/paper.pdf", file)
    for address in (*addresses, addresses[0]):  # once more, from the cache
        answer = resident.get(address)
        assert (answer.status_code, answer.headers.get("X-Robots-Tag")) == (200, "noindex"), address
    app.extensions["clock"] = lambda: NOON + timedelta(days=40)
    assert resident.get(f"/N/{code}").headers["X-Robots-Tag"] == "noindex", "also when it is over"


def test_accounts_may_be_found_with_a_search_engine(resident, zhangjia):
    code, file = published(zhangjia, "finance.quarterly_accounts")
    for address in ("/", "/V/630223202214", f"/N/{code}", f"/N/{code}/paper.pdf", file):
        answer = resident.get(address)
        assert answer.status_code == 200
        assert "X-Robots-Tag" not in answer.headers, address


def test_robots_are_told_what_is_no_page_and_are_let_to_where_noindex_stands(resident, zhangjia):
    answer = resident.get("/robots.txt")
    assert (answer.mimetype, answer.text) == ("text/plain", ROBOTS)
    assert "Disallow: /desk\n" in ROBOTS
    assert "/N" not in ROBOTS


@pytest.mark.parametrize("name", ["x.exe", "x", "..%5C..%5Cx.html", "%22;x.svg"])
def test_a_file_is_saved_under_its_own_name_whatever_the_link_says(resident, zhangjia, name):
    _, file = published(zhangjia, "finance.quarterly_accounts")
    said = resident.get(f"{file.rpartition('/')[0]}/{name}").headers["Content-Disposition"]
    assert said == "attachment; filename=\"file.csv\"; filename*=UTF-8''%E5%90%8D%E5%8D%95.csv"


def test_at_the_desk_a_file_has_its_ending_too(signed_in, zhangjia):
    code, file = published(zhangjia, "finance.quarterly_accounts")
    browser = signed_in("li")
    digest = file.split("/")[3]
    link = f"/desk/notices/{code}/files/{digest}/%E5%90%8D%E5%8D%95.csv"
    assert link in browser.get(f"/desk/notices/{code}").text
    answer = browser.get(link)
    assert ".csv" in answer.headers["Content-Disposition"]
    assert (answer.headers["Cache-Control"], answer.headers["X-Robots-Tag"]) == (
        "no-store",
        "noindex",
    )
