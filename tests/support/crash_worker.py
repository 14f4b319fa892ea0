"""A site whose process is killed with SIGKILL at random moments, again and again.

Run in `tests` as `python -m support.crash_worker TRIALS SEED DUTY BOARD` with the settings in the
environment. Each trial forks a worker that drafts, uploads, reviews, publishes, prints and hangs as
fast as it can, and acknowledges each act that came back; the worker is killed; the site is opened
again and compared with what was acknowledged. Prints what was lost, a line each, and at the end how
many acts were acknowledged.
"""

import json
import os
import random
import signal
import sys
import time
import traceback
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count, islice
from typing import Any

from bulletin.clock.jobs import tick_once
from bulletin.domain.digests import sha256_hex
from bulletin.domain.history import ChainEntry
from bulletin.domain.notices.workflow import Act, State
from bulletin.services.boards import post
from bulletin.services.notices.drafts import draft, start, submit
from bulletin.services.notices.reviews import review
from bulletin.services.operations import verify
from bulletin.services.printing.print import print_sheet
from bulletin.services.site import Site
from bulletin.settings import read_settings
from bulletin.store import history, notice_queries
from bulletin.store.postings import Posting
from bulletin.store.print_runs import PrintRun
from bulletin.wiring import open_site
from support.builders import LEDGER
from support.clock import NOON
from support.worker_process import actor_called, tell

MAX_ACTS = 10  # acknowledged before the kill: past a whole round, so that every kind of act is hit
MAX_PAUSE = 0.05  # seconds between the last of them and the kill, so that it falls within an act
ORDER = (State.DRAFT, State.EXAMINING, State.CONFIRMING, State.SCHEDULED, State.PUBLISHED)
Fact = dict[str, Any]


def work(site: Site, now: datetime, duty: int, board: int, report: Callable[[Fact], None]) -> None:
    """Bring one notice after the other from the draft to the board until the process is killed."""
    li = actor_called(site, "li", now)
    for n in count(1):
        code = publish(site, now, duty, n, report)
        run = print_sheet(site, li, code, now)
        report({"run": run.run_id, "file": sha256_hex(run.sheet.pdf)})
        report({"posting": post.hang(site, li, code, board, now.date(), now)})


def publish(site: Site, now: datetime, duty: int, n: int, report: Callable[[Fact], None]) -> str:
    """From the draft to the web; returns the notice's code."""
    li, sun, zhao = (actor_called(site, login, now) for login in ("li", "sun", "zhao"))
    code = start.start(site, li, [duty], now, second_reason=f"第{n}次维修")
    title = f"路灯维修第{n}次"
    later = now + timedelta(minutes=1) if n % 2 else None
    draft.save(site, li, code, now, version=1, title=title, document=LEDGER, publish_at=later)
    report({"code": code, "title": title, "state": State.DRAFT})
    data = f"说明,{n},{now}".encode()
    digest = draft.attach(site, li, code, "说明.csv", data, now).file
    report({"code": code, "file": digest})
    submit.submit(site, li, code, now, confirmed=True)
    report({"code": code, "state": State.EXAMINING})
    review.take_step(site, sun, code, Act.EXAMINE, now)
    report({"code": code, "state": State.CONFIRMING})
    review.take_step(site, zhao, code, Act.CONFIRM, now, meeting_on=now.date())
    report({"code": code, "state": State.SCHEDULED})
    tick_once(site, now)
    return code


def run_and_kill(
    site: Site, now: datetime, duty: int, board: int, acts: int, pause: float
) -> list[Fact]:
    """What a worker had acknowledged when it was killed, a moment after a number of acts.

    The run is measured in acts, not in seconds: a slow machine does as much before it is killed.
    """
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        site.sessions.engine.dispose(close=False)
        try:
            work(site, now, duty, board, lambda fact: _report(writer, fact))
        except BaseException:  # noqa: BLE001 - the worker ends here, whatever it was
            traceback.print_exc()
            os._exit(1)
    os.close(writer)
    with os.fdopen(reader, encoding="utf-8") as lines:
        first = list(islice(lines, acts))
        time.sleep(pause)
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status):
            raise RuntimeError("the worker ended by itself")
        return [json.loads(line) for line in (*first, *lines) if line.endswith("\n")]


def _report(writer: int, fact: Fact) -> None:
    os.write(writer, (json.dumps(fact) + "\n").encode())


def missing(site: Site, facts: list[Fact]) -> list[str]:
    """Which acknowledged facts the site does not hold any more."""
    with site.sessions.reading() as session:
        lost = []
        for fact in facts:
            edition = None
            if "code" in fact:
                notice = notice_queries.notice_by_code(session, fact["code"])
                edition = notice.editions[-1] if notice else None
            if "title" in fact and (edition is None or edition.title != fact["title"]):
                lost.append(f"saved text {fact}")
            if "state" in fact and (edition is None or not _reached(edition.state, fact["state"])):
                lost.append(f"state {fact}")
            if "file" in fact and sha256_hex(site.files.get(fact["file"]) or b"") != fact["file"]:
                lost.append(f"file {fact}")
            if "run" in fact and session.get(PrintRun, fact["run"]) is None:
                lost.append(f"print run {fact}")
            if "posting" in fact and session.get(Posting, fact["posting"]) is None:
                lost.append(f"posting {fact}")
        return lost


def _reached(state: State, acknowledged: str) -> bool:
    return ORDER.index(state) >= ORDER.index(State(acknowledged))


def half_written(site: Site) -> list[str]:
    """Files that are served under a name that their bytes do not have."""
    named = [
        file for file in site.files.folder.rglob("*") if file.is_file() and len(file.name) == 64
    ]
    return [file.name for file in named if sha256_hex(file.read_bytes()) != file.name]


def published_twice(site: Site) -> list[str]:
    subjects = [e.subject for e in _entries(site) if e.act == Act.PUBLISH]
    return sorted({subject for subject in subjects if subjects.count(subject) > 1})


def _entries(site: Site) -> list[ChainEntry]:
    with site.sessions.reading() as session:
        return list(history.entries(session))


def main() -> None:
    trials, seed, duty, board = map(int, sys.argv[1:])
    chance = random.Random(seed)
    site = open_site(read_settings(None))
    # What one notice compiles once, each worker would anew. Nothing is printed: Typst's threads do not
    # come along into a fork.
    first: list[Fact] = []
    publish(site, NOON, duty, 0, first.append)
    tell(f"before any trial: lost {lost}" for lost in missing(site, first))
    site.sessions.engine.dispose()
    acknowledged = 0
    for trial in range(trials):
        now = NOON + timedelta(minutes=trial)
        acts, pause = chance.randrange(MAX_ACTS), chance.uniform(0, MAX_PAUSE)
        facts = run_and_kill(site, now, duty, board, acts, pause)
        acknowledged += len(facts)
        tell(f"trial {trial}: lost {lost}" for lost in missing(site, facts))
        site.sessions.engine.dispose()
    tick_once(site, NOON + timedelta(minutes=trials + 1))
    tell(f"altered {altered}" for altered in verify.verify(site).altered)
    tell(f"half-written {name}" for name in half_written(site))
    tell(f"published twice {subject}" for subject in published_twice(site))
    tell([f"acknowledged {acknowledged}"])


if __name__ == "__main__":
    main()
