"""The doctor: what is wrong, and how to mend it."""

import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from support.builders import a_notice
from support.clock import NOON
from support.engine import an_engine

from bulletin.clock.jobs import tick_once
from bulletin.domain.people import Role
from bulletin.services.operations import check
from bulletin.services.operations.metrics import metrics
from bulletin.services.people import manage_accounts
from bulletin.sheets.compose import Composer
from bulletin.wiring import folder


def _said(site, now=NOON):
    return " / ".join(f"{problem.what} → {problem.remedy}" for problem in check.check(site, now))


def test_a_sound_site_has_no_ailment(zhangjia, tmp_path):
    site = replace(zhangjia.site, backup_dir=tmp_path / "second")
    tick_once(site, NOON)
    assert _said(site) == (
        "红崖子沟乡 has only one administrator: a lost password would lock everybody out → "
        "`bulletin people add LOGIN --name NAME --role administrator`"
    )
    _make_administrator(zhangjia, zhangjia.wu)
    assert check.check(site, NOON) == []


def _make_administrator(village, person):
    day = NOON.date()
    appoint = manage_accounts.appoint
    appoint(village.site, village.zheng, person.id, Role.ADMINISTRATOR, None, day, NOON)


def test_a_township_without_an_administrator_is_named(zhangjia):
    manage_accounts.end_person(zhangjia.site, zhangjia.operator, zhangjia.zheng.id, NOON)
    assert "红崖子沟乡 has no administrator" in _said(zhangjia.site)


@pytest.mark.parametrize(
    ("later", "words"),
    [
        (timedelta(minutes=11), "the clock is silent"),
        (timedelta(days=3), "the last daily backup"),
        (-timedelta(days=1), "比最后一条记录"),
    ],
)
def test_what_stands_still_is_named(zhangjia, tmp_path, later, words):
    site = replace(zhangjia.site, backup_dir=tmp_path / "second")
    tick_once(site, NOON)
    assert words in _said(site, NOON + later)


def test_an_engine_that_makes_no_sound_is_named(zhangjia, tmp_path):
    broken = replace(zhangjia.site, speech=an_engine(tmp_path, "fails"))
    assert (
        "BULLETIN_SPEECH makes no sound file: the program failed: status 3 no voice called cmn"
        in _said(broken)
    )
    assert "BULLETIN_SPEECH" not in _said(replace(zhangjia.site, speech=an_engine(tmp_path)))


def test_a_site_without_second_folder_or_address_is_told(zhangjia):
    assert "BULLETIN_BACKUP_DIR" in _said(zhangjia.site)
    assert "BULLETIN_PUBLIC_URL" in _said(replace(zhangjia.site, public_url=""))
    assert "内网地址" in _said(replace(zhangjia.site, public_url="http://192.168.1.9"))


def test_a_second_folder_that_cannot_be_written_is_named(zhangjia, tmp_path):
    (tmp_path / "file").write_text("a file, not a folder")
    site = replace(zhangjia.site, backup_dir=tmp_path / "file" / "second")
    assert "second folder" in _said(site)


def test_a_broken_letterhead_is_found_before_anyone_prints(zhangjia, tmp_path):
    packaged = folder("templates") / "sheets"
    shutil.copytree(packaged, tmp_path / "own")
    (tmp_path / "own" / "notice.typ").write_text("#let x = ")
    site = replace(zhangjia.site, composer=Composer(tmp_path / "own", [packaged / "fonts"]))
    assert "no sheet can be set" in _said(site)


def test_an_empty_folder_says_how_to_begin(site):
    assert "no township yet → run `bulletin init`" in _said(site)


def test_vitals_count_what_is_due_and_how_late_it_came(zhangjia):
    due = NOON + timedelta(hours=1)
    a_notice(zhangjia, NOON, publish_at=due).approved()
    assert metrics(zhangjia.site, due).clock.due_unpublished == 1
    tick_once(zhangjia.site, due + timedelta(seconds=90))
    now = metrics(zhangjia.site, due + timedelta(minutes=5)).clock
    assert (now.due_unpublished, now.published_lately, now.worst_lateness) == (0, 1, 90.0)
    assert now.heartbeat_ages["publish"] == 210.0


@pytest.mark.parametrize(
    ("now", "unknown"),
    [
        (datetime(2026, 10, 31, 4, tzinfo=UTC), []),
        (datetime(2026, 10, 31, 16, tzinfo=UTC), ["2027"]),  # in the village it is November
        (datetime(2027, 1, 2, 4, tzinfo=UTC), ["2027"]),
        (datetime(2027, 12, 1, 4, tzinfo=UTC), ["2027", "2028"]),
    ],
)
def test_from_november_on_a_year_whose_holidays_nobody_knows_is_named(zhangjia, now, unknown):
    said = [problem for problem in check.check(zhangjia.site, now) if "holidays" in problem.what]
    assert [problem.what.split()[3] for problem in said] == unknown
    assert all(
        f"schedules/holidays/{year}.yaml" in p.remedy for year, p in zip(unknown, said, strict=True)
    )
    assert not any(problem.grave for problem in said)
