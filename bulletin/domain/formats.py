"""The sizes of paper, the kinds of table files that are made, and the endings of files by what they are."""

from pathlib import PurePath, PurePosixPath
from typing import Literal, get_args

Paper = Literal["a4", "a3"]
PAPERS: tuple[Paper, ...] = get_args(Paper)
TableFormat = Literal["xlsx", "csv"]  # of a table
ENDINGS = {  # by media type; the first is given to a name without one
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/webp": (".webp",),
    "application/pdf": (".pdf",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": (".xlsx",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (".docx",),
    "text/csv": (".csv", ".tsv"),
    "text/html": (".html",),
    "text/markdown": (".md",),
    "text/plain": (".txt",),
}
MAX_NAME = 240  # bytes; disks take 255, and browsers add a little while they load
MAX_ENDING = 16  # bytes; a longer one is a sentence with a full stop in it
_SLASHES = str.maketrans("/\\", "／＼")
MEDIA_TYPES = {ending: kind for kind, endings in ENDINGS.items() for ending in endings}


def paper_of(word: str | None) -> Paper:
    """The paper of this name; A4 for any other word."""
    return next((paper for paper in PAPERS if paper == word), "a4")


def table_format_of(name: PurePath) -> TableFormat:
    """The form of a table by its file's name: CSV, and a workbook for every other ending."""
    return "csv" if name.suffix.lower() == ".csv" else "xlsx"


def with_ending(name: str, media_type: str) -> str:
    """The name, ending as its kind of file does.

    A name that a person shortened gets its ending back, and a picture that was kept in another form
    than it came in gets that of the form: 照片.webp, kept as JPEG, is 照片.jpg.
    """
    endings = ENDINGS.get(media_type)
    if endings is None or name.lower().endswith(endings):
        return name
    ending = PurePosixPath(name).suffix
    stem = name.removesuffix(ending) if ending.lower() in MEDIA_TYPES else name
    return f"{stem}{endings[0]}"


def short_name(name: str) -> str:
    """The name as disks and addresses take it: without slashes, cut at a character before its ending."""
    plain = name.translate(_SLASHES)
    if len(plain.encode()) <= MAX_NAME:
        return plain
    suffix = PurePosixPath(plain).suffix
    ending = suffix if len(suffix.encode()) <= MAX_ENDING else ""
    stem = plain.removesuffix(ending).encode()[: MAX_NAME - len(ending.encode())]
    return stem.decode(errors="ignore") + ending
