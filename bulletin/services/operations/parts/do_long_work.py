"""All kinds of long work, for a process that does nothing else."""

from collections.abc import Callable, Mapping
from datetime import datetime

from bulletin.services.boards.packs.work_on_pack import PACK, work_on_pack
from bulletin.services.boards.photos.order_photos import PHOTOS, read_ordered
from bulletin.services.catalog.order_import import CATALOG, import_ordered
from bulletin.services.notices.order_register import write_ordered
from bulletin.services.oversight.registers.close_ordered_year import CLOSING, close_ordered
from bulletin.services.site import Site
from bulletin.store.long_jobs import REGISTER
from bulletin.workers.work_queue import Job, Stopped

ReadClock = Callable[[], datetime]
Work = Callable[[Site, int, ReadClock, Stopped], bool]  # False: handed back, there is more to do

KINDS: Mapping[str, Work] = {
    PACK: work_on_pack,
    PHOTOS: read_ordered,
    CATALOG: import_ordered,
    REGISTER: write_ordered,
    CLOSING: close_ordered,
}


def do_long_work(site: Site, clock: ReadClock) -> None:
    """Take one job after the other until the process is told to end; what is begun then is handed back.

    Raises:
        Misconfigured: this site has no queue.
    """

    def run(job: Job, stopped: Stopped) -> bool:
        return KINDS[job.kind](site, job.id, clock, stopped)

    site.queue.work(run)
