"""`bulletin serve` as an office starts it: a real process behind a web server."""

import os
import signal
import socket
import subprocess
import sys
import time
from datetime import UTC, datetime
from urllib.request import Request, urlopen

import pytest
from support.builders import a_notice
from support.clock import NOON
from support.commands import bulletin
from support.databases import free_port

pytestmark = pytest.mark.slow
PATIENCE = 30.0  # seconds; a busy machine


@pytest.fixture
def serve(zhangjia, settings):
    """serve(**environ): starts the command; returns how to open a path of it."""
    running = []

    def start(*options, **environ):
        port = free_port()
        command = [
            sys.executable,
            "-m",
            "bulletin",
            "serve",
            "--port",
            str(port),
            "--data",
            str(settings.data),
            *options,
        ]
        given = {"BULLETIN_DATABASE_URL": settings.database_url} | environ
        running.append(subprocess.Popen(command, env=os.environ | given, stderr=subprocess.PIPE))

        def open_path(path, **headers):
            request = Request(f"http://127.0.0.1:{port}{path}", headers=headers)
            until = time.monotonic() + PATIENCE
            while True:
                try:
                    return urlopen(request)  # noqa: S310 - of the process above
                except OSError:
                    assert time.monotonic() < until, running[-1].stderr.read()
                    time.sleep(0.1)

        return open_path

    yield start
    for process in running:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=PATIENCE)


@pytest.mark.parametrize("behind_proxy", ["true", "false"])
def test_the_web_server_in_front_is_believed_only_when_the_setting_says_so(serve, behind_proxy):
    open_path = serve(BULLETIN_BEHIND_PROXY=behind_proxy)
    with open_path("/healthz", **{"X-Forwarded-Proto": "https"}) as answer:
        said = answer.headers["Strict-Transport-Security"]
    assert bool(said) == (behind_proxy == "true")


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
