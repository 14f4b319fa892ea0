"""照片上的旧纸: photographs of a paper whose words were removed, painted over or kept for a reason."""

from collections.abc import Sequence
from datetime import date

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bulletin.domain.boards.photo_areas import WHOLE, Outline, box_outline
from bulletin.domain.errors import NotFoundError, refuse
from bulletin.services.boards.certify import certified_before
from bulletin.services.boards.photos.cover import cover as cover_photo
from bulletin.services.boards.photos.cover import keep as keep_photo
from bulletin.services.boards.photos.recalled import recalled, recalled_picture
from bulletin.web.desk.inputs import typed
from bulletin.web.downloads import picture_response
from bulletin.web.guard import staff
from bulletin.web.refusals import refused_shows
from bulletin.web.request_context import actor, now, site

bp = Blueprint("recalls", __name__, url_prefix="/desk/notices/<code>/photos")
EDGES = ("left", "top", "right", "bottom")  # per cent of the picture


@bp.get("")
@staff
def photos(code: str, *, digest: str = "", sentences: Sequence[str] = ()) -> str:
    """Every photograph of the recalled paper; digest: the one whose form was refused."""
    seen = recalled(site(), actor(), code)
    return render_template(
        "desk/recalled_photos.html",
        code=code,
        certified_on=_certified_on(code),
        open=[photo for photo in seen if photo.is_open],
        settled=[photo for photo in seen if not photo.is_open],
        digest=digest,
        edges=EDGES,
        typed=request.form,
        sentences=sentences,
        now=now(),
    )


def _certified_on(code: str) -> date | None:
    """Asked by one whose board the paper hung on, and whose notice it is not, it is nobody's."""
    try:
        return certified_before(site(), actor(), code)
    except NotFoundError:
        return None


@bp.get("/<digest>.jpg")
@staff
def picture(code: str, digest: str) -> Response:
    """One of them as the page shows it; never for residents."""
    return picture_response(recalled_picture(site(), actor(), code, digest), "image/jpeg")


@bp.post("/<digest>/cover")
@staff
@refused_shows(photos)
def cover(code: str, digest: str) -> ResponseReturnValue:
    """Where the paper was read, where a person drew, or all of it."""
    outlines = [WHOLE] if request.form.get("whole") else []
    if request.form.get("drawn"):
        outlines = [_drawn()]
    cover_photo(site(), actor(), code, digest, now(), outlines=outlines)
    flash("照片上已经遮住，原来的照片已销毁。")
    return redirect(url_for("recalls.photos", code=code))


def _drawn() -> Outline:
    """The box that a person drew."""
    try:
        left, top, right, bottom = (float(typed(name)) / 100 for name in EDGES)
    except ValueError:
        left = top = right = bottom = 0.0
    if not (0 <= left < right <= 1 and 0 <= top < bottom <= 1):
        sentence = "请在照片上点两个对角，或把框的四边写成0到100的数，左小于右，上小于下。"
        raise refuse("box_unreadable", sentence)
    return box_outline(left, top, right, bottom)


@bp.post("/<digest>/keep")
@staff
@refused_shows(photos)
def keep(code: str, digest: str) -> ResponseReturnValue:
    keep_photo(site(), actor(), code, digest, typed("reason"), now())
    flash("照片照原样留着，原因已记下。")
    return redirect(url_for("recalls.photos", code=code))
