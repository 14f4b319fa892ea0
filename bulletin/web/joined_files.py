"""Static files that travel as one, under an address that changes with their text."""

from hashlib import sha256
from os import scandir
from pathlib import Path

from flask import Response, request

MAX_AGE = 365 * 24 * 3600  # seconds
Written = tuple[tuple[str, int], ...]  # files and when each was last written, in nanoseconds


def files_in(folder: Path, ending: str) -> Written:
    """The files of a folder as they are now: who is at work on one sees it at once. Every page asks."""
    with scandir(folder) as entries:
        found = [
            (each.path, each.stat().st_mtime_ns) for each in entries if each.name.endswith(ending)
        ]
    return tuple(sorted(found))


def version_of(text: str) -> str:
    """What the address of a text has in it."""
    return sha256(text.encode()).hexdigest()[:12]


def joined_response(text: str, mimetype: str, version: str) -> Response:
    """The text, for good under its own version; under another one until the next look.

    While one release gives way to the next, either may be asked for what the other named.
    """
    response = Response(text, mimetype=mimetype)
    response.cache_control.public = True
    response.cache_control.max_age = MAX_AGE if version == version_of(text) else 0
    response.add_etag()
    response.make_conditional(request)
    return response
