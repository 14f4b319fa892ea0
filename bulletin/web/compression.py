"""Residents' pages and the static files travel packed: a village's mobile network is slow.

Only what holds no secret is packed. A page of the desk has the token of its forms in it, whose letters the length
of a packed answer gives away to who can make the browser ask again and again (BREACH): it goes as it is. So do
answers in parts, and what is packed by itself, such as PDFs and pictures.
"""

import gzip
from functools import lru_cache
from hashlib import sha256
from http import HTTPStatus
from threading import Lock

from cachetools import LRUCache, cached
from flask import Flask, Response, request
from werkzeug.http import parse_accept_header

MIN_BYTES = 500  # below, the packing weighs more than it saves
MAX_KEPT = 8 * 1024 * 1024  # bytes of packed pages and files that are kept
LEVEL = 6
PACKED = frozenset(
    {
        *("text/html", "text/css", "text/javascript", "text/plain", "text/csv", "image/svg+xml"),
        *("text/calendar", "application/atom+xml", "application/rss+xml"),
        *("application/feed+json", "application/ld+json"),
    }
)
IN_PARTS_OR_EMPTY = frozenset({HTTPStatus.PARTIAL_CONTENT, HTTPStatus.NOT_MODIFIED})
OPEN_PARTS = frozenset(
    {
        "public",
        "records",
        "board_check",
        "find",
        "paper_check",
        "editor_script",
        "feeds",
        "style_sheets",
    }
)  # blueprints without cookie and form token


def install(app: Flask) -> None:
    app.after_request(_pack)


def _pack(response: Response) -> Response:
    open_to_all = request.endpoint == "static" or request.blueprint in OPEN_PARTS
    if not open_to_all or response.mimetype not in PACKED:
        return response
    response.vary.add("Accept-Encoding")
    wanted = takes_packed(request.headers.get("Accept-Encoding", ""))
    if not wanted or response.status_code in IN_PARTS_OR_EMPTY:
        return response
    response.direct_passthrough = False  # of a file
    data = response.get_data()
    if len(data) < MIN_BYTES:
        return response
    etag, _weak = response.get_etag()
    response.set_data(_packed(data))
    response.headers["Content-Encoding"] = "gzip"
    response.headers.pop("Accept-Ranges", None)  # of the plain bytes
    if etag:
        response.set_etag(etag, weak=True)  # the same page in other bytes
    return response


@lru_cache(maxsize=64)  # browsers say the same few
def takes_packed(accepted: str) -> bool:
    """Whether a reader takes packed answers, by the Accept-Encoding that it sends."""
    weights = dict(parse_accept_header(accepted.lower()))
    return weights.get("gzip", weights.get("*", 0)) > 0  # its own weight counts before that of all


@cached(LRUCache(MAX_KEPT, getsizeof=len), key=lambda data: sha256(data).digest(), lock=Lock())
def _packed(data: bytes) -> bytes:
    """Packed once: the same page and the same file are asked for again and again."""
    return gzip.compress(data, LEVEL, mtime=0)
