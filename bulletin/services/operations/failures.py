"""Faults of the machine beneath the site, told apart so that doors can say what to do."""

import errno
from enum import StrEnum

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError


class Fault(StrEnum):
    DISK_FULL = "disk_full"
    READ_ONLY = "read_only"
    BUSY = "busy"  # another writer holds the database for too long
    UNREACHABLE = "unreachable"  # the database's server does not answer


# What SQLite and PostgreSQL say when it is not the statement's fault.
_SAYINGS = (
    ("disk is full", Fault.DISK_FULL),
    ("no space left", Fault.DISK_FULL),
    ("disk i/o error", Fault.DISK_FULL),
    ("readonly database", Fault.READ_ONLY),
    ("read-only transaction", Fault.READ_ONLY),
    ("unable to open database", Fault.READ_ONLY),
    ("database is locked", Fault.BUSY),
    ("lock timeout", Fault.BUSY),
)
_NUMBERS = {
    errno.ENOSPC: Fault.DISK_FULL, errno.EDQUOT: Fault.DISK_FULL, errno.EFBIG: Fault.DISK_FULL,
    errno.EROFS: Fault.READ_ONLY, errno.EACCES: Fault.READ_ONLY, errno.EPERM: Fault.READ_ONLY,
}  # fmt: skip

SENTENCES = {
    Fault.DISK_FULL: "电脑的磁盘满了，没有保存上。请管理员清出空间，再试一次。",
    Fault.READ_ONLY: "数据文件夹不能写入，没有保存上。请管理员检查文件夹的权限，再试一次。",
    Fault.BUSY: "数据库一直被占用，没有保存上。请过一分钟再试。",
    Fault.UNREACHABLE: "数据库现在连不上，请过几分钟再试。",
}
REMEDIES = {
    Fault.DISK_FULL: "the disk is full: make room, then try again; nothing was half-written",
    Fault.READ_ONLY: "the data folder cannot be written: mend its owner or permissions, try again",
    Fault.BUSY: "another program holds the database: close it (a backup? a viewer?), try again",
    Fault.UNREACHABLE: "the database server does not answer: start it, check BULLETIN_DATABASE_URL",
}


def fault_of(error: BaseException) -> Fault | None:
    """Which fault of the machine an error is; None for an error of ours."""
    if isinstance(error, DBAPIError):
        return _fault_of_database(error)
    if isinstance(error, OSError) and error.errno in _NUMBERS:
        return _NUMBERS[error.errno]
    return None


def _fault_of_database(error: DBAPIError) -> Fault | None:
    said = str(error.orig).lower()
    for saying, fault in _SAYINGS:
        if saying in said:
            return fault
    lost = error.connection_invalidated or "connection" in said
    return (
        Fault.UNREACHABLE if lost and isinstance(error, OperationalError | InterfaceError) else None
    )
