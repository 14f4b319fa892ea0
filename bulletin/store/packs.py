"""Board packs: what was asked to be bound into one PDF, and how far it is."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Select, delete, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from bulletin.store.base import SHORT_LIVED, Base, choice


class PackState(StrEnum):
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


class BoardPack(Base):
    """One pack: of a board, of a village's boards, or of all."""

    __tablename__ = "board_pack"
    __table_args__ = ({"info": {SHORT_LIVED: True}},)  # made again in a minute; so is its PDF

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    board_id: Mapped[int | None] = mapped_column(ForeignKey("board.id"))
    village_id: Mapped[int | None] = mapped_column(ForeignKey("village.id"))
    paper: Mapped[str]  # a4 | a3
    only_new: Mapped[bool]  # without what hangs there already
    asked_at: Mapped[datetime]  # what must hang is counted as of this moment
    asked_by: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    state: Mapped[PackState] = mapped_column(choice(PackState, "state"))
    done: Mapped[int]  # sheets
    total: Mapped[int]
    worker: Mapped[str] = mapped_column(
        "hand"
    )  # who plans or binds it; another takes over when it is silent
    beat_at: Mapped[datetime]
    pdf: Mapped[str]  # SHA-256 of the whole, '' until it is done; kept when it was withdrawn
    fault: Mapped[str]  # why it failed


class PackPart(Base):
    """Some sheets of a pack that one worker sets; another takes them over when it is silent."""

    __tablename__ = "pack_part"
    __table_args__ = ({"info": {SHORT_LIVED: True}},)

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    pack_id: Mapped[int] = mapped_column(ForeignKey("board_pack.id"), index=True)
    sheets: Mapped[str]  # CODE.EDITION of each, a space between them
    done: Mapped[int]  # of them, in their order
    total: Mapped[int]
    worker: Mapped[str]
    beat_at: Mapped[datetime]


def parts_of(pack_id: int) -> Select[PackPart]:
    """The parts of a pack, in the order of its sheets; none before it is planned."""
    return select(PackPart).where(PackPart.pack_id == pack_id).order_by(PackPart.id)


def packs_of(person_id: int) -> Select[BoardPack]:
    """What a person asked for, the newest first."""
    return select(BoardPack).where(BoardPack.asked_by == person_id).order_by(BoardPack.id.desc())


def withdraw(session: Session, township_id: int, village_id: int | None, fault: str) -> None:
    """Words were removed that packs may hold: none is opened any more, and one under way begins anew."""
    near = (
        BoardPack.township_id == township_id,
        or_(BoardPack.village_id.is_(None), BoardPack.village_id == village_id),
    )
    made = (BoardPack.state == PackState.DONE, BoardPack.pdf != "")
    session.execute(
        update(BoardPack).where(*near, *made).values(state=PackState.FAILED, fault=fault)
    )
    running = select(BoardPack.id).where(*near, BoardPack.state == PackState.RUNNING)
    session.execute(delete(PackPart).where(PackPart.pack_id.in_(running)))
    session.execute(update(BoardPack).where(BoardPack.id.in_(running)).values(worker=""))


def packed(*, withdrawn: bool) -> Select[str]:
    """The PDFs of packs that may be opened, or of those that may not any more."""
    state = PackState.FAILED if withdrawn else PackState.DONE
    return select(BoardPack.pdf).where(BoardPack.pdf != "", BoardPack.state == state)
