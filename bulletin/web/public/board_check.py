"""核对整块公开栏: anyone photographs a board and reads which papers are in force there and which are missing."""

from collections.abc import Iterable, Sequence
from http import HTTPStatus

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from bulletin.domain.boards.sheet_verdicts import PARTS
from bulletin.domain.codes import Scan
from bulletin.domain.languages.sentences import say
from bulletin.services.boards.photos.codes import read_codes
from bulletin.services.boards.photos.public_check import BoardCheck, check_board
from bulletin.services.places.phones import office_phones
from bulletin.web.guard import public
from bulletin.web.public.pages import refused
from bulletin.web.public.photo_turns import photo_turn
from bulletin.web.rate_limits import count_miss
from bulletin.web.refusals import refused_shows
from bulletin.web.rendering import link
from bulletin.web.request_context import now, site

bp = Blueprint("board_check", __name__)
MAX_SEEN = 60  # papers and pages of one board
_BUSY = say("现在看照片的人多，请过几秒再传一次。")


@bp.get("/check/board")
@public
def board() -> ResponseReturnValue:
    """The form, and the answer under an address of its own: what was read stands in it, and no photograph."""
    if "seen" not in request.args:  # whatever else stands in the address, such as the language
        return _page()
    scans = _scans(request.args["seen"])
    result = check_board(site(), scans, now(), board_id=request.args.get("board", type=int))
    if not all(count_miss(code) for code in result.unknown):
        return refused("")
    return _page(result, scans=scans)


def _scans(typed: str) -> list[Scan]:
    read = (Scan.parse(f"/N/{tail}") for tail in typed.split(",")[:MAX_SEEN])
    return list(dict.fromkeys(scan for scan in read if scan is not None))


def _tails(scans: Iterable[Scan]) -> str:
    return ",".join(dict.fromkeys(scan.tail for scan in scans))


def _page(
    result: BoardCheck | None = None,
    *,
    scans: Sequence[Scan] = (),
    sentences: Sequence[str] = (),
) -> str:
    seen = _tails(scans) or request.form.get("seen", "")
    board = result.board.id if result and result.board else request.form.get("board", type=int)
    unread = request.args.get("unread", "").split(",")
    return render_template(
        "public/board.html",
        result=result,
        carried={"seen": seen, "board": board, **_carried()},
        unread=[part for part in PARTS if part in unread],
        phones=(result.phones or office_phones(site())) if result else (),
        faults=sentences,
        now=now(),
    )


def _carried() -> dict[str, str]:
    """What else earlier photographs showed. Papers may be on several of them, so nobody counts."""
    return {name: "1" for name in ("forged", "others") if request.values.get(name) == "1"}


@bp.post("/check/board")
@public
@refused_shows(_page)
def photograph() -> ResponseReturnValue:
    """A photograph of a board, or a further one of it; it is not kept."""
    photo = request.files.get("photo")
    with photo_turn(_BUSY):
        read = read_codes(site(), photo.read() if photo else b"")
    scans = [*_scans(request.form.get("seen", "")), *read.scans][:MAX_SEEN]
    more = {"forged": read.forged, "others": read.others}
    shown = _carried() | {name: "1" for name, count in more.items() if count}
    board_id, unread = request.form.get("board", type=int), ",".join(read.unread) or None
    address = link("board_check.board", seen=_tails(scans), board=board_id, unread=unread, **shown)
    return redirect(address, HTTPStatus.SEE_OTHER)
