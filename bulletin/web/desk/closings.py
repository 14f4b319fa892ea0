"""结账: which years of the ledgers are sealed, what changed since; and the numbered sheets for an outage."""

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from bulletin.domain.errors import Refused, refuse
from bulletin.domain.oversight.closings import LedgerKind
from bulletin.services.long_jobs.state import JobLine
from bulletin.services.oversight.office import KEEPERS, READERS, keeps
from bulletin.services.oversight.registers.close_ordered_year import CLOSING, order_closing
from bulletin.services.oversight.registers.closings import (
    closing_file,
    closing_lines,
    closing_scan,
    closing_view,
)
from bulletin.services.oversight.registers.record_signed_minutes import attach_minutes
from bulletin.web.confirmations import Consequence, confirmed
from bulletin.web.desk.inputs import count_of, typed
from bulletin.web.desk.long_work import line_of_running, line_once_begun, waiting_page
from bulletin.web.downloads import file_response, pdf_response, shown_file
from bulletin.web.guard import for_roles
from bulletin.web.refusals import refused_shows
from bulletin.web.request_context import actor, now, site, today

bp = Blueprint("closings", __name__, url_prefix="/desk/closings")


@bp.get("")
@for_roles(*READERS)
def every(*, sentences: Sequence[str] = ()) -> str:
    return render_template(
        "desk/closings.html",
        lines=closing_lines(site(), actor(), now()),
        mine=keeps(actor()),
        typed=request.form,
        sentences=sentences,
        today=today(),
    )


def _asked() -> tuple[LedgerKind, int]:
    ledger, year = typed("ledger"), count_of(typed("year"), "年份")
    if ledger not in set(LedgerKind) or year is None:
        raise refuse("ledger_missing", "请选哪一年的哪一本。")
    return LedgerKind(ledger), year


def _closed() -> Consequence:
    ledger, year = _asked()
    return Consequence(
        f"{year}年的{ledger.label}结账？",
        (
            "按现在的样子存一份，出一份结账记录，打印出来签字。",
            "结账只有一次；以后照样可以补登、更正，都会标明是结账以后的。",
        ),
    )


@bp.post("")
@for_roles(*KEEPERS)
@refused_shows(every)
@confirmed(_closed)
def close() -> ResponseReturnValue:
    ledger, year = _asked()
    job_id = order_closing(site(), actor(), ledger, year, typed("signers"), now())
    return _answer(line_once_begun(CLOSING, job_id))


@bp.get("/jobs/<int:job_id>")
@for_roles(*KEEPERS)
@refused_shows(every)
def closing(job_id: int) -> ResponseReturnValue:
    """While a year is sealed; then its minutes, or why not."""
    line = line_of_running(CLOSING, job_id)
    return waiting_page("desk/closing_waiting.html", line) if line.is_running else _answer(line)


def _answer(line: JobLine) -> ResponseReturnValue:
    if line.refusals:
        raise Refused(*line.refusals)
    if line.is_running:
        return redirect(url_for("closings.closing", job_id=line.id))
    flash("结账了，请打印结账记录签字。")
    return redirect(url_for("closings.one", closing_id=int(line.result)))


@bp.get("/<int:closing_id>")
@for_roles(*READERS)
def one(closing_id: int, *, sentences: Sequence[str] = ()) -> str:
    return render_template(
        "desk/closing.html",
        view=closing_view(site(), actor(), closing_id, now()),
        mine=keeps(actor()),
        sentences=sentences,
        today=today(),
    )


@bp.post("/<int:closing_id>/scans")
@for_roles(*KEEPERS)
@refused_shows(one)
def attach(closing_id: int) -> ResponseReturnValue:
    """The minutes come back signed."""
    sent = request.files.getlist("scans")
    files = [(file.filename or "", file.read()) for file in sent if file.filename]
    count = attach_minutes(site(), actor(), closing_id, files, now())
    flash(f"存好了{count}张签字页。" if count else "这几张已经存过了。")
    return redirect(url_for("closings.one", closing_id=closing_id))


@bp.get("/<int:closing_id>/scans/<int:scan_id>")
@for_roles(*READERS)
def scan(closing_id: int, scan_id: int) -> ResponseReturnValue:
    name, data, media_type = closing_scan(site(), actor(), closing_id, scan_id)
    return shown_file(data, media_type, name)


@bp.get("/<int:closing_id>/minutes.pdf")
@for_roles(*READERS)
def minutes(closing_id: int) -> ResponseReturnValue:
    name, pdf = closing_file(site(), actor(), closing_id, "pdf")
    return pdf_response(pdf, name)


@bp.get("/<int:closing_id>/sealed.csv")
@for_roles(*READERS)
def sealed(closing_id: int) -> ResponseReturnValue:
    name, table = closing_file(site(), actor(), closing_id, "csv")
    return file_response(table, "text/csv", name)
