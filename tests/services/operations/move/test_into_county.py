"""A township moves into a house where others live, and out of it again: pages, papers and history are what they were."""

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from difflib import unified_diff
from itertools import groupby

import pytest
from sqlalchemy import select, text, update
from support.builders import a_notice
from support.clock import NOON
from support.filled import filled_settings, full_village_in
from support.full_village import LOOKED_AT
from support.houses import cut_off_between_the_commits, everything, other_house
from support.page_addresses import opened_pages
from support.printed import printed

from bulletin.clock.jobs import tick_once
from bulletin.domain.codes import Scan
from bulletin.domain.errors import Misconfigured, Refused
from bulletin.domain.history import ChainEntry, WithheldEntry
from bulletin.domain.people import Role
from bulletin.services.access import operator_of
from bulletin.services.notices.overview import notice_rows
from bulletin.services.operations import verify
from bulletin.services.operations.move.move import move
from bulletin.services.operations.move.order import MoveOrder
from bulletin.services.operations.set_up import NewTownship, set_up
from bulletin.services.people.manage_accounts import NewPerson, add_person
from bulletin.services.people.sign_in import sign_in
from bulletin.services.places.create import NewVillage
from bulletin.services.public.notice_page import notice_page
from bulletin.services.public.paper_check import scanned_code
from bulletin.services.subscriptions.manage_subscriptions import NewSubscription, subscribe
from bulletin.store import former_histories, history, schema
from bulletin.store.moved_rows import STEP
from bulletin.store.subscriptions import Subscriber
from bulletin.web.page_cache import PageCache
from bulletin.wiring import open_site

pytestmark = [
    pytest.mark.slow,
    pytest.mark.sqlite_only(reason="each move goes to the other database"),
]

SONGDUO = NewTownship(
    code="630223203", name="松多藏族乡", county="互助土族自治县", phone="0972-8325555",
    villages=((NewVillage("630223203201", "马营村", "0972-8325556"), "马营公开栏"),),
    adopt_from=LOOKED_AT.date(), admin="songduo", password="one-time-password-1",
)  # fmt: skip
INTO = MoveOrder(to="postgresql://county/bulletin", address="https://gk.county.example.cn")
OUT = MoveOrder(to="own", township="630223202", address="https://gk.hongya.example.cn")
# What says something of everybody who lives in a house, and what is only half done: it does not move.
OTHERWISE = re.compile(
    r"^/(\?|$)|^/coverage|^/find|^/report/|^/desk/county|^/desk/settings|^/sign-in$|^/N/$|^/N/X|/bring$|/packs$|/import$"
    r"|/notices/register|/closings/jobs/|/import/|/photos/\d"
)
OLD_HOSTS = frozenset({"gk.huzhu.example.cn"})  # BULLETIN_FORMER_HOSTS of the new houses
LATER = LOOKED_AT + timedelta(hours=1)


@pytest.fixture
def county(request, database, tmp_path):
    """A house on PostgreSQL in which another township lives."""
    with other_house(request, database, tmp_path) as house:
        schema.upgrade(house.sessions.engine)
        set_up(house, SONGDUO, LOOKED_AT)
        yield house


@pytest.fixture
def own_house(database, tmp_path):
    """An empty house on a machine of the township's own."""
    folder = tmp_path / "own"
    folder.mkdir()
    site = open_site(replace(database.settings(folder), public_url="https://gk.hongya.example.cn"))
    yield site
    site.sessions.close()


@pytest.fixture
def full(tmp_path, tmp_path_factory):
    """A house of the township's own in which there is everything."""
    site = open_site(filled_settings(tmp_path_factory, tmp_path / "full"))
    yield full_village_in(tmp_path_factory, site)
    site.sessions.close()


