"""The clock keeps the copy up to date: within a minute, by one process at a time, and it says when it can't."""

import json
import platform
import threading
import time
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import OperationalError
from support.builders import a_notice, found_village, with_few_items
from support.clock import NOON
from support.commands import bulletin
from support.object_store import needs_object_store

from bulletin.clock.jobs import ELSEWHERE, TICKS, read_clock, tick_once
from bulletin.clock.scheduler import Scheduler
from bulletin.copy_keeper import acts_of_copy
from bulletin.copy_reader import CopyReader, copy_site
from bulletin.domain.errors import Misconfigured, Refused
from bulletin.domain.notices.workflow import State
from bulletin.domain.ticks import COPY_TICK
from bulletin.services.access import edition_for
from bulletin.services.desk.today import today
from bulletin.services.notices import end, redact
from bulletin.services.operations.check import check
from bulletin.services.operations.failures import failure_of
from bulletin.store.bucket import BucketFailure
from bulletin.store.copies.open import normal_name
from bulletin.store.heartbeat import Heartbeat
from bulletin.store.run_alone import alone
from bulletin.wiring import make_app, make_clock, open_site

pytestmark = pytest.mark.slow
of_notes = pytest.mark.sqlite_only(reason="what is written and noted of it is the same on both")
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def settings(settings, tmp_path):
    return replace(settings, copy=str(tmp_path / "site"))


@pytest.fixture
def zhangjia(few_items):
    """Its pages are drawn again and again."""
    return few_items


@pytest.fixture
def tick(settings, zhangjia):
    """tick(moment): what the clock's tick says."""

    def run(now):
        return acts_of_copy(settings)[COPY_TICK](zhangjia.site, now)

    return run


def said(village, now):
    return " / ".join(
        f"{each.what} → {each.remedy}"
        for each in check(village.site, now)
        if "the copy in" in each.what
    )


def test_what_changes_is_in_the_copy_with_the_next_tick_and_nothing_is_written_otherwise(
    tick, zhangjia, tmp_path
):
    notice = a_notice(zhangjia, NOON).approved()
    assert tick(NOON).startswith("wrote ")
    page = tmp_path / "site" / "N" / notice.code / "index.html"
    assert "已撤下" not in page.read_text(encoding="utf-8")
    assert tick(NOON + MINUTE) == "is up to date"
    end.take_down(zhangjia.site, zhangjia.li, notice.code, "金额有误", NOON + MINUTE)
    assert tick(NOON + 2 * MINUTE).startswith("wrote ")
    assert "已撤下" in page.read_text(encoding="utf-8")
    assert tick(NOON + 3 * MINUTE) == "is up to date"
    assert tick(NOON + 2 * HOUR).startswith("wrote 0 new"), "as of when it is, is told anew"


def test_a_redacted_notice_is_gone_with_the_next_tick(tick, zhangjia, tmp_path):
    notice = a_notice(zhangjia, NOON).approved()
    notice.printed()
    tick(NOON)
    paper = tmp_path / "site" / "N" / notice.code / "paper.pdf"
    assert paper.exists()
    redact.redact(zhangjia.site, zhangjia.sun, notice.code, "写进了病情", NOON + MINUTE)
    tick(NOON + MINUTE)
    assert not paper.exists()


@of_notes
def test_web_servers_may_read_what_a_private_process_writes(settings, zhangjia, tmp_path):
    """The clock's process lets no other account read what it writes."""
    a_notice(zhangjia, NOON).approved()
    environ = {"BULLETIN_COPY": settings.copy, "BULLETIN_PUBLIC_URL": settings.public_url}
    environ |= {"BULLETIN_DATABASE_URL": settings.database_url}
    ticked = bulletin("tick", "--yes", "--now", NOON.isoformat(), data=settings.data, **environ)
    assert "copy: wrote " in ticked.stdout
    folder = tmp_path / "site"
    assert {path.stat().st_mode & 0o777 for path in folder.rglob("*") if path.is_file()} == {0o644}
    assert {path.stat().st_mode & 0o777 for path in (folder, folder / "N")} == {0o755}


