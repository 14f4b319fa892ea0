"""The reports of a county as somebody hands them in: files, or ZIPs of them."""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from bulletin.readers.archives import open_archive, refusing_broken

ZIP = ".zip"
ENDINGS = frozenset({".docx", ".pdf", ".html", ".htm", ".txt"})
UTF8_NAME = 0x800  # the flag of a member whose name is UTF-8


def handed_in(files: Iterable[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    """Each report by its name: a ZIP's members in its place, without what is no report (folders, thumbnails).

    Where several are called the same, as each office calls its own 年度报告.docx, what they lie in says whose they are.

    Raises:
        Refused: as `open_archive`.
    """
    found = [each for name, data in files for each in _found(name, data)]
    called = Counter(path.name for path, _ in found)
    return [(path.name if called[path.name] == 1 else str(path), data) for path, data in found]


def _found(name: str, data: bytes) -> Iterator[tuple[PurePosixPath, bytes]]:
    if name.lower().endswith(ZIP):
        yield from _members(PurePosixPath(name), data)
    else:
        yield PurePosixPath(name), data


def _members(within: PurePosixPath, data: bytes) -> Iterator[tuple[PurePosixPath, bytes]]:
    archive = open_archive(data)
    for member in archive.infolist():
        path = PurePosixPath(_named(member.filename, member.flag_bits))
        if path.suffix.lower() in ENDINGS and not path.name.startswith((".", "~$")):
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