def test_every_page_is_the_same_in_the_county_and_out_of_it_again(app, full, county, own_house):
    house = full.village.site
    app.extensions["clock"] = lambda: LOOKED_AT
    before = dict(_pages(app, house, full, 0))
    moved = move(house, county, INTO, LOOKED_AT)
    assert moved.shift == STEP
    assert verify.verify(county).altered == ()
    _ensure_same(dict(_pages(app, county, full, moved.shift)), before)
    everything_there = everything(county)
    assert move(county, own_house, OUT, LOOKED_AT).shift == 0
    assert verify.verify(own_house).altered == verify.verify(county).altered == ()
    _ensure_same(dict(_pages(app, own_house, full, moved.shift)), before)
    _ensure_nothing_of_others(own_house, everything_there)


def _pages(app, site, full, shift) -> Iterator[tuple[str, str]]:
    """The text of every page, under the address that it has in the house where all began."""
    site = replace(site, public_url=full.village.site.public_url)
    app.extensions |= {"site": site, "page_cache": PageCache()}
    here = replace(full, ids={name: each + shift for name, each in full.ids.items()})
    pages = list(zip(opened_pages(full), opened_pages(here), strict=True))
    for login, some in groupby(pages, key=lambda page: page[0][0]):
        client = app.test_client()
        if login:
            client.post("/sign-in", data={"login": login, "password": full.village.password})
        for (_, address, button), (_, address_here, _) in some:
            if not button and not OTHERWISE.search(address):
                path = re.sub(r"(?<=/desk/(?:boards|visits)/)1\b", str(1 + shift), address_here)
                yield f"{login} {address}", _plain(client.get(path).text)


def _plain(text: str) -> str:
    """A page without what no two answers share, its ids as they were."""
    text = re.sub(r'((?:csrf|"token")[^>]*(?:value|content)=")[^"]*', r"\1", text)
    text = re.sub(r"看过\d+次(，其中扫码\d+次)?", "", text)  # by this test, in each house
    return re.sub(rf"\b{STEP // 10**6}(\d{{6}})\b", lambda found: str(int(found[1])), text)


def _ensure_same(pages, before):
    assert pages.keys() == before.keys()
    different = {
        name: list(unified_diff(before[name].splitlines(), text.splitlines(), n=0))[:6]
        for name, text in pages.items()
        if text != before[name]
    }
    assert different == {}


def _ensure_nothing_of_others(site, of_county):
    words = ("松多", "马营", "630223203", "songduo")
    assert any(words[0] in line for lines in of_county.values() for line in lines)
    for name, lines in everything(site).items():
        named = [line for line in lines if any(word in line for word in words)]
        # The county's history has the name of who lived there first: its checkpoints bear it.
        whose = [line for line in named if "bulletin/630223203" in line]
        assert name in {"history_entry", "former_history"} or not whose
        assert named == whose, name
    with site.sessions.reading() as session:
        county = former_histories.former_histories(session)[-1]
        entries = list(former_histories.entries_of(session, county))
    assert {type(each) for each in entries} == {ChainEntry, WithheldEntry}


def test_registers_codes_and_sheets_go_on_in_both_houses(zhangjia, county, own_house):
    notice = a_notice(zhangjia, NOON).approved()
    photo = _photographed(notice.printed().sheet.pdf)
    here = zhangjia.site
    for house, order, number in ((county, INTO, 2), (own_house, OUT, 3)):
        moved = move(here, house, order, LATER)
        zhangjia = _in(zhangjia, house, moved.shift)
        tail = scanned_code(replace(house, former_hosts=OLD_HOSTS), photo)
        assert tail.startswith(f"{notice.code}.1")
        assert notice_page(house, Scan.parse(f"/N/{tail}"), scanned=True, now=LATER)
        a_notice(zhangjia, LATER).approved().printed()
        rows = notice_rows(house, zhangjia.li, LATER)
        numbers = sorted(row.number for row in rows)
        assert numbers == [f"张家村公开〔2026〕{each}号" for each in range(1, number + 1)]
        assert tick_once(house, LATER)
        assert verify.verify(house).altered == ()
        here = house


def _photographed(pdf):
    held = io.BytesIO()
    printed(pdf).convert("RGB").save(held, "JPEG")
    return held.getvalue()


