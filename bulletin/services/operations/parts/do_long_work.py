"""All kinds of long work, for a process that does nothing else."""

from collections.abc import Callable, Mapping

from bulletin.services.boards.packs.work_on_pack import PACK, work_on_pack
from bulletin.services.boards.photos.order_photos import PHOTOS
from bulletin.services.catalog.order_import import CATALOG
from bulletin.services.notices.order_register import REGISTER
from bulletin.services.oversight.annual_report.order_report_check import REPORT_CHECK
from bulletin.services.oversight.registers.close_ordered_year import CLOSING
from bulletin.services.site import Site
from bulletin.workers.work_queue import Job, ReadClock, Stopped

Work = Callable[[Site, int, ReadClock, Stopped], bool]  # False: handed back, there is more to do

JOB_KINDS = {kind.name: kind for kind in (PHOTOS, CATALOG, REGISTER, CLOSING, REPORT_CHECK)}
KINDS: Mapping[str, Work] = {
    PACK: work_on_pack,
    **{name: kind.work_on for name, kind in JOB_KINDS.items()},
}


def do_long_work(site: Site, clock: ReadClock) -> None:
    """Take one job after the other until the process is told to end; what is begun then is handed back.

    Raises:
        Misconfigured: this site has no queue.
    """

    def run(job: Job, stopped: Stopped) -> bool:
        return KINDS[job.kind](site, job.id, clock, stopped)

    site.queue.work(run)
