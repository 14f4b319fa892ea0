"""The reports of a county as somebody hands them in: files, or ZIPs of them."""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from bulletin.domain.errors import refuse
from bulletin.readers.archives import open_archive, refusing_broken

ZIP = ".zip"
ENDINGS = frozenset({".docx", ".pdf", ".html", ".htm", ".txt"})
MAX_TOGETHER = 200 * 1024 * 1024  # bytes of all reports of one upload, out of whatever ZIPs
UTF8_NAME = 0x800  # the flag of a member whose name is UTF-8


def handed_in(files: Iterable[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    """Each report by its name: a ZIP's members in its place, without what is no report (folders, thumbnails).

    Where several are called the same, as each office calls its own 年度报告.docx, what they lie in says whose they are.

    Raises:
        Refused: as `open_archive`; `reports_too_big`: all together.
    """
    room = _Room()
    found: list[tuple[PurePosixPath, bytes]] = []
    for name, data in files:
        found += _found(name, data, room)
    called = Counter(path.name for path, _ in found)
    return [(path.name if called[path.name] == 1 else str(path), data) for path, data in found]


class _Room:
    """What may still be unpacked: ten ZIPs have no more of it than one."""

    def __init__(self) -> None:
        self._left = MAX_TOGETHER

    def take(self, size: int) -> None:
        """Before it is read; `size` is what its archive declares."""
        self._left -= size
        if self._left < 0:
            raise refuse(
                "reports_too_big",
                f"这些报告解压后一共超过{MAX_TOGETHER // 1024**2}MB，一次核对不了。请分几次上传，每次少选一些。",
            )


def _found(name: str, data: bytes, room: _Room) -> Iterator[tuple[PurePosixPath, bytes]]:
    if name.lower().endswith(ZIP):
        yield from _members(PurePosixPath(name), data, room)
    else:
        room.take(len(data))
        yield PurePosixPath(name), data


def _members(
    within: PurePosixPath, data: bytes, room: _Room
) -> Iterator[tuple[PurePosixPath, bytes]]:
    archive = open_archive(data)
    for member in archive.infolist():
        path = PurePosixPath(_named(member.filename, member.flag_bits))
        if path.suffix.lower() in ENDINGS and not path.name.startswith((".", "~$")):
            room.take(member.file_size)
            with refusing_broken("解压软件"):
                yield within / path, archive.read(member)


def _named(name: str, flags: int) -> str:
    """Chinese Windows writes names in GBK, which `zipfile` takes for the code page of DOS."""
    if flags & UTF8_NAME:
        return name
    try:
        return name.encode("cp437").decode("gb18030")
    except UnicodeError:
        return name
