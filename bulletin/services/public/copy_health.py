"""Whether the copy of the public site that residents read is kept up to date, and why not."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from bulletin.domain.ticks import IN_FLIGHT
from bulletin.services.site import Site
from bulletin.store.copies import notes
from bulletin.store.copies.notes import CopyFailure

LATE_AFTER = timedelta(minutes=10)
# By the failures of the machine; the rest the log tells.
WHY = {
    "disk_full": "存放副本的地方满了",
    "files_full": "存放副本的地方满了",
    "read_only": "存放副本的文件夹不能写入",
    "files_unreachable": "存放副本的地方连不上",
    "files_wrong_keys": "存放副本的地方不认密钥",
    "files_not_allowed": "存放副本的地方不让写入",
    "files_refused": "存放副本的地方没有照办",
    "no_bucket": "存放副本的存储桶找不到",
}


@dataclass(frozen=True)
class StaleCopy:
    """A copy that says less than the site."""

    where: str  # it lies, with its machine; as it is set where nobody even tried
    as_of: datetime | None  # what residents read; None: there is no copy yet
    fault: str  # of the machine, by its name; '' for any other, or where nobody even tried

    @property
    def why(self) -> str:
        return WHY.get(self.fault, "")


def stale_copy(site: Site, session: Session, now: datetime) -> StaleCopy | None:
    """The copy that is right no longer for the longest time; None while all are, or where the clock keeps none.

    Each machine may keep a copy of its own: that others write theirs makes no disk larger.
    """
    if not site.copy:
        return None
    last = now + IN_FLIGHT  # a clock that was ahead told nothing
    right_at = {
        where: kept.right_at
        for where, kept in notes.kept_copies(session).items()
        if kept.right_at <= last
    }
    failed = {
        where: failure
        for where, failure in notes.failed_copies(session).items()
        if where in right_at or now - failure.at < notes.FORGOTTEN_AFTER
    }
    if not right_at and not failed:
        return StaleCopy(site.copy, None, "")
    found = (
        _stale(where, right_at.get(where), failed.get(where), now)
        for where in right_at.keys() | failed.keys()
    )
    never = datetime.min.replace(tzinfo=UTC)
    stale = [each for each in found if each is not None]
    return min(stale, key=lambda each: (each.as_of or never, each.where), default=None)


def _stale(
    where: str, as_of: datetime | None, failure: CopyFailure | None, now: datetime
) -> StaleCopy | None:
    if failure is not None and (as_of is None or failure.at > as_of):
        return StaleCopy(where, as_of, failure.fault)
    if as_of is None or now - as_of > LATE_AFTER:
        return StaleCopy(where, as_of, "")
    return None
