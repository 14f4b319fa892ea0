"""A file that somebody brings into a draft: what it is, by its content, and what it holds."""

from pathlib import PurePath

from bulletin.domain.errors import Refused, refuse
from bulletin.domain.notices.brought.parts import BroughtPicture, FileParts
from bulletin.readers.brought.old_workbooks import old_workbook_sheets
from bulletin.readers.brought.pdf import pdf_parts
from bulletin.readers.brought.texts import csv_sheet, text_parts
from bulletin.readers.brought.word import word_parts
from bulletin.readers.brought.workbooks import workbook_sheets
from bulletin.readers.brought.worksheets import Workbook
from bulletin.readers.file_types import OLE, PICTURES, WORDS, FileType, claimed_kind, kind_of

_OLD_EXCEL = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))
_OLD_WORD = "WordDocument".encode("utf-16-le")
_MACROS = "_VBA_PROJECT".encode("utf-16-le")
_OF_EXCEL = frozenset({".xls", ".et"})
_MARKS = (b"PK\x03\x04", b"%PDF-")  # contents that say surely what they are


def read_brought(data: bytes, name: str) -> FileParts | Workbook:
    """The parts of a file, or the workbook of which a sheet is to be chosen.

    The content decides what it is; a name that says something else is named, where the content is sure.

    Raises:
        Refused: one sentence that says what to do: unknown, broken, locked, old, with macros, too big,
            a scan without text.
    """
    suffix = PurePath(name.replace("\\", "/")).suffix.lower()
    if _is_old_workbook(data, suffix):
        remarks = ["表格里的宏没有带来。"] if _MACROS in data else []
        return Workbook(tuple(old_workbook_sheets(data)), tuple(remarks))
    is_sure = data.startswith(_MARKS)
    kind = _kind(data, "" if is_sure else name)
    remarks = []
    if is_sure and suffix and claimed_kind(suffix) is not kind:
        remarks.append(f"文件名以{suffix}结尾，内容其实是{WORDS[kind]}，照内容带来了。")
    return _read(data, name, kind, tuple(remarks))


def _is_old_workbook(data: bytes, suffix: str) -> bool:
    """Old Excel, and WPS in that format; in an old Word document a table of Excel may be embedded."""
    if not data.startswith(OLE) or not any(mark in data for mark in _OLD_EXCEL):
        return False
    return _OLD_WORD not in data or suffix in _OF_EXCEL


def _nothing_in_it(omitted: tuple[str, ...]) -> Refused:
    if not omitted:
        return refuse("file_without_words", "文件里没有可以带来的内容，请看看是不是选错了文件。")
    return refuse(
        "file_without_words",
        f"文件里没有可以直接带来的内容：{''.join(omitted)}"
        "请用 Word 或 WPS 打开，全选、复制，粘贴到草稿里。",
    )


def _kind(data: bytes, name: str) -> FileType:
    try:
        return kind_of(data, name)
    except Refused as refused:
        if "file_unknown" not in refused.codes:
            raise
        raise refuse(
            "file_unknown",
            "这种文件带不进来。可以带的有：Word（docx）、Excel（xlsx、xls、csv）、PDF、文本（txt）和图片；"
            "别的请用原来的软件另存为其中一种。",
        ) from refused


def _read(data: bytes, name: str, kind: FileType, remarks: tuple[str, ...]) -> FileParts | Workbook:
    if kind is FileType.XLSX:
        sheets, more = workbook_sheets(data)
        return Workbook(tuple(sheets), (*remarks, *more))
    if kind is FileType.CSV:
        return Workbook((csv_sheet(data),), remarks)
    if kind in PICTURES:
        return FileParts(parts=(BroughtPicture(data, name),), omitted=remarks)
    readers = {FileType.DOCX: word_parts, FileType.PDF: pdf_parts}
    parts = readers.get(kind, text_parts)(data)
    if not any(getattr(part, "text", "a picture or a table").strip() for part in parts.parts):
        raise _nothing_in_it(parts.omitted)
    return FileParts(parts=parts.parts, notes=parts.notes, omitted=(*remarks, *parts.omitted))
