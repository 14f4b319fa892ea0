"""From the invitation to the three ✓ in a real browser, each role at its own window, on a phone and on a wide screen."""

import pytest
from sqlalchemy import select
from support.browser import needs_chromium, served
from support.journeys import SIZES, Walk, last_period

from bulletin.services.operations import verify
from bulletin.store.postings import Posting

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    needs_chromium,
    pytest.mark.sqlite_only(reason="what the browser does"),
]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: str(size["width"]))
def test_every_role_finds_its_way(browser, app, zhangjia, site, size):
    app.config["WTF_CSRF_ENABLED"] = True
    last_period(zhangjia)
    with served(app) as address:
        walked = [way.who for way in Walk(app, zhangjia, browser, address, size).ways()]
    assert walked == [
        "管理员",
        *["信息员"] * 2,
        "监委会",
        "村主任",
        *["信息员"] * 3,
        "乡镇督查",
        "村民",
    ]
    with site.sessions.reading() as session:
        hung = session.scalars(select(Posting)).all()
    assert {posting.board_id for posting in hung} == set(zhangjia.boards)
    assert [bool(posting.hung_photo) for posting in hung] == [True, False]
    assert verify.verify(site).sound
