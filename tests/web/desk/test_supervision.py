"""督查 at the desk: who opens it, where its figures lead, and what is taken away on paper."""

import io
import re
from datetime import timedelta

import openpyxl
import pytest
from support.builders import a_notice
from support.clock import NOON
from support.printed import chars

from bulletin.services.notices import publish

ADDRESS = "/desk/supervision"
LATER = "as_of=2026-10-20"


def words_on(pdf):
    return "".join(each.char for each in chars(pdf))


@pytest.mark.parametrize(
    ("login", "status"),
    [("wu", 200), ("chen", 200), ("wang", 200), ("zheng", 200), ("li", 403), ("tian", 403)],
)
def test_who_looks_over_all_villages_opens_it(signed_in, login, status):
    for page in ("", "/items", "/people", "/sheets", ".xlsx", ".pdf", "/board.pdf"):
        assert signed_in(login).get(ADDRESS + page).status_code == status, page


def test_each_count_leads_to_as_many_duties(signed_in, zhangjia):
    a_notice(zhangjia, NOON).approved()
    publish.publish_due(zhangjia.site, NOON)
    wu = signed_in("wu")
    page = wu.get(f"{ADDRESS}?{LATER}").text
    links = re.findall(
        r'href="(/desk/coverage\?[^"]*village=\d+[^"]*outcome=\w+)">\s*(\S+)\s*<b[^>]*>(\d+)</b>',
        page,
    )
    assert {words for _, words, _ in links} == {"逾期", "不齐"}
    for link, words, count in links:
        listed = wu.get(link.replace("&amp;", "&")).text
        assert listed.count('<span class="badge') == int(count), (words, link)


def test_the_map_of_the_year_has_the_counts_of_a_month(signed_in):
    page = signed_in("wu").get(f"{ADDRESS}?{LATER}").text
    found = re.search(
        r'scope="row">张家村</th>.*?class="lack-4"><a href="([^"]+)">0/(\d+)</a>', page, re.DOTALL
    )
    listed = signed_in("wu").get(found[1].replace("&amp;", "&")).text
    assert "period=2026-10" in found[1]
    assert listed.count('<span class="badge stop">') == int(found[2])


def test_what_cannot_be_read_is_the_year_as_it_stands(signed_in):
    page = signed_in("wu").get(f"{ADDRESS}?period=x&as_of=y&page=9").text
    assert "2026年度" in page
    assert "看到2026年10月9日为止" in page


def test_the_workbook_has_the_figures_of_the_page(signed_in):
    data = signed_in("wu").get(f"{ADDRESS}.xlsx?{LATER}").data
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["各村", "各月", "各季度", "按事项", "按责任人", "该取下没取"]
    head, *rows = list(book["各村"].values)[1:]
    owed = head.index("逾期")
    by_place = {row[0]: row[owed] for row in rows}
    assert by_place["合计"] == sum(count for place, count in by_place.items() if place != "合计")
    assert by_place["张家村"] > 0


def test_what_hangs_on_the_townships_board_names_nobody(signed_in, zhangjia):
    board = words_on(signed_in("wu").get(f"{ADDRESS}/board.pdf?{LATER}").data)
    assert "张家村" in board
    assert "各村村务公开情况" in board
    for person in zhangjia.people.values():
        assert person.name not in board
    office = words_on(signed_in("wu").get(f"{ADDRESS}.pdf?{LATER}").data)
    assert "分管领导" in office


def test_a_week_before_is_a_link_away(app, signed_in):
    app.extensions["clock"] = lambda: NOON + timedelta(days=11)
    page = signed_in("wu").get(ADDRESS).text
    assert "as_of=2026-10-13" in page
    assert re.search(r"逾期多\d+", page)


@pytest.mark.parametrize("page", ["supervision", "supervision/sheets", "coverage"])
def test_a_day_that_is_asked_for_does_not_stand_above_the_page(signed_in, page):
    text = signed_in("wu").get(f"/desk/{page}?as_of=2026-10-20").text
    above = text.partition("<body>")[2].partition("<header")[0]
    assert "跳到正文" in above
    assert "2026" not in above
