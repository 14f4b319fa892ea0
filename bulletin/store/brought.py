"""Files that are brought into drafts: the one that waits, and what was chosen of a workbook the last time."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, Select, select
from sqlalchemy.orm import Mapped, mapped_column

from bulletin.store.base import SHORT_LIVED, Base


class WaitingFile(Base):
    """A file that a person looks through before it goes into a draft, and for a day after; one at a time."""

    __tablename__ = "waiting_file"
    __table_args__ = ({"info": {SHORT_LIVED: True}},)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    notice_code: Mapped[str]
    name: Mapped[str]
    data: Mapped[bytes] = mapped_column(LargeBinary)
    # The blocks that it gave the draft; None until it does. Another sheet takes their place.
    placed: Mapped[list[dict[str, Any]] | None]
    arrived_at: Mapped[datetime]


class ChosenCells(Base):
    """What was chosen of a workbook for an item of a village: the next ledger is asked the same way."""

    __tablename__ = "chosen_cells"
    __table_args__ = (Index("ix_chosen_cells_township_id_item_code", "township_id", "item_code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"))
    village_id: Mapped[int | None] = mapped_column(ForeignKey("village.id"))
    item_code: Mapped[str]
    sheet: Mapped[str]
    # Counted from 1; none for the whole sheet. The last row is not kept: the next ledger has another one.
    first_row: Mapped[int | None]
    first_column: Mapped[int | None]
    last_column: Mapped[int | None]
    chosen_at: Mapped[datetime]


def chosen_for(township_id: int, village_id: int | None, item_code: str) -> Select[ChosenCells]:
    """The choice for an item of a village, or of the township itself."""
    return select(ChosenCells).where(
        ChosenCells.township_id == township_id,
        ChosenCells.village_id == village_id,
        ChosenCells.item_code == item_code,
    )
