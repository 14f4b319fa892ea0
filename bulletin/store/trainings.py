"""Trainings and publicity of a township, with the material that was used."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, Select, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship, selectinload

from bulletin.domain.oversight.trainings import TrainingCounts, TrainingKind
from bulletin.store.base import Base, choice


class Training(Base):
    """One of it. What was written by mistake stays with the reason, and counts no longer."""

    __tablename__ = "training"
    __table_args__ = (Index(None, "township_id", "held_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    kind: Mapped[TrainingKind] = mapped_column(choice(TrainingKind, "training_kind"))
    held_on: Mapped[date]
    topic: Mapped[str]
    place: Mapped[str] = mapped_column(default="")
    due: Mapped[int] = mapped_column(default=0)
    came: Mapped[int] = mapped_column(default=0)
    named: Mapped[str] = mapped_column(default="")
    handouts: Mapped[int] = mapped_column(default=0)
    about: Mapped[str] = mapped_column(default="")
    entered_at: Mapped[datetime]
    entered_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    void_reason: Mapped[str] = mapped_column(default="")

    materials: Mapped[list["TrainingMaterial"]] = relationship(
        back_populates="training", order_by="TrainingMaterial.id"
    )


class TrainingMaterial(Base):
    """A file that was used, for staff."""

    __tablename__ = "training_material"

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    training_id: Mapped[int] = mapped_column(ForeignKey("training.id"), index=True)
    digest: Mapped[str]  # SHA-256
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]  # bytes

    training: Mapped[Training] = relationship(back_populates="materials")


def trainings_at(township_id: int, year: int | None = None) -> Select[Training]:
    """Those of a township, the newest first."""
    query = (
        select(Training)
        .where(Training.township_id == township_id)
        .options(selectinload(Training.materials))
        .order_by(Training.held_on.desc(), Training.id.desc())
    )
    if year is not None:
        query = query.where(Training.held_on.between(date(year, 1, 1), date(year, 12, 31)))
    return query


def counts_of_year(session: Session, township_id: int, year: int) -> TrainingCounts:
    """What counts of a year."""
    counted = (
        Training.township_id == township_id,
        Training.void_reason == "",
        Training.held_on.between(date(year, 1, 1), date(year, 12, 31)),
    )
    is_training = Training.kind == TrainingKind.TRAINING
    row = session.execute(
        select(
            func.count(Training.id).filter(is_training).label("trainings"),
            func.coalesce(func.sum(Training.due).filter(is_training), 0).label("due"),
            func.coalesce(func.sum(Training.came).filter(is_training), 0).label("came"),
            func.count(Training.id).filter(~is_training).label("publicity"),
            func.coalesce(func.sum(Training.handouts), 0).label("handouts"),
        ).where(*counted)
    ).one()
    files = select(func.count(TrainingMaterial.id)).join(TrainingMaterial.training).where(*counted)
    return TrainingCounts(**row._asdict(), materials=session.scalar(files) or 0)
