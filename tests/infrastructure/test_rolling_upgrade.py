"""Half of the machines run the release before, half the new one, on one database: both work, and each reads the other."""

import json
import subprocess
import sys
import tarfile
import time
from datetime import timedelta
from io import BytesIO
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from support.builders import a_notice
from support.clock import NOON
from support.databases import IN_CI, environment_of, free_port
from support.paths import TESTS

from bulletin.services.operations import verify

pytestmark = pytest.mark.slow
# The release before: the first that asked beside which others it may work. Moved on with each release.
BEFORE = "c95a37f8"
PATIENCE = 90  # seconds; a busy machine


@pytest.fixture(scope="module")
def before(tmp_path_factory):
    """The folder of the release before, as the history of this one has it."""
    asked = ["git", "archive", BEFORE, "bulletin", "templates", "schedules"]
    found = subprocess.run(asked, cwd=TESTS.parent, capture_output=True, check=False)
    if found.returncode:
        if IN_CI and _has_whole_history():
            pytest.fail(
                f"the whole history is here, and {BEFORE} is not in it: name a release of it"
            )
        pytest.skip(f"no commit {BEFORE} here: it needs git and the whole history")
    folder = tmp_path_factory.mktemp("release-before")
    with tarfile.open(fileobj=BytesIO(found.stdout)) as archive:
        archive.extractall(folder, filter="data")
    return folder


def _has_whole_history():
    """Not where there is no repository, nor in a shallow clone: there the release before can't be had."""
    asked = ["git", "rev-parse", "--is-shallow-repository"]
    found = subprocess.run(asked, cwd=TESTS.parent, capture_output=True, text=True, check=False)
    return found.stdout.strip() == "false"


@pytest.fixture
def environment(before, settings):
    """Of a process of the release before on the same site; at a rehearsal, so that it may be another day."""
    return environment_of(settings) | {"PYTHONPATH": str(before), "BULLETIN_REHEARSAL": "1"}


@pytest.fixture
def old(before, environment):
    """old(words…): what the command line of the release before says."""

    def run(*words):
        command = [sys.executable, "-m", "bulletin", *words]
        done = subprocess.run(
            command, cwd=before, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


@pytest.fixture
def open_old(before, environment):
    """open_old(path): a page of a web process of the release before."""
    port = free_port()
    moment = (NOON + timedelta(hours=2)).isoformat()
    options = ["--no-clock", "--port", str(port), "--now", moment]
    command = [sys.executable, "-m", "bulletin", "serve", *options]
    process = subprocess.Popen(command, cwd=before, env=environment)

    def page(path):
        until = time.monotonic() + PATIENCE
        while True:
            try:
                with urlopen(f"http://127.0.0.1:{port}{path}") as answer:
                    return answer.read().decode()
            except URLError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.1)

    yield page
    process.terminate()
    process.wait(PATIENCE)


def test_the_release_before_works_on_beside_the_new_one(zhangjia, old, open_old):
    due = NOON + timedelta(hours=1)
    notice = a_notice(zhangjia, NOON, publish_at=due).approved()
    assert "published 1" in old("tick", "--now", (due + timedelta(minutes=1)).isoformat())
    listed = json.loads(old("notices", "list", "--json"))
    assert [(each["code"], each["state"]) for each in listed] == [(notice.code, "published")]
    assert "ready" in open_old("/readyz")
    assert "上级拨付村级组织运转经费" in open_old(f"/N/{notice.code}.1")
    assert verify.verify(zhangjia.site).sound, "the new one reads what the old one did"
    second = a_notice(zhangjia, due + timedelta(minutes=2)).approved()
    assert second.code in open_old("/V/630223202214"), "and the old one what it does then"
