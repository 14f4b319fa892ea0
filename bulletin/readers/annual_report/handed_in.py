"""The reports of a county as somebody hands them in: files, or a ZIP of them."""

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from bulletin.readers.archives import open_archive, refusing_broken

ZIP = ".zip"
ENDINGS = frozenset({".docx", ".pdf", ".html", ".htm", ".txt"})
UTF8_NAME = 0x800  # the flag of a member whose name is UTF-8


def handed_in(files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """Each report by its name: a ZIP's members in its place, without what is no report (folders, thumbnails).

    Raises:
        Refused: as `open_archive`.
    """
    for name, data in files:
        if name.lower().endswith(ZIP):
            yield from _members(data)
        else:
            yield name, data


def _members(data: bytes) -> Iterator[tuple[str, bytes]]:
    archive = open_archive(data)
    for member in archive.infolist():
        path = PurePosixPath(_named(member.filename, member.flag_bits))
        if path.suffix.lower() in ENDINGS and not path.name.startswith((".", "~$")):
            with refusing_broken("解压软件"):
                yield path.name, archive.read(member)


def _named(name: str, flags: int) -> str:
    """Chinese Windows writes names in GBK, which `zipfile` takes for the code page of DOS."""
    if flags & UTF8_NAME:
        return name
    try:
        return name.encode("cp437").decode("gb18030")
    except UnicodeError:
        return name
