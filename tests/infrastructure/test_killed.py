"""SIGKILL at random moments: nothing acknowledged is lost, nothing happens twice."""

import random
import subprocess
import sys
from pathlib import Path

import pytest
from builders import a_duty
from conftest import NOON
from grounds import environment_of

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="needs fork")]
MORTAL = Path(__file__).parents[1] / "mortal.py"
TRIALS = 80  # on each database


def test_a_site_whose_process_is_killed_again_and_again_loses_nothing(settings, zhangjia):
    duty = a_duty(zhangjia, "finance.quarterly_accounts", NOON)
    zhangjia.site.sessions.close()
    seed = random.randrange(10**6)
    done = subprocess.run(
        [sys.executable, MORTAL, str(TRIALS), str(seed), str(duty), str(zhangjia.boards[0])],
        capture_output=True, text=True, env=environment_of(settings), check=False, timeout=400,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    *faults, last = done.stdout.splitlines()
    assert faults == [], f"seed {seed}"
    assert int(last.removeprefix("acknowledged ")) > TRIALS, "the workers did something"
