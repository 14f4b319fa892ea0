"""A second run makes only what changed anew, and ends with what a run from nothing writes."""

import json
import re
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from support.builders import a_notice
from support.clock import NOON
from support.copies import insert_notices
from support.feedback import a_question

from bulletin import copy_reader
from bulletin.copy_reader import copy_site
from bulletin.domain.catalog.adaptation import Adaptation
from bulletin.domain.notices.workflow import State
from bulletin.services.boards import post
from bulletin.services.catalog.adopt import adopt_catalog
from bulletin.services.duties import record_event
from bulletin.services.notices import end, link_policy, redact
from bulletin.services.notices.publish import publish_due
from bulletin.services.places import change_village
from bulletin.services.places.create import add_board
from bulletin.store.duties import Duty

pytestmark = pytest.mark.slow  # the whole public site is written, again and again

CHINESE_ALONE: frozenset[str] = frozenset()
ADDRESS = "https://gk.huzhu.example.cn"
MOMENT = re.compile(r"\d{4}年\d+月\d+日\s*\d\d:\d\d")
OF_RUN = {"manifest.json", "SHA256SUMS", "checkpoint"}  # tell the moment or are signed anew
LISTS = ".lists"  # of all files: they tell the digests of what is signed anew


def files_of(folder):
    """Path → content, without the moment at which each page was written; of a paper its name alone."""
    paths = (path for path in folder.rglob("*") if path.is_file() and path.name not in OF_RUN)
    pages = (path for path in paths if path.parent.name != LISTS)
    return {str(path.relative_to(folder)): _content(path) for path in pages}


def _content(path):
    if path.suffix == ".pdf":
        return ""
    data = path.read_bytes()
    if path.suffix != ".html":
        return data
    return MOMENT.sub("", re.sub(r"<(?:wbr|/?bdi)>", "", data.decode()))


@pytest.fixture
def zhangjia(few_items):
    """Its pages are drawn again and again."""
    return few_items


@pytest.fixture
def copy(settings, zhangjia, tmp_path):
    """copy(moment): brings a folder up to date; copy.same(moment): as a run from nothing leaves it."""

    def run(now):
        copy_site(settings, zhangjia.site, tmp_path / "kept", ADDRESS, now, CHINESE_ALONE)

    def same(now):
        copy_site(settings, zhangjia.site, tmp_path / "fresh", ADDRESS, now, CHINESE_ALONE)
        assert files_of(tmp_path / "kept") == files_of(tmp_path / "fresh")

    run.same = same
    return run


def test_a_copy_brought_up_to_date_is_the_same_as_one_made_from_nothing(copy, zhangjia):
    site, li = zhangjia.site, zhangjia.li
    first = a_notice(zhangjia, NOON).approved()
    second = a_notice(zhangjia, NOON, title="第三季度收支的说明").approved()
    road = a_notice(zhangjia, NOON, item="affairs.public_works", title="村道硬化工程").approved()
    for notice in (first, second, road):
        notice.printed()

    def corrected():
        first.now = moment
        first.corrected()

    def next_phase():
        with site.sessions.reading() as session:
            of_matter = select(Duty.id).where(Duty.matter_id.is_not(None), Duty.due_on.is_(None))
            return session.scalars(of_matter).first()

    def asked():
        a_question(zhangjia, moment, notice=second.code)

    acts = [
        [],
        [corrected],
        [
            lambda: post.hang(site, li, second.code, zhangjia.boards[0], moment.date(), moment),
            lambda: link_policy.link_policy(site, li, second.code, first.code, moment),
            asked,
        ],
        [
            lambda: record_event.record_event(site, li, next_phase(), moment.date(), moment),
            lambda: add_board(site, zhangjia.operator, zhangjia.id, "东社公开栏", "磨坊旁", moment),
            lambda: redact.redact(site, zhangjia.sun, second.code, "写进了病情", moment),
        ],
        [
            lambda: end.take_down(site, li, road.code, "金额有误", moment),
            lambda: change_village.change_phones(
                site, zhangjia.zheng, zhangjia.id, "0972-8329999", "0972-8328888", moment
            ),
        ],
    ]
    for number, together in enumerate(acts):
        moment = NOON + timedelta(minutes=10 * number)
        for act in together:
            act()
        copy(moment)
    copy.same(moment)


def test_days_that_pass_are_told_without_any_act(copy, zhangjia):
    a_notice(zhangjia, NOON).approved().printed()
    a_notice(zhangjia, NOON, publish_at=NOON + timedelta(days=2)).approved().printed()
    for days in (0, 2, 12, 90):
        moment = NOON + timedelta(days=days)
        publish_due(zhangjia.site, moment)
        copy(moment)
    copy.same(moment)


def test_a_phase_that_came_too_late_is_named_by_the_pages_of_its_matter(copy, zhangjia, tmp_path):
    """Nobody does anything, and no period of these notices runs any more."""
    road = a_notice(zhangjia, NOON, item="affairs.public_works", title="村道硬化工程").approved()
    rest = NOON + timedelta(days=60)
    with zhangjia.site.sessions.reading() as session:
        of_matter = select(Duty).where(Duty.matter_id.is_not(None), Duty.due_on.is_(None))
        phase = session.scalars(of_matter).one()
    record_event.record_event(zhangjia.site, zhangjia.li, phase.id, rest.date(), rest)
    with zhangjia.site.sessions.reading() as session:
        due_on = session.get_one(Duty, phase.id).due_on
    page = tmp_path / "kept" / "N" / road.code / "index.html"
    for days, is_overdue in ((0, False), (1, True)):
        moment = datetime.combine(due_on, NOON.timetz()) + timedelta(days=days)
        copy(rest if days == 0 else moment)
        assert ("最迟" in page.read_text(encoding="utf-8")) is is_overdue
    copy.same(moment)


