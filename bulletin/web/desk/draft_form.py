"""The form of the editor: what was saved or typed, and the field that a refusal is about."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from flask import request

from bulletin.domain.days import village_time
from bulletin.domain.errors import BulletinError, Refused, refuse
from bulletin.domain.notices.content_serialization import document_json
from bulletin.domain.notices.elements import ElementState
from bulletin.services.notices.detail import NoticeDetail
from bulletin.services.notices.drafts.draft_checks import DraftTodo
from bulletin.services.notices.drafts.saved_draft import SavedDraft
from bulletin.web.desk.inputs import count_of
from bulletin.web.rendering import recent_words

FIELD_OF = {  # the field of the editor that a refusal is about
    "title_missing": "title",
    "title_too_long": "title",
    "change_note_missing": "change_note",
    "change_note_too_long": "change_note",
    "moment_unreadable": "publish_at",
    "moment_passed": "publish_at",
    "planned_late": "publish_at",
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
    "objection_differs": "document",
}


@dataclass(frozen=True, kw_only=True)
class DraftForm:
    """A draft as it stands in the browser: what was saved, or what was typed and refused."""

    version: int
    title: str
    document: Any
    change_note: str
    publish_at: str  # 2026-10-10T09:00 in the village; '' for: with the last step
    posting_days: str

    @classmethod
    def saved(cls, detail: NoticeDetail) -> "DraftForm":
        return cls(
            version=detail.version,
            title=detail.row.title,
            document=document_json(detail.document),
            change_note=detail.change_note,
            publish_at=local_moment(detail.row.publish_at),
            posting_days=str(detail.posting.days),
        )


def local_moment(at: datetime | None) -> str:
    return f"{village_time(at):%Y-%m-%dT%H:%M}" if at else ""


def saved_json(saved: SavedDraft, at: datetime) -> dict[str, Any]:
    """A saved draft as the script shows it beside another text, or in its place."""
    return {
        "version": saved.version,
        "by": saved.by,
        "at_words": recent_words(saved.at, at),
        "title": saved.text.title,
        "document": saved.text.document,
        "change_note": saved.text.change_note,
        "publish_at": local_moment(saved.text.publish_at),
        "posting_days": str(saved.text.posting_days),
    }


def todo_json(todo: DraftTodo, at: datetime) -> dict[str, Any]:
    """What is still to be done in what was saved last, as the script reads it."""
    return {
        "saved_at_words": recent_words(todo.saved_at, at),
        "checks": [asdict(check) for check in todo.checks],
        "elements": [{"element": e.element, "state": _state_of(e)} for e in todo.elements],
    }


def _state_of(point: ElementState) -> str:
    if point.is_written:
        return "written"
    return "printed" if point.is_printed else "open"


def faults_by_field(error: BulletinError | None) -> dict[str, list[str]]:
    """The reasons by the field that each is about; those about none are left to the summary."""
    faults: dict[str, list[str]] = {}
    for refusal in error.refusals if isinstance(error, Refused) else ():
        if field := FIELD_OF.get(refusal.code):
            faults.setdefault(field, []).append(refusal.sentence)
    return faults


def form_payload() -> dict[str, Any]:
    """The form in the shape in which autosave sends it.

    Raises:
        Refused: the version or the text cannot be read.
    """
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


def typed_draft() -> DraftForm:
    """The form as it was sent, so that nothing typed is lost."""
    form = request.form
    try:
        document = _document()
    except Refused:
        document = {"blocks": []}
    version = form.get("version", "")
    return DraftForm(
        version=int(version) if version.isdecimal() else 0,
        title=form.get("title", ""),
        document=document,
        change_note=form.get("change_note", ""),
        publish_at=form.get("publish_at", ""),
        posting_days=form.get("posting_days", ""),
    )
