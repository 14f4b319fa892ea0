"""A township moves to another house, with everything that is its own, and goes on there as if nothing had happened."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text
from support.builders import a_notice
from support.clock import NOON
from support.houses import cut_off_between_the_commits, everything, other_house

from bulletin.clock.jobs import tick_once
from bulletin.domain.codes import Scan
from bulletin.domain.digests import sha256_hex
from bulletin.domain.errors import Misconfigured, Refused
from bulletin.services.notices.overview import notice_rows
from bulletin.services.operations import verify
from bulletin.services.operations.move.move import move
from bulletin.services.operations.move.order import MoveOrder
from bulletin.services.people.sign_in import sign_in
from bulletin.services.public.notice_page import notice_page
from bulletin.store import history
from bulletin.store.files.folder import FolderFiles

pytestmark = pytest.mark.slow  # whole sites are written down and built anew

LATER = NOON + timedelta(days=1)
ORDER = MoveOrder(to="postgresql://county/bulletin", address="https://gk.county.example.cn")


@pytest.fixture
def county(request, database, tmp_path):
    """An empty house on the other kind of database."""
    with other_house(request, database, tmp_path) as house:
        yield house


def test_everything_is_in_the_new_house_and_the_history_goes_on(zhangjia, county):
    notice = a_notice(zhangjia, NOON).approved()
    notice.printed()
    a_notice(zhangjia, NOON).submitted()
    before = everything(zhangjia.site)
    moved = move(zhangjia.site, county, ORDER, LATER)
    after = everything(county)
    for name in before.keys() - {"history_entry", "chain_head", "subscription_sweep"}:
        assert after[name] == before[name], name
    assert after["history_entry"][:-2] == before["history_entry"]
    with county.sessions.reading() as session:
        acts = [(e.number, e.act, e.subject) for e in history.entries(session)][-2:]
    last = moved.entries
    assert acts == [
        (last, "move_out", "township 630223202"),
        (last + 1, "move_in", "township 630223202"),
    ]
    assert verify.verify(county).altered == verify.verify(zhangjia.site).altered == ()
    assert indexed(county) == indexed(zhangjia.site)
    seen = notice_page(county, Scan(notice.code, 1), scanned=True, now=LATER)
    assert seen.title == "2026年第三季度村级财务收支情况"


def test_the_new_house_gives_the_next_numbers(zhangjia, county):
    a_notice(zhangjia, NOON).approved()
    move(zhangjia.site, county, ORDER, LATER)
    zhangjia.site = county
    a_notice(zhangjia, LATER).approved().printed()
    numbers = [row.number for row in notice_rows(county, zhangjia.li, LATER)]
    assert numbers == ["张家村公开〔2026〕2号", "张家村公开〔2026〕1号"]
    assert verify.verify(county).sound


def test_the_new_store_is_asked_for_a_list_and_not_for_each_file(zhangjia, county, monkeypatch):
    """Of a county's bucket each question is a request: a township with ten thousand files would ask for an hour."""
    a_notice(zhangjia, NOON).approved().printed()
    monkeypatch.setattr(FolderFiles, "has", None)
    listed, stored = [], FolderFiles.stored
    monkeypatch.setattr(FolderFiles, "stored", lambda self: listed.append(1) or stored(self))
    (digest,) = move(zhangjia.site, county, ORDER, LATER).files.digests
    assert county.files.get(digest)
    assert listed == [1, 1], "ahead, and when nobody works any more"


def test_a_rehearsal_leaves_both_houses_as_they_were(zhangjia, county):
    a_notice(zhangjia, NOON).approved().printed()
    before = everything(zhangjia.site)
    moved = move(zhangjia.site, county, replace(ORDER, rehearse=True), LATER)
    assert moved.verdict.sound
    assert (moved.rows["village"], moved.rows["print_run"], len(moved.files.digests)) == (2, 1, 1)
    assert everything(zhangjia.site) == before
    assert list(county.files.stored()) == []
    assert move(zhangjia.site, county, ORDER, LATER).verdict.sound


