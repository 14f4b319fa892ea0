"""Long work that a page of the desk has ordered: taken up, waited for, and taken up again when nobody does it."""

from typing import Any

from flask import render_template

from bulletin.services.long_jobs.job_kind import WAIT, JobKind
from bulletin.services.long_jobs.nobody_works import nobody_works
from bulletin.services.long_jobs.state import JobLine
from bulletin.web.request_context import actor, clock, now, site


def line_once_begun(kind: JobKind, job_id: int) -> JobLine:
    """How far a job is that was ordered just now; work that is short is done by then."""
    kind.take_up(site(), job_id, clock(), wait=WAIT)
    return kind.line(site(), actor(), job_id, now())


def line_of_running(kind: JobKind, job_id: int) -> JobLine:
    """How far a job is; whichever process sees it idle has it taken up again."""
    line = kind.line(site(), actor(), job_id, now())
    if line.idle:
        kind.take_up(site(), job_id, clock())
    return line


def waiting_page(template: str, line: JobLine, **further: Any) -> str:
    """A page that extends `desk/job_waiting.html`."""
    return render_template(
        template, line=line, nobody_works=nobody_works(site()), now=now(), **further
    )
