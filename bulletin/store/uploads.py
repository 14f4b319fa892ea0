"""Uploads under way: pieces of a photograph, until all of it is here."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, Select, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from bulletin.store.base import SHORT_LIVED, Base


class UploadPiece(Base):
    """Some bytes of a file that a person sends in pieces, because the signal is weak."""

    __tablename__ = "upload_piece"
    __table_args__ = (UniqueConstraint("person_id", "key", "start"), {"info": {SHORT_LIVED: True}})

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    key: Mapped[str]  # the browser's name for the file: the same file picked again goes on
    start: Mapped[int]  # of the first byte
    data: Mapped[bytes] = mapped_column(LargeBinary)
    arrived_at: Mapped[datetime]


def pieces_of(person_id: int, key: str) -> Select[UploadPiece]:
    """The pieces of one file, in their order."""
    return (
        select(UploadPiece)
        .where(UploadPiece.person_id == person_id, UploadPiece.key == key)
        .order_by(UploadPiece.start)
    )
