"""`bulletin serve` as an office starts it: a real process behind a web server."""

import os
import socket
import time
from contextlib import ExitStack
from datetime import UTC, datetime
from urllib.request import Request, urlopen

import pytest
from support.builders import a_notice
from support.clock import NOON
from support.commands import bulletin, going_on
from support.databases import free_port

pytestmark = pytest.mark.slow
PATIENCE = 90.0  # seconds; a busy machine


@pytest.fixture
def serve(zhangjia, settings, tmp_path):
    """serve(**environ): starts the command; returns how to open a path of it."""
    if not hasattr(os, "fork"):
        pytest.skip("needs fork")

    def start(*options, **environ):
        port = free_port()
        command = ["serve", "--port", str(port), "--data", str(settings.data), *options]
        given = os.environ | {"BULLETIN_DATABASE_URL": settings.database_url} | environ
        said = running.enter_context(going_on(command, given, tmp_path))

        def open_path(path, **headers):
            request = Request(f"http://127.0.0.1:{port}{path}", headers=headers)
            until = time.monotonic() + PATIENCE
            while True:
                try:
                    return urlopen(request)  # noqa: S310 - of the process above
                except OSError:
                    if time.monotonic() > until:
                        pytest.fail(said.read_text("utf-8"))
                    time.sleep(0.1)

        return open_path

    with ExitStack() as running:
        yield start


@pytest.mark.parametrize("behind_proxy", ["true", "false"])
def test_the_web_server_in_front_is_believed_only_when_the_setting_says_so(serve, behind_proxy):
    open_path = serve(BULLETIN_BEHIND_PROXY=behind_proxy)
    with open_path("/healthz", **{"X-Forwarded-Proto": "https"}) as answer:
        said = answer.headers["Strict-Transport-Security"]
    assert bool(said) == (behind_proxy == "true")


@pytest.mark.sqlite_only(reason="it is about connections, whatever the database")
def test_five_hundred_idle_phones_and_fifty_slow_ones_keep_nobody_from_reading(serve, zhangjia):
    open_path = serve("--no-clock")
    with open_path("/healthz") as answer:
        port = int(answer.url.split(":")[2].partition("/")[0])
    with ExitStack() as phones:
        crowd = [
            phones.enter_context(socket.create_connection(("127.0.0.1", port), timeout=PATIENCE))
            for _ in range(550)
        ]
        slow = crowd[500:]
        for part in (b"GET / HT", b"TP/1.1\r\n", b"Host: x\r\n", b"X-Slow: "):
            for phone in slow:
                phone.sendall(part)
            began = time.monotonic()
            with open_path("/healthz") as answer:
                assert answer.status == 200
            assert time.monotonic() - began < 5  # without the limits it is two minutes and more
        for phone in (crowd[0], crowd[499]):
            phone.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
            assert phone.recv(12) == b"HTTP/1.1 200", "who was silent is answered too"
        slow[0].sendall(b"now\r\n\r\n")
        assert slow[0].recv(12) == b"HTTP/1.1 200", "and who was slow"


def test_at_a_rehearsal_the_pages_are_those_of_another_day(serve, zhangjia):
    far = datetime(2090, 1, 1, 4, tzinfo=UTC)
    notice = a_notice(zhangjia, NOON, publish_at=far).approved()
    open_path = serve("--no-clock", "--now", "2090-01-02T09:00", BULLETIN_REHEARSAL="true")
    with open_path(f"/N/{notice.code}") as answer:
        assert "上级拨付村级组织运转经费" in answer.read().decode()


def test_several_processes_of_a_machine_have_metrics_each(serve):
    first = free_port()
    pages = [serve("--no-clock", BULLETIN_METRICS=f"127.0.0.1:{first}") for _ in range(3)]
    for open_path in pages:
        with open_path("/healthz") as answer:
            assert answer.status == 200
    told = 0
    for port in range(first, first + 16):
        try:
            with urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
                told += b"bulletin_due_unpublished" in answer.read()
        except OSError:
            continue
    assert told == len(pages)


def test_a_port_that_is_taken_is_said_in_one_line(demo):
    data, _ = demo
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = bulletin("serve", "--no-clock", "--yes", "--port", port, data=data, expect=1)
    assert f"bulletin: 127.0.0.1:{port} is taken" in done.stderr.splitlines()[-1]


def test_a_worker_without_a_queue_says_what_to_set(zhangjia, settings):
    told = bulletin(
        "worker", "--yes", data=settings.data, expect=1, BULLETIN_DATABASE_URL=settings.database_url
    ).stderr
    assert "set queue = true (BULLETIN_QUEUE) on PostgreSQL" in told.splitlines()[-1]
    assert "Traceback" not in told
