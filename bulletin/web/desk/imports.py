"""导入目录: a file is looked through row by row, and nothing changes before a person confirms."""

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from bulletin.domain.catalog.differences import Arrival
from bulletin.domain.catalog.imports import ImportedRow
from bulletin.domain.catalog.items import PublisherKind
from bulletin.domain.catalog.row_limits import usual_limits
from bulletin.domain.catalog.rows import RowChoice
from bulletin.domain.deadlines.text import limit_words
from bulletin.domain.errors import Refused, refuse
from bulletin.domain.people import Role
from bulletin.services.catalog import import_file, order_import, propose_import
from bulletin.services.catalog.propose_import import Proposal
from bulletin.services.long_jobs.state import JobLine
from bulletin.services.places.villages import village_choices
from bulletin.web.desk.inputs import count_of, day_of, row_id, row_id_typed, typed
from bulletin.web.desk.long_work import line_of_running, line_once_begun, waiting_page
from bulletin.web.guard import for_roles
from bulletin.web.refusals import http_status, refused_shows, sentences_of
from bulletin.web.rendering import labels_of
from bulletin.web.request_context import actor, now, site, today

bp = Blueprint("imports", __name__, url_prefix="/desk/catalog/import")


@bp.get("")
@for_roles(Role.ADMINISTRATOR)
def begin() -> str:
    """The file that waits for a yes, or the form to choose one."""
    waiting = propose_import.proposal(site(), actor())
    return _preview(waiting) if waiting else _form()


def _form(*, sentences: Sequence[str] = ()) -> str:
    return render_template(
        "desk/import.html",
        villages=village_choices(site(), actor(), today()),
        village_id=request.values.get("village", type=row_id),
        sentences=sentences,
        now=now(),
    )


@bp.post("")
@for_roles(Role.ADMINISTRATOR)
@refused_shows(_form)
def propose() -> ResponseReturnValue:
    """Read a file and keep it while it is looked through."""
    file = request.files.get("file")
    if file is None or not file.filename:
        raise refuse("file_missing", "请选择目录文件（Excel、Word 或 CSV）。")
    village_id = row_id_typed("village")
    upload = import_file.read_upload(file.read(), file.filename)
    propose_import.propose(site(), actor(), village_id, upload, now())
    return redirect(url_for("imports.begin"))


@bp.post("/look")
@for_roles(Role.ADMINISTRATOR)
def look() -> ResponseReturnValue:
    """The same rows again, with what was decided about them so far."""
    waiting = propose_import.proposal(site(), actor())
    if waiting is None:
        return redirect(url_for("imports.begin"))
    try:
        return _preview(waiting, choices=_choices())
    except Refused as refused:  # shown without the choices, which are what was refused
        return _preview(waiting, sentences=sentences_of(refused)), http_status(refused)


@bp.post("/confirm")
@for_roles(Role.ADMINISTRATOR)
def confirm() -> ResponseReturnValue:
    """Import what was looked through, all of it or nothing."""
    waiting = propose_import.proposal(site(), actor())
    if waiting is None:
        flash("没有等着导入的文件，请重新选择。")
        return redirect(url_for("imports.begin"))
    choices = None
    try:
        choices, day = _choices(), day_of(typed("from_on"), "施行日期")
    except Refused as refused:  # shown with the choices, when those could be read
        return _preview(waiting, choices, sentences_of(refused)), http_status(refused)
    job_id = order_import.order_import(site(), actor(), waiting, day, choices, now())
    return _answer(line_once_begun(order_import.CATALOG, job_id))


@bp.get("/<int:job_id>")
@for_roles(Role.ADMINISTRATOR)
def importing(job_id: int) -> ResponseReturnValue:
    """While it is imported; then the catalog, or the file again with why not."""
    line = line_of_running(order_import.CATALOG, job_id)
    return waiting_page("desk/import_waiting.html", line) if line.is_running else _answer(line)


def _answer(line: JobLine) -> ResponseReturnValue:
    if line.is_running:
        return redirect(url_for("imports.importing", job_id=line.id))
    if not line.refusals:
        flash(f"目录已导入，共{line.result}项。")
        return redirect(url_for("catalogs.catalog", village=line.order["village"]))
    refused, waiting = Refused(*line.refusals), propose_import.proposal(site(), actor())
    return _refused(line, waiting, sentences_of(refused)), http_status(refused)


def _refused(line: JobLine, waiting: Proposal | None, sentences: Sequence[str]) -> str:
    """The file again, as it was decided about; another one that waits by now as it is."""
    if waiting is None:
        return _form(sentences=sentences)
    if not order_import.is_about(line.order, waiting):
        return _preview(waiting, sentences=sentences)
    choices, day = order_import.ordered_choices(line.order), order_import.ordered_day(line.order)
    return _preview(waiting, choices, sentences, from_on=day.isoformat() if day else "")


@bp.post("/cancel")
@for_roles(Role.ADMINISTRATOR)
def cancel() -> Response:
    """不导入了: the file is forgotten."""
    propose_import.withdraw_proposal(site(), actor())
    flash("没有导入，目录没有变。")
    return redirect(url_for("catalogs.catalog"))


def _preview(
    waiting: Proposal,
    choices: dict[int, RowChoice] | None = None,
    sentences: Sequence[str] = (),
    from_on: str = "",
) -> str:
    comparison = import_file.compare_import(
        site(), actor(), waiting.village_id, waiting.upload, choices
    )
    rows = list(enumerate(comparison.rows))
    return render_template(
        "desk/import_preview.html",
        name=waiting.upload.name,
        village_id=waiting.village_id,
        place=_place(waiting.village_id),
        comparison=comparison,
        doubtful=[(n, row) for n, row in rows if _is_doubtful(row)],
        plain=[(n, row) for n, row in rows if not _is_doubtful(row)],
        arrivals=labels_of(Arrival),
        publishers=labels_of(PublisherKind),
        limit_words=limit_words,
        usual_limits=usual_limits,
        sentences=sentences,
        from_on=request.form.get("from_on", from_on),
        now=now(),
    )


def _is_doubtful(row: ImportedRow) -> bool:
    """What a person is asked to decide; it keeps its place after deciding."""
    return row.needs_review or bool(row.choice.deadline_text)


def _place(village_id: int | None) -> str:
    if village_id is None:
        return "全乡"
    names = {village.id: village.name for village in village_choices(site(), actor(), today())}
    return names.get(village_id, "")


def _choices() -> dict[int, RowChoice]:
    """What the form says of each row by its number: take-0, text-0, rule-0 and so on."""
    numbers = (name.removeprefix("row-") for name in request.form if name.startswith("row-"))
    return {row_id(number): _choice(number) for number in numbers if number.isdecimal()}


def _choice(number: str) -> RowChoice:
    publisher = typed(f"publisher-{number}")
    known = publisher in set(PublisherKind)
    return RowChoice(
        taken=bool(typed(f"take-{number}")),
        deadline_text=typed(f"text-{number}"),
        rule=count_of(typed(f"rule-{number}"), "时限") or 0,
        publisher=PublisherKind(publisher) if known else None,
        obligatory=None if typed(f"row-{number}") == "own" else bool(typed(f"must-{number}")),
    )