def test_an_item_that_leaves_the_catalog_and_comes_back_does_so_on_its_day(
    copy, zhangjia, tmp_path
):
    """Nobody does anything on these days."""
    optional = next(i.code for i in zhangjia.site.catalog.items if not i.obligatory)
    days = [NOON + timedelta(days=number) for number in range(3)]
    for day, dropped in ((days[1], {optional: "本村没有"}), (days[2], {})):
        adopt_catalog(
            zhangjia.site,
            zhangjia.zheng,
            zhangjia.id,
            day.date(),
            Adaptation(dropped=dropped),
            NOON,
        )
    page = tmp_path / "kept" / "V" / "630223202214" / "catalog" / optional / "index.html"
    for day, is_there in zip(days, (True, False, True), strict=True):
        copy(day)
        assert page.exists() is is_there
    copy.same(day)


def test_a_clock_that_was_set_back_makes_all_anew(copy, zhangjia):
    a_notice(zhangjia, NOON).approved().printed()
    copy(NOON + timedelta(hours=2))
    copy(NOON + timedelta(hours=1))
    copy.same(NOON + timedelta(hours=1))


@pytest.fixture
def read_keys(monkeypatch):
    """The keys of the parts that were read, in order."""
    read, parts = [], copy_reader.CopyReader.parts

    def noted(self, keys):
        read.extend(keys)
        return parts(self, keys)

    monkeypatch.setattr(copy_reader.CopyReader, "parts", noted)
    return read


def test_only_what_changed_is_read_again(zhangjia, settings, tmp_path, read_keys):
    insert_notices(zhangjia, [[(State.PUBLISHED, -400, -390)]] * 3)
    notice = a_notice(zhangjia, NOON).approved()
    copy_site(settings, zhangjia.site, tmp_path / "copy", ADDRESS, NOON, CHINESE_ALONE)
    assert len([key for key in read_keys if key.startswith("N/")]) == 5
    read_keys.clear()
    end.take_down(zhangjia.site, zhangjia.li, notice.code, "金额有误", NOON)
    copy_site(settings, zhangjia.site, tmp_path / "copy", ADDRESS, NOON, CHINESE_ALONE)
    assert read_keys == [
        f"N/{notice.code}",
        "V/630223202214/catalog/finance.quarterly_accounts",
        "V/630223202",
        "V/630223202214",
        "T/630223202",
        "",
    ]


def test_another_program_or_setting_makes_all_anew(
    zhangjia, settings, tmp_path, read_keys, monkeypatch
):
    notice = a_notice(zhangjia, NOON).approved()
    copy_site(settings, zhangjia.site, tmp_path / "copy", ADDRESS, NOON, CHINESE_ALONE)
    read_keys.clear()
    copy_site(
        settings, zhangjia.site, tmp_path / "copy", "https://copy.example.cn", NOON, CHINESE_ALONE
    )
    assert f"N/{notice.code}" in read_keys


def test_the_manifest_names_what_vanished_and_since_when(zhangjia, settings, tmp_path):
    notice = a_notice(zhangjia, NOON).approved()
    folder, later = tmp_path / "copy", NOON + timedelta(hours=1)
    copy_site(settings, zhangjia.site, folder, ADDRESS, NOON, CHINESE_ALONE)
    end.take_down(zhangjia.site, zhangjia.li, notice.code, "金额有误", later)
    copy_site(settings, zhangjia.site, folder, ADDRESS, later, CHINESE_ALONE)
    told = json.loads((folder / "manifest.json").read_bytes())
    assert told["vanished"][f"N/{notice.code}/content.txt"] == later.isoformat()
    (of_notices,) = (folder / LISTS).glob("N-*")
    assert f"  N/{notice.code}/content.txt\n" not in of_notices.read_text()
    assert not (folder / "N" / notice.code / "content.txt").exists()


def test_what_somebody_deleted_is_written_again_the_next_day_or_at_once_where_it_is_looked_for(
    zhangjia, settings, tmp_path
):
    notice = a_notice(zhangjia, NOON).approved()
    folder, at_once = tmp_path / "copy", NOON + timedelta(minutes=1)
    page = folder / "N" / notice.code / "content.txt"
    site, chinese = zhangjia.site, CHINESE_ALONE
    copy_site(settings, site, folder, ADDRESS, NOON, chinese)
    page.unlink()
    copy_site(settings, site, folder, ADDRESS, at_once, chinese)
    assert not page.exists(), "as seldom as files are lost, as seldom all are looked for"
    copy_site(settings, site, folder, ADDRESS, at_once, chinese, looks_over=True)
    assert page.exists()
    page.unlink()
    copy_site(settings, site, folder, ADDRESS, NOON + timedelta(days=1), chinese)
    assert page.exists()


def test_many_parts_are_read_by_several_processes_with_the_same_result(
    zhangjia, settings, tmp_path, monkeypatch
):
    insert_notices(zhangjia, [[(State.PUBLISHED, -400, -390)]] * 5)
    copy_site(settings, zhangjia.site, tmp_path / "one", ADDRESS, NOON, CHINESE_ALONE)
    monkeypatch.setattr(copy_reader, "WORTH_PROCESSES", 5)
    monkeypatch.setattr(copy_reader, "AT_ONCE", 2)
    done = copy_site(settings, zhangjia.site, tmp_path / "several", ADDRESS, NOON, CHINESE_ALONE)
    assert done.new > 5
    assert files_of(tmp_path / "one") == files_of(tmp_path / "several")
