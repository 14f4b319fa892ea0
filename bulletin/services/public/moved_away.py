"""Who moved away: where what is asked of them in their old house leads on to."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bulletin.domain.codes import TypedCode
from bulletin.domain.languages.sentences import Sentence
from bulletin.services.history import moved_words
from bulletin.services.site import Site
from bulletin.store.notice_queries import notice_typed
from bulletin.store.places import Township, Village, moved_townships, townships


@dataclass(frozen=True)
class MovedAway:
    """One township that lives in another house now."""

    id: int
    code: str
    name: str
    moved_at: datetime
    address: str  # https://gk.county.gov.cn; '' when none was named

    @property
    def sentence(self) -> Sentence:
        return moved_words(self.name, self.moved_at, self.address)


@dataclass(frozen=True)
class OldHouse:
    """Of whom a site keeps the records of before alone."""

    moved: tuple[MovedAway, ...] = ()
    everybody: bool = False  # nobody lives here any more

    def township(self, township_id: int | None) -> MovedAway | None:
        return next((each for each in self.moved if each.id == township_id), None)


def old_house(site: Site) -> OldHouse:
    """Who moved away from here."""
    with site.sessions.reading() as session:
        moved = tuple(
            MovedAway(each.id, each.code, each.name, each.moved_at, each.moved_to)
            for each in moved_townships(session)
            if each.moved_at is not None
        )
        return OldHouse(moved, everybody=bool(moved) and not townships(session))


def moved_with(site: Site, house: OldHouse, kind: str, code: str) -> MovedAway | None:
    """The township that moved and whose page an address of a kind leads to: /N/CODE, /N/DIGITS, /V/CODE, /T/CODE, /F/CODE."""
    with site.sessions.reading() as session:
        return house.township(_township_id(session, kind, code))


def _township_id(session: Session, kind: str, code: str) -> int | None:
    if kind in {"N", "F"}:
        notice = notice_typed(session, TypedCode.read(code))
        return notice.township_id if notice else None
    of_village = session.scalar(select(Village.township_id).where(Village.code == code))
    return of_village or session.scalar(select(Township.id).where(Township.code == code))
