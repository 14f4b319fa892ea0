"""`bulletin serve` as an office starts it: a real process behind a web server."""

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from urllib.request import Request, urlopen

import pytest
from support.builders import a_notice
from support.clock import NOON
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
