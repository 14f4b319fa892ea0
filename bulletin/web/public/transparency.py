"""What anyone checks us by: the content behind a fingerprint, and the signed history with its tiles and keys."""

from flask import Blueprint, Response, abort, render_template
from flask.typing import ResponseReturnValue

from bulletin.domain.codes import TypedCode
from bulletin.services.public.content_check import ContentCheck
from bulletin.services.public.content_check import content_check as read_content
from bulletin.services.transparency import checkpoint as published
from bulletin.web.guard import public
from bulletin.web.public.pages import unknown
from bulletin.web.request_context import now, site
from bulletin.web.stored_pages import NOINDEX

bp = Blueprint("transparency", __name__)
TEXT, BYTES = "text/plain; charset=utf-8", "application/octet-stream"
FOR_EVER = "public, max-age=31536000, immutable"  # a tile never changes
EACH_TIME = "no-cache"


@bp.get("/N/<code>/check")
@public
def content_check(code: str) -> ResponseReturnValue:
    """验内容: the steps by which a person, or this browser, takes the fingerprint of the page again."""
    check = _check_of(code)
    if check is None:
        return unknown(code)
    return render_template("public/content_check.html", page=check, now=now())


@bp.get("/N/<code>/content.txt")
@public
def content(code: str) -> ResponseReturnValue:
    """What the fingerprint was taken of, byte for byte: `sha256sum content.txt` gives it again."""
    check = _check_of(code)
    if check is None:
        return unknown(code)
    response = _answer(check.content, TEXT, EACH_TIME)
    response.headers.update(NOINDEX)
    return response


def _check_of(code: str) -> ContentCheck | None:
    asked = TypedCode.read(code)
    return read_content(site(), asked.code, now()) if asked.code else None


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