def test_in_the_old_house_nothing_is_done_any_more(zhangjia, county):
    due = NOON + timedelta(days=2)
    scheduled = a_notice(zhangjia, NOON, publish_at=due).approved()
    draft = a_notice(zhangjia, NOON)
    move(zhangjia.site, county, ORDER, LATER)
    for act in (
        draft.submitted,
        lambda: sign_in(zhangjia.site, "li", zhangjia.password, LATER),
        lambda: a_notice(zhangjia, LATER),
    ):
        with pytest.raises(Refused, match="已于2026年10月10日迁到https://gk"):
            act()
    before = everything(zhangjia.site)
    tick_once(zhangjia.site, due)
    changed = {name for name, rows in everything(zhangjia.site).items() if rows != before[name]}
    # A clock ticks on, and finds nothing of theirs to do.
    assert changed <= {"heartbeat", "outage", "subscription_sweep"}
    tick_once(county, due)
    assert notice_page(county, Scan(scheduled.code, 1), scanned=True, now=due).number
    with pytest.raises(Misconfigured, match="nobody lives in this house"):
        move(zhangjia.site, county, ORDER, due)


def test_a_move_that_was_not_begun_is_not_finished(zhangjia, county):
    """A slip in --to does not move a house into another one without its files having been copied ahead."""
    a_notice(zhangjia, NOON).approved()
    with pytest.raises(Misconfigured, match="nothing to finish"):
        move(zhangjia.site, county, replace(ORDER, finish=True), LATER)
    with county.sessions.engine.connect() as connection:
        assert not connection.dialect.has_table(connection, "township")
    a_notice(zhangjia, LATER)  # the old house lives on


@pytest.mark.parametrize("rehearse", [False, True])
def test_where_somebody_else_signs_already_a_whole_house_does_not_move(zhangjia, county, rehearse):
    a_notice(zhangjia, NOON).approved()
    order = replace(ORDER, rehearse=rehearse, other_keys=("checkpoint.key",))
    with pytest.raises(Misconfigured, match=r"keys of its own \(checkpoint.key\)"):
        move(zhangjia.site, county, order, LATER)
    a_notice(zhangjia, LATER)  # the old house lives on


def test_a_file_that_is_lost_stops_the_move_before_anything_is_written(zhangjia, county):
    printed = a_notice(zhangjia, NOON).approved().printed()
    zhangjia.site.files.destroy(sha256_hex(printed.sheet.pdf))
    with pytest.raises(Misconfigured, match="1 files are missing"):
        move(zhangjia.site, county, ORDER, LATER)
    with county.sessions.engine.connect() as connection:
        assert not connection.dialect.has_table(connection, "township")
    a_notice(zhangjia, LATER).approved()


def test_what_was_altered_does_not_move(zhangjia, county):
    a_notice(zhangjia, NOON).approved()
    with zhangjia.site.sessions.writing() as session:
        session.execute(text("UPDATE edition SET title = '别的'"))
    with pytest.raises(Misconfigured, match="its content was altered after approval"):
        move(zhangjia.site, county, ORDER, LATER)
    a_notice(zhangjia, LATER)  # the old house lives on


@pytest.mark.usefixtures("cut_off")
class TestCutOffBetweenTheTwoCommits:
    @pytest.fixture
    def cut_off(self, zhangjia, county, monkeypatch):
        a_notice(zhangjia, NOON).approved()
        with cut_off_between_the_commits(monkeypatch):
            move(zhangjia.site, county, ORDER, LATER)
        assert verify.verify(county).sound
        assert verify.verify(zhangjia.site).sound

    def test_the_second_run_closes_the_old_house(self, zhangjia, county):
        assert move(zhangjia.site, county, ORDER, LATER + timedelta(hours=1)).verdict is None
        with zhangjia.site.sessions.reading() as old, county.sessions.reading() as new:
            head = history.head(old)
            assert (
                history.hash_of(new, head.number) == head.hash
            )  # the one history, and no fork of it
        with pytest.raises(Refused, match="迁到"):
            a_notice(zhangjia, LATER)

    def test_what_was_done_since_stops_the_second_run_until_it_is_told_to(self, zhangjia, county):
        a_notice(zhangjia, LATER)
        with pytest.raises(Misconfigured, match=r"start 1.*--finish"):
            move(zhangjia.site, county, ORDER, LATER)
        a_notice(zhangjia, LATER)
        move(zhangjia.site, county, replace(ORDER, finish=True), LATER)
        with pytest.raises(Refused, match="迁到"):
            a_notice(zhangjia, LATER)


def indexed(site):
    with site.sessions.reading() as session:
        return set(session.scalars(text("SELECT rowid FROM search_index")))
