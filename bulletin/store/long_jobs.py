"""Long work that one worker does from beginning to end: what was asked for, how far it is, and what came of it."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from bulletin.store.base import SHORT_LIVED, Base, choice


class JobState(StrEnum):
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class LongJob(Base):
    __tablename__ = "long_job"
    __table_args__ = ({"info": {SHORT_LIVED: True}},)

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    kind: Mapped[str]  # photos
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
