"""Any number of web processes and clocks: everything happens once, in one history."""

from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import select
from support import worker_process
from support.builders import a_notice
from support.clock import NOON
from support.databases import environment_of
from support.processes import PROCESSES, preload

from bulletin.services.operations import verify
from bulletin.store import history
from bulletin.store.filings import Filing
from bulletin.store.notices import Notice

pytestmark = pytest.mark.slow
LATER = NOON + timedelta(hours=2)
NOTICES = 12  # that the clocks must publish, and as many that pass their last step


@pytest.fixture
def at_once(settings, monkeypatch):
    """at_once((work, moment, codes), …): what each process told, once all of them have ended."""

    def run(*jobs):
        preload(monkeypatch, worker_process.__name__)
        together, told = PROCESSES.Barrier(len(jobs)), PROCESSES.SimpleQueue()
        given = environment_of(settings), together, told
        workers = [PROCESSES.Process(target=worker_process.run, args=(*j, *given)) for j in jobs]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join(worker_process.PATIENCE)
        assert [worker.exitcode for worker in workers] == [0] * len(jobs)
        words = []
        while not told.empty():
            words.append(told.get())
        return words

    return run


def test_four_web_processes_and_two_clocks_do_everything_once(at_once, zhangjia):
    due = NOON + timedelta(hours=1)
    waiting = [a_notice(zhangjia, NOON, publish_at=due).approved().code for _ in range(NOTICES)]
    passing = [a_notice(zhangjia, NOON).submitted().examined().code for _ in range(NOTICES)]
    confirming = [("confirm", LATER, passing)] * 4
    passed = at_once(*confirming, *[("tick", LATER, [])] * 2)
    assert sorted(passed) == sorted(passing), "every notice passed its step exactly once"

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
