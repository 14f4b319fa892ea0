"""The style sheets of a page as one: on a village's network each further request takes a second.

`static/*.css` stay as they are written; a page names those that it needs, and asks for them joined in that order.
"""

from functools import cache
from hashlib import sha256
from pathlib import Path

from flask import Blueprint, Response, abort, current_app, request, url_for

from bulletin.web.guard import public

bp = Blueprint("style_sheets", __name__)

MAX_AGE = 365 * 24 * 3600  # seconds; its address changes with its text
MAX_NAMES = 8


@bp.get("/styles/<names>.<version>.css")
@public
def joined(names: str, version: str) -> Response:
    """The style sheets of these names, with - between them."""
    text = _joined(_folder(), names)
    if text is None:
        abort(404)
    response = Response(text, mimetype="text/css")
    response.cache_control.public = True
    response.cache_control.max_age = MAX_AGE if version == _version(text) else 0
    response.add_etag()
    response.make_conditional(request)
    return response


def style_sheet(names: str) -> str:
    """The address of the style sheets that a page names, with blanks between them.

    Raises:
        ValueError: there is no such style sheet.
    """
    together = "-".join(names.split())
    text = _joined(_folder(), together)
    if text is None:
        raise ValueError(f"no such style sheets: {names}")
    return url_for("style_sheets.joined", names=together, version=_version(text))


def _folder() -> Path:
    return Path(current_app.static_folder or "")


@cache
def _version(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:12]


@cache
def _texts(folder: Path) -> dict[str, str]:
    return {file.stem: file.read_text("utf-8") for file in folder.glob("*.css")}


def _joined(folder: Path, names: str) -> str | None:
    """None when one of them is no style sheet of ours."""
    asked, texts = names.split("-"), _texts(folder)
    if len(asked) > MAX_NAMES or not all(name in texts for name in asked):
        return None
    return "\n".join(texts[name] for name in asked)
