"""`bulletin worker`, for which time passes faster: a part is two sheets, silence lasts ten seconds, and a worker
without a sign of life for twelve is dead.
"""

import os
import time
from datetime import datetime, timedelta
from pathlib import Path

from bulletin.services.boards.packs import claim_step
from bulletin.services.catalog import import_file
from bulletin.services.long_jobs import silence
from bulletin.services.operations.parts.do_long_work import do_long_work
from bulletin.settings import read_settings
from bulletin.wiring import open_site
from bulletin.workers import procrastinate_queue as queue
from support.clock import NOON


def stand_still_amid_import(told: Path) -> None:
    adopt_in, adopted = import_file.adopt_in, []

    def adopt(*place, **how):
        adopt_in(*place, **how)
        adopted.append(place)
        if len(adopted) > 1:
            told.touch()
            time.sleep(600)

    import_file.adopt_in = adopt


def run(environment: dict[str, str], began: float, amid_import: Path | None = None) -> None:
    """What the process does, until it is told to end.

    Args:
        environment: names the site.
        began: this machine's monotonic clock at noon of 9 October.
        amid_import: is made in the middle of an import, which then stands still.
    """
    os.environ.update(environment)
    claim_step.PART_SHEETS = 2
    silence.SILENT_AFTER = timedelta(seconds=10)
    queue.HEARTBEAT, queue.DEAD_AFTER, queue.LOOK_EVERY = 1.0, 12.0, 0.5
    if amid_import is not None:
        stand_still_amid_import(amid_import)

    def clock() -> datetime:
        return NOON + timedelta(seconds=time.monotonic() - began)

    site = open_site(read_settings(None))
    do_long_work(site, clock)
    site.sessions.close()
