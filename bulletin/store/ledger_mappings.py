"""How a village's bookkeeping program heads its columns, remembered for the next file."""

from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from bulletin.store.base import Base


class LedgerMapping(Base):
    """What each column of a ledger with these heads is; the last one that somebody confirmed."""

    __tablename__ = "ledger_mapping"
    __table_args__ = (UniqueConstraint("township_id", "village_id", "heads"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    village_id: Mapped[int | None] = mapped_column(ForeignKey("village.id"), index=True)
    heads: Mapped[str]  # 日期|凭证字号|摘要|借方|贷方|余额
    columns: Mapped[list[dict[str, Any]]]  # for each its `head` and what it `is`; '' is left out


def mapping_for(
    session: Session, township_id: int, village_id: int | None, heads: str
) -> LedgerMapping | None:
    return session.scalar(
        select(LedgerMapping).where(
            LedgerMapping.township_id == township_id,
            LedgerMapping.village_id == village_id,
            LedgerMapping.heads == heads,
        )
    )
