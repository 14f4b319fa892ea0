"""Reads a file for the privacy check, whatever its kind."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath

from bulletin.domain.errors import Refused
from bulletin.domain.privacy.findings import PrivacyFinding
from bulletin.domain.privacy.scan import scan_text
from bulletin.domain.privacy.tables import scan_table
from bulletin.readers.csv_files import read_csv, read_text
from bulletin.readers.file_types import MAX_BYTES, PICTURES, FileType, kind_of
from bulletin.readers.material import FileContent, UnreadPart
from bulletin.readers.pdf_files import read_pdf
from bulletin.readers.spreadsheets import read_workbook
from bulletin.readers.word_files import read_word

_READERS = {
    FileType.TEXT: read_text,
    FileType.MARKDOWN: read_text,
    FileType.CSV: read_csv,
    FileType.XLSX: read_workbook,
    FileType.DOCX: read_word,
    FileType.PDF: read_pdf,
}
_MAX_DEPTH = 3  # files within files
_MAX_EMBEDDED = 200


@dataclass(frozen=True)
class FileScan:
    """What the check found in a file, and in Chinese what a person must look at."""

    findings: tuple[PrivacyFinding, ...]
    unread: tuple[UnreadPart, ...]

    @property
    def unreadable(self) -> tuple[str, ...]:
        """What was not read, in words for people; what is said once covers every part of its kind."""
        return tuple(dict.fromkeys(part.words for part in self.unread))


def read_file(data: bytes, name: str) -> FileContent:
    """Passages, tables and what cannot be read: .txt .md .csv .xlsx .docx .pdf and pictures.

    The content decides what the file is; the name only has to agree with it. Files within it are
    read as if they lay beside it; what is too deep, too many or no such file is unread.

    Raises:
        Refused: one Chinese sentence: unknown, broken, locked, old, too big, or not what its name
            says.
    """
    content = _read_alone(data, name)
    waiting = [(each, 1) for each in content.embedded]
    size = count = 0
    while waiting:
        (place, inner_name, inner, words), depth = waiting.pop(0)
        size, count = size + len(inner), count + 1
        if depth > _MAX_DEPTH or size > MAX_BYTES or count > _MAX_EMBEDDED:
            content = content.joined_by(FileContent(unread=(UnreadPart(place, words),)))
            continue
        try:
            within = _read_alone(inner, inner_name)
        except Refused:
            content = content.joined_by(FileContent(unread=(UnreadPart(place, words),)))
            continue
        waiting += [
            (each._replace(place=f"{place}里的{each.place}"), depth + 1) for each in within.embedded
        ]
        content = content.joined_by(within.placed_in(place))
    return content


def _read_alone(data: bytes, name: str) -> FileContent:
    kind = kind_of(data, name)
    if kind in PICTURES:
        return FileContent(unread=(UnreadPart(PurePath(name).name, "这是图片"),))
    return _READERS[kind](data)


def scan_file(data: bytes, name: str, allowed_phones: Iterable[str] = frozenset()) -> FileScan:
    """Check a file: its name, its passages and its tables.

    Args:
        data: the file.
        name: what it is called; residents see it.
        allowed_phones: the office's own published phones, with any punctuation.

    Raises:
        Refused: as `read_file`.
    """
    office_phones = frozenset(allowed_phones)
    content = read_file(data, name)
    findings = scan_text(PurePath(name.replace("\\", "/")).name, "文件名", office_phones)
    for place, text in content.passages:
        findings += scan_text(text, place, office_phones)
    for place, titles, rows, first_row in content.tables:
        findings += scan_table(titles, rows, place, office_phones, first_row=first_row)
    return FileScan(tuple(findings), content.unread)
