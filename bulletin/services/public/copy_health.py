"""Whether the copy of the public site that residents read is kept up to date, and why not."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bulletin.domain.ticks import COPY_FAILED, COPY_TICK
from bulletin.services.site import Site
from bulletin.store import heartbeat

LATE_AFTER = timedelta(minutes=10)
# By the failures of the machine; the rest the log tells.
WHY = {
    "disk_full": "存放副本的地方满了",
    "files_full": "存放副本的地方满了",
    "read_only": "存放副本的文件夹不能写入",
    "files_unreachable": "存放副本的地方连不上",
    "files_turned_away": "存放副本的地方不让写入",
    "no_bucket": "存放副本的存储桶找不到",
}


@dataclass(frozen=True)
class StaleCopy:
    """A copy that says less than the site."""

    as_of: datetime | None  # what residents read; None: there is no copy yet
    fault: str  # of the machine, by its name; '' for any other, or where nobody even tried

    @property
    def why(self) -> str:
        return WHY.get(self.fault, "")


def stale_copy(site: Site, session: Session, now: datetime) -> StaleCopy | None:
    """None while the copy is right, or where the clock keeps none."""
    if not site.copy:
        return None
    as_of = heartbeat.last_beat(session, COPY_TICK, now)
    failed_at = heartbeat.last_beat(session, COPY_FAILED, now)
    has_failed = failed_at is not None and (as_of is None or failed_at > as_of)
    if not has_failed and as_of is not None and now - as_of <= LATE_AFTER:
        return None
    return StaleCopy(as_of, heartbeat.note_of(session, COPY_FAILED) if has_failed else "")
