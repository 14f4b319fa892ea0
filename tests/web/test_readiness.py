"""What a server makes ready before its door opens: nobody waits for it who comes first."""

import re

import pytest
from sqlalchemy import text
from support.clock import NOON
from support.machine_keys import keys_noted
from support.neighbours import PASSWORD, a_county_overseer, a_neighbour
from support.questions import questions

from bulletin.readiness import make_ready
from bulletin.services.duties.lists import kept
from bulletin.store.key_folder import KEY_FILE

pytestmark = pytest.mark.sqlite_only(reason="the questions are the same on both")
YEARS = re.compile(r"\bFROM (duty|posting|edition|reply_term)\b")


@pytest.fixture(autouse=True)
def _nothing_is_counted(site):
    """As in a process that begins."""
    kept._kept.pop(site.sessions.engine, None)


def test_the_front_page_is_drawn(app, site, zhangjia, resident, monkeypatch):
    make_ready(app, site, NOON)

    def draw(*_of, **_facts):
        pytest.fail("drawn anew")

    monkeypatch.setattr(app.jinja_env.template_class, "render", draw)
    assert resident.get("/").status_code == 200


def _asks_for_no_years(site, leader, page):
    with questions(site) as asked:
        assert leader.get(page).status_code == 200
    of_years = [each for each in asked if YEARS.search(each)]
    return all("min(edition.publish_at)" in each for each in of_years)  # when the next comes out


def test_the_leaders_page_is_counted(app, site, signed_in):
    leader = signed_in("wu")
    assert not _asks_for_no_years(site, leader, "/desk/supervision?period=2025")
    make_ready(app, site, NOON)
    assert _asks_for_no_years(site, leader, "/desk/supervision")


def test_the_countys_page_is_counted(app, site, zhangjia):
    a_neighbour(zhangjia)
    a_county_overseer(zhangjia)
    leader = app.test_client()
    leader.post("/sign-in", data={"login": "feng", "password": PASSWORD})
    make_ready(app, site, NOON)
    assert _asks_for_no_years(site, leader, "/desk/county/supervision")


def test_what_the_machine_signs_with_is_noted_for_the_others(app, site, zhangjia):
    make_ready(app, site, NOON)
    with site.sessions.reading() as session:
        assert keys_noted(session)


def test_what_cannot_be_noted_leaves_nothing_uncounted(app, site, signed_in, caplog):
    leader = signed_in("wu")
    (site.data / KEY_FILE).write_text("no key")
    make_ready(app, site, NOON)
    assert "was not noted" in caplog.text
    assert _asks_for_no_years(site, leader, "/desk/supervision")


def test_where_the_database_lacks_something_the_door_opens_all_the_same(
    app, site, zhangjia, caplog
):
    with site.sessions.engine.begin() as connection:
        connection.execute(text("ALTER TABLE reply_term RENAME TO lost"))
    make_ready(app, site, NOON)
    assert "was not counted" in caplog.text
