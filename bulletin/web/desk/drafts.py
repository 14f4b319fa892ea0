"""起草: the editor's page, its autosave, uploads, and submitting the draft."""

import json
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bulletin.domain.days import village_time
from bulletin.domain.errors import BulletinError, Refused, refuse
from bulletin.domain.notices.content_serialization import document_json
from bulletin.domain.notices.workflow import Act
from bulletin.domain.people import Role
from bulletin.services.notices import draft as notices_draft
from bulletin.services.notices import review
from bulletin.services.notices.detail import notice_detail
from bulletin.services.notices.draft import Saved, SavedMeanwhile
from bulletin.services.places.disclosure_day import offered_day
from bulletin.services.privacy import check as privacy_check
from bulletin.web.desk.inputs import MAX_ROW_ID, count_of, moment_of
from bulletin.web.desk.notices import notice
from bulletin.web.guard import for_roles
from bulletin.web.refusals import http_status, refused_shows, sentences_of
from bulletin.web.rendering import recent_words
from bulletin.web.request_context import actor, now, site, today

bp = Blueprint("drafts", __name__, url_prefix="/desk/notices")
FIELD_OF = {  # the field of the editor that a refusal is about
    "title_missing": "title",
    "title_too_long": "title",
    "change_note_missing": "change_note",
    "change_note_too_long": "change_note",
    "moment_unreadable": "publish_at",
    "moment_passed": "publish_at",
    "count_unreadable": "posting_days",
    "posting_too_short": "posting_days",
    "posting_too_long": "posting_days",
    "content_missing": "document",
    "heading_empty": "document",
    "alt_missing": "document",
    "column_untitled": "document",
    "file_missing": "document",
    "document_shape": "document",
    "document_block": "document",
    "personal_data": "document",
}


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A draft as it stands in the browser: what was saved, or what was typed and refused."""

    version: int
    title: str
    document: Any
    change_note: str
    publish_at: str  # 2026-10-10T09:00 in the village; '' for: with the last step
    posting_days: str


@bp.get("/<code>/edit")
@for_roles(Role.LIAISON)
def edit(code: str) -> ResponseReturnValue:
    file = notice_detail(site(), actor(), code, now())
    if Act.SUBMIT not in file.offers:
        flash("这份公开件现在不能修改。")
        return redirect(url_for("notices.notice", code=code))
    return _editor(
        code,
        Draft(
            version=file.version,
            title=file.row.title,
            document=document_json(file.document),
            change_note=file.change_note,
            publish_at=_local(file.row.publish_at),
            posting_days=str(file.posting_days),
        ),
    )


def _local(at: datetime | None) -> str:
    return f"{village_time(at):%Y-%m-%dT%H:%M}" if at else ""


def _editor(code: str, draft: Draft, error: BulletinError | None = None) -> str:
    file = notice_detail(site(), actor(), code, now())
    return render_template(
        "desk/edit.html",
        file=file,
        offered_day=offered_day(site(), actor(), file.row.village_id, today()),
        draft=draft,
        sentences=sentences_of(error) if error else [],
        faults=_faults(error),
        now=now(),
    )


def _faults(error: BulletinError | None) -> dict[str, list[str]]:
    """The reasons by the field that each is about; those about none are left to the summary."""
    faults: dict[str, list[str]] = {}
    for refusal in error.refusals if isinstance(error, Refused) else ():
        if field := FIELD_OF.get(refusal.code):
            faults.setdefault(field, []).append(refusal.sentence)
    return faults


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
        version=saved.version, saved_at_words=recent_words(saved.saved_at, now()),
        findings=_findings(code),
    )  # fmt: skip


def _save(code: str, payload: Any) -> Saved:
    if not isinstance(payload, dict) or not 0 <= _whole(payload.get("version")) <= MAX_ROW_ID:
        raise refuse("draft_shape", "没有认出这份草稿，请刷新页面后重试。")
    return notices_draft.save(
        site(), actor(), code, now(),
        version=payload["version"],
        title=str(payload.get("title", "")),
        document=payload.get("document"),
        change_note=str(payload.get("change_note", "")),
        publish_at=moment_of(str(payload.get("publish_at") or ""), "发布时间"),
        posting_days=count_of(str(payload.get("posting_days") or ""), "公示天数"),
    )  # fmt: skip


def _whole(version: Any) -> int:
    return version if isinstance(version, int) else -1


def _conflict(conflict: SavedMeanwhile) -> Response:
    response = jsonify(
        sentence=str(conflict),
        by=conflict.by,
        at_words=recent_words(conflict.at, now()),
        theirs={
            "version": conflict.version,
            "title": conflict.title,
            "document": conflict.document,
        },
    )
    response.status_code = http_status(conflict)
    return response


def _refused(refused: Refused) -> Response:
    response = jsonify(sentences=sentences_of(refused), faults=_faults(refused))
    response.status_code = http_status(refused)
    return response


def _findings(code: str) -> list[dict[str, str]]:
    return [
        {"kind": line.kind, "place": line.place, "masked": line.masked, "words": line.words}
        for line in privacy_check.check_edition(site(), actor(), code)
        if line.is_open
    ]


@bp.get("/<code>/check")
@for_roles(Role.LIAISON)
def check(code: str) -> Response:
    """What the privacy check finds in what was saved last."""
    return jsonify(findings=_findings(code))


@bp.post("/<code>/upload")
@for_roles(Role.LIAISON)
def upload(code: str) -> Response:
    file = request.files.get("file")
    try:
        if file is None or not file.filename:
            raise refuse("no_file", "请先选一个文件。")
        kept = notices_draft.attach(site(), actor(), code, file.filename, file.read(), now())
    except Refused as refused:  # the script shows each reason beside its field
        return _refused(refused)
    url = url_for("notices.file", code=code, digest=kept.file, name=kept.name)
    return jsonify(file=kept.file, name=kept.name, kind=kept.kind, url=url)


@bp.post("/<code>/submit")
@for_roles(Role.LIAISON)
@refused_shows(notice)
def submit(code: str) -> ResponseReturnValue:
    """Submit the draft to the first reviewer; the form of the editor is saved first."""
    if "document" in request.form:
        return _save_form(code, submit=True)
    return _submit(code)


def _save_form(code: str, *, submit: bool) -> ResponseReturnValue:
    try:
        saved = _save(code, _form())
    except (SavedMeanwhile, Refused) as error:  # each reason stands beside its field
        return _editor(code, _typed(), error), http_status(error)
    if submit:
        try:
            return _submit(code)
        except Refused as refused:  # the text is saved: the form goes on from that version
            draft = replace(_typed(), version=saved.version)
            return _editor(code, draft, refused), http_status(refused)
    flash("已经保存。")
    return redirect(url_for("notices.notice", code=code))


def _submit(code: str) -> ResponseReturnValue:
    state = review.submit(site(), actor(), code, now())
    flash(f"已经提交，现在{state.label}。")
    return redirect(url_for("notices.notice", code=code))


def _form() -> dict[str, Any]:
    return {
        **request.form,
        "version": count_of(request.form.get("version", ""), "版本"),
        "document": _document(),
    }


def _document() -> Any:
    try:
        return json.loads(request.form.get("document", ""))
    except json.JSONDecodeError:
        raise refuse("document_shape", "正文不是可识别的格式，请刷新页面后重试。") from None


def _typed() -> Draft:
    """The form as it was sent, so that nothing typed is lost."""
    form = request.form
    try:
        document = _document()
    except Refused:
        document = {"blocks": []}
    version = form.get("version", "")
    return Draft(
        version=int(version) if version.isdecimal() else 0,
        title=form.get("title", ""),
        document=document,
        change_note=form.get("change_note", ""),
        publish_at=form.get("publish_at", ""),
        posting_days=form.get("posting_days", ""),
    )
