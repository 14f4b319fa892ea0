"""意见: what reviewers write beside the text, and what is answered."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from bulletin.domain.people import REVIEW_ROLES, Role
from bulletin.services.notices.reviews import comment
from bulletin.web.desk.inputs import row_id_typed, typed
from bulletin.web.desk.reviews import review
from bulletin.web.guard import for_roles
from bulletin.web.refusals import refused_shows
from bulletin.web.request_context import actor, now, site

bp = Blueprint("comments", __name__, url_prefix="/desk/notices/<code>/comments")
reviewers = for_roles(*sorted(REVIEW_ROLES))
both_sides = for_roles(*sorted({*REVIEW_ROLES, Role.LIAISON}))
PAGES = {  # from where comments are answered
    "edit": "drafts.edit",
    "notice": "notices.notice",
    "review": "reviews.review",
}


@bp.post("")
@reviewers
@refused_shows(review, act="comment")
def write(code: str) -> ResponseReturnValue:
    """A comment at a block or a cell; without either it is about the whole."""
    comment.comment(
        site(),
        actor(),
        code,
        typed("words"),
        now(),
        block=row_id_typed("block"),
        row=row_id_typed("row"),
        column=row_id_typed("column"),
        seen=typed("seen"),
    )
    flash("意见写好了，退回时信息员会看到。")
    return _back(code, "review")


@bp.post("/<int:comment_id>/answer")
@both_sides
@refused_shows(review, act="answer")
def answer(code: str, comment_id: int) -> ResponseReturnValue:
    comment.answer_comment(site(), actor(), code, comment_id, typed("words"), now())
    flash("答复写好了。")
    return _back(code, typed("back"))


@bp.post("/<int:comment_id>/close")
@both_sides
@refused_shows(review, act="answer")
def close(code: str, comment_id: int) -> ResponseReturnValue:
    comment.close_comment(site(), actor(), code, comment_id, now())
    flash("这条意见关掉了。")
    return _back(code, typed("back"))


def _back(code: str, page: str) -> Response:
    """To where the person came from."""
    return redirect(url_for(PAGES.get(page, PAGES["review"]), code=code, _anchor="comments"))
