"""What an object store says of each file of the copy: as the application and nginx say it."""

from pathlib import PurePosixPath

FOR_EVER = "max-age=2592000"  # seconds: a changed style sheet has another name
ASK_EACH_TIME = "no-cache"  # what was corrected or taken down is not shown from memory
UNKNOWN = "application/octet-stream"
OF_ENDING = {
    ".atom": "application/atom+xml; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".doc": "application/msword",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".gif": "image/gif",
    ".html": "text/html; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".rss": "application/rss+xml; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webp": "image/webp",
    ".xls": "application/vnd.ms-excel",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
OF_NAME = {"feed.json": "application/feed+json"}


def headers_of(path: str) -> dict[str, str]:
    """Of a file by its path in the copy."""
    name = PurePosixPath(path)
    kind = OF_NAME.get(name.name) or OF_ENDING.get(name.suffix.lower(), UNKNOWN)
    if path.startswith("checkpoint"):  # and its keys, for witnesses
        kind = OF_ENDING[".txt"]
    kept = FOR_EVER if path.startswith("styles/") else ASK_EACH_TIME
    return {"Content-Type": kind, "Cache-Control": kept}
