"""Wrong passwords of late, shared by all web processes: who tried stands here only as a fingerprint."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from bulletin.store.base import SHORT_LIVED, Base


class SignInTry(Base):
    """The wrong tries from one side, as `TryLimit` keeps them."""

    __tablename__ = "sign_in_try"
    __table_args__ = ({"info": {SHORT_LIVED: True}},)

    side: Mapped[str] = mapped_column(primary_key=True)  # SHA-256 of the address, login or device
    login: Mapped[str] = mapped_column(
        index=True
    )  # SHA-256 of the login that was typed; '' for any
    forgotten_at: Mapped[datetime] = mapped_column(index=True)
