"""How far long work is, for the bar on the page of whoever waits for it."""

from flask import Blueprint, Response, jsonify

from bulletin.services.long_jobs.state import job_line
from bulletin.services.operations.parts.do_long_work import JOB_KINDS
from bulletin.web.desk.long_work import line_of_running
from bulletin.web.guard import staff
from bulletin.web.request_context import actor, now, site

bp = Blueprint("jobs", __name__, url_prefix="/desk/jobs")


@bp.get("/<int:job_id>")
@staff
def progress(job_id: int) -> Response:
    """Of one's own job of any kind; what nobody does any more is taken up again."""
    kind = job_line(site(), actor(), None, job_id, now()).kind
    line = line_of_running(JOB_KINDS[kind], job_id)
    return jsonify(state=line.state.value, done=line.done, total=line.total)
