"""Long work that one worker does from beginning to end: what was asked for, how far it is, and what came of it."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Select, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from bulletin.store.base import SHORT_LIVED, Base, choice


class JobState(StrEnum):
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


REGISTER_JOB = "register"  # the kind of which the result is the SHA-256 of a file


class LongJob(Base):
    __tablename__ = "long_job"
    __table_args__ = ({"info": {SHORT_LIVED: True}},)

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    kind: Mapped[str]  # photos, catalog, register, closing, report_check
    order: Mapped[dict[str, Any]] = mapped_column("asked_for")  # what the kind needs
    asked_at: Mapped[datetime] = mapped_column(index=True)
    asked_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    state: Mapped[JobState] = mapped_column(choice(JobState, "state"))
    done: Mapped[int]  # pieces
    total: Mapped[int]
    worker: Mapped[str]  # who does it; another takes over when it is silent
    beat_at: Mapped[datetime]
    result: Mapped[str]  # what came of it, as the kind calls it
    refusals: Mapped[list[dict[str, Any]]]  # code and sentence of each reason why not


def withdraw_registers(session: Session, township_id: int, refusal: dict[str, str]) -> None:
    """Words were removed that a register may hold: none is opened any more, and one under way begins anew."""
    near = (LongJob.township_id == township_id, LongJob.kind == REGISTER_JOB)
    done, running = (LongJob.state == state for state in (JobState.DONE, JobState.RUNNING))
    session.execute(
        update(LongJob).where(*near, done).values(state=JobState.FAILED, refusals=[refusal])
    )
    session.execute(update(LongJob).where(*near, running).values(worker=""))


def registers_written(*, withdrawn: bool) -> Select[str]:
    """The files of registers that may be opened, or of those that may not any more."""
    state = JobState.FAILED if withdrawn else JobState.DONE
    return select(LongJob.result).where(
        LongJob.kind == REGISTER_JOB, LongJob.result != "", LongJob.state == state
    )
