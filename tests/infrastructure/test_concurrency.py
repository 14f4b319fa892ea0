"""Any number of web processes and clocks: everything happens once, in one history."""

import subprocess
import sys
from collections import Counter
from datetime import timedelta
from itertools import chain

import pytest
from sqlalchemy import select
from support.builders import a_notice
from support.clock import NOON
from support.databases import environment_of
from support.paths import TESTS

from bulletin.services.operations import verify
from bulletin.store import history
from bulletin.store.filings import Filing
from bulletin.store.notices import Notice

pytestmark = pytest.mark.slow
LATER = NOON + timedelta(hours=2)
NOTICES = 12  # that the clocks must publish, and as many that pass their last step


def _start(settings, work, moment, codes=()):
    return subprocess.Popen(
        [sys.executable, "-m", "support.worker_process", work, moment.isoformat(), *codes],
        cwd=TESTS,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment_of(settings),
    )


def test_four_web_processes_and_two_clocks_do_everything_once(settings, zhangjia):
    due = NOON + timedelta(hours=1)
    waiting = [a_notice(zhangjia, NOON, publish_at=due).approved().code for _ in range(NOTICES)]
    passing = [a_notice(zhangjia, NOON).submitted().examined().code for _ in range(NOTICES)]
    workers = [_start(settings, "confirm", LATER, passing) for _ in range(4)]
    workers += [_start(settings, "tick", LATER) for _ in range(2)]
    for worker in workers:
        assert worker.stdout.readline() == "ready\n"
    for worker in workers:
        worker.stdin.write("go\n")
        worker.stdin.flush()
    codes_of_workers = [worker.communicate(timeout=120)[0].split() for worker in workers]
    assert [worker.returncode for worker in workers] == [0] * 6
    assert sorted(chain.from_iterable(codes_of_workers)) == sorted(passing), (
        "every notice passed its step exactly once"
    )

    assert verify.verify(zhangjia.site).sound
    with zhangjia.site.sessions.reading() as session:
        acts = Counter((e.act, e.subject) for e in history.entries(session))
        numbers = [notice.register_name for notice in session.scalars(select(Notice))]
        filed = Counter(filing.edition_id for filing in session.scalars(select(Filing)))
    codes = waiting + passing
    assert {acts["publish", f"notice {code}.1"] for code in codes} == {1}
    assert {acts["register", f"notice {code}.1"] for code in codes} == {1}
    assert set(numbers) == {f"张家村公开〔2026〕{n}号" for n in range(1, 2 * NOTICES + 1)}
    assert len(filed) == 2 * NOTICES
    assert set(filed.values()) == {1}
