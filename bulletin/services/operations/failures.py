"""Failures of the machine beneath the site, told apart so that callers can say what to do."""

import errno
import re
from enum import StrEnum

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from bulletin.domain.languages.sentences import say
from bulletin.store.bucket import BucketFailure
from bulletin.store.bucket_faults import BucketFault
from bulletin.store.files.store import DamagedFile


class MachineFailure(StrEnum):
    DISK_FULL = "disk_full"
    READ_ONLY = "read_only"
    BUSY = "busy"  # another writer holds the database for too long
    UNREACHABLE = "unreachable"  # the database's server does not answer
    TURNED_AWAY = "turned_away"  # it answers, but knows no such role or another password
    NO_DATABASE = "no_database"  # it answers, but has no database of the name
    NO_RIGHTS = "no_rights"  # the role may not write there
    CROWDED = "crowded"  # it takes no more connections, or all of this process are in use
    FILES_UNREACHABLE = "files_unreachable"  # the object store of the files does not answer
    FILES_WRONG_KEYS = "files_wrong_keys"  # it answers, but knows no such key, or another secret
    FILES_NOT_ALLOWED = "files_not_allowed"  # it knows the key, which may not do this
    FILES_REFUSED = "files_refused"  # it answers, and says something else
    NO_BUCKET = "no_bucket"
    FILES_FULL = "files_full"
    FILE_DAMAGED = "file_damaged"  # it is there, with other bytes than were put


# What SQLite and PostgreSQL say when it is not the statement's failure: the first that fits.
_PHRASES = tuple(
    (re.compile(phrase), failure)
    for phrase, failure in (
        ("disk is full|no space left|disk i/o error", MachineFailure.DISK_FULL),
        (
            "readonly database|read-only transaction|unable to open database",
            MachineFailure.READ_ONLY,
        ),
        ("database is locked|lock timeout", MachineFailure.BUSY),
        ('database ".*" (does not exist|不存在)|数据库 ".*" 不存在', MachineFailure.NO_DATABASE),
        ("authentication failed|认证失败|no password supplied", MachineFailure.TURNED_AWAY),
        (
            'role ".*" (does not exist|is not permitted)|角色 ".*" 不存在',
            MachineFailure.TURNED_AWAY,
        ),
        ("no pg_hba.conf entry", MachineFailure.TURNED_AWAY),
        ("permission denied for", MachineFailure.NO_RIGHTS),
        ("too many clients|connection slots|too many connections", MachineFailure.CROWDED),
        ("failed to resolve|could not translate host", MachineFailure.UNREACHABLE),
    )
)
_ERROR_NUMBERS = {
    errno.ENOSPC: MachineFailure.DISK_FULL,
    errno.EDQUOT: MachineFailure.DISK_FULL,
    errno.EFBIG: MachineFailure.DISK_FULL,
    errno.EROFS: MachineFailure.READ_ONLY,
    errno.EACCES: MachineFailure.READ_ONLY,
    errno.EPERM: MachineFailure.READ_ONLY,
}
_OF_BUCKET = {
    BucketFault.UNREACHABLE: MachineFailure.FILES_UNREACHABLE,
    BucketFault.WRONG_KEYS: MachineFailure.FILES_WRONG_KEYS,
    BucketFault.NOT_ALLOWED: MachineFailure.FILES_NOT_ALLOWED,
    BucketFault.REFUSED: MachineFailure.FILES_REFUSED,
    BucketFault.NO_BUCKET: MachineFailure.NO_BUCKET,
    BucketFault.FULL: MachineFailure.FILES_FULL,
}

