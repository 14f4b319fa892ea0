"""`bulletin worker`, for which time passes faster: `python -m support.pack_worker BEGAN`, in `tests`, settings in the environment.

BEGAN is this machine's monotonic clock at noon of 9 October. A part is two sheets, silence lasts ten seconds, and a
worker without a sign of life for twelve is dead.
"""

import sys
import time
from datetime import datetime, timedelta

from bulletin.services.boards.packs import claim_step
from bulletin.services.long_jobs import silence
from bulletin.services.operations.parts.do_long_work import do_long_work
from bulletin.settings import read_settings
from bulletin.wiring import open_site
from bulletin.workers import procrastinate_queue as queue
from support.clock import NOON


def main() -> None:
    claim_step.PART_SHEETS = 2
    silence.SILENT_AFTER = timedelta(seconds=10)
    queue.HEARTBEAT, queue.DEAD_AFTER, queue.LOOK_EVERY = 1.0, 12.0, 0.5
    began = float(sys.argv[1])

    def clock() -> datetime:
        return NOON + timedelta(seconds=time.monotonic() - began)

    site = open_site(read_settings(None))
    do_long_work(site, clock)
    site.sessions.close()


if __name__ == "__main__":
    main()
