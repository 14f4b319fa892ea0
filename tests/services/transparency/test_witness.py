"""Two sites on loopback: one shows its history, the other keeps watch over it with the command line."""

import pytest
from sqlalchemy import text
from support.browser import served
from support.clock import NOON
from support.commands import bulletin

from bulletin.domain.history import GENESIS, entry_hash
from bulletin.domain.people import SystemActor
from bulletin.services.history import record
from bulletin.services.transparency import checkpoint
from bulletin.services.transparency.rotate_key import rotate_key
from bulletin.store import history
from bulletin.store.history import HistoryEntry
from bulletin.store.key_folder import KEY_FILE

pytestmark = [pytest.mark.slow, pytest.mark.sqlite_only("what is served is the same")]


@pytest.fixture
def shown(app):
    """The site as others reach it."""
    with served(app) as address:
        yield address


def watch_over(*args, **expected):
    return bulletin("witness", *args, "--also-private", **expected)


def write_entries(site, count):
    with site.sessions.writing() as session:
        for number in range(count):
            record(session, SystemActor("系统", 0), "note", f"test {number}", NOON)


def rewrite(site, number, *, end=None):
    """Somebody who owns the machine: an entry is changed, and everything after it made to fit."""
    with site.sessions.writing() as session:
        for guard in ("history_entry_no_update", "history_entry_no_delete"):
            session.execute(text(f"DROP TRIGGER {guard}"))
        before = GENESIS
        rows = session.query(HistoryEntry).order_by(HistoryEntry.number).all()
        for row in rows[:end]:
            row.previous = before
            row.subject = "something else" if row.number == number else row.subject
            entry = {k: v for k, v in vars(row.entry()).items() if k != "hash"}
            before = row.hash = entry_hash(**entry)
        for row in rows[end:] if end else ():
            session.delete(row)
        last = end or len(rows)
        session.execute(text(f"UPDATE chain_head SET number = {last}, hash = '{before}'"))
        session.execute(text("DELETE FROM history_subtree"))


def test_a_history_that_goes_on_is_followed(zhangjia, shown, tmp_path):
    watch = tmp_path / "watch"
    first = watch_over(shown, watch).stdout
    assert "first time" in first
    assert str(checkpoint.verifier_key(zhangjia.site)) in first
    assert "unchanged" in watch_over(shown, watch).stdout
    write_entries(zhangjia.site, 600)
    assert "continued" in watch_over(shown, watch).stdout
    sizes = [line.split()[1] for line in (watch / "seen.txt").read_text().splitlines()]
    assert len(sizes) == 2
    assert int(sizes[1]) == int(sizes[0]) + 600


@pytest.mark.parametrize(("changed", "end"), [(3, None), (20, None), (None, 5)])
def test_a_history_that_was_rewritten_or_cut_is_caught(zhangjia, shown, tmp_path, changed, end):
    write_entries(zhangjia.site, 40)
    watch = tmp_path / "watch"
    watch_over(shown, watch)
    kept = (watch / "checkpoint").read_bytes()
    rewrite(zhangjia.site, changed, end=end)
    if changed:
        write_entries(zhangjia.site, 9)
    found = watch_over(shown, watch, expect=4).stderr
    assert ("rewritten" if changed else "cut") in found
    assert (watch / "checkpoint").read_bytes() == kept  # what was seen is not forgotten
    assert len(list(watch.glob("contradiction-*.txt"))) == 1
    watch_over(shown, watch, expect=4)  # and it is said again tomorrow


def test_another_site_at_the_same_address_is_another_history(zhangjia, shown, tmp_path):
    watch = tmp_path / "watch"
    watch_over(shown, watch)
    (zhangjia.site.files.folder.parent / KEY_FILE).unlink()
    assert "ask the township" in watch_over(shown, watch, expect=5).stderr


def test_a_key_that_the_old_one_names_is_followed(zhangjia, shown, tmp_path):
    watch = tmp_path / "watch"
    first = checkpoint.verifier_key(zhangjia.site)
    watch_over(shown, watch, "--key", first)
    for _turn in range(2):
        new = rotate_key(zhangjia.site, zhangjia.li, NOON)
    assert f"signed by {new}" in watch_over(shown, watch).stdout
    assert (watch / "key").read_text().strip() == str(new)


def test_a_key_that_was_given_is_not_overruled_by_the_site(zhangjia, shown, tmp_path):
    other = "bulletin/1+" + str(checkpoint.verifier_key(zhangjia.site)).partition("+")[2]
    watch_over(shown, tmp_path / "watch", "--key", other, expect=3)
    given = str(checkpoint.verifier_key(zhangjia.site))
    (zhangjia.site.files.folder.parent / KEY_FILE).unlink()
    watch_over(shown, tmp_path / "watch", "--key", given, expect=5)


def test_nothing_is_said_of_a_site_that_is_not_reached(tmp_path):
    said = watch_over("http://127.0.0.1:9", tmp_path / "watch", expect=3).stderr
    assert said.startswith("bulletin: http://127.0.0.1:9/checkpoint")
    assert "Traceback" not in said


def test_a_private_address_is_read_when_a_person_says_so(shown, tmp_path):
    said = bulletin("witness", shown, tmp_path / "watch", expect=3).stderr
    assert "--also-private" in said


def test_a_page_that_is_no_history_is_not_taken_for_one(shown, tmp_path):
    watch_over(f"{shown}/V", tmp_path / "watch", expect=3)


def test_the_public_key_and_the_checkpoint_are_printed(zhangjia, settings):
    data = settings.data
    assert bulletin("checkpoint", "key", data=data).stdout.strip() == str(
        checkpoint.verifier_key(zhangjia.site)
    )
    assert bulletin("checkpoint", "show", data=data).stdout == checkpoint.checkpoint(zhangjia.site)
    new = bulletin("checkpoint", "rotate", data=data).stdout.strip()
    assert str(checkpoint.verifier_key(zhangjia.site)) == new
    with zhangjia.site.sessions.reading() as session:
        assert list(history.entries(session))[-1].act == "rotate_key"
