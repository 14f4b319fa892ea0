"""Townships, villages, publishers and boards."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    Index,
    Select,
    UniqueConstraint,
    exists,
    or_,
    select,
    text,
    true,
)
from sqlalchemy.orm import InstrumentedAttribute, Mapped, Session, mapped_column, relationship

from bulletin.domain.catalog.items import PublisherKind
from bulletin.store.asked_once import asked_once
from bulletin.store.base import Base, choice


class Township(Base):
    __tablename__ = "township"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)  # statistical code, 630223202
    name: Mapped[str]  # 红崖子沟乡
    county: Mapped[str]  # 互助土族自治县
    phone: Mapped[str] = mapped_column(default="")  # 监督电话, as it is printed
    # What ends on a day off ends on the next work day (民法典第二百零三条).
    moves_ends: Mapped[bool] = mapped_column(default=True)
    # Invented people and figures: every page and sheet says 演示.
    demo: Mapped[bool] = mapped_column(default=False)
    moved_at: Mapped[datetime | None]  # to another house, where its history goes on
    moved_to: Mapped[str] = mapped_column(
        default="", server_default=""
    )  # its address there, if one was named


class Village(Base):
    """A village; villages merge, so each has a beginning, maybe an end, and then a successor."""

    __tablename__ = "village"

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    code: Mapped[str] = mapped_column(unique=True)  # statistical code, 630223202214
    name: Mapped[str]  # 张家村
    phone: Mapped[str] = mapped_column(default="")  # 监督电话
    office_phones: Mapped[str] = mapped_column(default="")  # published by the office, by commas
    disclosure_day: Mapped[str] = mapped_column(default="")  # 集中公开日: 每季度第一个月10日
    residents: Mapped[int | None]  # for what accounts come to per head; empty: nobody said so
    households: Mapped[int | None]
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("village.id"))

    township: Mapped[Township] = relationship()
    successor: Mapped["Village | None"] = relationship(remote_side="Village.id")
    former_names: Mapped[list["FormerVillageName"]] = relationship(
        order_by="(FormerVillageName.until_on, FormerVillageName.id)"
    )

    @property
    def today(self) -> "Village":
        """The village that took over in the end; itself while it exists."""
        return self.successor.today if self.successor is not None else self

    @property
    def goes_on_as(self) -> "Village | None":
        """The same village under another code: one that began when this one ended."""
        ended, heir = self.valid_until, self.successor
        return heir if heir is not None and ended is not None and heir.valid_from > ended else None

    def name_on(self, day: date) -> str:
        """What it was called on a day."""
        former = (each.name for each in self.former_names if day <= each.until_on)
        return next(former, self.name)


class FormerVillageName(Base):
    """What a village was called until it was renamed; never edited."""

    __tablename__ = "former_village_name"

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    village_id: Mapped[int] = mapped_column(ForeignKey("village.id"), index=True)
    name: Mapped[str]
    until_on: Mapped[date]  # the last day


class Publisher(Base):
    """公开主体: who signs a notice and whose register numbers it.

    What it signed keeps its name, so a village that is renamed gets new ones that continue the register.
    """

    __tablename__ = "publisher"
    __table_args__ = (
        Index(
            "ix_publisher_signing",
            "township_id",
            "village_id",
            "kind",
            unique=True,
            sqlite_where=text("until_on IS NULL"),
            postgresql_where=text("until_on IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    village_id: Mapped[int | None] = mapped_column(ForeignKey("village.id"), index=True)
    kind: Mapped[PublisherKind] = mapped_column(choice(PublisherKind, "kind"))
    name: Mapped[str]  # 张家村村民委员会
    prefix: Mapped[str]  # of its register numbers: 张家村公开
    # Of the first year, where a register runs already.
    first_number: Mapped[int] = mapped_column(default=1)
    until_on: Mapped[date | None]  # the last day; empty while it signs


class Board(Base):
    """公开栏."""

    __tablename__ = "board"
    __table_args__ = (UniqueConstraint("township_id", "village_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    village_id: Mapped[int | None] = mapped_column(ForeignKey("village.id"), index=True)
    name: Mapped[str]  # 村委会门口公开栏
    place: Mapped[str] = mapped_column(default="")  # where it is
    walking_order: Mapped[int] = mapped_column(default=0)
    closed_on: Mapped[date | None]

    village: Mapped[Village | None] = relationship()
    former_villages: Mapped[list["FormerBoardVillage"]] = relationship()

    @property
    def villages(self) -> list[int | None]:
        """Of which villages papers have to hang here, the one of today first."""
        return [self.village_id, *(former.village_id for former in self.former_villages)]

    def carries(self, village_id: int | None, opens_on: date) -> bool:
        """Whether a paper of a place that opens on a day has to hang here.

        What was published by the village whose board it was hangs on; what another one published before the board
        became its own hangs on that one's boards.
        """
        if any(former.village_id == village_id for former in self.former_villages):
            return True
        is_later = all(former.until_on < opens_on for former in self.former_villages)
        return village_id == self.village_id and is_later


class FormerBoardVillage(Base):
    """Whose a board was until its village merged or got another code; never edited."""

    __tablename__ = "former_board_village"

    id: Mapped[int] = mapped_column(primary_key=True)
    township_id: Mapped[int] = mapped_column(ForeignKey("township.id"), index=True)
    board_id: Mapped[int] = mapped_column(ForeignKey("board.id"), index=True)
    village_id: Mapped[int] = mapped_column(ForeignKey("village.id"), index=True)
    until_on: Mapped[date]  # the last day


def in_places(
    village: InstrumentedAttribute[int | None] | ColumnElement[int | None],
    places: Collection[int | None] | None,
) -> ColumnElement[bool]:
    """Rows of some villages (None among them: of the township); None: of every place."""
    if places is None:
        return true()
    villages = [place for place in places if place is not None]
    if None not in places:
        return village.in_(villages)
    of_township = village.is_(None)
    return or_(village.in_(villages), of_township) if villages else of_township


def the_township(session: Session) -> Township | None:
    """The first township of this site; in a county, the one meant where none is named."""
    return session.scalar(select(Township).order_by(Township.id).limit(1))


def townships(session: Session) -> list[Township]:
    """Every township that lives in this site, in the order of their codes: one, or those of a county."""
    living = select(Township).where(Township.moved_at.is_(None))
    return list(session.scalars(living.order_by(Township.code)))


def county_name(here: Iterable[Township]) -> str:
    """The county of some townships; each where they are of several."""
    return "、".join(dict.fromkeys(township.county for township in here))


def moved_townships(session: Session) -> list[Township]:
    """Those that moved to another house; their rows stay as they were."""
    gone = select(Township).where(Township.moved_at.is_not(None))
    return list(session.scalars(gone.order_by(Township.code)))


@asked_once
def has_demo(session: Session) -> bool:
    """Whether a township of this site is invented."""
    return bool(session.scalar(select(exists().where(Township.demo))))


def township_by_code(session: Session, code: str) -> Township | None:
    return session.scalar(select(Township).where(Township.code == code))


def board_named(
    session: Session, township_id: int, village_id: int | None, name: str
) -> Board | None:
    """A board of a village (None: the township's own) by its name."""
    return session.scalar(
        select(Board).where(
            Board.township_id == township_id,
            Board.village_id == village_id,
            Board.name == name,
        )
    )


def boards_of(township_id: int, village_id: int | None, *, today: date) -> Select[Board]:
    """The boards of a village (None: of the township) that are in use today, in walking order."""
    return (
        select(Board)
        .where(Board.township_id == township_id, Board.village_id == village_id, _in_use(today))
        .order_by(Board.walking_order, Board.id)
    )


def _in_use(today: date) -> ColumnElement[bool]:
    return or_(Board.closed_on.is_(None), Board.closed_on > today)


def boards_in(township_id: int, village_id: int | None, today: date) -> Select[Board]:
    """The boards in use today in a township, or only those of one village."""
    query = select(Board).where(Board.township_id == township_id).where(_in_use(today))
    if village_id is not None:
        query = query.where(Board.village_id == village_id)
    township_first = Board.village_id.is_not(None)
    return query.order_by(township_first, Board.village_id, Board.walking_order, Board.id)
