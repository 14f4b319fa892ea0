"""Two machines of one house that sign with other keys are told, by `bulletin check` and on 今天."""

import platform
import shutil
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from support.clock import NOON

from bulletin.services.desk.today import today
from bulletin.services.machine_keys import note_keys
from bulletin.services.operations.check import check
from bulletin.services.transparency.checkpoint import verifier_key
from bulletin.store.heartbeat import Heartbeat
from bulletin.store.key_folder import KEY_FILE, SECRET_FILE, KeyFolder

DAY = timedelta(days=1)


def a_machine(site, folder):
    """A data folder of its own before the one database, and what it signs with."""
    folder.mkdir(exist_ok=True)
    machine = replace(site, data=folder, keys=KeyFolder(folder))
    machine.keys.secret()
    verifier_key(machine)
    return machine


@pytest.fixture
def first(site, zhangjia, tmp_path):
    return a_machine(site, tmp_path / "first")


@pytest.fixture
def second(site, zhangjia, tmp_path):
    """It found no keys, and made some."""
    return a_machine(site, tmp_path / "second")


def _faults(site, now=NOON):
    return [each.what for each in check(site, now) if "other keys" in each.what]


def test_who_signs_with_others_is_named_with_the_files(first, second, zhangjia):
    note_keys(first, NOON)
    assert _faults(first) == [], "one's own are no others"
    (fault,) = _faults(second)
    assert f"{platform.node()} ({SECRET_FILE}, {KEY_FILE})" in fault
    assert today(second, zhangjia.zheng, NOON).house.other_keys == (platform.node(),)
    assert today(second, zhangjia.li, NOON).house.other_keys == (), "what an administrator mends"


def test_copied_keys_are_the_same(first, second, tmp_path):
    note_keys(first, NOON)
    shutil.copy(tmp_path / "first" / SECRET_FILE, tmp_path / "second")
    (fault,) = _faults(second)
    assert f"({KEY_FILE})" in fault
    shutil.copy(tmp_path / "first" / KEY_FILE, tmp_path / "second")
    assert _faults(second) == []
    note_keys(second, NOON)
    assert _faults(first) == []


def test_who_has_not_signed_for_two_days_is_not_told_of_any_more(first, second):
    note_keys(first, NOON)
    assert _faults(second, NOON + DAY)
    assert _faults(second, NOON + 2 * DAY) == []
    note_keys(second, NOON + 2 * DAY)
    with second.sessions.reading() as session:
        assert (
            len(session.scalars(select(Heartbeat).where(Heartbeat.note.contains(KEY_FILE))).all())
            == 1
        )


def test_what_is_noted_tells_no_key(first):
    secret = first.keys.secret().decode()
    noted = first.keys.fingerprints()
    assert set(noted) == {SECRET_FILE, KEY_FILE}
    assert all(secret[:8] not in told for told in noted.values())
