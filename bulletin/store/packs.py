"""Board packs: what was asked to be bound into one PDF, and how far it is."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Select, select
from sqlalchemy.orm import Mapped, mapped_column

from bulletin.store.base import Base, choice


class PackState(StrEnum):
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


class BoardPack(Base):
    """One pack: of a board, of a village's boards, or of all."""

    __tablename__ = "board_pack"

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    board_id: Mapped[int | None] = mapped_column(ForeignKey("board.id"))
    village_id: Mapped[int | None] = mapped_column(ForeignKey("village.id"))
    paper: Mapped[str]  # a4 | a3
    only_new: Mapped[bool]  # without what hangs there already
    asked_at: Mapped[datetime]  # what must hang is reckoned as of this moment
    asked_by: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    state: Mapped[PackState] = mapped_column(choice(PackState, "state"))
    done: Mapped[int]  # sheets
    total: Mapped[int]
    hand: Mapped[str]  # who works on it; another takes over when it stops beating
    beat_at: Mapped[datetime]
    pdf: Mapped[str]  # SHA-256 of the whole, '' until it is done
    fault: Mapped[str]  # why it failed


def packs_of(person_id: int) -> Select[BoardPack]:
    """What a person asked for, the newest first."""
    return select(BoardPack).where(BoardPack.asked_by == person_id).order_by(BoardPack.id.desc())
