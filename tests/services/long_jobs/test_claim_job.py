"""A long job is done by one worker, ends once, and goes on elsewhere when its worker stops."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from support.boards import close_up
from support.builders import a_notice
from support.clock import NOON
from support.patience import wait_for

from bulletin.domain.errors import NotFoundError, Refused
from bulletin.services.boards.photos import order_photos, upload
from bulletin.services.long_jobs import claim_job
from bulletin.services.long_jobs.order_job import forget_old_jobs
from bulletin.store.bucket import BucketFailure
from bulletin.store.bucket_faults import BucketFault
from bulletin.store.long_jobs import JobState
from bulletin.store.receipts import BoardVisit
from bulletin.store.uploads import UploadPiece

LATER = NOON + timedelta(minutes=1)


@pytest.fixture
def ordered(zhangjia):
    """Two photographs of a board, ordered to be read."""
    photo = close_up([a_notice(zhangjia, NOON).approved().printed().sheet.pdf])
    keys = upload.keep_whole(zhangjia.site, zhangjia.li, [photo, photo], NOON)
    site, board = zhangjia.site, zhangjia.boards[0]
    return order_photos.order_photos(site, zhangjia.li, board, keys, NOON)


def work(village, job, clock=lambda: NOON, stopped=lambda: False):
    return order_photos.PHOTOS.work_on(village.site, job, clock, stopped)


def line(village, job, now=NOON, actor=None):
    return order_photos.PHOTOS.line(village.site, actor or village.li, job, now)


def visits(village):
    with village.site.sessions.reading() as session:
        return session.scalar(select(func.count()).select_from(BoardVisit))


def test_done_twice_it_is_done_once(zhangjia, ordered):
    assert line(zhangjia, ordered).idle
    assert work(zhangjia, ordered)
    assert work(zhangjia, ordered)
    told = line(zhangjia, ordered)
    assert (told.state, told.done, told.total) == (JobState.DONE, 2, 2)
    assert visits(zhangjia) == 1


def test_a_worker_that_is_killed_leaves_it_to_another(zhangjia, ordered):
    moments = iter([NOON])

    def dying():
        try:
            return next(moments)
        except StopIteration:
            raise SystemExit from None

    with pytest.raises(SystemExit):
        work(zhangjia, ordered, dying)
    assert work(zhangjia, ordered), "too soon: it still seems to be somebody's"
    assert (line(zhangjia, ordered).state, visits(zhangjia)) == (JobState.RUNNING, 0)
    assert line(zhangjia, ordered, LATER).idle
    work(zhangjia, ordered, lambda: LATER)
    assert (line(zhangjia, ordered).state, visits(zhangjia)) == (JobState.DONE, 1)


def test_who_was_thought_dead_and_comes_back_keeps_nothing(zhangjia, ordered):
    begun = iter([NOON, NOON, NOON])

    def slow():
        if next(begun, None) is None:  # the second photograph takes a minute, and another begins
            work(zhangjia, ordered, lambda: LATER)
        return NOON

    work(zhangjia, ordered, slow)
    assert (line(zhangjia, ordered).state, visits(zhangjia)) == (JobState.DONE, 1)


def test_a_step_that_lasts_longer_than_a_silence_is_nobody_elses(zhangjia, ordered, monkeypatch):
    time_is, receive = [NOON], order_photos.receive

    def lasting(*order, **how):
        time_is[0] = LATER
        wait_for(lambda: not line(zhangjia, ordered, LATER).idle)
        assert work(zhangjia, ordered, lambda: LATER), "it is somebody's"
        assert visits(zhangjia) == 0
        return receive(*order, **how)

    monkeypatch.setattr(claim_job, "BEAT_EVERY", timedelta(milliseconds=20))
    monkeypatch.setattr(order_photos, "receive", lasting)
    work(zhangjia, ordered, lambda: time_is[0])
    assert (line(zhangjia, ordered).state, visits(zhangjia)) == (JobState.DONE, 1)


def test_while_the_object_store_is_away_it_waits_and_has_not_failed(zhangjia, ordered, monkeypatch):
    def away(*_order, **_how):
        raise BucketFailure(BucketFault.UNREACHABLE, "s3://county", "connection refused")

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(order_photos, "receive", away)
        with pytest.raises(BucketFailure):
            work(zhangjia, ordered)
    assert line(zhangjia, ordered, LATER).idle
    work(zhangjia, ordered, lambda: LATER)
    assert line(zhangjia, ordered, LATER).state is JobState.DONE


def test_told_to_end_it_hands_back_what_it_has(zhangjia, ordered):
    asked = iter([False])
    assert not work(zhangjia, ordered, stopped=lambda: next(asked, True))
    assert work(zhangjia, ordered), "at once, and not when it has been silent"
    assert line(zhangjia, ordered).state is JobState.DONE


def test_why_it_can_not_be_done_is_kept_with_its_code_and_what_came_whole_goes(zhangjia):
    site, li, board = zhangjia.site, zhangjia.li, zhangjia.boards[0]
    (key,) = upload.keep_whole(site, li, [b"%PDF-1.7"], NOON)
    job = order_photos.order_photos(site, li, board, [key], NOON)
    work(zhangjia, job)
    told = line(zhangjia, job)
    assert told.state is JobState.FAILED
    assert "这是PDF文件，不是照片" in told.refusals[0].sentence
    assert upload.arrived(site, li, key) == 0


def test_what_came_whole_goes_with_a_job_that_broke_and_stays_for_one_that_waits(
    zhangjia, ordered, monkeypatch
):
    """Nobody sends a form's photographs once more under the same keys: they would count against its sender all day."""

    def failing(error):
        monkeypatch.setattr(order_photos, "receive", lambda *_order, **_how: raise_(error))
        with pytest.raises(type(error)):
            work(zhangjia, ordered, lambda: NOON + failures.pop(0))

    def raise_(error):
        raise error

    failures = [timedelta(), timedelta(minutes=1)]
    failing(BucketFailure(BucketFault.UNREACHABLE, "s3://county", "connection refused"))
    assert kept(zhangjia) == 2
    failing(ZeroDivisionError())
    assert line(zhangjia, ordered).state is JobState.FAILED
    assert kept(zhangjia) == 0


def kept(village):
    with village.site.sessions.reading() as session:
        return session.scalar(select(func.count()).select_from(UploadPiece))


def test_a_job_is_ones_own_and_forgotten_after_a_week(zhangjia, ordered):
    with pytest.raises(NotFoundError):
        line(zhangjia, ordered, actor=zhangjia.tian)
    with pytest.raises(Refused):
        order_photos.order_photos(zhangjia.site, zhangjia.sun, zhangjia.boards[0], [], NOON)
    forget_old_jobs(zhangjia.site, NOON + timedelta(days=6))
    assert line(zhangjia, ordered)
    forget_old_jobs(zhangjia.site, NOON + timedelta(days=8))
    with pytest.raises(NotFoundError):
        line(zhangjia, ordered)
