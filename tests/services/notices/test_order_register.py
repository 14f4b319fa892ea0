"""A register that is too long to wait for is ordered, watched and taken; it never shows words that were removed."""

import pytest
from sqlalchemy import select
from support.builders import a_notice
from support.clock import NOON
from support.patience import wait_for

from bulletin.domain.errors import NotFoundError
from bulletin.services.notices import order_register
from bulletin.services.notices.order_register import RegisterAsked
from bulletin.services.notices.redact import redact
from bulletin.store.file_references import all_digests
from bulletin.store.long_jobs import JobState, LongJob

ASKED = RegisterAsked("张家村", 2026, "csv")


@pytest.fixture
def notice(zhangjia):
    return a_notice(zhangjia, NOON, title="路灯维修").approved()


def written(village):
    job = order_register.order_register(village.site, village.li, ASKED, NOON)
    order_register.REGISTER.work_on(village.site, job, lambda: NOON, lambda: False)
    return job


def test_it_is_the_file_that_a_short_one_is_at_once(zhangjia, notice):
    at_once = order_register.register_now(zhangjia.site, zhangjia.li, ASKED, NOON)
    asked, file = order_register.ordered_file(zhangjia.site, zhangjia.li, written(zhangjia), NOON)
    assert (asked, file) == (ASKED, at_once)
    assert "路灯维修" in file.decode()


def test_it_is_ones_own_and_no_stray_file(zhangjia, notice):
    job = written(zhangjia)
    with pytest.raises(NotFoundError):
        order_register.ordered_file(zhangjia.site, zhangjia.sun, job, NOON)
    with zhangjia.site.sessions.reading() as session:
        assert session.get(LongJob, job).result in all_digests(session)


def test_what_holds_removed_words_is_opened_no_more_and_destroyed(zhangjia, notice):
    job = written(zhangjia)
    with zhangjia.site.sessions.reading() as session:
        digest = session.scalar(select(LongJob.result))
    redact(zhangjia.site, zhangjia.li, notice.code, "写了身份证号", NOON)
    line = order_register.REGISTER.line(zhangjia.site, zhangjia.li, job, NOON)
    assert (line.state, line.refusals[0].code) == (JobState.FAILED, "removed")
    with pytest.raises(NotFoundError):
        order_register.ordered_file(zhangjia.site, zhangjia.li, job, NOON)
    assert not zhangjia.site.files.has(digest)


def test_one_that_is_being_written_while_words_are_removed_begins_anew(
    zhangjia, notice, monkeypatch
):
    job = order_register.order_register(zhangjia.site, zhangjia.li, ASKED, NOON)
    register_file = order_register.register_file

    def removing_amid(*of_register):
        redact(zhangjia.site, zhangjia.li, notice.code, "写了身份证号", NOON)
        return register_file(*of_register)

    with monkeypatch.context() as amid:
        amid.setattr(order_register, "register_file", removing_amid)
        before = set(zhangjia.site.files.stored())
        order_register.REGISTER.work_on(zhangjia.site, job, lambda: NOON, lambda: False)
    assert {each.path for each in zhangjia.site.files.stored()} <= {each.path for each in before}
    assert order_register.REGISTER.line(zhangjia.site, zhangjia.li, job, NOON).is_running
    order_register.REGISTER.work_on(zhangjia.site, job, lambda: NOON, lambda: False)
    _, file = order_register.ordered_file(zhangjia.site, zhangjia.li, job, NOON)
    assert "路灯维修" not in file.decode()


def test_whoever_waits_for_it_has_it_taken_up_again(zhangjia, notice, signed_in):
    """The page asks for the bar and nothing else: a job that lost its worker must not stay there for ever."""
    job = order_register.order_register(zhangjia.site, zhangjia.li, ASKED, NOON)
    browser = signed_in("li")
    assert browser.get(f"/desk/jobs/{job}").json["state"] in {"running", "done"}
    wait_for(lambda: browser.get(f"/desk/jobs/{job}").json["state"] == "done")


def test_at_the_desk_it_is_ordered_and_then_taken(zhangjia, notice, signed_in, monkeypatch):
    monkeypatch.setattr(order_register, "MOST_AT_ONCE", 0)
    browser = signed_in("li")
    page = browser.get("/desk/notices/register.csv").text
    assert "2026年登记的件数很多" in page
    ready = browser.post("/desk/notices/register.csv", data={"year": "2026"}, follow_redirects=True)
    assert "下载张家村2026年公开登记簿.csv" in ready.text
    answer = browser.get(f"{ready.request.path}/file")
    assert "路灯维修" in answer.data.decode()
    again = browser.get("/desk/notices/register.csv").text
    assert f'href="{ready.request.path}"' in again, "whoever left the page finds it again"
    assert ready.request.path not in browser.get("/desk/notices/register.xlsx").text
