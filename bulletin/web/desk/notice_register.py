"""登记簿 of a year as a file: at once where it is short, else ordered, watched and taken."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from bulletin.domain.formats import TableFormat
from bulletin.services.desk.navigation import frame
from bulletin.services.notices import order_register
from bulletin.services.notices.order_register import RegisterAsked
from bulletin.web.desk.inputs import year_asked
from bulletin.web.desk.long_work import line_of_running, line_once_begun, waiting_page
from bulletin.web.downloads import table_response
from bulletin.web.guard import staff
from bulletin.web.request_context import actor, now, site, today

bp = Blueprint("notice_register", __name__, url_prefix="/desk/notices")


@bp.get("/register.<any(xlsx, csv):form>")
@staff
def register(form: TableFormat) -> ResponseReturnValue:
    """登记簿 of a year (this one when none is asked): every number and what became of it."""
    asked = _register_asked(form)
    if order_register.is_long(site(), actor(), asked.year):
        last = order_register.REGISTER.last(site(), actor(), vars(asked), now())
        return render_template("desk/register_long.html", asked=asked, last=last, now=now())
    data = order_register.register_now(site(), actor(), asked, now())
    return table_response(data, form, asked.name)


@bp.post("/register.<any(xlsx, csv):form>")
@staff
def order(form: TableFormat) -> ResponseReturnValue:
    """登记簿 that is too long to wait for."""
    job_id = order_register.order_register(site(), actor(), _register_asked(form), now())
    line_once_begun(order_register.REGISTER, job_id)
    return redirect(url_for("notice_register.ordered", job_id=job_id))


def _register_asked(form: TableFormat) -> RegisterAsked:
    return RegisterAsked(frame(site(), actor(), now()).place, year_asked(today()), form)


@bp.get("/registers/<int:job_id>")
@staff
def ordered(job_id: int) -> ResponseReturnValue:
    """While it is written, its bar; then the way to the file, or why there is none."""
    line = line_of_running(order_register.REGISTER, job_id)
    asked = RegisterAsked(**line.order)
    if line.is_running:
        return waiting_page("desk/register_waiting.html", line, asked=asked)
    return render_template("desk/register_ready.html", line=line, asked=asked, now=now())


@bp.get("/registers/<int:job_id>/file")
@staff
def file(job_id: int) -> ResponseReturnValue:
    asked, data = order_register.ordered_file(site(), actor(), job_id, now())
    return table_response(data, asked.form, asked.name)
