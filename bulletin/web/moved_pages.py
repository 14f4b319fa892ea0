"""Public pages of a township that moved to another house lead on to it, or say that it is gone."""

from http import HTTPStatus

from flask import Flask, current_app, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from bulletin.services.public.moved_away import MovedAway, OldHouse, moved_with, old_house
from bulletin.web import errors
from bulletin.web.public.pages import MAX_TYPED
from bulletin.web.replica import read_there
from bulletin.web.request_context import site, stamp

# What the old house goes on to answer itself: its people's door, and what witnesses keep watch with.
STAYING = frozenset({"account", "health", "editor_script", "style_sheets", "transparency", None})
CHECKS = frozenset(
    {"transparency.content", "transparency.content_check"}
)  # of a notice, which moved
FILES = frozenset({"public.paper", "public.file", "records.catalog_file", "records.report_file"})
KEPT = (
    "old house"  # in the application's extensions: site, number of its history, who moved by then
)


def install(app: Flask) -> None:
    app.before_request(_lead_on)


def _lead_on() -> ResponseReturnValue | None:
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None or getattr(view, "guard", "") != "public":
        return None
    if request.blueprint in STAYING and request.endpoint not in CHECKS:
        return None
    house = _house()
    if not house.moved:
        return None
    moved = house.moved[0] if house.everybody else _named(house)
    return None if moved is None else _onward(moved)


def _house() -> OldHouse:
    """Every act writes history, a move too: asked again when its number changed.

    While the database does not answer, nobody moved since it did.
    """
    kept: tuple[object, OldHouse] | None = current_app.extensions.get(KEPT)
    try:
        number = stamp()
        if kept is None or kept[0] != (site(), number):
            found = read_there(number, old_house, site())
            kept = current_app.extensions[KEPT] = (site(), number), found
    except SQLAlchemyError:
        return kept[1] if kept else OldHouse()
    return kept[1]


def _named(house: OldHouse) -> MovedAway | None:
    """Whose page is asked for, where others still live in the old house; nobody's, while nobody can say."""
    kind, _, rest = request.path.lstrip("/").partition("/")
    code = rest.partition("/")[0]
    if request.endpoint == "paper_check.check":  # of a paper that is checked its notice says it
        kind, code = "N", request.args.get("code", "").strip()[:MAX_TYPED]
    if not code:
        return None
    try:
        return read_there(stamp(), moved_with, site(), house, kind, code)
    except SQLAlchemyError:
        return None


def _onward(moved: MovedAway) -> ResponseReturnValue:
    if site().copied:  # a file leads nowhere by itself: it says where
        is_page = request.blueprint != "feeds" and request.endpoint not in FILES
        return errors.page(HTTPStatus.OK if is_page else HTTPStatus.GONE, [moved.sentence])
    if not moved.address:
        return errors.page(HTTPStatus.GONE, [moved.sentence])
    asked = request.full_path.rstrip("?")
    return redirect(f"{moved.address}{asked}", HTTPStatus.TEMPORARY_REDIRECT)