def _in(village, house, shift):
    """The people and places of the village, as they are called in another house."""
    if not shift:
        return replace(village, site=house)
    people = {
        login: replace(
            actor,
            id=actor.id + shift,
            township_id=actor.township_id + shift,
            grants=frozenset((role, place and place + shift) for role, place in actor.grants),
        )
        for login, actor in village.people.items()
    }
    ids = {name: each and each + shift for name, each in village.ids.items()}
    boards = [each + shift for each in village.boards]
    return replace(village, site=house, people=people, ids=ids, boards=boards)


def test_a_login_that_is_taken_stops_the_move_or_gets_a_prefix(zhangjia, county):
    add_person(
        county, operator_of(county),
        NewPerson("zheng", "郑家", Role.SCREENER, None, LOOKED_AT.date()), "one-time-password-2", LATER,
    )  # fmt: skip
    with pytest.raises(Misconfigured, match="1 logins are taken in the new house: zheng"):
        move(zhangjia.site, county, INTO, LATER)
    moved = move(zhangjia.site, county, replace(INTO, rename_logins="hongya-"), LATER)
    assert moved.logins == {"zheng": "hongya-zheng"}
    assert sign_in(county, "hongya-zheng", zhangjia.password, LATER)


def test_a_reader_of_both_townships_has_one_page(zhangjia, county):
    for site, place in ((zhangjia.site, "630223202214"), (county, "630223203201")):
        subscribe(site, NewSubscription(place=place), NOON)
        with site.sessions.writing() as session:
            session.execute(update(Subscriber).values(mail="reader@example.cn"))
    move(zhangjia.site, county, INTO, LATER)
    with county.sessions.reading() as session:
        (reader,) = session.scalars(select(Subscriber))
        places = {each.village.name for each in reader.subscriptions}
    assert places == {"张家村", "马营村"}


def test_the_township_of_a_house_of_several_has_to_be_named(zhangjia, county, own_house):
    move(zhangjia.site, county, INTO, LATER)
    move(county, own_house, replace(OUT, township="630223203"), LATER)
    with pytest.raises(Refused, match="松多藏族乡的村务公开已于2026年11月6日迁到"):
        move(county, zhangjia.site, replace(OUT, township="630223203"), LATER)
    with pytest.raises(Misconfigured, match="the new house has it already, and not from here"):
        move(county, zhangjia.site, replace(OUT, township="630223202"), LATER)
    assert "松多" not in str([row for row in everything(own_house)["village"] if "张家" in row])


def test_a_former_history_is_checked_to_its_last_entry(zhangjia, county):
    a_notice(zhangjia, NOON).approved()
    move(zhangjia.site, county, INTO, LATER)
    with county.sessions.writing() as session:
        for table in ("former_history", "former_history_entry"):
            session.execute(text(f"DROP TRIGGER {table}_guard ON {table}"))
        session.execute(text("UPDATE former_history_entry SET actor = '别人' WHERE number = 3"))
        session.execute(text("UPDATE former_history SET head = 'ab'"))
    altered = {(each.what, each.how) for each in verify.verify(county).altered}
    name = "former history of bulletin/630223202"
    assert (f"{name}, entry 3", "was altered: its hash does not match what it says") in altered
    assert (name, "its head is not the one that came here") in altered


def test_cut_off_before_the_old_house_knew_the_second_run_closes_it(zhangjia, county, monkeypatch):
    with cut_off_between_the_commits(monkeypatch):
        move(zhangjia.site, county, INTO, LATER)
    assert move(zhangjia.site, county, INTO, LATER + timedelta(hours=1)).verdict is None
    assert verify.verify(zhangjia.site).altered == verify.verify(county).altered == ()
    with zhangjia.site.sessions.reading() as old, county.sessions.reading() as new:
        (former,) = former_histories.former_histories(new)
        assert history.head(old)[::2] == (former.entries, former.head)
    with pytest.raises(Refused, match="迁到"):
        a_notice(zhangjia, LATER)
