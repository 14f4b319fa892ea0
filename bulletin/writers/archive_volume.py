"""An archive volume: a folder or ZIP of plain files with an index and a list of checksums, readable without this software."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Protocol
from urllib.parse import quote
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from bulletin.domain.digests import sha256_hex
from bulletin.domain.formats import short_name
from bulletin.writers.tables import write_csv

SUMS, INDEX, TABLE = "SHA256SUMS", "index.html", "index.csv"
HEAD = ("部分", "名称", "日期", "文件", "字节", "SHA-256", "说明")
_PAGE = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title>
<style>body{{font:16px/1.6 sans-serif;max-width:60em;margin:2em auto;padding:0 1em}}
table{{border-collapse:collapse;width:100%}}td,th{{border-bottom:1px solid #999;padding:.3em .5em;text-align:left}}</style>
</head><body><h1>{title}</h1>
{notes}
{parts}
</body></html>
"""


class VolumeFile(Protocol):
    """One file of a volume, as its index names it."""

    @property
    def part(self) -> str: ...
    @property
    def path(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def on(self) -> str: ...
    @property
    def note(self) -> str: ...


@dataclass(frozen=True)
class _Written:
    file: VolumeFile
    size: int
    digest: str


class VolumeWriter:
    """Puts files, then the index and the checksums of all of them."""

    def __init__(self, put: "_Put") -> None:
        self._put = put
        self._written: list[_Written] = []
        self._sums: dict[str, str] = {}

    def put(self, file: VolumeFile, data: bytes) -> None:
        """A file of the index."""
        self._written.append(_Written(file, len(data), sha256_hex(data)))
        self._put_summed(file.path, data)

    def close(self, title: str, notes: Sequence[str]) -> str:
        """Index and checksums; returns the SHA-256 of the list of checksums, which seals all of it."""
        self._put_summed(INDEX, _html(title, notes, self._written).encode())
        self._put_summed(TABLE, write_csv(HEAD, map(_row, self._written)))
        lines = (f"{digest}  {path}\n" for path, digest in sorted(self._sums.items()))
        sums = "".join(lines).encode()
        self._put(SUMS, sums)
        return sha256_hex(sums)

    def put_beside(self, path: str, data: bytes) -> None:
        """What came after the seal: it stands in no list."""
        self._put(path, data)

    def _put_summed(self, path: str, data: bytes) -> None:
        self._sums[path] = sha256_hex(data)
        self._put(path, data)


class _Put(Protocol):
    def __call__(self, path: str, data: bytes, /) -> None: ...


@contextmanager
def volume_writer(target: Path, *, zipped: bool) -> Iterator[VolumeWriter]:
    """Into a ZIP, else into a folder that is not there yet or is empty."""
    if zipped:
        with ZipFile(target, "w") as archive:
            yield VolumeWriter(
                lambda path, data: archive.writestr(ZipInfo(path), data, ZIP_DEFLATED)
            )
        return

    def put(path: str, data: bytes) -> None:
        file = target / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)

    target.mkdir(parents=True, exist_ok=True)
    yield VolumeWriter(put)


def volume_path(*parts: str) -> str:
    """A path within a volume, each part as disks take it."""
    return "/".join(short_name(part).translate(_NOT_ON_DISKS).strip(". ") for part in parts)


_NOT_ON_DISKS = str.maketrans(dict.fromkeys('<>:"|?*', "_"))


def _row(written: _Written) -> tuple[str, ...]:
    file = written.file
    return (
        *(file.part, file.title, file.on, file.path),
        *(str(written.size), written.digest, file.note),
    )


def _html(title: str, notes: Sequence[str], written: Sequence[_Written]) -> str:
    parts = []
    for part, files in groupby(written, key=lambda each: each.file.part):
        rows = "".join(
            f'<tr><td><a href="{quote(each.file.path)}">{escape(each.file.title)}</a></td>'
            f"<td>{escape(each.file.on)}</td><td>{escape(each.file.note)}</td></tr>\n"
            for each in files
        )
        head = "<tr><th>名称</th><th>日期</th><th>说明</th></tr>"
        parts.append(f"<h2>{escape(part)}</h2>\n<table>{head}\n{rows}</table>")
    sentences = "".join(f"<p>{escape(note)}</p>\n" for note in notes)
    return _PAGE.format(title=escape(title), notes=sentences, parts="\n".join(parts))
