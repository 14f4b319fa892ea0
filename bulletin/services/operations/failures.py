"""Failures of the machine beneath the site, told apart so that callers can say what to do."""

import errno
from enum import StrEnum

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError


class MachineFailure(StrEnum):
    DISK_FULL = "disk_full"
    READ_ONLY = "read_only"
    BUSY = "busy"  # another writer holds the database for too long
    UNREACHABLE = "unreachable"  # the database's server does not answer


# What SQLite and PostgreSQL say when it is not the statement's failure.
_PHRASES = (
    ("disk is full", MachineFailure.DISK_FULL),
    ("no space left", MachineFailure.DISK_FULL),
    ("disk i/o error", MachineFailure.DISK_FULL),
    ("readonly database", MachineFailure.READ_ONLY),
    ("read-only transaction", MachineFailure.READ_ONLY),
    ("unable to open database", MachineFailure.READ_ONLY),
    ("database is locked", MachineFailure.BUSY),
    ("lock timeout", MachineFailure.BUSY),
)
_ERROR_NUMBERS = {
    errno.ENOSPC: MachineFailure.DISK_FULL,
    errno.EDQUOT: MachineFailure.DISK_FULL,
    errno.EFBIG: MachineFailure.DISK_FULL,
    errno.EROFS: MachineFailure.READ_ONLY,
    errno.EACCES: MachineFailure.READ_ONLY,
    errno.EPERM: MachineFailure.READ_ONLY,
}

SENTENCES = {
    MachineFailure.DISK_FULL: "电脑的磁盘满了，没有保存上。请管理员清出空间，再试一次。",
    MachineFailure.READ_ONLY: "数据文件夹不能写入，没有保存上。请管理员检查文件夹的权限，再试一次。",
    MachineFailure.BUSY: "数据库一直被占用，没有保存上。请过一分钟再试。",
    MachineFailure.UNREACHABLE: "数据库现在连不上，请过几分钟再试。",
}
REMEDIES = {
    MachineFailure.DISK_FULL: "the disk is full: make room, then try again; nothing was half-written",
    MachineFailure.READ_ONLY: "the data folder cannot be written: mend its owner or permissions, try again",
    MachineFailure.BUSY: "another program holds the database: close it (a backup? a viewer?), try again",
    MachineFailure.UNREACHABLE: "the database server does not answer: start it, check BULLETIN_DATABASE_URL",
}


def failure_of(error: BaseException) -> MachineFailure | None:
    """Which failure of the machine an error is; None for an error of ours."""
    if isinstance(error, DBAPIError):
        return _failure_of_database(error)
    if isinstance(error, OSError) and error.errno in _ERROR_NUMBERS:
        return _ERROR_NUMBERS[error.errno]
    return None


def _failure_of_database(error: DBAPIError) -> MachineFailure | None:
    message = str(error.orig).lower()
    for phrase, failure in _PHRASES:
        if phrase in message:
            return failure
    lost = error.connection_invalidated or "connection" in message
    is_of_server = isinstance(error, OperationalError | InterfaceError)
    return MachineFailure.UNREACHABLE if lost and is_of_server else None