SENTENCES = {
    MachineFailure.DISK_FULL: say("电脑的磁盘满了，没有保存上。请管理员清出空间，再试一次。"),
    MachineFailure.READ_ONLY: say(
        "数据文件夹不能写入，没有保存上。请管理员检查文件夹的权限，再试一次。"
    ),
    MachineFailure.BUSY: say("数据库一直被占用，没有保存上。请过一分钟再试。"),
    MachineFailure.UNREACHABLE: say("数据库现在连不上，请过几分钟再试。"),
    MachineFailure.TURNED_AWAY: say("数据库不让登录。请管理员核对数据库的用户名和密码。"),
    MachineFailure.NO_DATABASE: say("数据库服务器上没有这个库。请管理员核对库名。"),
    MachineFailure.NO_RIGHTS: say("数据库不让写入，没有保存上。请管理员核对数据库的权限。"),
    MachineFailure.CROWDED: say("数据库的连接用完了，请过一分钟再试。"),
    MachineFailure.FILES_UNREACHABLE: say(
        "存放文件的地方现在连不上：文件暂时打不开，也存不上，别的不受影响。请过几分钟再试。"
    ),
    MachineFailure.FILES_WRONG_KEYS: say(
        "存放文件的地方不认这个密钥。请管理员核对对象存储的密钥，再试一次。"
    ),
    MachineFailure.FILES_NOT_ALLOWED: say(
        "存放文件的地方不让读写。请管理员核对对象存储密钥的权限，再试一次。"
    ),
    MachineFailure.FILES_REFUSED: say(
        "存放文件的地方没有照办。请管理员看日志里它说的原因，改好再试一次。"
    ),
    MachineFailure.NO_BUCKET: say("存放文件的存储桶找不到。请管理员核对桶名，再试一次。"),
    MachineFailure.FILES_FULL: say("存放文件的地方满了，没有保存上。请管理员清出空间，再试一次。"),
    MachineFailure.FILE_DAMAGED: say(
        "这个文件在存放的地方坏了，和登记的不一样，所以没有给您。请管理员从备份里找回。"
    ),
}
REMEDIES = {
    MachineFailure.DISK_FULL: "the disk is full: make room, then try again; nothing was half-written",
    MachineFailure.READ_ONLY: "the data folder cannot be written: mend its owner or permissions, try again",
    MachineFailure.BUSY: "another program holds the database: close it (a backup? a viewer?), try again",
    MachineFailure.UNREACHABLE: "the database server does not answer: start it, check host and port in "
    "database_url (BULLETIN_DATABASE_URL)",
    MachineFailure.TURNED_AWAY: "the database server knows no such role or another password: mend user and "
    "password in database_url (BULLETIN_DATABASE_URL); without a host, the role is this machine's account",
    MachineFailure.NO_DATABASE: "the database server has no database of this name: create it "
    "(createdb --owner=ROLE --encoding=UTF8 --template=template0 NAME), or mend the name in database_url",
    MachineFailure.NO_RIGHTS: "the role of database_url may not write in this database: make it the owner "
    "(ALTER DATABASE name OWNER TO role)",
    MachineFailure.CROWDED: "the database takes no more connections: raise max_connections of its server, or run "
    "fewer processes; where one process uses all of its own, something keeps them for too long",
    MachineFailure.FILES_UNREACHABLE: "the object store of the files does not answer: start it, check "
    "AWS_ENDPOINT_URL and the network; what needs no file goes on meanwhile",
    MachineFailure.FILES_WRONG_KEYS: "the object store knows no such key, or another secret: mend AWS_ACCESS_KEY_ID "
    "and AWS_SECRET_ACCESS_KEY",
    MachineFailure.FILES_NOT_ALLOWED: "the object store does not let this key do it: let it read, write, list and delete "
    "in the bucket (a key that is wrong may be told so, too)",
    MachineFailure.FILES_REFUSED: "the object store answers and does not do it: what it says stands behind this; often it "
    "is AWS_REGION, the clock of this machine, or AWS_ENDPOINT_URL that leads to something else",
    MachineFailure.NO_BUCKET: "the object store has no such bucket: create it, or mend its address "
    "(BULLETIN_FILES)",
    MachineFailure.FILES_FULL: "the object store is full: make room, then try again; nothing was half-written",
    MachineFailure.FILE_DAMAGED: "a file is damaged: bring it back from a backup; `bulletin verify` names all of them",
}


def failure_of(error: BaseException) -> MachineFailure | None:
    """Which failure of the machine an error is; None for an error of ours."""
    if isinstance(error, PoolTimeoutError):
        return MachineFailure.CROWDED
    if isinstance(error, DBAPIError):
        return _failure_of_database(error)
    if isinstance(error, BucketFailure):
        return _OF_BUCKET[error.fault]
    if isinstance(error, DamagedFile):
        return MachineFailure.FILE_DAMAGED
    if isinstance(error, OSError) and error.errno in _ERROR_NUMBERS:
        return _ERROR_NUMBERS[error.errno]
    return None


def remedy_of(error: BaseException) -> str:
    """What the operator is told of a failure of the machine; '' for an error of ours."""
    failure = failure_of(error)
    if failure is None:
        return ""
    detail = f" ({error})" if isinstance(error, BucketFailure | DamagedFile) else ""
    return f"{REMEDIES[failure]}{detail}"


def _failure_of_database(error: DBAPIError) -> MachineFailure | None:
    message = str(error.orig).lower()
    for phrase, failure in _PHRASES:
        if phrase.search(message):
            return failure
    lost = error.connection_invalidated or "connection" in message
    is_of_server = isinstance(error, OperationalError | InterfaceError)
    return MachineFailure.UNREACHABLE if lost and is_of_server else None


def first_line(error: DBAPIError) -> str:
    """What a database says, without the statement and the advice below it."""
    return (str(error.orig).splitlines() or [""])[0]
