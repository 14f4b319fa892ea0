"""How often a notice's page was opened on a day: a number, of nobody in particular."""

from datetime import date

from sqlalchemy import ForeignKey, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from bulletin.domain.notices.readings import ReadTimes
from bulletin.store.base import Base


class NoticeReading(Base):
    __tablename__ = "notice_reading"

    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), primary_key=True)
    day_on: Mapped[date] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    opened: Mapped[int]  # in all
    scanned: Mapped[int]  # of them from a paper's code


def add_readings(
    session: Session, notice_id: int, township_id: int, day: date, times: ReadTimes
) -> None:
    """Several processes may add to the same day."""
    added = session.connection().execute(
        update(NoticeReading)
        .where(NoticeReading.notice_id == notice_id, NoticeReading.day_on == day)
        .values(
            opened=NoticeReading.opened + times.opened,
            scanned=NoticeReading.scanned + times.scanned,
        )
    )
    if not added.rowcount:
        session.add(
            NoticeReading(
                notice_id=notice_id, township_id=township_id, day_on=day, **times._asdict()
            )
        )
        session.flush()


def read_times(session: Session, notice_id: int, day: date | None = None) -> ReadTimes:
    """How often a notice was opened: ever, or on one day."""
    query = select(
        func.coalesce(func.sum(NoticeReading.opened), 0),
        func.coalesce(func.sum(NoticeReading.scanned), 0),
    ).where(NoticeReading.notice_id == notice_id)
    if day is not None:
        query = query.where(NoticeReading.day_on == day)
    return ReadTimes(*session.execute(query).one())
