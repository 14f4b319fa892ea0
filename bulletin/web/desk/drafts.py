"""起草: the editor's page, its autosave, uploads, and handing the draft in."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, flash, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

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
from bulletin.web.desk.inputs import MAX_ROW_ID, count_of, http_status, moment_of, sentences
from bulletin.web.guard import for_roles
from bulletin.web.rendering import recent_words
from bulletin.web.request_context import actor, now, site, today

bp = Blueprint("drafts", __name__, url_prefix="/desk/notices")
Answer = str | AnyResponse | tuple[str, int]
FIELD_OF = {  # beside which field of the editor a refusal is said
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


@dataclass(frozen=True)
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
def edit(code: str) -> Answer:
    detail = notice_detail(site(), actor(), code, now())
    if Act.SUBMIT not in detail.offers:
        flash("这份公开件现在不能修改。")
        return redirect(url_for("notices.notice", code=code))
    return _editor(
        code,
        Draft(
            detail.version, detail.row.title, document_json(detail.document), detail.change_note,
            _local(detail.row.publish_at), str(detail.posting_days),
        ),
    )  # fmt: skip


def _local(at: datetime | None) -> str:
    return f"{village_time(at):%Y-%m-%dT%H:%M}" if at else ""


def _editor(code: str, draft: Draft, error: BulletinError | None = None) -> str:
    detail = notice_detail(site(), actor(), code, now())
    return render_template(
        "desk/edit.html",
        detail=detail,
        offered_day=offered_day(site(), actor(), detail.row.village_id, today()),
        draft=draft,
        sentences=sentences(error) if error else [],
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
def save(code: str) -> Response | Answer:
    """Autosave as JSON, or the whole form when a person presses 保存."""
    if not request.is_json:
        return _save_form(code, submit=False)
    try:
        saved = _save(code, request.get_json())
    except SavedMeanwhile as other:
        return _overtaken(other)
    except Refused as refused:
        return _refused(refused)
    return jsonify(
        version=saved.version, saved_at_words=recent_words(saved.saved_at, now()),
        findings=_findings(code),
    )  # fmt: skip


def _save(code: str, said: Any) -> Saved:
    if not isinstance(said, dict) or not 0 <= _whole(said.get("version")) <= MAX_ROW_ID:
        raise refuse("draft_shape", "没有认出这份草稿，请刷新页面后重试。")
    return notices_draft.save(
        site(), actor(), code, now(),
        version=said["version"],
        title=str(said.get("title", "")),
        document=said.get("document"),
        change_note=str(said.get("change_note", "")),
        publish_at=moment_of(str(said.get("publish_at") or ""), "发布时间"),
        posting_days=count_of(str(said.get("posting_days") or ""), "公示天数"),
    )  # fmt: skip


def _whole(version: Any) -> int:
    return version if isinstance(version, int) else -1


def _overtaken(other: SavedMeanwhile) -> Response:
    response = jsonify(
        sentence=str(other), by=other.by, at_words=recent_words(other.at, now()),
        theirs={"version": other.version, "title": other.title, "document": other.document},
    )  # fmt: skip
    response.status_code = http_status(other)
    return response


def _refused(refused: Refused) -> Response:
    response = jsonify(sentences=sentences(refused), faults=_faults(refused))
    response.status_code = http_status(refused)
    return response


def _findings(code: str) -> list[dict[str, str]]:
    return [
        {"kind": found.kind, "place": found.place, "masked": found.masked, "words": found.words}
        for found in privacy_check.check_edition(site(), actor(), code)
        if found.is_open
    ]


@bp.get("/<code>/check")
@for_roles(Role.LIAISON)
def check(code: str) -> Response:
    """What the privacy check finds in what was saved last."""
    return jsonify(findings=_findings(code))


@bp.post("/<code>/upload")
@for_roles(Role.LIAISON)
def upload(code: str) -> Response:
    sent = request.files.get("file")
    try:
        if sent is None or not sent.filename:
            raise refuse("no_file", "请先选一个文件。")
        kept = notices_draft.attach(site(), actor(), code, sent.filename, sent.read(), now())
    except Refused as refused:
        return _refused(refused)
    url = url_for("notices.file", code=code, digest=kept.file, name=kept.name)
    return jsonify(file=kept.file, name=kept.name, kind=kept.kind, url=url)


@bp.post("/<code>/submit")
@for_roles(Role.LIAISON)
def submit(code: str) -> Answer:
    """Hand the draft to the first reviewer; the form of the editor is saved first."""
    if "document" in request.form:
        return _save_form(code, submit=True)
    return _submit(code)


def _save_form(code: str, *, submit: bool) -> Answer:
    try:
        said = _form()
        saved = _save(code, said)
    except (SavedMeanwhile, Refused) as error:
        return _editor(code, _typed(), error), http_status(error)
    if submit:
        return _submit(code, Draft(**(vars(_typed()) | {"version": saved.version})))
    flash("已经保存。")
    return redirect(url_for("notices.notice", code=code))


def _submit(code: str, draft: Draft | None = None) -> Answer:
    """Refused, the draft stays on the screen it was handed in from, with every reason."""
    try:
        state = review.submit(site(), actor(), code, now())
    except Refused as refused:
        if draft is not None:
            return _editor(code, draft, refused), http_status(refused)
        detail = notice_detail(site(), actor(), code, now())
        page = render_template(
            "desk/notice.html", detail=detail, sentences=sentences(refused), act="", now=now()
        )
        return page, http_status(refused)
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
        int(version) if version.isdecimal() else 0, form.get("title", ""), document,
        form.get("change_note", ""), form.get("publish_at", ""), form.get("posting_days", ""),
    )  # fmt: skip
