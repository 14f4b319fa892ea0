"""登记簿: documents, decisions, fees and cases of the township."""

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bulletin.domain.amounts import amount_of
from bulletin.domain.errors import refuse
from bulletin.domain.formats import TableFormat
from bulletin.domain.oversight.registers import CaseResult, RegisterKind
from bulletin.services.desk.navigation import frame
from bulletin.services.oversight.office import KEEPERS, READERS, keeps
from bulletin.services.oversight.registers.books import entry_lines
from bulletin.services.oversight.registers.record_entry import (
    NewEntry,
    declare_void,
    end_entry,
    enter,
)
from bulletin.services.oversight.registers.tables import registers_file
from bulletin.web.desk.annual import ensure_reads, years_offered
from bulletin.web.desk.inputs import day_typed, typed
from bulletin.web.desk.list_query import ListQuery
from bulletin.web.downloads import table_response
from bulletin.web.guard import for_roles
from bulletin.web.refusals import refused_shows
from bulletin.web.rendering import labels_of
from bulletin.web.request_context import actor, now, site, today

bp = Blueprint("registers", __name__, url_prefix="/desk/registers")


@bp.get("")
@for_roles(*READERS)
def every(*, sentences: Sequence[str] = ()) -> str:
    ensure_reads()
    asked = ListQuery("registers.every")
    kind = asked.member("kind", RegisterKind)
    year = asked.year(years_offered())
    return render_template(
        "desk/registers.html",
        page=entry_lines(site(), actor(), kind=kind, year=year, number=asked.number),
        asked=asked,
        year=year or today().year,
        mine=keeps(actor()),
        results=labels_of(CaseResult),
        sentences=sentences,
        today=today(),
    )


@bp.get("/registers.<any(xlsx, csv):form>")
@for_roles(*READERS)
def file(form: TableFormat) -> ResponseReturnValue:
    """The registers as they are narrowed, each on a sheet of its own."""
    asked = ListQuery("registers.every")
    kind, year = asked.member("kind", RegisterKind), asked.year(years_offered())
    place = frame(site(), actor(), now()).place
    data = registers_file(site(), actor(), place, form, kind=kind, year=year)
    name = kind.label if kind else "登记簿"
    return table_response(data, form, f"{place}{f'{year}年' if year else ''}{name}.{form}")


@bp.get("/new")
@for_roles(*KEEPERS)
def entry(*, sentences: Sequence[str] = ()) -> str:
    """The form of a new entry."""
    ensure_reads()
    return render_template(
        "desk/register_entry.html",
        kinds=labels_of(RegisterKind),
        typed=request.form,
        sentences=sentences,
        today=today(),
    )


@bp.post("/new")
@for_roles(*KEEPERS)
@refused_shows(entry)
def add() -> ResponseReturnValue:
    kind = typed("kind")
    if kind not in set(RegisterKind):
        raise refuse("kind_missing", "请选登记的是哪一类。")
    new = NewEntry(
        kind=RegisterKind(kind),
        on=day_typed("done_on"),
        title=typed("title"),
        number=typed("number"),
        fen=_fen(typed("yuan")),
    )
    enter(site(), actor(), new, now())
    return _done("登记好了。")


@bp.post("/<int:entry_id>/end")
@for_roles(*KEEPERS)
@refused_shows(every)
def end(entry_id: int) -> ResponseReturnValue:
    result = typed("result")
    chosen = CaseResult(result) if result in set(CaseResult) else None
    end_entry(site(), actor(), entry_id, day_typed("ended_on"), chosen, now())
    return _done("结果登记好了。")


@bp.post("/<int:entry_id>/void")
@for_roles(*KEEPERS)
@refused_shows(every)
def void(entry_id: int) -> ResponseReturnValue:
    declare_void(site(), actor(), entry_id, typed("reason"), now())
    return _done("这一条作废了，原因留在登记簿里。")


def _fen(text: str) -> int:
    """An amount in yuan as fen; 0 for an empty field."""
    if not text:
        return 0
    amount = amount_of(text)
    if amount is None or amount * 100 != int(amount * 100):
        raise refuse("amount_unreadable", "金额要写成 1280 或者 1280.50 这样，单位是元。")
    return int(amount * 100)


def _done(words: str) -> ResponseReturnValue:
    flash(words)
    return redirect(url_for("registers.every"))
