"""A pack of all that must hang today in all villages of a county, by one worker and by two.

    python tests/bench/county_packs.py [--scale 0.1] [--workers 1 2]

At scale 1: 300 villages with one board each, some 2,700 sheets, none of them printed before. On a PostgreSQL of its own, each
number of workers begins with the same database. Seconds from the order to the bound PDF, the workers' start not among them.
With two workers: at most five minutes, and 1.7 times as fast as one. Asserts nothing.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

import county_township as county
from sqlalchemy import select, text
from support.builders import Village, found_village
from support.clock import NOON
from support.databases import Cluster, PostgresDatabase, environment_of, find_binaries
from support.paths import ROOT

from bulletin.domain.codes import new_code, new_digits
from bulletin.services.boards.packs import order_pack, pack_orders, work_on_pack
from bulletin.services.fingerprint import edition_fingerprint
from bulletin.services.operations.check import migrate
from bulletin.settings import Settings
from bulletin.store.notices import Edition
from bulletin.store.packs import PackState
from bulletin.wiring import open_site

AIM_SECONDS, AIM_RATIO = 300, 1.7
LOOK = 0.2  # seconds


def build(settings: Settings, scale: float) -> Village:
    """The county; what must hang today is as approved, printed and hung nowhere."""
    site = open_site(_queued(settings))
    migrate(site)
    village = found_village(site, NOON)
    county.build(village, scale)
    with site.sessions.writing() as session:
        session.execute(text("TRUNCATE posting, print_run CASCADE"))  # one by one they take an hour
        due = select(Edition).where(Edition.id >= county.FIRST, Edition.closes_on >= county.TODAY)
        for edition in session.scalars(due):
            edition.notice.code, edition.notice.digits = new_code(), new_digits()
            session.flush()
            edition.fingerprint = edition_fingerprint(edition)
    site.sessions.close()
    return village


def _queued(settings: Settings) -> Settings:
    return replace(settings, queue=True, public_url="https://gk.huzhu.example.cn")


def seconds(settings: Settings, village: Village, workers: int) -> tuple[float, Any]:
    """How long a pack takes, and how it ended."""
    site = open_site(_queued(settings))
    environ = environment_of(_queued(settings)) | {
        "BULLETIN_QUEUE": "true",
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-m", "bulletin", "worker", "--yes", "--now", NOON.isoformat()]
    running = [
        subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL) for _ in range(workers)
    ]
    try:
        while site.queue.state().workers < workers:
            time.sleep(LOOK)
        began = time.monotonic()
        pack = order_pack.order_pack(site, village.tian, NOON, only_new=False)
        work_on_pack.take_up(site, pack, lambda: NOON)
        while (line := pack_orders.pack_line(site, village.tian, pack, NOON)).state is (
            PackState.RUNNING
        ):
            time.sleep(LOOK)
        return time.monotonic() - began, line
    finally:
        for worker in running:
            worker.terminate()
        for worker in running:
            worker.wait()
        site.sessions.close()


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--scale", type=float, default=0.1)
    options.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    given = options.parse_args()
    binaries = find_binaries()
    if binaries is None:
        sys.exit("no PostgreSQL here: install Debian's package `postgresql`")
    cluster = Cluster(binaries)
    try:
        with tempfile.TemporaryDirectory() as scratch:
            database = PostgresDatabase(cluster.start(), Path(scratch))
            village = database.prepare("county", lambda s: build(s, given.scale))
            took: dict[int, float] = {}
            for workers in given.workers:
                folder = Path(scratch, f"with-{workers}")
                folder.mkdir()
                settings = database.settings(folder)
                database.copy_to("county", settings)
                took[workers], line = seconds(settings, village, workers)
                say(workers, took, line)
            database.close()
    finally:
        cluster.stop()


def say(workers: int, took: dict[int, float], line: Any) -> None:
    ratio = took[min(took)] / took[workers]
    sys.stdout.write(
        f"{workers} workers: {line.state} {line.total} sheets in {took[workers]:.1f} s, {ratio:.2f} times as fast "
        f"(aim with two at scale 1: <= {AIM_SECONDS} s, >= {AIM_RATIO}); load {os.getloadavg()[0]:.1f} {line.fault}\n"
    )
    sys.stdout.flush()


if __name__ == "__main__":
    main()
