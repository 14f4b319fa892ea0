"""What people declared about findings of the privacy check."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bulletin.store.base import Base


class Clearance(Base):
    """A person looked at a finding and says why it is no personal data. The value is not kept."""

    __tablename__ = "clearance"
    __table_args__ = (UniqueConstraint("edition_id", "kind", "place", "masked", "source"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    kind: Mapped[str]
    place: Mapped[str]
    masked: Mapped[str]
    source: Mapped[str]  # SHA-256 of the words it stood in: other words are another finding
    reason: Mapped[str]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    person_name: Mapped[str]
    at: Mapped[datetime]
