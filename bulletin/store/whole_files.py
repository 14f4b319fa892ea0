"""Files that are whole or not there: for whoever reads meanwhile, after a power cut, beside other processes."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkstemp


@contextmanager
def written_whole(file: Path) -> Iterator[Path]:
    """A path to write to; at the end it becomes the file, and on an error it is gone. Others can't read it."""
    unfinished = _beside(file)
    try:
        yield unfinished
        with unfinished.open("rb+") as written:
            os.fsync(written.fileno())
        unfinished.replace(file)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    _sync_folder(file.parent)


def write_whole(file: Path, text: str) -> None:
    """In place of what was there before."""
    with written_whole(file) as unfinished:
        unfinished.write_text(text, encoding="utf-8", newline="\n")


def write_once(file: Path, text: str) -> None:
    """Unless the file is there: of two processes the first decides what it holds."""
    unfinished = _beside(file)
    try:
        unfinished.write_text(text, encoding="utf-8", newline="\n")
        with suppress(FileExistsError):
            os.link(unfinished, file)
    finally:
        unfinished.unlink()


def _beside(file: Path) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = mkstemp(dir=file.parent, prefix=f".{file.name}-")  # mode 0600
    os.close(handle)
    return Path(name)


def _sync_folder(folder: Path) -> None:
    """A power cut must not forget the file's name; Windows keeps names by itself."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
