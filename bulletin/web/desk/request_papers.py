"""依申请公开: who asked, the letters that are issued, the record corrected once it is ended."""

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bulletin.domain.errors import NotFoundError, refuse
from bulletin.domain.oversight.requests.course import ApplicantClass
from bulletin.domain.oversight.requests.letters import TO_FILL, LetterKind
from bulletin.domain.oversight.requests.outcomes import outcomes_by_part
from bulletin.domain.people import Role
from bulletin.services.oversight.office import KEEPERS
from bulletin.services.oversight.requests.correct import CorrectedRequest, correct_request
from bulletin.services.oversight.requests.detail import request_view
from bulletin.services.oversight.requests.draft_disclosure import draft_disclosure
from bulletin.services.oversight.requests.papers.issue_letter import issue_letter
from bulletin.services.oversight.requests.papers.letters import (
    LetterDraft,
    draft_letter,
    letter_pdf,
)
from bulletin.services.oversight.requests.see_applicant import see_contact
from bulletin.web.desk.inputs import day_typed, row_id, row_id_typed, typed
from bulletin.web.desk.requests import lines_typed, one
from bulletin.web.downloads import pdf_response
from bulletin.web.guard import for_roles
from bulletin.web.refusals import refused_shows
from bulletin.web.rendering import labels_of
from bulletin.web.request_context import actor, now, site, today

bp = Blueprint("request_papers", __name__, url_prefix="/desk/requests/<int:request_id>")


@bp.post("/contact")
@for_roles(*KEEPERS)
@refused_shows(one)
def contact(request_id: int) -> ResponseReturnValue:
    """Shown in this answer alone; the look is in the history."""
    return one(request_id, contact=see_contact(site(), actor(), request_id, now()))


@bp.get("/letters/new")
@for_roles(*KEEPERS)
def letter(request_id: int, *, sentences: Sequence[str] = ()) -> str:
    """A letter to read over, and to change, before it is issued."""
    kind, step_id = _asked_letter()
    drafted = draft_letter(site(), actor(), request_id, kind, step_id, now())
    return render_template(
        "desk/request_letter.html",
        letter=drafted,
        line=request_view(site(), actor(), request_id, now()).line,
        typed=request.form,
        to_fill=TO_FILL,
        sentences=sentences,
        today=today(),
    )


@bp.post("/letters/new")
@for_roles(*KEEPERS)
@refused_shows(letter)
def issue(request_id: int) -> ResponseReturnValue:
    kind, step_id = _asked_letter()
    written = LetterDraft(kind, step_id, "", typed("to"), lines_typed("text"))
    issue_letter(site(), actor(), request_id, written, now())
    flash(f"{kind.label}出好了，可以打印；出了的不能改，要改就另出一份。")
    return redirect(url_for("requests.one", request_id=request_id))


@bp.get("/letters/<int:letter_id>.pdf")
@for_roles(*KEEPERS)
def issued(request_id: int, letter_id: int) -> ResponseReturnValue:
    """A letter as it was issued."""
    name, pdf = letter_pdf(site(), actor(), request_id, letter_id)
    return pdf_response(pdf, name)


@bp.get("/correct")
@for_roles(*KEEPERS)
def correction(request_id: int, *, sentences: Sequence[str] = ()) -> str:
    """What the record of an ended request says, to be corrected with a reason."""
    view = request_view(site(), actor(), request_id, now())
    if view.is_open or not view.keeps:
        raise NotFoundError("只有办结了的申请才更正。")
    return render_template(
        "desk/correct_request.html",
        view=view,
        parts=outcomes_by_part(site().requests.outcomes, site().report_layouts[-1]),
        applicants=labels_of(ApplicantClass),
        typed=request.form,
        sentences=sentences,
        today=today(),
    )


@bp.post("/correct")
@for_roles(*KEEPERS)
@refused_shows(correction)
def correct(request_id: int) -> ResponseReturnValue:
    applicant = typed("applicant")
    if applicant not in set(ApplicantClass):
        raise refuse("applicant_missing", "请选申请人是哪一类。")
    new = CorrectedRequest(
        outcome=typed("outcome"),
        ended_on=day_typed("done_on"),
        answer=lines_typed("words"),
        applicant=ApplicantClass(applicant),
        reason=typed("reason"),
    )
    correct_request(site(), actor(), request_id, new, now())
    flash("更正好了，原来怎么登记的、为什么更正都留着。")
    return redirect(url_for("requests.one", request_id=request_id))


@bp.post("/disclose")
@for_roles(Role.LIAISON)
@refused_shows(one)
def disclose(request_id: int) -> ResponseReturnValue:
    """转为主动公开: a draft under an item of the township's catalog."""
    duty = row_id_typed("duty") or 0
    code = draft_disclosure(site(), actor(), request_id, duty, now())
    return redirect(url_for("drafts.edit", code=code))


def _asked_letter() -> tuple[LetterKind, int | None]:
    kind = request.values.get("kind", "")
    if kind not in set(LetterKind):
        raise NotFoundError("没有这种文书。")
    return LetterKind(kind), request.values.get("step", type=row_id)
