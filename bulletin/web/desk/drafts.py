"""起草: the editor's page, its autosave, uploads, and submitting the draft."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bulletin.domain.duties.planned_day import LatePlan, PlanLimit, late_plan
from bulletin.domain.errors import BulletinError, Refused, refuse
from bulletin.domain.notices.content import ContentLanguage
from bulletin.domain.notices.draft_checks import Weight
from bulletin.domain.notices.workflow import Act
from bulletin.domain.people import Role
from bulletin.services.notices.detail import NoticeDetail, notice_detail
from bulletin.services.notices.drafts import draft as notices_draft
from bulletin.services.notices.drafts import saved_draft
from bulletin.services.notices.drafts import submit as notices_submit
from bulletin.services.notices.drafts.draft import Saved, SavedMeanwhile
from bulletin.services.notices.drafts.draft_checks import draft_todo
from bulletin.services.notices.drafts.submit import NotSubmitted
from bulletin.services.notices.finance.overview import money_overview
from bulletin.services.notices.patterns.old_figures import old_figures_of
from bulletin.services.notices.reviews.comments import comments_of
from bulletin.services.places.disclosure_day import OfferedDay, offered_day
from bulletin.web.confirmations import confirmed, released
from bulletin.web.desk.draft_form import (
    DraftForm,
    faults_by_field,
    form_payload,
    saved_json,
    todo_json,
    typed_draft,
)
from bulletin.web.desk.inputs import MAX_ROW_ID, count_of, moment_of, typed
from bulletin.web.desk.notices import notice
from bulletin.web.editor_script import script_version
from bulletin.web.guard import for_roles
from bulletin.web.refusals import http_status, refused_shows, sentences_of
from bulletin.web.rendering import labels_of
from bulletin.web.request_context import actor, now, site, today

bp = Blueprint("drafts", __name__, url_prefix="/desk/notices")


@bp.get("/<code>/edit")
@for_roles(Role.LIAISON)
def edit(code: str) -> ResponseReturnValue:
    detail = notice_detail(site(), actor(), code, now())
    if Act.SUBMIT not in detail.offers:
        flash("这份公开件现在不能修改。", "note")
        return redirect(url_for("notices.notice", code=code))
    return _editor(code, DraftForm.saved(detail), detail=detail)


def saved_draft_page(code: str, sentences: Sequence[str] = ()) -> str:
    """The editor with what was saved last, and why something else was refused."""
    detail = notice_detail(site(), actor(), code, now())
    return _editor(code, DraftForm.saved(detail), detail=detail, sentences=sentences)


def _editor(
    code: str,
    draft: DraftForm,
    error: BulletinError | None = None,
    *,
    sentences: Sequence[str] = (),
    detail: NoticeDetail | None = None,
) -> str:
    detail = detail or notice_detail(site(), actor(), code, now())
    day = offered_day(site(), actor(), detail.row.village_id, today())
    return render_template(
        "desk/edit.html",
        detail=detail,
        comments=comments_of(site(), actor(), code, now()),
        offered_day=day,
        day_too_late=_too_late(day, detail),
        draft=draft,
        content_languages=labels_of(ContentLanguage),
        money=money_overview(site(), actor(), code, now()),
        sentences=sentences_of(error) if error else list(sentences),
        faults=faults_by_field(error),
        todo=_todo(code),
        script_version=script_version(),
        old=old_figures_of(site(), actor(), code),
        now=now(),
    )


def _is_doubtful(error: BulletinError | None) -> bool:
    """Whether what was refused goes on when the person says that it is meant so."""
    return isinstance(error, NotSubmitted) and any(
        check.weight is not Weight.STOP for check in error.checks
    )


def _too_late(day: OfferedDay | None, detail: NoticeDetail) -> LatePlan | None:
    """What the next 集中公开日 would be too late for."""
    if day is None or detail.row.edition > 1:
        return None
    return late_plan(
        day.on, ((PlanLimit.DUE, duty.due_on) for duty in detail.subject.duties), today()
    )


@bp.post("/<code>/save")
@for_roles(Role.LIAISON)
def save(code: str) -> ResponseReturnValue:
    """Autosave as JSON, or the whole form when a person presses 保存."""
    if not request.is_json:
        return _save_form(code, submit=False)
    try:
        saved = _save(code, request.get_json())
    except SavedMeanwhile as conflict:
        return _conflict(conflict)
    except Refused as refused:  # the script shows each reason beside its field
        return _refused(refused)
    return jsonify(
        version=saved.version,
        late_words=saved.late_words,
        **_todo(code),
    )


def _save(code: str, payload: Any) -> Saved:
    if not isinstance(payload, dict) or not 0 <= _whole(payload.get("version")) <= MAX_ROW_ID:
        raise refuse("draft_shape", "没有认出这份草稿，请刷新页面后重试。")
    return notices_draft.save(
        site(), actor(), code, now(), version=payload["version"], **_typed(payload)
    )


def _typed(payload: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": str(payload.get("title", "")),
        "document": payload.get("document"),
        "change_note": str(payload.get("change_note", "")),
        "publish_at": moment_of(str(payload.get("publish_at") or ""), "发布时间"),
        "posting_days": count_of(str(payload.get("posting_days") or ""), "公示天数"),
    }


def _whole(version: Any) -> int:
    return version if isinstance(version, int) else -1


@bp.post("/<code>/compare")
@for_roles(Role.LIAISON)
def compare(code: str) -> Response:
    """Whether a text that the browser kept is the saved one, whatever its spelling; and the saved one."""
    payload = request.get_json(silent=True)
    try:
        typed = _typed(payload if isinstance(payload, dict) else {})
    except Refused:  # a day or a number half typed: never saved
        typed = _typed({})
    is_same, saved = saved_draft.compared(site(), actor(), code, **typed)
    return jsonify(same=is_same, **saved_json(saved, now()))


def _conflict(conflict: SavedMeanwhile) -> Response:
    theirs = saved_json(conflict.saved, now())
    response = jsonify(
        sentence=str(conflict), by=theirs["by"], at_words=theirs["at_words"], theirs=theirs
    )
    response.status_code = http_status(conflict)
    return response


def _refused(refused: Refused) -> Response:
    response = jsonify(sentences=sentences_of(refused), faults=faults_by_field(refused))
    response.status_code = http_status(refused)
    return response


def _todo(code: str) -> dict[str, Any]:
    return todo_json(draft_todo(site(), actor(), code, now()), now())


@bp.get("/<code>/check")
@for_roles(Role.LIAISON)
def check(code: str) -> Response:
    """What is still to be done in what was saved last."""
    return jsonify(_todo(code))


@bp.post("/<code>/upload")
@for_roles(Role.LIAISON)
def upload(code: str) -> Response:
    file = request.files.get("file")
    try:
        if file is None or not file.filename:
            raise refuse("no_file", "请先选一个文件。")
        stored = notices_draft.attach(site(), actor(), code, file.filename, file.read(), now())
    except Refused as refused:  # the script shows each reason beside its field
        return _refused(refused)
    url = url_for("notices.file", code=code, digest=stored.file, name=stored.name)
    return jsonify(file=stored.file, name=stored.name, kind=stored.kind, url=url)


@bp.post("/<code>/submit")
@for_roles(Role.LIAISON)
@refused_shows(notice)
@confirmed(released)
def submit(code: str) -> ResponseReturnValue:
    """Submit the draft to the first reviewer; the form of the editor is saved first."""
    if "document" in request.form:
        return _save_form(code, submit=True)
    try:
        return _submit(code)
    except Refused as refused:
        if not _is_doubtful(refused):
            raise
        detail = notice_detail(site(), actor(), code, now())  # the editor has the box to confirm
        page = _editor(code, DraftForm.saved(detail), refused, detail=detail)
        return page, http_status(refused)


def _save_form(code: str, *, submit: bool) -> ResponseReturnValue:
    try:
        saved = _save(code, form_payload())
    except (SavedMeanwhile, Refused) as error:  # each reason stands beside its field
        return _editor(code, typed_draft(), error), http_status(error)
    if submit:
        try:
            return _submit(code)
        except Refused as refused:  # the text is saved: the form goes on from that version
            draft = replace(typed_draft(), version=saved.version)
            return _editor(code, draft, refused), http_status(refused)
    flash("已经保存。")
    return redirect(url_for("notices.notice", code=code))


def _submit(code: str) -> ResponseReturnValue:
    state = notices_submit.submit(
        site(),
        actor(),
        code,
        now(),
        confirmed=typed("confirmed") == "yes",
        why=typed("why"),
    )
    flash(f"已经提交，现在{state.label}。")
    return redirect(url_for("notices.notice", code=code))
