"""What witnesses read: the signed head of the history, its tiles, its key and the keys before."""

from flask import Blueprint, Response, abort

from bulletin.services.transparency import checkpoint as published
from bulletin.web.guard import public
from bulletin.web.request_context import site

bp = Blueprint("transparency", __name__)
TEXT, BYTES = "text/plain; charset=utf-8", "application/octet-stream"
FOR_EVER = "public, max-age=31536000, immutable"  # a tile never changes
EACH_TIME = "no-cache"


@bp.get("/checkpoint")
@public
def checkpoint() -> Response:
    """C2SP tlog-checkpoint."""
    return _answer(published.checkpoint(site()), TEXT, EACH_TIME)


@bp.get("/checkpoint.key")
@public
def key() -> Response:
    """The public key, for a witness that comes for the first time."""
    return _answer(f"{published.verifier_key(site())}\n", TEXT, EACH_TIME)


@bp.get("/checkpoint.keys")
@public
def successions() -> Response:
    """What each key said of the next one, under its signature."""
    return _answer(published.successions(site()), TEXT, EACH_TIME)


@bp.get("/tile/<path:address>")
@public
def tile(address: str) -> Response:
    """C2SP tlog-tiles: hashes, and under entries/ the chain hash of each entry."""
    content = published.tile(site(), address)
    if content is None:
        abort(404)
    return _answer(content, BYTES, FOR_EVER)


def _answer(content: str | bytes, media_type: str, keep: str) -> Response:
    response = Response(content, content_type=media_type)
    response.headers["Cache-Control"] = keep
    return response
