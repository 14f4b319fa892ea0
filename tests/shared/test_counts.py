"""Counts of all web processes: the same rule in memory and in Redis, and nobody waits for one that is dead."""

import logging
import time
from dataclasses import replace
from datetime import timedelta

import pytest
from support.clock import NOON
from support.redis_server import PASSWORD

from bulletin.domain.codes import new_code
from bulletin.domain.errors import Misconfigured
from bulletin.services.operations.check import check
from bulletin.services.operations.metrics import metrics
from bulletin.settings import read_settings
from bulletin.shared import redis_counts
from bulletin.shared.memory import MemoryCounts
from bulletin.shared.store_address import open_counts
from bulletin.web import rate_limits
from bulletin.web.rate_limits import limiter
from bulletin.wiring import make_app, open_site

MINUTE = timedelta(minutes=1)
MOST_SECONDS = 0.25  # that a request may wait for a store that is dead, and some for this machine


@pytest.fixture
def impatient(monkeypatch):
    """A store that was cut off is asked again at once."""
    monkeypatch.setattr(redis_counts, "PAUSE", 0.0)


@pytest.fixture(params=["memory", "redis"])
def counts(request):
    if request.param == "memory":
        return MemoryCounts()
    return open_counts(request.getfixturevalue("redis").address)


def add(counts, what, now=NOON, *, of="network", most=2):
    return counts.add(of, what, most=most, span=MINUTE, now=now)


def test_different_things_count_until_they_are_too_many(counts):
    assert add(counts, "a")
    assert add(counts, "b")
    assert not add(counts, "c")
    assert add(counts, "a"), "the same again tells nothing new"
    assert counts.number("network", MINUTE, NOON) == 2


def test_what_is_older_than_the_span_counts_no_more(counts):
    add(counts, "a")
    add(counts, "b", NOON + timedelta(seconds=30))
    later = NOON + MINUTE
    assert counts.number("network", MINUTE, later) == 1
    assert add(counts, "c", later)
    assert not add(counts, "a", later), "forgotten, and there are two others"


def test_one_network_is_not_counted_with_another(counts):
    add(counts, "a")
    assert counts.number("other", MINUTE, NOON) == 0


def test_two_processes_count_together(redis):
    one, other = open_counts(redis.address), open_counts(redis.address)
    assert add(one, "a")
    assert add(other, "b")
    assert not add(one, "c")
    assert other.number("network", MINUTE, NOON) == 2


def test_nobody_reads_in_the_store_who_asked_for_what(redis):
    counts = open_counts(redis.address)
    add(counts, "ABCDEFGH7X", of="misses 203.0.113.9")
    store = counts._redis
    said = str([(key, store.zrange(key, 0, -1)) for key in store.keys("*")])
    assert "203.0.113.9" not in said
    assert "ABCDEFGH7X" not in said
    assert 0 < store.ttl(store.keys("*")[0]) <= MINUTE.total_seconds() + 1


@pytest.mark.parametrize("end", ["kill", "hold_up"])
def test_a_dead_store_keeps_nobody_waiting_and_the_process_counts_for_itself(redis, end, caplog):
    counts = open_counts(redis.address)
    add(counts, "a")
    getattr(redis, end)()
    began = time.monotonic()
    assert add(counts, "a")
    assert time.monotonic() - began < MOST_SECONDS
    began = time.monotonic()
    assert add(counts, "b")
    assert not add(counts, "c")
    assert time.monotonic() - began < MOST_SECONDS / 10, "it is not asked again at once"
    lines = [r.getMessage() for r in caplog.records if r.levelno == logging.WARNING]
    assert len(lines) == 1
    assert "each process counts for itself" in lines[0]
    assert PASSWORD not in caplog.text


def test_it_comes_back_by_itself(redis, impatient):
    counts, other = open_counts(redis.address), open_counts(redis.address)
    add(counts, "a")
    redis.kill()
    assert add(counts, "b")
    assert counts.fault()
    redis.start()
    assert add(counts, "c")
    assert counts.fault() == ""
    assert other.number("network", MINUTE, NOON) == 1, "what the others count with is there again"


@pytest.mark.slow
def test_two_web_processes_share_their_limits_and_outlive_the_store(
    settings, zhangjia, redis, impatient, monkeypatch
):
    """In a site of its own: pages, the desk and the operator's two tools all say what is wrong."""
    monkeypatch.setattr(rate_limits, "MAX_MISSES", 3)
    shared = replace(settings, shared_store=redis.address)
    sites = [open_site(shared), open_site(shared)]
    apps = [make_app(shared, site, lambda: NOON) for site in sites]
    for app in apps:
        app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    limiter.enabled = True

    def missed(app):
        return app.test_client().get(f"/N/{new_code()}").status_code

    try:
        assert [missed(apps[n % 2]) for n in range(4)] == [404, 404, 404, 429]
        redis.kill()
        assert missed(apps[0]) == 404
        desk = apps[0].test_client()
        desk.post("/sign-in", data={"login": "zheng", "password": zhangjia.password})
        page = desk.get("/desk").text
        assert "（Redis）现在连不上" in page
        assert any("shared store does not answer" in p.what for p in check(sites[0], NOON))
        assert not metrics(sites[0], NOON).shared_store_up
        tried = [desk.post("/account/reminders/1/try").status_code for _ in range(11)]
        assert [tried[9] == 429, tried[10] == 429] == [False, True], "in the process's memory"
        redis.start()
        assert "（Redis）现在连不上" not in desk.get("/desk").text
        assert missed(apps[1]) == 404
        assert metrics(sites[0], NOON).shared_store_up
    finally:
        limiter.enabled = False
        for site in sites:
            site.sessions.close()


@pytest.mark.parametrize(
    "address",
    ["localhost:6379", "memcached://x", "redis://", "redis://x:port/0", "redis://:pw-7@x/name"],
)
def test_an_address_that_is_none_is_refused_with_an_example_and_without_its_password(
    tmp_path, address
):
    with pytest.raises(Misconfigured) as told:
        read_settings(tmp_path, {"BULLETIN_SHARED_STORE": address})
    assert str(told.value).startswith("BULLETIN_SHARED_STORE: expected an address such as redis://")
    assert "pw-7" not in str(told.value)
