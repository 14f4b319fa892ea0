"""Word and Excel files are ZIP archives: opened only when their sizes are reasonable."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from bulletin.domain.errors import refuse

MAX_UNPACKED = 200 * 1024 * 1024  # bytes, all members together as the archive declares them
MAX_XML = 50 * 1024 * 1024  # bytes of one XML member; parsers need many times that in memory
MAX_MEMBERS = 5_000
_LOCAL_HEAD, _END_RECORD = 30, 22  # bytes, without names and remarks
_MAX_DESCRIPTOR = 24  # bytes behind a member that say its size

# What zipfile, expat, lxml, openpyxl and python-docx raise for files that are cut off, altered or
# written by hand. None of them documents a list; any other error is a bug of ours and is raised.
ERRORS_OF_BROKEN_FILES = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)


def has_bytes_beside(archive: zipfile.ZipFile, data: bytes) -> bool:
    """Whether anything stands before, between or behind the members: no program shows it."""
    end = 0
    for member in sorted(archive.infolist(), key=lambda each: each.header_offset):
        if member.header_offset - end > _MAX_DESCRIPTOR:
            return True
        head = data[member.header_offset : member.header_offset + _LOCAL_HEAD]
        name, extra = (int.from_bytes(head[at : at + 2], "little") for at in (26, 28))
        end = member.header_offset + _LOCAL_HEAD + name + extra + member.compress_size
    directory = archive.start_dir
    tail = data.rfind(b"PK\5\6") + _END_RECORD + len(archive.comment)
    return directory - end > _MAX_DESCRIPTOR or tail < len(data)


@contextmanager
def refusing_broken(program: str, *more_errors: type[Exception]) -> Iterator[None]:
    """Turn a library's complaint about a file into one sentence.

    Raises:
        Refused: `file_broken`.
    """
    errors: tuple[type[Exception], ...] = (*ERRORS_OF_BROKEN_FILES, *more_errors)
    try:
        yield
    except errors as error:
        raise refuse(
            "file_broken", f"文件已损坏，打不开。请用{program}打开检查，重新保存后再上传。"
        ) from error


def open_archive(data: bytes) -> zipfile.ZipFile:
    """Open an archive that will not flood the memory.

    Members are read up to their declared size by `zipfile`, so a declared size can be relied on.

    Raises:
        Refused: `file_broken`, `file_locked` or `file_bomb`.
    """
    with refusing_broken("原来的软件"):
        archive = zipfile.ZipFile(io.BytesIO(data))
    members = archive.infolist()
    if any(member.flag_bits & 1 for member in members):
        raise refuse("file_locked", "文件设了密码，读不出来。请取消密码后再上传。")
    too_big = any(m.file_size > MAX_XML for m in members if m.filename.endswith((".xml", ".rels")))
    total = sum(member.file_size for member in members)
    if too_big or total > MAX_UNPACKED or len(members) > MAX_MEMBERS:
        raise refuse("file_bomb", "文件解压后过大，读不出来。请删去多余的内容或拆成几个文件。")
    return archive
