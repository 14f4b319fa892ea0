"""What belongs to whom. What a person may not see does not exist for them."""

from sqlalchemy.orm import Session

from bulletin.domain.errors import NotFoundError, refuse
from bulletin.domain.languages.sentences import say
from bulletin.domain.people import OPERATOR, Actor, Role, SystemActor
from bulletin.services.site import Site
from bulletin.store import notice_queries
from bulletin.store.duties import Duty, Matter
from bulletin.store.notices import Edition, Notice
from bulletin.store.places import Board, Village, the_township, township_by_code

# The sentences of refusal, for this file and for every other that needs one.
NO_TOWNSHIP_HERE = say("没有这个乡镇。")
NO_VILLAGE = say("没有这个村。")
NO_VILLAGE_OF_YOURS = "没有这个村，或者不在您负责的范围内。"
NO_NOTICE = say("没有这份公开件，或者不在您负责的范围内。")
NO_LIST = say("这里没有公开件了，请看前面的。")
NO_EDITION = "这份公开件没有这一版。"
NO_BOARD = "没有这块公开栏，或者不在您负责的范围内。"
NO_DUTY = "没有这一项，或者不在您负责的范围内。"
NO_MATTER = "没有这件事，或者不在您负责的范围内。"

RECORDING = "登记事项要由本村（或乡镇）的信息员办理。"
DRAFTING = "起草要由本村（或乡镇）的信息员办理。"
FORWARDING = "转贴上级文件由本村（或乡镇）的信息员办理。"
PRINTING = "打印张贴由信息员办理。"
POSTING = "张贴由信息员办理。"


def ensure_administrator(actor: Actor) -> None:
    """People, villages, boards' owners and catalogs are the administrator's.

    Raises:
        Refused: the person is none, and is not the operator at the command line either.
    """
    if not actor.administers:
        raise refuse("not_your_role", "这件事由管理员办理。")


def ensure_of_county(actor: Actor) -> None:
    """What goes over all townships of a county is for its overseers.

    Raises:
        Refused: the person is none, and is not the operator at the command line either.
    """
    if not actor.oversees_county:
        raise refuse("not_your_role", "各乡镇的汇总由县级督查查看。")


def village_in(session: Session, actor: Actor, village_id: int) -> Village:
    """A village of the actor's own township.

    Raises:
        NotFoundError: there is none with this id; what another township has does not exist here.
    """
    village = session.get(Village, village_id)
    if village is None or village.township_id != actor.township_id:
        raise NotFoundError(NO_VILLAGE)
    return village


def notice_for(session: Session, actor: Actor, code: str) -> Notice:
    """A notice that the person may see. What is none of theirs does not exist for them."""
    notice = notice_queries.notice_by_code(session, code)
    if notice is None or (not actor.is_system and not may_see(actor, notice)):
        raise NotFoundError(NO_NOTICE)
    return notice


def may_see(actor: Actor, record: Notice | Duty | Matter | Board) -> bool:
    return actor.township_id == record.township_id and actor.may_see(record.village_id)


def edition_for(session: Session, actor: Actor, code: str, number: int | None = None) -> Edition:
    """One edition of a notice; the one in effect when no number is given."""
    notice = notice_for(session, actor, code)
    if number is None:
        return notice.effective_edition
    for edition in notice.editions:
        if edition.number == number:
            return edition
    raise NotFoundError(NO_EDITION)


def board_for(session: Session, actor: Actor, board_id: int) -> Board:
    """A board that the person may see. What is none of theirs does not exist for them."""
    board = session.get(Board, board_id)
    if board is None or not may_see(actor, board):
        raise NotFoundError(NO_BOARD)
    return board


def ensure_tends_boards(actor: Actor, village_id: int | None, sentence: str) -> None:
    """Refuse, in this sentence, who does not tend the boards of the place."""
    if not actor.tends_boards_of(village_id):
        raise refuse("not_your_role", sentence)


def operator_of(site: Site, code: str | None = None) -> Actor:
    """The one who sits at the command line, acting for a township of this site.

    Args:
        code: the township's statistical code; None for the first.
    """
    with site.sessions.reading() as session:
        township = township_by_code(session, code) if code else the_township(session)
        if township is None and code:
            raise NotFoundError(f"no township {code!r} in this data folder")
        if township is None:
            raise NotFoundError("no township yet: run `bulletin init` first")
        return SystemActor(OPERATOR.name, township.id)


def duty_for(session: Session, actor: Actor, duty_id: int, sentence: str = RECORDING) -> Duty:
    """A duty of the actor's own township, whose liaison the person is.

    Raises:
        NotFoundError: there is none with this id; what another township has does not exist here.
        Refused: in this sentence, who is not the liaison of its place.
    """
    duty = session.get(Duty, duty_id)
    if duty is None or duty.township_id != actor.township_id:
        raise NotFoundError(NO_DUTY)
    ensure_liaison(actor, duty.village_id, sentence)
    return duty


def visible_duty(session: Session, actor: Actor, duty_id: int) -> Duty:
    """A duty that the person may see. What is none of theirs does not exist for them."""
    duty = session.get(Duty, duty_id)
    if duty is None or not may_see(actor, duty):
        raise NotFoundError(NO_DUTY)
    return duty


def matter_for(session: Session, actor: Actor, matter_id: int) -> Matter:
    """A matter of the actor's own township, whose liaison the person is; raises as `duty_for`."""
    matter = session.get(Matter, matter_id)
    if matter is None or matter.township_id != actor.township_id:
        raise NotFoundError(NO_MATTER)
    ensure_liaison(actor, matter.village_id)
    return matter


def visible_matter(session: Session, actor: Actor, matter_id: int) -> Matter:
    """A matter that the person may see. What is none of theirs does not exist for them."""
    matter = session.get(Matter, matter_id)
    if matter is None or not may_see(actor, matter):
        raise NotFoundError(NO_MATTER)
    return matter


def ensure_liaison(actor: Actor, village_id: int | None, sentence: str = RECORDING) -> None:
    """Refuse, in this sentence, who is not the liaison of the place."""
    if not actor.holds(Role.LIAISON, village_id):
        raise refuse("not_your_role", sentence)
