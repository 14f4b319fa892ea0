"""Creating a township, its villages, publishers and boards."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from bulletin.domain.catalog.items import PublisherKind
from bulletin.domain.contacts.phones import checked_phone
from bulletin.domain.days import village_day
from bulletin.domain.errors import refuse
from bulletin.domain.people import OPERATOR, Actor, Role, SystemActor
from bulletin.services.access import ensure_administrator, village_in
from bulletin.services.history import record
from bulletin.services.places.phones import checked_phones
from bulletin.services.privacy.check import ensure_text_is_clean
from bulletin.services.site import Site
from bulletin.store.places import (
    Board,
    Publisher,
    Township,
    Village,
    board_named,
    boards_of,
    township_by_code,
    townships,
)
from bulletin.store.villages import village_by_code


@dataclass(frozen=True)
class NewVillage:
    code: str  # 12 figures of the statistical code
    name: str  # 张家村
    phone: str = ""
    office_phones: str = ""


def found_township(
    site: Site,
    code: str,
    name: str,
    county: str,
    phone: str,
    now: datetime,
    *,
    demo: bool = False,
) -> Actor:
    """Found a township of this site: the only one, or one more of a county.

    Returns:
        The operator at the command line, as an actor of the new township.

    Raises:
        Refused: its code is there already, or invented people and real ones would share a site.
    """
    with site.sessions.writing() as session:
        if township_by_code(session, code) is not None:
            raise refuse("township_exists", f"这个数据文件夹里已经有代码为{code}的乡镇。")
        if any(demo or other.demo for other in townships(session)):
            raise refuse("demo_apart", "演示的数据不能和真的乡镇放在一起，请换一个数据文件夹。")
        township = Township(code=code, name=name, county=county, phone=phone, demo=demo)
        session.add(township)
        session.flush()
        session.add(
            Publisher(
                township_id=township.id,
                village_id=None,
                kind=PublisherKind.TOWNSHIP,
                name=f"{name}人民政府",
                prefix=f"{name}公开",
            )
        )
        operator = SystemActor(OPERATOR.name, township.id)
        record(session, operator, "found_township", f"township {code}", now)
        return operator


def add_village(
    site: Site, actor: Actor, village: NewVillage, valid_from: date, now: datetime
) -> int:
    """A village with its publishers (committee, collective, party branch, election committee)."""
    ensure_administrator(actor)
    if not village.code.isdecimal() or not village.name.strip():
        raise refuse("village_shape", "请填村的统计用区划代码（数字）和名称。")
    with site.sessions.writing() as session:
        if village_by_code(session, village.code) is not None:
            raise refuse("village_exists", f"统计用区划代码{village.code}的村已经有了。")
        row = Village(
            township_id=actor.township_id,
            code=village.code,
            name=village.name.strip(),
            phone=checked_phone(village.phone),
            office_phones=checked_phones(village.office_phones),
            valid_from=valid_from,
        )
        session.add(row)
        session.flush()
        _add_publishers(session, row)
        record(session, actor, "add_village", f"village {row.code}", now)
        return row.id


# (what follows the village's name, what follows it in register numbers)
PUBLISHER_WORDS = {
    PublisherKind.VILLAGERS_COMMITTEE: ("村民委员会", "公开"),
    PublisherKind.COLLECTIVE: ("股份经济合作社", "集体公开"),
    PublisherKind.PARTY_BRANCH: ("党支部", "党务公开"),
    PublisherKind.ELECTION_COMMITTEE: ("村民选举委员会", "选举公告"),
}


def _add_publishers(session: Session, village: Village) -> None:
    for kind, (name, prefix) in PUBLISHER_WORDS.items():
        session.add(
            Publisher(
                township_id=village.township_id,
                village_id=village.id,
                kind=kind,
                name=f"{village.name}{name}",
                prefix=f"{village.name}{prefix}",
            )
        )


def add_board(
    site: Site, actor: Actor, village_id: int | None, name: str, place: str, now: datetime
) -> int:
    """A notice board and where it is."""
    if not (actor.administers or actor.holds(Role.LIAISON, village_id)):
        raise refuse("not_your_role", "公开栏由本村信息员或管理员登记。")
    name = name.strip()
    if not name:
        raise refuse("board_unnamed", "请写公开栏的名称，例如“村委会门口公开栏”。")
    with site.sessions.writing() as session:
        if village_id is not None:
            village_in(session, actor, village_id)
        if board_named(session, actor.township_id, village_id, name) is not None:
            raise refuse("board_exists", f"已经有一块公开栏叫“{name}”。")
        boards = session.scalars(
            boards_of(actor.township_id, village_id, today=village_day(now))
        ).all()
        board = Board(
            township_id=actor.township_id,
            village_id=village_id,
            walking_order=max((each.walking_order for each in boards), default=0) + 1,
            name=ensure_text_is_clean(session, actor, name, "公开栏名称"),
            place=ensure_text_is_clean(session, actor, place, "公开栏位置"),
        )
        session.add(board)
        session.flush()
        record(session, actor, "add_board", f"board {board.id}", now)
        return board.id
