"""What is larger than this site takes gets one sentence, in the page and from the server."""

from contextlib import suppress

from flask import request

from bulletin.domain.languages.sentences import say
from bulletin.services.received_file import MAX_UPLOAD

MAX_REQUEST_BYTES = 24 * 1024 * 1024  # of one request; a file may have 20 MB
TOO_LARGE = say(
    "文件超过%(size)s兆，传不上来。请压缩里面的大图片，或者拆成几个文件再传；已经写好的内容没有丢。",
    size=MAX_UPLOAD // 1024 // 1024,
)
_MOST_READ = 512 * 1024 * 1024  # bytes
_PIECE = 1024 * 1024  # bytes


def read_to_end() -> None:
    """Take in what is left of a request that is refused.

    A browser that is still sending shows a broken line instead of the answer.
    """
    left = min(request.content_length or 0, _MOST_READ)
    with suppress(OSError):  # gone meanwhile
        while left > 0 and (piece := request.environ["wsgi.input"].read(min(_PIECE, left))):
            left -= len(piece)
