"""把文件带进来: a Word, Excel, PDF or text file becomes a draft, seen before it is put in."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bulletin.domain.errors import BulletinError, Refused, refuse
from bulletin.domain.notices.brought.parts import BroughtPicture
from bulletin.domain.notices.content import Block, Document, Paragraph, Table
from bulletin.domain.notices.content_serialization import document_json
from bulletin.domain.notices.workflow import Act
from bulletin.domain.people import Role
from bulletin.services.notices.detail import NoticeDetail, notice_detail
from bulletin.services.notices.drafts import insert_file, keep_file
from bulletin.services.notices.drafts.brought_file import (
    BroughtFile,
    CellsAsked,
    brought_file,
    is_bare_outline,
    waiting_file,
)
from bulletin.services.notices.drafts.draft import SavedMeanwhile
from bulletin.services.notices.drafts.insert_file import Brought, TextPlace
from bulletin.web.desk.inputs import count_of
from bulletin.web.guard import for_roles
from bulletin.web.refusals import http_status, sentences_of
from bulletin.web.request_context import actor, now, site

bp = Blueprint("bring", __name__, url_prefix="/desk/notices")
_MOST_ROWS = 12  # of a table that a page shows before it is put in


@bp.get("/<code>/bring")
@for_roles(Role.LIAISON)
def begin(code: str) -> ResponseReturnValue:
    """The form to choose a file, or the file that waits as it was read."""
    detail = notice_detail(site(), actor(), code, now())
    if Act.SUBMIT not in detail.offers:
        flash("这份公开件现在不能修改。", "note")
        return redirect(url_for("notices.notice", code=code))
    return _page(detail)


def _page(detail: NoticeDetail, error: BulletinError | None = None) -> ResponseReturnValue:
    code = detail.row.code
    sentences = sentences_of(error) if error else []
    status = http_status(error) if error else 200
    waiting = waiting_file(site(), actor(), code)
    if waiting is None or "other" in request.args:
        return _form(detail, sentences), status
    name, data, placed = waiting
    try:
        file = brought_file(site(), actor(), code, name, data, now(), _asked())
    except Refused as refused:  # what was asked for is not in the file: shown as it came
        sentences, status = [*sentences, *sentences_of(refused)], http_status(refused)
        try:
            file = brought_file(site(), actor(), code, name, data, now())
        except Refused:
            keep_file.forget(site(), actor(), code)
            return _form(detail, sentences), status
    return _preview(detail, file, sentences, again=bool(placed)), status


def _form(detail: NoticeDetail, sentences: Sequence[str]) -> str:
    return render_template("desk/bring.html", detail=detail, sentences=sentences, now=now())


def _preview(
    detail: NoticeDetail, file: BroughtFile, sentences: Sequence[str], *, again: bool
) -> str:
    """What a file brings; `again` when the draft has something of it already."""
    blocks = file.outline.blocks if file.outline else ()
    return render_template(
        "desk/bring_preview.html",
        detail=detail,
        file=file,
        shown=Document(tuple(map(_shortened, blocks))),
        longer=[table for table in blocks if isinstance(table, Table) and _hidden_rows(table)],
        pictures=sum(isinstance(block, BroughtPicture) for block in blocks),
        can_replace=is_bare_outline(detail.document.blocks),
        again=again,
        sentences=sentences,
        now=now(),
    )


def _hidden_rows(table: Table) -> int:
    return max(0, len(table.rows) - _MOST_ROWS)


def _shortened(block: Block | BroughtPicture) -> Block:
    """A block as the page shows it: pictures are kept only when the file is put in."""
    if isinstance(block, BroughtPicture):
        return Paragraph(f"［图片：{block.name}］")
    if isinstance(block, Table):
        return replace(block, rows=block.rows[:_MOST_ROWS])
    return block


@bp.post("/<code>/bring")
@for_roles(Role.LIAISON)
def bring(code: str) -> ResponseReturnValue:
    """A file: for a script its blocks as JSON, without one it waits while it is looked through."""
    is_script = "X-CSRFToken" in request.headers
    try:
        name, data = _sent()
        if is_script:
            return jsonify(_for_editor(code, name, data))
        keep_file.await_choice(site(), actor(), code, name, data, now())
    except Refused as refused:
        if is_script:
            return jsonify(sentences=sentences_of(refused)), http_status(refused)
        return _page(notice_detail(site(), actor(), code, now()), refused)
    return redirect(url_for("bring.begin", code=code))


def _for_editor(code: str, name: str, data: bytes) -> dict[str, Any]:
    """The blocks of a file; of one that asks for a choice nothing, and it waits on the page that asks."""
    brought = insert_file.bring(site(), actor(), code, name, data, now(), asked=_asked())
    file = brought.file
    if file.outline is None:
        keep_file.await_choice(site(), actor(), code, name, data, now())
        sheets = "、".join(dict.fromkeys(f"“{each.sheet}”" for each in file.choices))
        brought = replace(brought, omitted=(f"文件里有几张工作表：{sheets}。请先选带哪一张。",))
    elif file.chosen:
        keep_file.keep(site(), actor(), code, name, data, now(), placed=brought.document)
        words = f"带来的是“{file.chosen.sheet}”{file.chosen.cells}。要换一张或换一块，点下面的“带文件进来”。"
        if len(file.choices) > 1:
            brought = replace(brought, omitted=(words, *brought.omitted))
    return _answer(code, brought)


def _sent() -> tuple[str, bytes]:
    file = request.files.get("file")
    if file is None or not file.filename:
        raise refuse("no_file", "请先选一个文件。")
    return file.filename, file.read()


def _asked() -> CellsAsked | None:
    """The choice of a sheet: `choice` holds what the page lists, sheet and range parted by a line."""
    choice = request.values.get("choice", "").replace("\r\n", "\n")  # as browsers send a line's end
    sheet, _, cells = choice.partition("\n") if choice else (request.values.get("sheet"), "", "")
    cells = request.values.get("cells", "").strip() or cells.strip()
    if sheet is None:
        return None
    return CellsAsked(sheet=sheet, cells=cells, also_hidden=request.values.get("hidden") == "yes")


def _answer(code: str, brought: Brought) -> dict[str, Any]:
    """What the editor gets: its own blocks, and what a person has to know or to choose."""
    chosen = brought.file.chosen
    return {
        **({"title": brought.title} if brought.title else {}),  # a file without leaves the draft's
        "blocks": document_json(brought.document)["blocks"],
        "omitted": list(brought.omitted),
        "untitled": [f"文件的标题“{brought.title}”没有换上：草稿里已经写了内容。"]
        if brought.title
        else [],
        "choose": [
            {
                "sheet": choice.sheet,
                "cells": "" if choice.is_whole else choice.cells,
                "title": choice.title,
                "rows": choice.rows,
                "columns": choice.columns,
            }
            for choice in brought.file.choices
        ],
        "chosen": chosen
        and {
            "sheet": chosen.sheet,
            "cells": chosen.cells,
            "hidden": chosen.also_hidden,
            "holds_hidden": chosen.holds_hidden,
            "remembered": chosen.is_remembered,
        },
        # Of several sheets one is chosen there, and the file waits.
        "page": "" if brought.file.outline else url_for("bring.begin", code=code),
        "files": [
            {
                "file": upload.file,
                "name": upload.name,
                "url": url_for("notices.file", code=code, digest=upload.file, name=upload.name),
            }
            for upload in brought.uploads
        ],
    }


def _place() -> TextPlace:
    said = request.form.get("place", "")
    return TextPlace(said) if said in set(TextPlace) else TextPlace.AFTER


@bp.post("/<code>/bring/put")
@for_roles(Role.LIAISON)
def put(code: str) -> ResponseReturnValue:
    """Put the file that waits into the draft."""
    try:
        insert_file.put(
            site(),
            actor(),
            code,
            now(),
            version=count_of(request.form.get("version", ""), "版本") or 0,
            place=_place(),
            take_title=request.form.get("title") == "yes",
            keep_file=request.form.get("keep") == "yes",
            asked=_asked(),
        )
    except (Refused, SavedMeanwhile) as error:
        return _page(notice_detail(site(), actor(), code, now()), error)
    flash("已经放进草稿，请看一遍。")
    return redirect(url_for("drafts.edit", code=code))


@bp.post("/<code>/bring/cancel")
@for_roles(Role.LIAISON)
def cancel(code: str) -> ResponseReturnValue:
    """不要这个文件了: it is forgotten, the draft is as it was."""
    keep_file.forget(site(), actor(), code)
    flash("没有放进来，草稿没有变。", "note")
    return redirect(url_for("drafts.edit", code=code))
