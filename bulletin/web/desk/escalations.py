"""督办: what is late for long enough, what was issued about it, and what was said to that."""

from collections.abc import Sequence

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bulletin.domain.codes import read_code
from bulletin.domain.errors import NotFoundError, refuse
from bulletin.domain.oversight.escalation.course import ANSWERERS, may_issue
from bulletin.domain.oversight.escalation.steps import EscalationEnd
from bulletin.domain.people import Role
from bulletin.services.oversight.escalation import answer as answers
from bulletin.services.oversight.escalation import end as ends
from bulletin.services.oversight.escalation import issue, offers, overview
from bulletin.services.oversight.escalation import paper as paper_of
from bulletin.services.oversight.escalation.access import NO_ESCALATION
from bulletin.services.oversight.escalation.draft_notice import draft_notice
from bulletin.services.oversight.escalation.offers import by_village
from bulletin.web.desk.inputs import day_typed, row_id_typed, row_ids_typed, typed
from bulletin.web.desk.list_query import ListQuery
from bulletin.web.downloads import pdf_response
from bulletin.web.guard import for_roles, staff
from bulletin.web.refusals import refused_shows
from bulletin.web.rendering import labels_of
from bulletin.web.request_context import actor, now, site, today

bp = Blueprint("escalations", __name__)


@bp.get("/desk/escalations")
@staff
def every(*, sentences: Sequence[str] = ()) -> str:
    asked = ListQuery("escalations.every")
    return render_template(
        "desk/escalations.html",
        page=overview.escalation_lines(site(), actor(), now(), number=asked.number),
        asked=asked,
        issues=may_issue(actor()),
        waiting=offers.offered_count(site(), actor(), now()),
        sentences=sentences,
        today=today(),
    )


@bp.get("/desk/escalations/late")
@for_roles(Role.OVERSEER)
def late() -> str:
    """What is late for long enough, and what may follow."""
    asked = ListQuery("escalations.late")
    page = offers.late_duties(site(), actor(), now(), number=asked.number).page
    return render_template(
        "desk/escalations_late.html",
        page=page,
        duties=by_village(page.lines),
        findings=by_village(offers.late_findings(site(), actor(), now())),
        asked=asked,
        today=today(),
    )


@bp.get("/desk/escalations/new")
@for_roles(Role.OVERSEER)
@refused_shows(every)
def new() -> ResponseReturnValue:
    return _new()


def _new(*, sentences: Sequence[str] = ()) -> str:
    step = issue.step_to_issue(site(), actor(), now(), **_about())
    return render_template(
        "desk/escalation_new.html",
        step=step,
        demand=_words("demand") or step.demand,
        sentences=sentences,
        today=today(),
    )


@bp.post("/desk/escalations")
@for_roles(Role.OVERSEER)
@refused_shows(_new)
def issue_step() -> ResponseReturnValue:
    escalation_id = issue.issue(site(), actor(), now(), demand=_words("demand"), **_about())
    flash("发出了。请打印、盖章，送到村里。")
    return _to(escalation_id)


@bp.get("/E/<code>")
@staff
def scanned(code: str) -> ResponseReturnValue:
    """The code of its paper; only who signs in sees what it leads to."""
    whole = read_code(code)
    if whole is None:
        raise NotFoundError(NO_ESCALATION)
    return _to(paper_of.id_by_code(site(), actor(), whole))


@bp.get("/desk/escalations/<int:escalation_id>")
@staff
def one(escalation_id: int, *, act: str = "", sentences: Sequence[str] = ()) -> str:
    """One step; act: which of its forms was refused."""
    return render_template(
        "desk/escalation.html",
        view=overview.escalation_view(site(), actor(), escalation_id, now()),
        ends=labels_of(EscalationEnd),
        extension_days=site().escalation.extension_days,
        act=act,
        sentences=sentences,
        today=today(),
    )


@bp.get("/desk/escalations/<int:escalation_id>/paper.pdf")
@staff
def paper(escalation_id: int) -> Response:
    name, data = paper_of.kept_paper(site(), actor(), escalation_id)
    return pdf_response(data, name)


@bp.post("/desk/escalations/<int:escalation_id>/answer")
@for_roles(*ANSWERERS)
@refused_shows(one, act="answer")
def answer(escalation_id: int) -> ResponseReturnValue:
    answers.answer(site(), actor(), escalation_id, _words("words"), now(), item=_item())
    flash("答复交上去了。")
    return _to(escalation_id)


@bp.post("/desk/escalations/<int:escalation_id>/extend")
@for_roles(Role.OVERSEER)
@refused_shows(one, act="extend")
def extend(escalation_id: int) -> ResponseReturnValue:
    ends.extend(site(), actor(), escalation_id, day_typed("until_on"), _words("words"), now())
    flash("延期登记好了。")
    return _to(escalation_id)


@bp.post("/desk/escalations/<int:escalation_id>/end")
@for_roles(Role.OVERSEER)
@refused_shows(one, act="end")
def end(escalation_id: int) -> ResponseReturnValue:
    ended_as = typed("ended_as")
    if ended_as not in set(EscalationEnd):
        raise refuse("end_missing", "请选办结的结果。")
    end_as, words = EscalationEnd(ended_as), _words("words")
    ends.end(site(), actor(), escalation_id, end_as, words, now(), item=_item())
    flash("办结了。")
    return _to(escalation_id)


@bp.post("/desk/escalations/<int:escalation_id>/notice")
@for_roles(Role.LIAISON)
@refused_shows(one)
def notice(escalation_id: int) -> ResponseReturnValue:
    """公开通报: a draft of the township, that passes its review like any other."""
    code = draft_notice(site(), actor(), escalation_id, now())
    return redirect(url_for("drafts.edit", code=code))


def _about() -> dict[str, list[int]]:
    """The duties and findings that were chosen."""
    return {
        "duties": row_ids_typed("duty"),
        "findings": row_ids_typed("finding"),
    }


def _item() -> int:
    """Which of the things that the paper names a form is about."""
    return row_id_typed("item") or 1


def _words(name: str) -> str:
    """Lines of a form; browsers send their ends as two characters and count one."""
    return request.form.get(name, "").replace("\r\n", "\n").strip()


def _to(escalation_id: int) -> ResponseReturnValue:
    return redirect(url_for("escalations.one", escalation_id=escalation_id))
