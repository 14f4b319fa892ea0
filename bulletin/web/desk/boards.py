"""公开栏: what hangs where, hanging and taking off with day and photo."""

from datetime import date, timedelta
from io import BytesIO

from flask import Blueprint, Response, flash, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response as AnyResponse

from bulletin.domain.boards.display_time import HowKnown
from bulletin.domain.errors import BulletinError, Refused, refuse
from bulletin.domain.people import Role
from bulletin.services.boards import post, postings, reorder
from bulletin.services.boards.ledger import board_ledger
from bulletin.services.boards.overview import BoardRow, board_rows
from bulletin.services.notices.detail import notice_detail
from bulletin.services.places import create
from bulletin.services.places.villages import village_choices
from bulletin.services.printing.print import number_to_print
from bulletin.web.desk.inputs import day_of, http_status, row_id, sentences, typed
from bulletin.web.guard import for_roles, staff
from bulletin.web.rendering import labels_of
from bulletin.web.request_context import actor, now, site, today

bp = Blueprint("boards", __name__, url_prefix="/desk")
Answer = str | AnyResponse | tuple[str, int]
YEAR = 365  # days
OF_PHOTOS = frozenset({"no_picture", "picture_too_large", "photo_too_large", "pdf", "heic"})


@bp.get("/boards")
@staff
def boards() -> str:
    return _boards()


def _boards(said: list[str] | None = None, *, at: int | None = None) -> str:
    """The boards; the sheet that is asked for, or was refused, stands open."""
    village_id = request.args.get("village", type=row_id)
    return render_template(
        "desk/boards.html",
        rows=board_rows(site(), actor(), now(), village_id=village_id),
        villages=village_choices(site(), actor(), today()),
        village_id=village_id,
        sheet_id=request.args.get("sheet", type=row_id) if at is None else at,
        sentences=said or [],
        today=today(),
        now=now(),
    )


@bp.post("/boards")
@for_roles(Role.LIAISON, Role.ADMINISTRATOR)
def add() -> Answer:
    """A board of a village, or of the township when no village is chosen."""
    village = request.form.get("village", type=row_id)
    try:
        create.add_board(site(), actor(), village, typed("name"), typed("place"), now())
    except Refused as refused:
        return _boards(sentences(refused)), http_status(refused)
    flash("公开栏已登记。")
    return redirect(url_for("boards.boards"))


@bp.post("/boards/<int:board_id>/earlier")
@for_roles(Role.LIAISON)
def earlier(board_id: int) -> AnyResponse:
    """The board comes one earlier in the walk, and so in every pack."""
    reorder.visit_earlier(site(), actor(), board_id, now())
    return redirect(url_for("boards.boards", _anchor=f"board-{board_id}"))


@bp.get("/boards/<int:board_id>/ledger")
@staff
def ledger(board_id: int) -> str:
    """What hung on a board, in a span of days or on one day; a year back when nothing is asked."""
    last_on = _asked_day("to") or today()
    first_on = _asked_day("from") or last_on - timedelta(days=YEAR)
    on = _asked_day("on")
    days = [day for day in (first_on, last_on, on) if day]
    found = board_ledger(site(), actor(), board_id, now(), first_on=min(days), last_on=max(days))
    return render_template(
        "desk/board_ledger.html",
        ledger=found,
        lines=found.lines if on is None else found.on(on),
        on=on,
        known=labels_of(HowKnown),
        now=now(),
    )


def _asked_day(name: str) -> date | None:
    try:
        return day_of(request.args.get(name, ""), "日期")
    except Refused:
        return None


@bp.get("/notices/<code>/hang")
@for_roles(Role.LIAISON)
def hang(code: str) -> str:
    return _hang(code)


def _hang(code: str, said: list[str] | None = None, *, at: int | None = None) -> str:
    """The form; at: the board whose photo was refused."""
    number = number_to_print(site(), actor(), code)
    detail = notice_detail(site(), actor(), code, now(), number=number)
    own = [row for row in board_rows(site(), actor(), now()) if _is_for(row, detail.row.village_id)]
    run = request.args.get("run", type=row_id) or (detail.runs[0].id if detail.runs else None)
    return render_template(
        "desk/hang.html", detail=detail, boards=own, run=run, today=today(), now=now(), at=at,
        sentences=[_about(own, at, sentence) for sentence in said or []],
    )  # fmt: skip


def _about(rows: list[BoardRow], board_id: int | None, sentence: str) -> str:
    name = next((row.name for row in rows if row.id == board_id), "")
    return f"“{name}”的照片：{sentence}" if name else sentence


def _is_for(row: BoardRow, village_id: int | None) -> bool:
    return row.village_id == village_id


@bp.post("/notices/<code>/hang")
@for_roles(Role.LIAISON)
def hung(code: str) -> Answer:
    """Several boards in one walk: each with its photo, all on one day."""
    chosen = request.form.getlist("board", type=row_id)
    board_id = None
    try:
        day = day_of(typed("hung_on"), "张贴日期") or today()
        if not chosen:
            raise refuse("no_board", "请选贴在哪块公开栏。")
        for board_id in chosen:
            post.hang(
                site(), actor(), code, board_id, day, now(), photo=_photo(f"photo-{board_id}")
            )
    except BulletinError as fault:
        of_photo = isinstance(fault, Refused) and bool(OF_PHOTOS & set(fault.codes))
        return _hang(code, sentences(fault), at=board_id if of_photo else None), http_status(fault)
    flash(f"已登记张贴：{len(chosen)}处。")
    return redirect(url_for("notices.notice", code=code))


def _photo(name: str) -> bytes | None:
    sent = request.files.get(name)
    return sent.read() if sent is not None and sent.filename else None


@bp.post("/postings/<int:posting_id>/off")
@for_roles(Role.LIAISON)
def off(posting_id: int) -> Answer:
    try:
        day = day_of(typed("down_on"), "取下日期") or today()
        post.take_off(site(), actor(), posting_id, day, now(), photo=_photo("photo"))
    except Refused as refused:
        return _boards(sentences(refused), at=posting_id), http_status(refused)
    flash("已登记取下。")
    return redirect(url_for("boards.boards", sheet=posting_id, _anchor=f"sheet-{posting_id}"))


@bp.get("/postings/<int:posting_id>/sheet")
@staff
def hung_sheet(posting_id: int) -> AnyResponse:
    """The very paper: the PDF of the print run that was hung."""
    return redirect(url_for("printing.kept", run_id=postings.run_of(site(), actor(), posting_id)))


@bp.get("/postings/<int:posting_id>/photo/<which>")
@staff
def photo(posting_id: int, which: str) -> Response:
    """A photograph of a board; never for residents."""
    data = postings.photo_of(site(), actor(), posting_id, which)
    kind = "image/png" if data.startswith(b"\x89PNG") else "image/jpeg"
    return send_file(BytesIO(data), kind)
