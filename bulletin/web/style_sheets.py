"""The style sheets of a page as one: on a village's network each further request takes a second.

`static/*.css` stay as they are written; a page names those that it needs, and asks for them joined in that order.
"""

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from flask import Blueprint, Response, abort, current_app, url_for

from bulletin.web.guard import public
from bulletin.web.joined_files import Written, files_in, joined_response, version_of

bp = Blueprint("style_sheets", __name__)


class _Sheet(NamedTuple):
    text: str
    version: str


@bp.get("/styles/<names>.<version>.css")
@public
def joined(names: str, version: str) -> Response:
    """The style sheets of these names, with - between them."""
    sheet = _sheet_now(names)
    if sheet is None:
        abort(404)
    return joined_response(sheet.text, "text/css", version)


def style_sheet(names: str) -> str:
    """The address of the style sheets that a page names, with blanks between them.

    Raises:
        ValueError: there is no such style sheet, or it is named twice.
    """
    together = "-".join(names.split())
    sheet = _sheet_now(together)
    if sheet is None:
        raise ValueError(f"no such style sheets: {names}")
    return url_for("style_sheets.joined", names=together, version=sheet.version)


def _sheet_now(names: str) -> _Sheet | None:
    return _sheet(names, files_in(Path(current_app.static_folder or ""), ".css"))


@lru_cache(64)
def _sheet(names: str, written: Written) -> _Sheet | None:
    """None when one of them is no style sheet of ours, or comes twice: there is an end of what can be asked for."""
    asked, texts = names.split("-"), _texts(written)
    if len(set(asked)) < len(asked) or not all(name in texts for name in asked):
        return None
    text = "\n".join(texts[name] for name in asked)
    return _Sheet(text, version_of(text))


@lru_cache(1)
def _texts(written: Written) -> dict[str, str]:
    files = (Path(file) for file, _when in written)
    return {file.stem: file.read_text("utf-8") for file in files}
