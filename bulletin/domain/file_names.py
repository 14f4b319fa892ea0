"""A file's name with the ending of what it is, so that a phone and an office PC open it."""

from pathlib import PurePosixPath

ENDINGS = {  # by media type; the first is given to a name without one
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/webp": (".webp",),
    "application/pdf": (".pdf",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": (".xlsx",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (".docx",),
    "text/csv": (".csv", ".tsv"),
    "text/markdown": (".md",),
    "text/plain": (".txt",),
}
_KNOWN = frozenset(ending for endings in ENDINGS.values() for ending in endings)


def with_ending(name: str, media_type: str) -> str:
    """The name, ending as its kind of file does.

    A name that a person shortened gets its ending back, and a picture that was kept in another form
    than it came in gets that of the form: 照片.webp, kept as JPEG, is 照片.jpg.
    """
    endings = ENDINGS.get(media_type)
    if endings is None or name.lower().endswith(endings):
        return name
    ending = PurePosixPath(name).suffix
    stem = name.removesuffix(ending) if ending.lower() in _KNOWN else name
    return f"{stem}{endings[0]}"
