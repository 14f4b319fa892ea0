"""Two sites, each with its own database and its own web server: one reads what the other's boards say."""

import json
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import request
from support.browser import served
from support.builders import a_notice, found_village
from support.clock import NOON
from support.commands import bulletin

from bulletin.domain.errors import Refused
from bulletin.services.notices import end
from bulletin.services.oversight.harvest import harvest
from bulletin.services.places.create import NewVillage, add_village, found_township
from bulletin.wiring import make_app, open_site

pytestmark = [
    pytest.mark.slow,
    pytest.mark.sqlite_only(reason="the sites talk over the web, whatever they store in"),
]


@pytest.fixture
def second(database, tmp_path):
    """The site of another township, with a notice of its own village 张家村."""
    settings = replace(database.settings(tmp_path / "second"), insecure_cookies=True)
    settings.data.mkdir(parents=True)
    database.copy_to("migrated", settings)
    site = open_site(settings)
    village = found_village(site, NOON)
    a_notice(village, NOON, title="第二个乡的账").approved()
    yield settings, site
    site.sessions.close()


@pytest.fixture
def on_the_web():
    """on_the_web(settings, site): its address, where it serves its pages to anybody of this machine."""
    with ExitStack() as running:

        def serve(settings, site):
            app = make_app(settings, site, lambda: NOON)
            address = running.enter_context(served(app))
            app.extensions["site"] = replace(site, public_url=address)
            return address

        yield serve


def test_a_county_reads_the_boards_of_two_sites(
    settings, site, zhangjia, approved, second, on_the_web
):
    first, other = on_the_web(settings, site), on_the_web(*second)
    found = [harvest(f"{at}/", also_private=True) for at in (first, other)]
    titles = [[notice.title for notice in each.notices] for each in found]
    assert titles == [["2026年第三季度村级财务收支情况"], ["第二个乡的账"]]
    (notice,) = found[0].notices
    assert notice.url == f"{first}/N/{approved.code}"
    assert (notice.place, notice.subject) == ("张家村", "财务")
    assert [board.title for board in found[0].boards] == [
        "红崖子沟乡公开栏",
        "红崖子沟乡公开栏",
        "张家村村务公开栏",
        "白马村村务公开栏",
    ]
    assert not found[0].unread


def test_what_was_corrected_or_taken_down_is_read_as_it_is_now(
    settings, site, zhangjia, approved, on_the_web
):
    at = on_the_web(settings, site)
    second = a_notice(zhangjia, NOON, title="要撤下的").approved()
    assert len(harvest(f"{at}/feed.jsonld", also_private=True).notices) == 2
    approved.corrected()
    end.take_down(site, zhangjia.li, second.code, "金额有误", NOON)
    (notice,) = harvest(f"{at}/feed.jsonld", also_private=True).notices
    assert (notice.title, notice.edition) == ("更正", "2")


def test_a_village_with_more_than_its_township_sums_up_is_read_whole(
    settings, site, zhangjia, approved, on_the_web
):
    """The township's feed has the newest hundred, its villages' feeds the rest."""
    at = on_the_web(settings, site)
    found = harvest(f"{at}/T/630223202", also_private=True)
    assert len(found.boards) == 4
    county = found_township(site, "630223203", "哈拉直沟乡", "互助土族自治县", "0972-8322222", NOON)
    village = NewVillage("630223203201", "新村", "0972-8322223")
    add_village(site, county, village, NOON.date() - timedelta(days=1), NOON)
    assert len(harvest(f"{at}/", also_private=True).boards) == 8


def test_the_command_lists_them_as_a_table_and_as_json(
    settings, site, zhangjia, approved, on_the_web, tmp_path
):
    at = on_the_web(settings, site)
    given = ("harvest", f"{at}/V/630223202214", "--also-private", "--now", "2026-10-30")
    table = bulletin(*given, data=tmp_path / "no site").stdout
    assert "2026年第三季度村级财务收支情况" in table
    assert "2026-10-09 — 2026-10-26（已结束）" in table
    assert "1 boards, 1 notices" in table
    rows = json.loads(bulletin(*given, "--json", data=tmp_path / "no site").stdout)
    assert rows["notices"][0]["closes_on"] == "2026-10-26"
    assert rows["boards"][0]["publisher"] == "张家村村民委员会"
    assert not (tmp_path / "no site").exists()


def test_a_private_address_is_read_only_when_somebody_says_so(settings, site, zhangjia, on_the_web):
    at = on_the_web(settings, site)
    with pytest.raises(Refused, match="--also-private"):
        harvest(f"{at}/feed.jsonld")
    said = bulletin("harvest", f"{at}/feed.jsonld", data=settings.data, expect=1).stderr
    assert "private_address" in said


def test_a_board_that_can_not_be_read_is_named_and_the_others_are_listed(
    settings, site, zhangjia, approved, on_the_web
):
    at = on_the_web(settings, site)
    app = make_app(settings, replace(site, public_url=at), lambda: NOON)
    app.before_request_funcs.setdefault(None, []).insert(
        0, lambda: ("", 503) if "630223202215" in request.path else None
    )
    with served(app) as broken:
        app.extensions["site"] = replace(site, public_url=broken)
        found = harvest(f"{broken}/", also_private=True)
        assert [notice.title for notice in found.notices] == ["2026年第三季度村级财务收支情况"]
        (unread,) = found.unread
        assert unread.url == f"{broken}/V/630223202215/feed.jsonld"
        assert "503" in unread.reason
        given = ("harvest", f"{broken}/", "--also-private", "--json")
        said = bulletin(*given, data=settings.data, expect=1)
    assert unread.url in said.stderr
    assert len(json.loads(said.stdout)["notices"]) == 1
