"""What every page says of the site: that all is invented, and what a chat shows of its address."""

import pytest
from sqlalchemy import update
from support.builders import a_notice
from support.clock import NOON

from bulletin.store.notices import Notice
from bulletin.store.places import Township
from bulletin.web.page_cache import PageCache

pytestmark = pytest.mark.sqlite_only(reason="the same words on both")
PATHS = ("/", "/V/630223202214", "/V/630223202214/catalog", "/check", "/sign-in", "/N/XXXXXXXXXX")


def test_every_page_of_a_demo_says_so_in_a_landmark_of_its_own(app, resident, signed_in, zhangjia):
    for path in PATHS:
        assert "演示数据" not in resident.get(path).text
    with zhangjia.site.sessions.writing() as session:
        session.execute(update(Township).values(demo=True))
    app.extensions["page_cache"] = PageCache()  # no act did this
    pages = [resident.get(path).text for path in PATHS]
    pages.append(signed_in("wu").get("/desk").text)
    for page in pages:
        assert page.count('<aside class="demo"') == 1


def test_a_shared_address_shows_title_words_and_picture(resident, zhangjia):
    notice = a_notice(zhangjia, NOON).approved()
    for path in ("/", "/V/630223202214", f"/N/{notice.code}"):
        page = resident.get(path).text
        for name in ("og:title", "og:description", "og:image"):
            assert page.count(f'<meta property="{name}" content="') == 1
        picture = page.partition('og:image" content="')[2].partition('"')[0]
        assert picture.startswith("https://gk.huzhu.example.cn/static/")
        assert resident.get(picture.partition("cn")[2], buffered=True).mimetype == "image/png"


def test_a_list_of_people_shows_nothing_of_itself_in_a_chat(resident, zhangjia):
    notice = a_notice(zhangjia, NOON).approved()
    with zhangjia.site.sessions.writing() as session:
        session.execute(update(Notice).values(personal=True))
    assert "og:" not in resident.get(f"/N/{notice.code}").text
