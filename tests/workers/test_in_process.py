"""Without a queue long work is done in the process that was asked, as it always was."""

from threading import Event

import pytest

from bulletin.domain.errors import Misconfigured
from bulletin.workers.in_process import InProcessQueue
from bulletin.workers.queues import open_queue
from bulletin.workers.work_queue import Job, QueueState

JOB = Job("pack", 1)
PATIENCE = 60.0  # seconds; a busy machine


def test_work_is_done_by_a_thread_that_nobody_waits_for_unless_he_wants_to():
    done, may_go_on = [], Event()
    queue = open_queue("sqlite://", wanted=False)
    queue.defer(JOB, lambda: (may_go_on.wait(PATIENCE), done.append(1)))
    assert done == []
    queue.defer(JOB, lambda: done.append(2), wait=PATIENCE)
    assert done == [2], "the first one still works"
    may_go_on.set()


def test_it_is_always_there_and_no_worker_can_join():
    queue = InProcessQueue()
    queue.prepare()
    queue.ask_for_hands(JOB, 3)
    assert (queue.state(), queue.fault()) == (QueueState(workers=1, waiting=0), "")
    with pytest.raises(Misconfigured, match="queue = true"):
        queue.work(lambda _job, _stopped: True)
