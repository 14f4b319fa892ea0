"""拍照核对: photographs of a board sent, read, looked at and confirmed."""

from collections.abc import Sequence

from flask import (
    Blueprint,
    Response,
    flash,
    jsonify,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response as AnyResponse

from bulletin.domain.boards.sheet_verdicts import MAX_PHOTO_BYTES, MAX_PHOTOS, SheetVerdict
from bulletin.domain.errors import Refused
from bulletin.domain.people import Role
from bulletin.services.boards.photos import order_photos, receive, upload, visits
from bulletin.services.long_jobs.state import JobLine
from bulletin.web.desk.list_query import ListQuery
from bulletin.web.desk.long_work import line_of_running, line_once_begun, waiting_page
from bulletin.web.downloads import picture_response
from bulletin.web.guard import for_roles, staff
from bulletin.web.refusals import refused_shows
from bulletin.web.request_context import actor, now, site

bp = Blueprint("photos", __name__, url_prefix="/desk")
PHOTOGRAPHERS = (Role.LIAISON, Role.OVERSEER)
TONES = {
    SheetVerdict.RIGHT: "good",
    SheetVerdict.OLDER: "warn",
    SheetVerdict.OVER: "warn",
    SheetVerdict.EARLY: "warn",
    SheetVerdict.ELSEWHERE: "stop",
    SheetVerdict.TAKEN_DOWN: "stop",
    SheetVerdict.UNKNOWN: "stop",
}


@bp.get("/boards/<int:board_id>/photos")
@staff
def photos(board_id: int, *, sentences: Sequence[str] = ()) -> str:
    asked = ListQuery("photos.photos", board_id=board_id)
    return render_template(
        "desk/board_photos.html",
        board=visits.board_visits(site(), actor(), board_id, asked.number),
        asked=asked,
        most=MAX_PHOTOS,
        largest=MAX_PHOTO_BYTES,
        piece=upload.PIECE_BYTES,
        sentences=sentences,
        now=now(),
    )


@bp.post("/boards/<int:board_id>/photos")
@for_roles(*PHOTOGRAPHERS)
@refused_shows(photos)
def send(board_id: int) -> ResponseReturnValue:
    """Photographs of a board, whole or sent before in pieces."""
    receive.ensure_photographs(site(), actor(), board_id)
    keys = [key for key in request.form.getlist("upload") if key]
    sent = [file for file in request.files.getlist("photos") if file.filename]
    # More than may be are refused, however many more.
    whole = (file.read() for file in sent[: MAX_PHOTOS + 1])
    keys += upload.keep_whole(site(), actor(), whole, now())
    job_id = order_photos.order_photos(site(), actor(), board_id, keys, now())
    return _answer(board_id, line_once_begun(order_photos.PHOTOS, job_id))


@bp.get("/boards/<int:board_id>/photos/<int:job_id>")
@for_roles(*PHOTOGRAPHERS)
@refused_shows(photos)
def reading(board_id: int, job_id: int) -> ResponseReturnValue:
    """How far photographs are read; then what they showed, or why they can't be."""
    line = line_of_running(order_photos.PHOTOS, job_id)
    if line.is_running:
        return waiting_page("desk/photos_reading.html", line, board_id=board_id)
    return _answer(board_id, line)


def _answer(board_id: int, line: JobLine) -> ResponseReturnValue:
    if line.refusals:
        raise Refused(*line.refusals)
    if line.is_running:
        return redirect(url_for("photos.reading", board_id=board_id, job_id=line.id))
    return redirect(url_for("photos.visit", visit_id=int(line.result)))


@bp.get("/uploads/<key>")
@for_roles(*PHOTOGRAPHERS)
def arrived(key: str) -> Response:
    """How much of a photograph is here."""
    return jsonify(have=upload.arrived(site(), actor(), key))


@bp.post("/uploads/<key>")
@for_roles(*PHOTOGRAPHERS)
@refused_shows(jsonify)
def piece(key: str) -> ResponseReturnValue:
    """The next bytes of a photograph."""
    start = request.args.get("start", 0, type=int)
    have = upload.add_piece(site(), actor(), key, start, request.get_data(), now())
    return jsonify(have=have)


@bp.get("/visits/<int:visit_id>")
@staff
def visit(visit_id: int) -> str:
    return render_template(
        "desk/visit.html",
        visit=visits.visit_view(site(), actor(), visit_id),
        tones=TONES,
        now=now(),
    )


@bp.post("/visits/<int:visit_id>/confirm")
@for_roles(Role.LIAISON)
def confirm(visit_id: int) -> AnyResponse:
    fresh = receive.confirm(site(), actor(), visit_id, now())
    flash(f"已确认，新登记张贴{fresh}件。" if fresh else "已确认。")
    return redirect(url_for("photos.visit", visit_id=visit_id))


@bp.get("/visits/<int:visit_id>/photos/<int:place>.jpg")
@staff
def photo(visit_id: int, place: int) -> Response:
    """A photograph of a board, with `?small=1` as the page shows it; never for residents."""
    small = bool(request.args.get("small"))
    data = visits.photo_data(site(), actor(), visit_id, place, small=small)
    return picture_response(data, "image/jpeg")
