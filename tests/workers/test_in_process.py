"""Without a queue long work is done in the process that was asked, as it always was."""

import time

import pytest

from bulletin.domain.errors import Misconfigured
from bulletin.workers.in_process import InProcessQueue
from bulletin.workers.opening import open_queue
from bulletin.workers.work_queue import Job, QueueState

JOB = Job("pack", 1)


def test_work_is_done_by_a_thread_that_nobody_waits_for_unless_he_wants_to():
    done = []
    queue = open_queue("sqlite://", wanted=False)
    queue.defer(JOB, lambda: (time.sleep(0.05), done.append(1)))
    assert done == []
    queue.defer(JOB, lambda: done.append(2), wait=5.0)
    assert 2 in done


def test_it_is_always_there_and_no_worker_can_join():
    queue = InProcessQueue()
    queue.prepare()
    queue.ask_for_hands(JOB, 3)
    assert (queue.state(), queue.fault()) == (QueueState(workers=1, waiting=0), "")
    with pytest.raises(Misconfigured, match="queue = true"):
        queue.work(lambda _job, _stopped: True)
