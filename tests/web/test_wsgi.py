"""For gunicorn: what the first process loads, its forks take over (`--preload`), open connections excepted."""

import subprocess
import sys

import pytest
from support.builders import found_village
from support.clock import NOON
from support.databases import environment_of

pytestmark = pytest.mark.slow
PRELOADED = """
from bulletin import wsgi
sessions = wsgi._site.sessions
print(sessions.engine.pool.checkedin(), len(sessions.head._idle))
print(wsgi.app.test_client().get("/").status_code)
"""


def test_what_gunicorn_forks_holds_no_connection_that_two_processes_would_share(site, settings):
    """A file of SQLite that is open on both sides of a fork may be damaged; the front page was drawn before it."""
    found_village(site, NOON)
    done = subprocess.run(
        [sys.executable, "-c", PRELOADED],
        env=environment_of(settings),
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert done.stdout.split() == ["0", "0", "200"], done.stderr[-3000:]
