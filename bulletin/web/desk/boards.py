"""公开栏: what hangs where, hanging and taking off with day and photo."""

from collections.abc import Sequence
from datetime import timedelta

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response as AnyResponse

from bulletin.domain.boards.display_time import HowKnown
from bulletin.domain.errors import BulletinError, Refused, refuse
from bulletin.domain.pages import page_of
from bulletin.domain.people import Role
from bulletin.services.boards import post, postings, reorder
from bulletin.services.boards.boards_of_notice import board_ids_for
from bulletin.services.boards.ledger import board_ledger
from bulletin.services.boards.overview import (
    BoardRow,
    board_rows,
    boards_in_brief,
    sheets_hanging,
)
from bulletin.services.notices.detail import notice_detail
from bulletin.services.places import create
from bulletin.services.places.villages import village_choices
from bulletin.services.printing.print import number_to_print
from bulletin.web.desk.inputs import (
    day_asked,
    day_of,
    row_id,
    row_id_typed,
    row_ids_typed,
    typed,
    uploaded,
)
from bulletin.web.desk.list_query import ListQuery
from bulletin.web.downloads import picture_response
from bulletin.web.guard import for_roles, staff
from bulletin.web.refusals import http_status, refused_shows, sentences_of
from bulletin.web.rendering import labels_of
from bulletin.web.request_context import actor, now, site, today

bp = Blueprint("boards", __name__, url_prefix="/desk")
MANY = 12  # boards, of which the page shows no more than a line each
DAYS_BACK = 365  # of a ledger, when nothing is asked
PHOTO_CODES = frozenset({"no_picture", "picture_too_large", "photo_too_large", "pdf", "heic"})


@bp.get("/boards")
@staff
def boards(*, posting_id: int | None = None, sentences: Sequence[str] = ()) -> str:
    """The boards; the sheet that is asked for, or was refused, stands open."""
    asked = ListQuery("boards.boards")
    village_id = asked.village(village_choices(site(), actor(), today()))
    board_id = request.args.get("board", type=row_id)
    sheet_id = request.args.get("sheet", type=row_id) if posting_id is None else posting_id
    if village_id is None and board_id is None and sheet_id is None:
        brief = boards_in_brief(site(), actor(), now())
        if len(brief) > MANY:
            return _in_brief(asked, brief, sentences)
    rows = board_rows(
        site(),
        actor(),
        now(),
        village_id=village_id,
        board_id=board_id,
        number=asked.number,
        sheet=sheet_id,
    )
    return render_template(
        "desk/boards.html",
        rows=rows,
        asked=asked,
        villages=village_choices(site(), actor(), today()),
        sheet_id=sheet_id,
        sentences=sentences,
        today=today(),
        now=now(),
    )


@bp.post("/boards")
@for_roles(Role.LIAISON, Role.ADMINISTRATOR)
@refused_shows(boards)
def add() -> ResponseReturnValue:
    """A board of a village, or of the township when no village is chosen."""
    village = row_id_typed("village")
    create.add_board(site(), actor(), village, typed("name"), typed("place"), now())
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
    asked = ListQuery("boards.ledger", board_id=board_id)
    on = asked.day("on")
    last_on = day_asked("to") or today()
    first_on = day_asked("from") or last_on - timedelta(days=DAYS_BACK)
    asked.day("from", first_on)
    asked.day("to", last_on)
    days = [day for day in (first_on, last_on, on) if day]
    ledger = board_ledger(site(), actor(), board_id, now(), first_on=min(days), last_on=max(days))
    lines = ledger.lines if on is None else ledger.on(on)
    return render_template(
        "desk/board_ledger.html",
        ledger=ledger,
        page=page_of(lines, asked.number),
        asked=asked,
        on=on,
        known=labels_of(HowKnown),
        mine=actor().tends_boards_of(ledger.village_id),
        now=now(),
    )


def _in_brief(asked: ListQuery, brief: list[BoardRow], sentences: Sequence[str]) -> str:
    """More boards than one reads through: a line for each, which leads to its papers."""
    return render_template(
        "desk/boards_in_brief.html",
        page=page_of(brief, asked.number),
        asked=asked,
        villages=village_choices(site(), actor(), today()),
        sentences=sentences,
        now=now(),
    )


@bp.get("/notices/<code>/hang")
@for_roles(Role.LIAISON)
def hang(code: str) -> str:
    return _hang(code)


def _hang(code: str, reasons: Sequence[str] = (), *, board_id: int | None = None) -> str:
    """The form; board_id: the board whose photo was refused."""
    number = number_to_print(site(), actor(), code)
    detail = notice_detail(site(), actor(), code, now(), number=number)
    rows = boards_in_brief(site(), actor(), now())
    carrying = board_ids_for(site(), actor(), code, detail.row.edition, now())
    own = [row for row in rows if row.id in carrying]
    run = request.args.get("run", type=row_id) or (
        detail.papers.runs[0].id if detail.papers.runs else None
    )
    return render_template(
        "desk/hang.html",
        detail=detail,
        boards=own,
        hanging={
            row.id: sheets_hanging(site(), actor(), row.id, detail.row.code, now()) for row in own
        },
        run=run,
        today=today(),
        now=now(),
        board_id=board_id,
        sentences=[_about(own, board_id, sentence) for sentence in reasons],
    )


def _about(rows: list[BoardRow], board_id: int | None, sentence: str) -> str:
    name = next((row.name for row in rows if row.id == board_id), "")
    return f"“{name}”的照片：{sentence}" if name else sentence


@bp.post("/notices/<code>/hang")
@for_roles(Role.LIAISON)
def hung(code: str) -> ResponseReturnValue:
    """Several boards in one walk: each with its photo, all on one day."""
    board_id = None
    try:
        chosen = row_ids_typed("board")
        day = day_of(typed("hung_on"), "张贴日期") or today()
        _ensure_chosen(chosen)
        for board_id in chosen:
            post.hang(
                site(), actor(), code, board_id, day, now(), photo=uploaded(f"photo-{board_id}")
            )
    except BulletinError as error:  # conflicts too, and beside the board that it is about
        of_photo = isinstance(error, Refused) and bool(PHOTO_CODES & set(error.codes))
        page = _hang(code, sentences_of(error), board_id=board_id if of_photo else None)
        return page, http_status(error)
    flash(f"已登记张贴：{len(chosen)}处。")
    return redirect(url_for("notices.notice", code=code))


def _ensure_chosen(chosen: Sequence[int]) -> None:
    """A photograph beside a board that is not ticked is half a record: it is asked for, not dropped."""
    names = [name.removeprefix("photo-") for name, file in request.files.items() if file.filename]
    if not chosen:
        raise refuse("no_board", "请选贴在哪块公开栏。")
    if any(name not in map(str, chosen) for name in names):
        raise refuse("photo_of_no_board", "有照片的公开栏没有勾选：贴了就勾上，没贴就不选照片。")


@bp.post("/postings/<int:posting_id>/off")
@for_roles(Role.LIAISON)
@refused_shows(boards)
def off(posting_id: int) -> ResponseReturnValue:
    day = day_of(typed("down_on"), "取下日期") or today()
    post.take_off(site(), actor(), posting_id, day, now(), photo=uploaded("photo"))
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
    media_type = "image/png" if data.startswith(b"\x89PNG") else "image/jpeg"
    return picture_response(data, media_type)
