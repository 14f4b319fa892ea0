"""The type of a file, known by its content; the name only has to agree."""

from enum import StrEnum
from pathlib import PurePath

from bulletin.domain.errors import refuse
from bulletin.readers.archives import open_archive, refusing_broken

MAX_BYTES = 50 * 1024 * 1024


class FileType(StrEnum):
    """Media types."""

    PNG = "image/png"
    JPEG = "image/jpeg"
    WEBP = "image/webp"
    OTHER_PICTURE = "image/*"
    PDF = "application/pdf"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    CSV = "text/csv"
    MARKDOWN = "text/markdown"
    TEXT = "text/plain"


PICTURES = frozenset({FileType.PNG, FileType.JPEG, FileType.WEBP, FileType.OTHER_PICTURE})
_TEXTS = frozenset({FileType.CSV, FileType.MARKDOWN, FileType.TEXT})
_ALLOWED_UPLOADS = frozenset(FileType) - {FileType.OTHER_PICTURE, FileType.MARKDOWN}
_KIND_OF_SUFFIX = {
    ".png": FileType.PNG,
    ".jpg": FileType.JPEG,
    ".jpeg": FileType.JPEG,
    ".webp": FileType.WEBP,
    ".gif": FileType.OTHER_PICTURE,
    ".bmp": FileType.OTHER_PICTURE,
    ".tif": FileType.OTHER_PICTURE,
    ".tiff": FileType.OTHER_PICTURE,
    ".heic": FileType.OTHER_PICTURE,
    ".pdf": FileType.PDF,
    ".xlsx": FileType.XLSX,
    ".docx": FileType.DOCX,
    ".csv": FileType.CSV,
    ".tsv": FileType.CSV,
    ".md": FileType.MARKDOWN,
    ".txt": FileType.TEXT,
}
WORDS = {
    FileType.PDF: "PDF 文件",
    FileType.XLSX: "Excel 表格（.xlsx）",
    FileType.DOCX: "Word 文档（.docx）",
    FileType.CSV: "CSV 表格",
    FileType.MARKDOWN: "文本",
    FileType.TEXT: "文本",
}
_OLD_SUFFIXES = {".xls": ".xlsx", ".et": ".xlsx", ".doc": ".docx", ".wps": ".docx", ".rtf": ".docx"}
_ALLOWED_WORDS = "图片（png、jpg、webp）、PDF、Excel（xlsx）、Word（docx）、CSV 和文本（txt）"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # old Office files, and the envelope of encrypted ones
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\v\f\r\x1b") | {127}
_HEIF_BRANDS = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif")


def sniff(data: bytes, name: str) -> str:
    """The media type of an upload, by content.

    Args:
        data: the file.
        name: what the uploader calls it.

    Raises:
        Refused: when it is none of the allowed types, too big, locked, or not what its name says.
    """
    kind = kind_of(data, name)
    if kind not in _ALLOWED_UPLOADS or (kind in _TEXTS and _suffix(name) not in _KIND_OF_SUFFIX):
        raise refuse("file_unknown", f"不能上传这种文件。可以上传：{_ALLOWED_WORDS}。")
    return kind.value


def kind_of(data: bytes, name: str) -> FileType:
    """The kind of any file that the check can judge.

    Raises:
        Refused: with one sentence that says what to do instead.
    """
    if len(data) > MAX_BYTES:
        limit = MAX_BYTES // 1024 // 1024
        raise refuse("file_too_big", f"文件超过{limit}兆，请压缩图片或拆成几个文件后再上传。")
    if not data:
        raise refuse("file_empty", "文件是空的，请重新选择。")
    suffix = _suffix(name)
    kind = _by_content(data, suffix)
    claimed = _KIND_OF_SUFFIX.get(suffix)
    if claimed is None or claimed is kind or {claimed, kind} <= PICTURES:
        return kind
    raise refuse(
        "file_mismatch",
        f"文件名以{suffix}结尾，内容却不是{WORDS.get(claimed, '图片')}。"
        "请用原来的软件打开，另存为正确的格式后再上传。",
    )


def claimed_kind(suffix: str) -> FileType | None:
    """What a name with this ending says that it is."""
    return _KIND_OF_SUFFIX.get(suffix)


def _suffix(name: str) -> str:
    return PurePath(name.replace("\\", "/")).suffix.lower()


def _by_content(data: bytes, suffix: str) -> FileType:
    if data.startswith(OLE):
        _refuse_ole(data, suffix)
    if suffix in _OLD_SUFFIXES:
        _refuse_old(suffix)
    if data.startswith(b"PK\x03\x04"):
        return _by_archive(data)
    if b"%PDF-" in data[:1024]:
        return FileType.PDF
    picture = _picture(data)
    if picture is not None:
        return picture
    claimed = _KIND_OF_SUFFIX.get(suffix)
    if (claimed is None and suffix) or not _looks_like_text(data):
        raise refuse("file_unknown", f"不认识这种文件。可以检查的有：{_ALLOWED_WORDS}。")
    return claimed if claimed in _TEXTS and claimed is not None else FileType.TEXT


def _picture(data: bytes) -> FileType | None:
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return FileType.PNG
    if data.startswith(b"\xff\xd8\xff"):
        return FileType.JPEG
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return FileType.WEBP
    heif = data[4:8] == b"ftyp" and data[8:12] in _HEIF_BRANDS
    bitmap = data.startswith(b"BM") and data[6:10] == b"\0\0\0\0"
    if heif or bitmap or data.startswith((b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*")):
        return FileType.OTHER_PICTURE
    return None


def _by_archive(data: bytes) -> FileType:
    with open_archive(data) as archive:
        if "[Content_Types].xml" not in archive.namelist():
            raise refuse("file_unknown", f"压缩包不能检查。可以检查的有：{_ALLOWED_WORDS}。")
        with refusing_broken("原来的软件"):
            types = archive.read("[Content_Types].xml")
    if b"macroEnabled" in types:
        raise refuse("file_macros", "文件带有宏。请另存为不带宏的 .xlsx 或 .docx 后再上传。")
    if b"spreadsheetml.sheet.main+xml" in types:
        return FileType.XLSX
    if b"wordprocessingml.document.main+xml" in types:
        return FileType.DOCX
    raise refuse("file_unknown", f"不认识这种文件。可以检查的有：{_ALLOWED_WORDS}。")


def _refuse_ole(data: bytes, suffix: str) -> None:
    if _ENCRYPTED in data:
        raise refuse("file_locked", "文件设了密码，读不出来。请取消密码后再上传。")
    _refuse_old(suffix)


def _refuse_old(suffix: str) -> None:
    newer = _OLD_SUFFIXES.get(suffix, ".xlsx 或 .docx")
    raise refuse(
        "file_old_format",
        f"这是旧格式的文件，读不出来。请用 Office 或 WPS 打开，另存为 {newer} 后再上传。",
    )


def _looks_like_text(data: bytes) -> bool:
    """Text of some encoding: UTF-16 says so itself, any other has no control characters."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return _CONTROLS.isdisjoint(data)
