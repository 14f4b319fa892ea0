"""提问: what residents ask, passed on, answered, turned away, and typed in from phone and paper box."""

from collections.abc import Sequence

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bulletin.domain.errors import refuse
from bulletin.domain.feedback.forms import MAX_WORDS
from bulletin.domain.feedback.joint import Joint, JointKind
from bulletin.domain.feedback.kinds import NotTaken
from bulletin.domain.feedback.permissions import reads_all
from bulletin.domain.people import Role
from bulletin.services.feedback.answer import answer as give_answer
from bulletin.services.feedback.answer import turn_away as give_away
from bulletin.services.feedback.correct import correct_for
from bulletin.services.feedback.detail import entry_photo, feedback_detail
from bulletin.services.feedback.forget import forget_contact_for
from bulletin.services.feedback.inbox import inbox
from bulletin.services.feedback.pass_on import pass_on as hand_on
from bulletin.services.feedback.record_joint import record_joint
from bulletin.services.feedback.see_contact import AskerContact, see_contact
from bulletin.services.oversight.office import reads
from bulletin.web.confirmations import Consequence, confirmed
from bulletin.web.desk.inputs import count_of, typed
from bulletin.web.desk.list_query import ListQuery
from bulletin.web.guard import for_roles, staff
from bulletin.web.refusals import refused_shows
from bulletin.web.rendering import labels_of
from bulletin.web.request_context import actor, now, site, today
from bulletin.web.sent_forms import typed_words

bp = Blueprint("feedback", __name__, url_prefix="/desk/feedback")
OF_TOWNSHIP = (Role.SCREENER, Role.APPROVER)
ANSWERING = (Role.LIAISON, Role.VILLAGE_HEAD, Role.COUNTY_OVERSEER, *OF_TOWNSHIP)
TONES = {
    "passing": "wait",
    "waiting": "wait",
    "overdue": "stop",
    "answered": "good",
    "corrected": "good",
    "not_taken": "past",
}


@bp.get("")
@staff
def every() -> str:
    """What is open; with ?show=all what was closed too."""
    asked = ListQuery("feedback.every")
    shows_all = request.args.get("show") == "all"
    asked.keep("show", "all" if shows_all else None)
    return render_template(
        "desk/feedback.html",
        page=inbox(
            site(),
            actor(),
            now(),
            only_open=not shows_all,
            number=asked.number,
        ),
        asked=asked,
        shows_all=shows_all,
        shows_requests=reads(actor()),
        shows_ledger=reads_all(actor()),
        tones=TONES,
        may_enter=actor().roles & {Role.LIAISON, *OF_TOWNSHIP},
        today=today(),
        now=now(),
    )


@bp.get("/<int:feedback_id>")
@staff
def one(
    feedback_id: int, *, sentences: Sequence[str] = (), contact: AskerContact | None = None
) -> str:
    """A question with its dialogue, as far as the person may read it."""
    return render_template(
        "desk/question.html",
        view=feedback_detail(site(), actor(), feedback_id, now()),
        contact=contact,
        tones=TONES,
        reasons=labels_of(NotTaken),
        joints=labels_of(JointKind),
        most=MAX_WORDS,
        sentences=sentences,
        today=today(),
        now=now(),
    )


def _back(feedback_id: int, done: str) -> ResponseReturnValue:
    flash(done)
    return redirect(url_for("feedback.one", feedback_id=feedback_id))


@bp.get("/<int:feedback_id>/entries/<int:entry_id>/photo")
@staff
def photo(feedback_id: int, entry_id: int) -> ResponseReturnValue:
    data, media_type = entry_photo(site(), actor(), feedback_id, entry_id, now())
    return Response(data, mimetype=media_type, headers={"Cache-Control": "private, no-store"})


@bp.post("/<int:feedback_id>/entries/<int:entry_id>/pass-on")
@for_roles(*OF_TOWNSHIP)
@refused_shows(one)
def pass_on(feedback_id: int, entry_id: int) -> ResponseReturnValue:
    """转给村里, in the words that stand in the form."""
    words, with_photo = typed_words("words"), typed("with_photo") == "yes"
    hand_on(site(), actor(), feedback_id, entry_id, words, now(), with_photo=with_photo)
    return _back(feedback_id, "已经转给村里。")


@bp.post("/<int:feedback_id>/answer")
@for_roles(*ANSWERING)
@refused_shows(one)
def answer(feedback_id: int) -> ResponseReturnValue:
    give_answer(site(), actor(), feedback_id, typed_words("words"), now())
    return _back(feedback_id, "已经答复，村民凭回执看得到。")


@bp.post("/<int:feedback_id>/turn-away")
@for_roles(*OF_TOWNSHIP)
@refused_shows(one)
def turn_away(feedback_id: int) -> ResponseReturnValue:
    reason = typed("reason")
    if reason not in set(NotTaken):
        raise refuse("reason_missing", "请选是哪一种不在这里办理的事。")
    give_away(site(), actor(), feedback_id, NotTaken(reason), now())
    return _back(feedback_id, "已经告诉村民该去哪里。")


@bp.post("/<int:feedback_id>/contact")
@for_roles(*OF_TOWNSHIP)
@refused_shows(one)
def contact(feedback_id: int) -> ResponseReturnValue:
    """Shown in this answer alone; the look is in the history."""
    return one(feedback_id, contact=see_contact(site(), actor(), feedback_id, now()))


def _forgotten(feedback_id: int) -> Consequence:  # noqa: ARG001 - what the view gets
    return Consequence(
        "去掉这位村民的联系方式？",
        ("去掉以后不能恢复，谁也联系不到，村民凭回执照样看得到答复。",),
    )


@bp.post("/<int:feedback_id>/forget")
@for_roles(*OF_TOWNSHIP)
@refused_shows(one)
@confirmed(_forgotten)
def forget(feedback_id: int) -> ResponseReturnValue:
    """As the asker wished by phone."""
    forget_contact_for(site(), actor(), feedback_id, now())
    return _back(feedback_id, "联系方式已经去掉。")


@bp.post("/<int:feedback_id>/joint")
@for_roles(*OF_TOWNSHIP)
@refused_shows(one)
def joint(feedback_id: int) -> ResponseReturnValue:
    """联名: figures alone, the names stay on paper."""
    kind = typed("joint_kind")
    if kind not in set(JointKind):
        raise refuse("joint_kind", "请选是谁联名。")
    signed, total = count_of(typed("signed"), "联名人数"), count_of(typed("total"), "总人数")
    said = record_joint(
        site(), actor(), feedback_id, Joint(JointKind(kind), signed or 0, total or 0), now()
    )
    return _back(feedback_id, said.words)


@bp.post("/<int:feedback_id>/correct")
@for_roles(Role.LIAISON)
@refused_shows(one)
def correct(feedback_id: int) -> ResponseReturnValue:
    """更正, linked to the question that caused it."""
    code = correct_for(site(), actor(), feedback_id, now())
    return redirect(url_for("drafts.edit", code=code))
