"""A long register is written by whoever does long work here: sixty thousand numbers take half a minute."""

from dataclasses import dataclass
from datetime import datetime

from bulletin.domain.errors import NotFoundError
from bulletin.domain.formats import TableFormat
from bulletin.domain.people import Actor
from bulletin.services.long_jobs.claim_job import ClaimedJob, Interrupted
from bulletin.services.long_jobs.job_kind import JobKind
from bulletin.services.notices.register import numbers_given, register_file, register_lines
from bulletin.services.site import Site
from bulletin.store.file_references import references_to
from bulletin.store.long_jobs import REGISTER_JOB, JobState

MOST_AT_ONCE = 5_000  # numbers that are written while somebody waits: two seconds


@dataclass(frozen=True)
class RegisterAsked:
    """Which register, as which file."""

    place: str  # 示例乡, in its heading and name
    year: int
    form: TableFormat

    @property
    def name(self) -> str:
        return f"{self.place}{self.year}年公开登记簿.{self.form}"


def is_long(site: Site, actor: Actor, year: int) -> bool:
    """Whether nobody should wait for it before an open page."""
    return numbers_given(site, actor, year) > MOST_AT_ONCE


def register_now(site: Site, actor: Actor, asked: RegisterAsked, now: datetime) -> bytes:
    """The file, at once."""
    lines = register_lines(site, actor, asked.year, now)
    return register_file(lines, asked.place, asked.year, asked.form)


def order_register(site: Site, actor: Actor, asked: RegisterAsked, now: datetime) -> int:
    """Order a register as of a moment; returns the job's id."""
    total = numbers_given(site, actor, asked.year)
    return REGISTER.order(site, actor, vars(asked), total, now)


def _write(job: ClaimedJob) -> None:
    asked = RegisterAsked(**job.order)
    lines = register_lines(job.site, job.actor, asked.year, job.asked_at, so_many=job.beat)
    file = register_file(lines, asked.place, asked.year, asked.form)
    digest = job.site.files.put(file)
    try:
        with job.site.sessions.writing() as session:
            job.end(session, digest)
    except Interrupted:
        with job.site.sessions.reading() as session:
            is_withdrawn = job.is_nobodys(session) and not references_to(session, digest)
        if is_withdrawn:  # words were removed that it holds
            job.site.files.destroy(digest)
        raise


REGISTER = JobKind(REGISTER_JOB, _write)  # what comes of it is the SHA-256 of the file


def ordered_file(
    site: Site, actor: Actor, job_id: int, now: datetime
) -> tuple[RegisterAsked, bytes]:
    """One's own register that is ready.

    Raises:
        NotFoundError: it is none, or not ready.
    """
    line = REGISTER.line(site, actor, job_id, now)
    file = site.files.get(line.result) if line.state is JobState.DONE else None
    if file is None:
        raise NotFoundError("这份登记簿没有做好，请回到公开件页重新下载。")
    return RegisterAsked(**line.order), file
