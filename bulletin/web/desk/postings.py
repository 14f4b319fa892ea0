"""更正张贴登记: a wrong board or day put right, a paper that never hung withdrawn."""

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bulletin.domain.errors import refuse
from bulletin.domain.people import Role
from bulletin.services.boards.correct import correct_posting, withdraw_posting
from bulletin.services.boards.photos.posting_photos import NewPhotos
from bulletin.services.boards.postings import posting_to_correct
from bulletin.web.desk.inputs import day_of, row_id, typed, uploaded
from bulletin.web.guard import for_roles
from bulletin.web.refusals import refused_shows
from bulletin.web.request_context import actor, now, site, today

bp = Blueprint("postings", __name__, url_prefix="/desk/postings")


@bp.get("/<int:posting_id>/correct")
@for_roles(Role.LIAISON)
def correction(posting_id: int, *, act: str = "", sentences: Sequence[str] = ()) -> str:
    """The record as it stands; act: which of the two forms was refused."""
    return render_template(
        "desk/correct_posting.html",
        posting=posting_to_correct(site(), actor(), posting_id, now()),
        act=act,
        sentences=sentences,
        typed=request.form,
        today=today(),
        now=now(),
    )


@bp.post("/<int:posting_id>/correct")
@for_roles(Role.LIAISON)
@refused_shows(correction, act="correct")
def correct(posting_id: int) -> ResponseReturnValue:
    board_id = request.form.get("board", type=row_id)
    hung_on = day_of(typed("hung_on"), "张贴日期")
    if board_id is None or hung_on is None:
        raise refuse("incomplete", "请选公开栏，写明哪天贴上的。")
    correct_posting(
        site(),
        actor(),
        posting_id,
        now(),
        board_id=board_id,
        hung_on=hung_on,
        down_on=day_of(typed("down_on"), "取下日期"),
        reason=typed("reason"),
        against_photo=bool(request.form.get("against_photo")),
        photos=NewPhotos(
            hung=uploaded("hung_photo"),
            down=uploaded("down_photo"),
            drops_hung=bool(request.form.get("drop_hung_photo")),
            drops_down=bool(request.form.get("drop_down_photo")),
        ),
    )
    flash("登记已更正，原来写的和原因留在台账里。")
    return redirect(url_for("boards.ledger", board_id=board_id))


@bp.post("/<int:posting_id>/withdraw")
@for_roles(Role.LIAISON)
@refused_shows(correction, act="withdraw")
def withdraw(posting_id: int) -> ResponseReturnValue:
    board_id = posting_to_correct(site(), actor(), posting_id, now()).board_id
    withdraw_posting(
        site(),
        actor(),
        posting_id,
        now(),
        reason=typed("reason"),
        against_photo=bool(request.form.get("against_photo")),
    )
    flash("这条登记已作废，台账里留着原因。")
    return redirect(url_for("boards.ledger", board_id=board_id))
