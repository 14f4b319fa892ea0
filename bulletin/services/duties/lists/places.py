"""The places whose duties are looked at on a day, and in whose row a duty of a village of before stands."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from bulletin.domain.people import Actor
from bulletin.store.asked_once import asked_once
from bulletin.store.villages import heirs_in, names_in


@dataclass(frozen=True)
class Rows:
    """The rows of the matrix on a day: the township and the villages of then."""

    names: Mapping[int | None, str]  # 乡镇 for the township (None)
    row_of: Mapping[int | None, int | None]  # by village: itself, or the one that took over by then

    @property
    def villages(self) -> list[int | None]:
        """Every village whose duties stand in one of the rows."""
        return self.villages_of(None)

    def villages_of(self, rows: Collection[int | None] | None) -> list[int | None]:
        """Those whose duties stand in some of the rows; in any of them (None)."""
        return [
            village
            for village, row in self.row_of.items()
            if row in self.names and (rows is None or row in rows)
        ]

    def only(self, rows: Collection[int | None] | None) -> "Rows":
        """Some of the rows; all of them (None)."""
        if rows is None:
            return self
        return replace(self, names={row: name for row, name in self.names.items() if row in rows})

    def row_of_duty(self, village_id: int | None, from_village_id: int | None) -> int | None:
        """In whose row a duty stands: whose it was first, or of who had taken over by then."""
        return self.row_of.get(from_village_id or village_id, village_id)


@asked_once
def rows_on(session: Session, township_id: int, day: date) -> Rows:
    """The township and the villages that exist on a day."""
    return rows_in(session, (township_id,), day)[township_id]


def rows_in(session: Session, township_ids: Collection[int], day: date) -> dict[int, Rows]:
    """The same of several townships, by their ids."""
    names, heirs = names_in(session, township_ids, day), heirs_in(session, township_ids, day)
    return {each: _rows(names[each], heirs[each]) for each in township_ids}


def _rows(villages: Mapping[int, str], heirs: Mapping[int, int | None]) -> Rows:
    names: dict[int | None, str] = {None: "乡镇"}
    names.update(villages.items())
    row_of: dict[int | None, int | None] = {place: place for place in names}
    for village in heirs:
        heir: int | None = village
        while heir is not None and heir not in names:
            heir = heirs.get(heir)
        if heir is not None:
            row_of[village] = heir
    return Rows(names, row_of)


def rows_seen(session: Session, actor: Actor, day: date, village_id: int | None = None) -> Rows:
    """The rows that a person may see on a day; only one of them where a village is named."""
    rows = rows_on(session, actor.township_id, day)
    seen = [row for row in rows.names if actor.may_see(row) and village_id in {None, row}]
    return rows.only(seen)
