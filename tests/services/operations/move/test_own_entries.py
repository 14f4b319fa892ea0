"""Who moves out of a house takes along what its clock did for them, and of others the hash alone."""

from support.builders import a_notice
from support.clock import NOON

from bulletin.domain.history import ChainEntry
from bulletin.domain.people import CLOCK
from bulletin.services.duties.open import open_duties
from bulletin.services.history import next_entry, record
from bulletin.services.operations.move.own_entries import entries_brought
from bulletin.services.places.create import found_township
from bulletin.store import history
from bulletin.store.places import township_by_code


def brought(village):
    """The subjects of what goes along word for word, but for the farewell."""
    with village.site.sessions.writing() as session:
        township = township_by_code(session, "630223202")
        farewell = next_entry(session, village.operator, "move_out", "township 630223202", NOON)
        entries = list(entries_brought(session, township, farewell))[:-1]
    return [each.subject for each in entries if isinstance(each, ChainEntry)]


def test_what_the_clock_opened_for_the_township_itself_goes_along(zhangjia):
    site = zhangjia.site
    found_township(site, "630223203", "松多藏族乡", "互助土族自治县", "0972-8325555", NOON)
    a_notice(zhangjia, NOON)
    open_duties(site, NOON)
    with site.sessions.reading() as session:
        swept = [(of, e) for of, e in history.owned_entries(session) if e.act == "open_duties"]
    assert "duties township" in {each.subject for _, each in swept}
    assert {of for of, _ in swept} == {zhangjia.operator.township_id}
    subjects = brought(zhangjia)
    assert "duties township" in subjects
    assert "township 630223203" not in subjects


def test_what_a_release_of_before_wrote_without_saying_whose_goes_along(zhangjia):
    found_township(zhangjia.site, "630223203", "松多藏族乡", "互助土族自治县", "0972-8325555", NOON)
    before = brought(zhangjia).count("duties township")
    with zhangjia.site.sessions.writing() as session:
        record(session, CLOCK, "follow_adoption", "duties township", NOON, followed=3)
    assert brought(zhangjia).count("duties township") == before + 1
