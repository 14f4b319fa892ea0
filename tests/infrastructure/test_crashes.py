"""SIGKILL at random moments: nothing acknowledged is lost, nothing happens twice."""

import random
import subprocess
import sys

import pytest
from support.builders import a_duty
from support.clock import NOON
from support.databases import environment_of
from support.paths import TESTS

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="needs fork")]
TRIALS = 40  # on each database


def test_a_site_whose_process_is_killed_again_and_again_loses_nothing(settings, zhangjia):
    duty = a_duty(zhangjia, "finance.quarterly_accounts", NOON)
    zhangjia.site.sessions.close()
    seed = random.randrange(10**6)
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "support.crash_worker",
            str(TRIALS),
            str(seed),
            str(duty),
            str(zhangjia.boards[0]),
        ],
        cwd=TESTS,
        capture_output=True,
        text=True,
        env=environment_of(settings),
        check=False,
        timeout=400,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    *faults, last = done.stdout.splitlines()
    assert faults == [], f"seed {seed}"
    assert int(last.removeprefix("acknowledged ")) > TRIALS, "the workers did something"