def test_one_process_writes_at_a_time(settings, zhangjia, tick, tmp_path):
    a_notice(zhangjia, NOON).approved()
    place = tmp_path / "site"
    began, ended, said = threading.Event(), threading.Event(), []

    def another():
        elsewhere = open_site(settings)
        with alone(elsewhere.sessions.engine, settings.data, f"copy {place}") as ensure_alone:
            said.append(ensure_alone is not None)
            began.set()
            ended.wait(30)
        elsewhere.sessions.close()

    thread = threading.Thread(target=another)
    thread.start()
    assert began.wait(30)
    assert tick(NOON) == ELSEWHERE
    with pytest.raises(Refused, match="另一个进程正在写"):
        copy_site(settings, zhangjia.site, place, settings.public_url, NOON)
    ended.set()
    thread.join()
    assert said == [True]
    assert tick(NOON).startswith("wrote ")


def test_one_process_writes_at_a_time_however_the_place_is_spelled(
    settings, zhangjia, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    with alone(zhangjia.site.sessions.engine, settings.data, f"copy {tmp_path / 'site'}"):
        for place in (f"{tmp_path}/site/", "site", f"{tmp_path}/x/../site"):
            with pytest.raises(Refused, match="另一个进程正在写"):
                copy_site(settings, zhangjia.site, place, settings.public_url, NOON)


@pytest.mark.parametrize("spelled", ["s3://county/site", "s3://county/site/"])
def test_a_bucket_is_one_place_with_and_without_a_stroke_at_its_end(spelled):
    assert normal_name(spelled) == "s3://county/site"


def test_who_has_lost_the_lock_writes_no_further(
    settings, zhangjia, tick, database, monkeypatch, tmp_path
):
    """PostgreSQL was restarted, and another clock may have begun."""
    if database.name == "sqlite":
        pytest.skip("the system keeps SQLite's lock as long as the process lives")
    a_notice(zhangjia, NOON).approved()
    read = CopyReader._read

    def read_after_restart(self, load):
        with zhangjia.site.sessions.engine.connect() as connection:
            connection.exec_driver_sql(
                "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND "
                "database = (SELECT oid FROM pg_database WHERE datname = current_database())"
            )
        return read(self, load)

    with monkeypatch.context() as patched:
        patched.setattr(CopyReader, "_read", read_after_restart)
        with pytest.raises(OperationalError):
            tick(NOON)
    assert not (tmp_path / "site" / "manifest.json").exists()
    assert tick(NOON + MINUTE).startswith("wrote ")


def test_another_clock_knows_what_the_first_one_wrote(settings, zhangjia, tick):
    a_notice(zhangjia, NOON).approved()
    tick(NOON)
    other = open_site(replace(settings, backup_dir=str(settings.data / "second")))
    act = acts_of_copy(replace(settings, backup_dir=str(settings.data / "second")))[COPY_TICK]
    assert act(other, NOON + MINUTE) == "is up to date"
    other.sessions.close()


def test_the_folder_of_another_machine_is_brought_up_to_date_by_its_own_clock(
    settings, zhangjia, tick, tmp_path, monkeypatch
):
    notice = a_notice(zhangjia, NOON).approved()
    tick(NOON)
    there = replace(settings, copy=str(tmp_path / "there"))
    monkeypatch.setattr(platform, "node", lambda: "machine-2")
    act, site = acts_of_copy(there)[COPY_TICK], open_site(there)
    assert act(site, NOON + MINUTE).startswith("wrote ")
    assert (tmp_path / "there" / "N" / notice.code / "index.html").exists()
    assert act(site, NOON + MINUTE) == "is up to date"
    monkeypatch.undo()
    assert tick(NOON + MINUTE) == "is up to date", "the first one's is what it was"
    site.sessions.close()


@of_notes
def test_a_disk_that_is_full_is_not_hidden_by_a_machine_whose_disk_is_not(
    settings, zhangjia, tick, tmp_path, monkeypatch
):
    there = replace(settings, copy=str(tmp_path / "there"))
    village = replace(zhangjia, site=replace(zhangjia.site, copy=settings.copy))

    def tick_there(now):
        with monkeypatch.context() as other:
            other.setattr(platform, "node", lambda: "machine-2")
            return acts_of_copy(there)[COPY_TICK](zhangjia.site, now)

    tick(NOON)
    tick_there(NOON)
    assert said(village, NOON) == ""
    a_notice(zhangjia, NOON).approved()
    (tmp_path / "there").rename(tmp_path / "away")
    (tmp_path / "there").write_text("a file stands where the folder should be")
    later = NOON + MINUTE
    with pytest.raises(OSError, match=r".+"):
        tick_there(later)
    tick(later + MINUTE)
    assert f"machine-2:{tmp_path}/there is behind" in said(village, later + MINUTE)
    (tmp_path / "there").unlink()
    tick_there(later + 2 * MINUTE)
    assert said(village, later + 2 * MINUTE) == ""
    tick(NOON + HOUR)
    assert "machine-2" in said(village, NOON + HOUR), "its clock stands still"
    tick(NOON + timedelta(days=2))
    assert said(village, NOON + timedelta(days=2)) == "", "it keeps none any more"


@of_notes
def test_a_machine_that_keeps_its_copy_elsewhere_now_is_not_behind_with_the_old_one(
    settings, zhangjia, tick, tmp_path
):
    tick(NOON)
    elsewhere = replace(settings, copy=str(tmp_path / "elsewhere"))
    acts_of_copy(elsewhere)[COPY_TICK](zhangjia.site, NOON + HOUR)
    village = replace(zhangjia, site=replace(zhangjia.site, copy=elsewhere.copy))
    assert said(village, NOON + HOUR) == ""


@of_notes
def test_what_an_older_release_noted_of_a_copy_is_as_right_as_its_heartbeat(
    settings, zhangjia, tick
):
    tick(NOON)
    with zhangjia.site.sessions.writing() as session:
        beat = session.get_one(Heartbeat, COPY_TICK)
        told = json.loads(beat.note)
        for each in told.values():
            each.pop("right_at")
        beat.note, beat.at = json.dumps(told), NOON + HOUR
    village = replace(zhangjia, site=replace(zhangjia.site, copy=settings.copy))
    assert said(village, NOON + HOUR) == ""


def test_a_copy_that_cannot_be_written_is_said_at_the_desk_and_by_the_doctor(
    settings, zhangjia, tick, tmp_path
):
    village = replace(zhangjia, site=replace(zhangjia.site, copy=settings.copy))
    assert "the copy in" in said(village, NOON), "there is none yet"
    tick(NOON)
    assert said(village, NOON) == ""
    assert today(village.site, village.li, NOON).house.stale_copy is None
    assert today(village.site, village.li, NOON + HOUR).house.stale_copy is not None, "nobody ticks"
    site_folder = tmp_path / "site"
    site_folder.rename(tmp_path / "away")
    site_folder.write_text("a file stands where the folder should be")
    a_notice(zhangjia, NOON).approved()
    with pytest.raises(OSError, match=r".+"):
        tick(NOON + MINUTE)
    assert "brought up to date: 2026" in said(village, NOON + MINUTE)
    site_folder.unlink()
    (tmp_path / "away").rename(site_folder)
    tick(NOON + 2 * MINUTE)
    assert said(village, NOON + 2 * MINUTE) == ""


@of_notes
@needs_object_store
def test_a_bucket_is_kept_too_and_its_outage_is_named(settings, zhangjia, object_store):
    settings = replace(settings, copy=f"s3://{object_store.new_bucket()}")
    site = open_site(settings)
    act = acts_of_copy(settings)[COPY_TICK]
    notice = a_notice(zhangjia, NOON).approved()
    act(site, NOON)
    store = object_store.bucket(settings.copy)
    assert store.head(f"N/{notice.code}/index.html")
    end.take_down(site, zhangjia.li, notice.code, "金额有误", NOON + MINUTE)
    with object_store.cut_off(), pytest.raises(BucketFailure) as failed:
        act(site, NOON + MINUTE)
    assert failure_of(failed.value)
    app = make_app(settings, site, lambda: NOON + MINUTE)
    app.config.update(WTF_CSRF_ENABLED=False)
    desk = app.test_client()
    desk.post("/sign-in", data={"login": "zheng", "password": zhangjia.password})
    page = desk.get("/desk/").get_data(as_text=True).replace("<wbr>", "")
    assert "村民看的网页没有更新上，停在" in page
    assert "存放副本的地方连不上" in page
    assert "→ the object store of the files does not answer: start it" in said(
        replace(zhangjia, site=site), NOON + MINUTE
    )
    act(site, NOON + 2 * MINUTE)
    assert "已撤下" in store.get(f"N/{notice.code}/index.html").decode()
    assert "更新上" not in desk.get("/desk/").get_data(as_text=True)
    site.sessions.close()


def soon(village):
    """In how many seconds another notice is approved for certain, by how long one takes now."""
    began = time.monotonic()
    a_notice(village, read_clock(), item="affairs.meeting_decisions").approved()
    return timedelta(seconds=3 + 4 * (time.monotonic() - began))


@pytest.fixture
def village(site):
    """Of today, for a clock that runs."""
    return found_village(with_few_items(site), read_clock() - timedelta(days=1))


def test_a_publication_is_followed_by_the_copy_at_once(site, village):
    """Not with the next minute; and the first copy, which may take long, keeps no tick waiting."""
    due = read_clock() + soon(village)
    notice = a_notice(
        village, read_clock(), item="affairs.meeting_decisions", publish_at=due
    ).approved()
    seen, called = [], threading.Event()

    def act(_site, _now):
        with site.sessions.reading() as session:
            seen.append(edition_for(session, village.operator, notice.code).state)
        if len(seen) > 1:
            called.set()
        return ""

    clock = make_clock(site, read_clock, {COPY_TICK: act})
    clock.start()
    try:
        assert called.wait(50)
    finally:
        clock.stop()
    assert seen[0] is State.SCHEDULED
    assert seen[1] is State.PUBLISHED
    assert read_clock() - due < timedelta(seconds=20)


def test_a_copy_that_takes_long_keeps_no_notice_waiting(site, village):
    """It follows the first publication, and the moment of the second comes while it is written."""
    ahead = soon(village)
    first, second = (
        a_notice(
            village,
            read_clock(),
            item="affairs.meeting_decisions",
            publish_at=read_clock() + ahead + timedelta(seconds=seconds),
        ).approved()
        for seconds in (0, 3)
    )
    follows, ended = threading.Event(), threading.Event()

    def state_of(notice):
        with site.sessions.reading() as session:
            return edition_for(session, village.operator, notice.code).state

    def act(_site, _now):
        if state_of(first) is State.PUBLISHED and not follows.is_set():
            follows.set()
            ended.wait(40)
        return ""

    clock = make_clock(site, read_clock, {COPY_TICK: act})
    clock.start()
    try:
        assert follows.wait(40)
        assert state_of(second) is State.SCHEDULED
        until = read_clock() + timedelta(seconds=20)
        while state_of(second) is not State.PUBLISHED:
            assert read_clock() < until
            time.sleep(0.1)
    finally:
        ended.set()
        clock.stop()


def test_a_clock_is_stopped_while_a_copy_is_written_and_something_is_still_due(site, village):
    due = read_clock() + timedelta(hours=1)
    a_notice(village, read_clock(), item="affairs.meeting_decisions", publish_at=due).approved()
    began, ended = threading.Event(), threading.Event()

    def act(_site, _now):
        began.set()
        ended.wait(30)
        return ""

    clock = make_clock(site, read_clock, {COPY_TICK: act})
    clock.start()
    assert began.wait(30)
    stopping = threading.Thread(target=clock.stop, daemon=True)
    stopping.start()
    stopping.join(1)
    assert stopping.is_alive(), "it waits for the copy"
    ended.set()
    stopping.join(20)
    assert not stopping.is_alive()


def test_a_copy_without_an_address_stops_the_start(settings):
    with pytest.raises(Misconfigured, match="BULLETIN_COPY_URL"):
        acts_of_copy(replace(settings, public_url=""))
    assert acts_of_copy(replace(settings, copy="")) == {}


def test_without_a_copy_the_clock_does_what_it_always_did(zhangjia):
    assert tick_once(zhangjia.site, NOON).keys() == TICKS.keys()
    assert Scheduler(zhangjia.site)
