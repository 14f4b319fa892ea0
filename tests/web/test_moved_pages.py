"""The old house of a township that moved: paper printed there still leads to its page."""

from dataclasses import replace

from sqlalchemy import select, update
from support.builders import a_notice
from support.clock import NOON

from bulletin.services.history import record
from bulletin.services.operations.set_up import NewTownship, set_up
from bulletin.store.notices import Notice
from bulletin.store.places import Township

COUNTY = "https://gk.county.example.cn"
SECOND = NewTownship(
    code="630223203", name="松多乡", county="互助土族自治县", phone="0972-8325555",
    villages=(), adopt_from=NOON.date(), admin="songduo", password="one-time-password-1",
)  # fmt: skip


def _moved(zhangjia, address):
    """As `bulletin move` leaves a township in its old house."""
    with zhangjia.site.sessions.writing() as session:
        record(session, zhangjia.operator, "move_out", "township 630223202", NOON, to=address)
        mark = update(Township).where(Township.code == "630223202")
        session.execute(mark.values(moved_at=NOON, moved_to=address))


def test_every_public_page_leads_on_to_the_same_page_of_the_new_house(zhangjia, resident):
    code = a_notice(zhangjia, NOON).approved().code
    _moved(zhangjia, COUNTY)
    for address in ("/", f"/N/{code}.1", "/V/630223202214?big=1", "/check", f"/N/{code}/check"):
        answer = resident.get(address)
        assert (answer.status_code, answer.location) == (307, f"{COUNTY}{address}")
    sent = resident.post("/check", data={})
    assert (sent.status_code, sent.location) == (307, f"{COUNTY}/check")  # with its photograph


def test_what_the_old_house_keeps_is_its_door_and_what_witnesses_ask(zhangjia, resident):
    _moved(zhangjia, COUNTY)
    for address in ("/sign-in", "/healthz", "/checkpoint"):
        assert resident.get(address).status_code == 200, address
    answer = resident.post("/sign-in", data={"login": "li", "password": zhangjia.password})
    assert f"迁到{COUNTY}" in answer.text


def test_without_an_address_a_page_says_in_words_that_it_is_gone(zhangjia, resident):
    _moved(zhangjia, "")
    answer = resident.get("/V/630223202214")
    assert answer.status_code == 410
    assert "红崖子沟乡的村务公开已于2026年10月9日迁到别处" in answer.text
    assert "moved elsewhere on 9 October 2026" in resident.get("/V/630223202214?lang=en").text


def test_in_a_county_the_others_stay_where_they_are(zhangjia, resident):
    code = a_notice(zhangjia, NOON).approved().code
    set_up(zhangjia.site, SECOND, NOON)
    assert "红崖子沟乡" in resident.get("/").text
    _moved(zhangjia, COUNTY)
    for address in (f"/N/{code}", "/V/630223202214", "/T/630223202", "/V/630223202/coverage"):
        answer = resident.get(address)
        assert (answer.status_code, answer.location) == (307, f"{COUNTY}{address}")
    assert resident.get("/T/630223203").status_code == 200
    assert resident.get("/N/7KQ2M4XXXX").status_code == 404


def test_in_a_county_the_figures_under_a_code_lead_on_too_and_so_does_a_check_of_paper(
    zhangjia, resident
):
    notice = a_notice(zhangjia, NOON).approved()
    set_up(zhangjia.site, SECOND, NOON)
    with zhangjia.site.sessions.reading() as session:
        digits = session.scalar(select(Notice.digits).where(Notice.code == notice.code))
    _moved(zhangjia, COUNTY)
    by_digits = f"/check?code={digits}&print=1234-5678"
    for address in (f"/N/{digits}", f"/check?code={notice.code}&print=1234-5678", by_digits):
        answer = resident.get(address)
        assert (answer.status_code, answer.location) == (307, f"{COUNTY}{address}")
    assert resident.get("/check").status_code == 200
    assert resident.get("/check?code=7KQ2M4XXXX&print=1234-5678").status_code == 200


def test_a_county_finds_no_more_what_may_be_corrected_elsewhere(zhangjia, resident):
    code = a_notice(zhangjia, NOON, title="路灯维修").approved().code
    set_up(zhangjia.site, SECOND, NOON)
    assert code in resident.get("/find?q=路灯维修").text
    _moved(zhangjia, COUNTY)
    assert code not in resident.get("/find?q=路灯维修").text
    named = resident.get("/find?q=张家村")
    assert named.location == "/V/630223202214", "which leads on"


def test_a_copy_in_plain_files_says_where_they_went(app, zhangjia):
    code = a_notice(zhangjia, NOON).approved().code
    _moved(zhangjia, COUNTY)
    app.extensions["site"] = replace(zhangjia.site, copied=True)
    answer = app.test_client().get(f"/N/{code}")
    assert answer.status_code == 200
    assert f"迁到{COUNTY}" in answer.text
    assert app.test_client().get("/feed.rss").status_code == 410  # no file of the copy
