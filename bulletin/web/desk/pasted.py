"""Pasted text for the editor's script: what it is meant as. Nothing is saved."""

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from bulletin.domain.errors import Refused
from bulletin.domain.notices.brought.parts import BroughtPicture
from bulletin.domain.notices.content import Document
from bulletin.domain.notices.content_serialization import document_json
from bulletin.domain.people import Role
from bulletin.services.notices.drafts.pasted_text import pasted_text
from bulletin.web.desk.inputs import count_of
from bulletin.web.guard import for_roles
from bulletin.web.refusals import http_status, sentences_of
from bulletin.web.request_context import actor, now, site

bp = Blueprint("pasted", __name__, url_prefix="/desk/notices")


@bp.post("/<code>/pasted")
@for_roles(Role.LIAISON)
def tell_apart(code: str) -> ResponseReturnValue:
    """A draft's blocks with those that were just pasted told apart: title, headings, lists, signature."""
    said = request.get_json(silent=True)
    said = said if isinstance(said, dict) else {}
    try:
        first, count = (
            count_of(str(said.get(name, "")), "位置") or 0 for name in ("first", "count")
        )
        outline = pasted_text(
            site(),
            actor(),
            code,
            said.get("blocks"),
            now(),
            first=first,
            count=count,
            untitled=said.get("untitled") is True,
        )
    except Refused as refused:
        return jsonify(sentences=sentences_of(refused)), http_status(refused)
    blocks = [block for block in outline.blocks if not isinstance(block, BroughtPicture)]
    return jsonify(
        **({"title": outline.title} if outline.title else {}),
        blocks=document_json(Document(tuple(blocks)))["blocks"],
        omitted=list(outline.omitted),
    )
