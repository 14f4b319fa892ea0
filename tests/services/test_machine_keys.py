"""Two machines of one house that sign with other keys are told, by `bulletin check` and on 今天."""

import platform
import shutil
from dataclasses import replace
from datetime import timedelta

import pytest
from support.clock import NOON
from support.commands import bulletin
from support.databases import environment_of
from support.machine_keys import keys_noted

from bulletin.clock.jobs import tick_once
from bulletin.services.desk.today import today
from bulletin.services.machine_keys import note_keys
from bulletin.services.operations.check import check
from bulletin.services.transparency.checkpoint import verifier_key
from bulletin.services.transparency.rotate_key import rotate_key
from bulletin.store.key_folder import FOLDER_FILE, KEY_FILE, SECRET_FILE, KeyFolder

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
    assert not (second.data / FOLDER_FILE).exists(), "who only asks writes nothing"
    assert f"{platform.node()} ({SECRET_FILE}, {KEY_FILE})" in fault
    (other,) = today(second, zhangjia.zheng, NOON).house.other_keys
    assert (other.machine, other.sign_in_apart) == (platform.node(), True)
    assert today(second, zhangjia.li, NOON).house.other_keys == (), "what an administrator mends"


def test_copied_keys_are_the_same(first, second, tmp_path):
    note_keys(first, NOON)
    shutil.copy(tmp_path / "first" / SECRET_FILE, tmp_path / "second")
    (fault,) = _faults(second)
    assert f"({KEY_FILE})" in fault
    assert "has to do so again" not in fault, "all are signed in everywhere"
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
        assert len(keys_noted(session)) == 1, "what nobody notes any more is gone"


def test_what_is_noted_tells_no_key(first):
    secret = first.keys.secret().decode()
    noted = first.keys.fingerprints()
    assert set(noted) == {SECRET_FILE, KEY_FILE}
    assert all(secret[:8] not in told for told in noted.values())


def test_a_container_by_another_name_before_the_same_folder_is_no_other_machine(
    first, monkeypatch, zhangjia
):
    note_keys(first, NOON)
    monkeypatch.setattr(platform, "node", lambda: "run-container-9")
    rotate_key(first, zhangjia.operator, NOON)
    note_keys(first, NOON)
    assert _faults(first) == []


def test_a_key_that_is_rotated_by_the_command_is_noted_at_once(settings, zhangjia):
    site = zhangjia.site
    note_keys(site, NOON)
    before = site.keys.fingerprints()[KEY_FILE]
    bulletin("checkpoint", "rotate", data=settings.data, **environment_of(settings))
    with site.sessions.reading() as session:
        (noted,) = keys_noted(session)
    assert before not in noted.note
    assert site.keys.fingerprints()[KEY_FILE] in noted.note


def test_the_clock_notes_them_each_day(zhangjia):
    tick_once(zhangjia.site, NOON)
    tick_once(zhangjia.site, NOON + DAY)
    with zhangjia.site.sessions.reading() as session:
        (noted,) = keys_noted(session)
        assert noted.at == NOON + DAY
