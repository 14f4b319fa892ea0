"""What lies in an Office package beside its tables and paragraphs: every part, read or named."""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator

from bulletin.readers.archives import MAX_XML, open_archive, refusing_broken
from bulletin.readers.material import (
    CellBudget,
    EmbeddedFile,
    FileContent,
    FileTable,
    Passage,
    UnreadPart,
)
from bulletin.readers.package_parts import (
    PartReader,
    is_empty_preview,
    reader_of,
    shown_name,
    words_for,
)
from bulletin.readers.web_pages import read_web_archive, read_web_page
from bulletin.readers.xml_words import NotXml, may_hold_a_number, squeezed, words_of

# Strict files say the same in other names; the readers know the transitional ones.
_STRICT = b"http://purl.oclc.org/ooxml/"
_TRANSITIONAL = (
    (
        b"officeDocument/customXml",
        b"http://schemas.openxmlformats.org/officeDocument/2006/customXml",
    ),
    (
        b"officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (
        b"officeDocument/extendedProperties",
        b"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties",
    ),
    (
        b"officeDocument/customProperties",
        b"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties",
    ),
    (
        b"officeDocument/docPropsVTypes",
        b"http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes",
    ),
    (b"officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
    (
        b"officeDocument/bibliography",
        b"http://schemas.openxmlformats.org/officeDocument/2006/bibliography",
    ),
    (b"spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (b"wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"presentationml/main", b"http://schemas.openxmlformats.org/presentationml/2006/main"),
    (b"drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
)
_PACKED = re.compile(r"(?:[A-Za-z0-9+/]{60,}\s*){6,}")  # base64: a file inside of the XML


def in_usual_spelling(data: bytes, program: str) -> bytes:
    """The package as most programs write it: transitional names, parts parted by slashes.

    A package that is so already is returned unchanged. Whoever reads one begins here.

    Args:
        data: the package.
        program: what opens it, for a sentence to people.

    Raises:
        Refused: `file_broken`, `file_locked` or `file_bomb`.
    """
    with open_archive(data) as archive, refusing_broken(program):
        return _respelled(archive) or data


def _respelled(archive: zipfile.ZipFile) -> bytes | None:
    names = archive.namelist()
    strict = any(_STRICT in archive.read(name) for name in names if _is_xml(name))
    if not strict and not any("\\" in name or name.startswith("/") for name in names):
        return None
    rewritten = io.BytesIO()
    with zipfile.ZipFile(rewritten, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as copy:
        for name in dict.fromkeys(names):
            part = archive.read(name)
            usual_name = name.replace("\\", "/").lstrip("/")
            copy.writestr(usual_name, _transitional(part) if _is_xml(name) else part)
    return rewritten.getvalue()


def _is_xml(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels"))


def _transitional(part: bytes) -> bytes:
    if _STRICT in part:
        for ending, usual in _TRANSITIONAL:
            part = part.replace(_STRICT + ending, usual)
    return part


def everything_else(
    archive: zipfile.ZipFile,
    content: FileContent,
    read_otherwise: Iterable[str] = (),
    sheets: frozenset[str] = frozenset(),
) -> FileContent:
    """A file's content with the words of each part that it does not hold, and the unread parts.

    Args:
        archive: the package.
        content: what the readers of tables and paragraphs took out.
        read_otherwise: more words that were read already, such as those of headers with codes.
        sheets: the worksheets whose cells are in the content's tables.
    """
    reading = _PackageReading(content, read_otherwise, sheets)
    names = [name for name in archive.namelist() if not name.endswith("/")]
    twice = {name for name, times in Counter(map(str.lower, names)).items() if times > 1}
    for info in archive.infolist():
        if info.is_dir() and not info.file_size:
            continue
        if info.filename.lower() in twice or info.file_size > MAX_XML:
            reading.leave(info.filename, names)
        else:
            reading.read(info.filename, archive.read(info), names)
    reading.lines("文件内部的名称", [*names, archive.comment.decode("utf-8", "replace")])
    return FileContent(
        (*content.passages, *reading.passages),
        (*content.tables, *reading.tables),
        (*content.unread, *reading.unread),
        (*content.embedded, *reading.embedded),
    )


class _PackageReading:
    def __init__(
        self, content: FileContent, read_otherwise: Iterable[str], sheets: frozenset[str]
    ) -> None:
        self._sheets = sheets
        self.passages: list[Passage] = []
        self.tables: list[FileTable] = []
        self.unread: list[UnreadPart] = []
        self.embedded: list[EmbeddedFile] = []
        self._budget = CellBudget()
        self._known = set(_squeezed_lines(content))
        self._known.update(map(squeezed, read_otherwise))

    def read(self, name: str, part: bytes, names: list[str]) -> None:
        if is_empty_preview(name, part):
            return
        match reader_of(name):
            case PartReader.NOTHING:
                return
            case None:
                self.leave(name, names)
                return
            case PartReader.FILE:
                called = words_for(name, names)
                self.embedded.append(EmbeddedFile(shown_name(name), name, part, called))
            case PartReader.WORDS | PartReader.DRAWING as reader:
                try:
                    words = list(words_of(part, cells=name not in self._sheets))
                except NotXml:
                    self._page(name, part, names, reader)
                    return
                self.lines(f"文件内部的{shown_name(name)}", words)
                if any(map(_PACKED.search, words)):
                    self.leave(name, names)
            case reader:
                self._page(name, part, names, reader)

    def lines(self, place: str, lines: Iterable[str]) -> None:
        number = 0
        for line in lines:
            key = squeezed(line)
            if key and key not in self._known and may_hold_a_number(line):
                number += 1
                self._known.add(key)
                self.passages.append(Passage(f"{place}第{number}处", line))

    def leave(self, name: str, names: list[str]) -> None:
        self.unread.append(UnreadPart(shown_name(name), words_for(name, names)))

    def _page(self, name: str, part: bytes, names: list[str], reader: PartReader) -> None:
        """Web pages; what is no XML is read as one where old programs write it so."""
        if reader is PartReader.WORDS:
            self.leave(name, names)
            return
        read = read_web_archive if reader is PartReader.ARCHIVE else read_web_page
        try:
            passages, tables, has_more = read(part, f"文件内部的{shown_name(name)}", self._budget)
        except (ValueError, LookupError):
            self.leave(name, names)
            return
        self.passages += passages
        self.tables += tables
        if has_more:
            self.leave(name, names)


def _squeezed_lines(content: FileContent) -> Iterator[str]:
    for passage in content.passages:
        yield squeezed(passage.text)
    for table in content.tables:
        for row in (table.titles, *table.rows):
            for cell in row:
                yield squeezed(cell).removeprefix("=")  # a formula, as its part writes it
                if "\n" in cell:
                    yield from map(squeezed, cell.split("\n"))
