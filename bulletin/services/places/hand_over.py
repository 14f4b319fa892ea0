"""What a village leaves to the one that follows it: publishers, open duties, drafts, boards, outlets, roles.

Called by `rename` and `merge`, in their transaction. What was published stays as it was: its number, its
publisher and its page are the old village's for ever.
"""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from bulletin.domain.catalog.items import PublisherKind
from bulletin.domain.days import ONE_DAY, village_day, village_time
from bulletin.domain.deadlines.periods import Period
from bulletin.domain.people import Actor
from bulletin.services.fingerprint import edition_fingerprint
from bulletin.store.brought import ChosenCells
from bulletin.store.catalogs import ProposedImport
from bulletin.store.duties import Duty, Matter
from bulletin.store.duty_lists import unsettled
from bulletin.store.escalations import Escalation
from bulletin.store.inspections import InspectionFinding
from bulletin.store.ledger_mappings import LedgerMapping
from bulletin.store.notice_queries import notices_by_duty
from bulletin.store.notices import Notice, Signature
from bulletin.store.outlets import Outlet
from bulletin.store.people import Appointment
from bulletin.store.places import Board, FormerBoardVillage, Publisher, Village, boards_of
from bulletin.store.publishers import publishers_of
from bulletin.store.register import RegisterCounter, last_number

Publishers = dict[PublisherKind, Publisher]


def publishers_by_kind(session: Session, village: Village) -> Publishers:
    """Who signs for a village today."""
    signing = session.scalars(publishers_of(village.township_id, village.id))
    return {publisher.kind: publisher for publisher in signing}


def continue_register(session: Session, old: Publisher, new: Publisher, now: datetime) -> None:
    """The new publisher's numbers go on where the old one's end this year; next year begins at 1."""
    year = village_time(now).year
    last = last_number(session, old, year)
    old.until_on = village_day(now) - ONE_DAY
    session.flush()  # one of a kind signs at a time
    new.first_number = last + 1
    session.add(new)
    session.flush()
    session.add(RegisterCounter(publisher_id=new.id, year=year, last=last))
    session.flush()


def sign_over(session: Session, old: Publisher, new: Publisher, *, duties: bool = True) -> None:
    """Matters and what has no number yet are signed by another publisher from now on.

    Args:
        duties: those of the calendar too; False where the other one owes the same for itself.
    """
    if duties:
        _set(session, Duty, Duty.publisher_id == old.id, publisher_id=new.id)
    else:
        of_matter = Duty.matter_id.is_not(None)
        where = (Duty.publisher_id == old.id) & of_matter
        _set(session, Duty, where, publisher_id=new.id)
    _set(session, Matter, Matter.publisher_id == old.id, publisher_id=new.id)
    unnumbered = select(Notice.id).where(Notice.register_number.is_(None))
    signed = (Signature.publisher_id == old.id) & Signature.notice_id.in_(unnumbered)
    _set(session, Signature, signed, publisher_id=new.id)
    registered = (Notice.register_publisher_id == old.id) & Notice.register_number.is_(None)
    _set(session, Notice, registered, register_publisher_id=new.id)
    session.expire_all()


def _set(session: Session, table: type, where: object, **columns: object) -> None:
    session.execute(update(table).where(where).values(**columns))  # type: ignore[arg-type]


def fingerprint_anew(session: Session, village: Village) -> None:
    """What is handed in keeps its place in the review, under the name that it will be published with."""
    unnumbered = Notice.register_number.is_(None)
    notices = session.scalars(select(Notice).where(Notice.village_id == village.id, unnumbered))
    for notice in notices:
        for edition in notice.editions:
            if edition.fingerprint is not None:
                edition.fingerprint = edition_fingerprint(edition)


def move_drafts(session: Session, old: Village, new: Village) -> None:
    """What has no number yet becomes the other village's."""
    unnumbered = select(Notice).where(Notice.village_id == old.id, Notice.register_number.is_(None))
    for notice in session.scalars(unnumbered):
        notice.village_id = new.id
        for edition in notice.editions:
            edition.village_id = new.id
    session.flush()


def move_matters(session: Session, old: Village, new: Village) -> None:
    """A matter is carried on by the other village, with everything that belongs to it."""
    of_old = select(Duty).where(Duty.village_id == old.id, Duty.matter_id.is_not(None))
    _move(session.scalars(of_old).all(), old, new)
    _set(session, Matter, Matter.village_id == old.id, village_id=new.id)


def move_open_duties(
    session: Session, actor: Actor, old: Village, new: Village, now: datetime
) -> int:
    """What is owed for a period that has begun is owed on; returns how many.

    What has not begun, and what waits for an event, the other village owes for itself.
    """
    today = village_day(now)
    still_open = select(Duty).where(
        Duty.village_id == old.id,
        Duty.matter_id.is_(None),
        Duty.not_applicable_reason == "",
        unsettled(today, now),
    )
    duties = session.scalars(still_open).all()
    begun = notices_by_duty(session, [duty.id for duty in duties])
    owed = [duty for duty in duties if duty.id in begun or _has_begun(duty, today)]
    reason = f"{old.name}已并入{new.name}，以后由{new.name}公开。"
    for duty in duties:
        if duty not in owed:
            duty.declare_not_applicable(reason, actor.id, now)
    _move(owed, old, new)
    for duty in owed:
        duty.label = f"{duty.label}（原{old.name}）"
    return len(owed)


def _has_begun(duty: Duty, today: date) -> bool:
    if duty.due_on is None:
        return False
    try:
        return Period.parse(duty.occasion).first <= today
    except ValueError:  # of an event that has happened
        return True


def move_every_duty(session: Session, old: Village, new: Village) -> None:
    """The village goes on under another code, and owes everything that it owed."""
    _move(session.scalars(select(Duty).where(Duty.village_id == old.id)).all(), old, new)


def _move(duties: Collection[Duty], old: Village, new: Village) -> None:
    for duty in duties:
        if duty.from_village_id is None:
            duty.from_village_id = old.id
        duty.village_id = new.id


def move_boards(session: Session, old: Village, new: Village, now: datetime) -> None:
    """The boards go on with what hangs there, and are walked after the other village's; one of a name that it has is named after its village."""
    today = village_day(now)
    walk = session.scalars(boards_of(new.township_id, new.id, today=today)).all()
    names = set(session.scalars(select(Board.name).where(Board.village_id == new.id)))
    last = max((board.walking_order for board in walk), default=0)
    for board in session.scalars(boards_of(old.township_id, old.id, today=today)).all():
        last += 1
        if board.name in names:
            board.name = f"{board.name}（原{old.name}）"
        board.village_id, board.walking_order = new.id, last
        session.add(
            FormerBoardVillage(
                township_id=old.township_id,
                board_id=board.id,
                village_id=old.id,
                until_on=today - ONE_DAY,
            )
        )


def move_roles(session: Session, old: Village, new: Village, now: datetime) -> None:
    """Whoever has a role has it in the other village from today on."""
    today = village_day(now)
    since = (Appointment.until_on.is_(None)) | (Appointment.until_on >= today)
    held = session.scalars(select(Appointment).where(Appointment.village_id == old.id, since)).all()
    known = {
        (each.person_id, each.role)
        for each in session.scalars(
            select(Appointment).where(Appointment.village_id == new.id, since)
        )
    }
    for each in held:
        if (each.person_id, each.role) not in known:
            session.add(
                Appointment(
                    township_id=each.township_id,
                    person_id=each.person_id,
                    role=each.role,
                    village_id=new.id,
                    from_on=max(each.from_on, today),
                    until_on=each.until_on,
                )
            )
        each.until_on = today - ONE_DAY


def move_outlets(session: Session, old: Village, new: Village, now: datetime) -> None:
    """Its chats and loudspeakers carry what the other village publishes from today on.

    One of a name and kind that the other has is named after its village.
    """
    today = village_day(now)
    since = (Outlet.until_on.is_(None)) | (Outlet.until_on >= today)
    of_new = session.scalars(select(Outlet).where(Outlet.village_id == new.id))
    names = {(outlet.kind, outlet.name) for outlet in of_new}
    for outlet in session.scalars(select(Outlet).where(Outlet.village_id == old.id, since)):
        if (outlet.kind, outlet.name) in names:
            outlet.name = f"{outlet.name}（原{old.name}）"
        outlet.village_id, outlet.from_on = new.id, max(outlet.from_on, today)


def move_oversight(session: Session, old: Village, new: Village) -> None:
    """What is still to be mended, and each 督办单 that is open, is answered by the other village."""
    unmended = InspectionFinding.mended_on.is_(None)
    where = (InspectionFinding.village_id == old.id) & unmended
    _set(session, InspectionFinding, where, village_id=new.id)
    is_open = (Escalation.village_id == old.id) & Escalation.closed_on.is_(None)
    _set(session, Escalation, is_open, village_id=new.id)


def move_choices(session: Session, old: Village, new: Village) -> None:
    """How its bookkeeper's files were read is remembered, where the other village chose nothing itself."""
    chosen = set(
        session.scalars(select(ChosenCells.item_code).where(ChosenCells.village_id == new.id))
    )
    for cells in session.scalars(select(ChosenCells).where(ChosenCells.village_id == old.id)):
        if cells.item_code not in chosen:
            cells.village_id = new.id
    heads = set(
        session.scalars(select(LedgerMapping.heads).where(LedgerMapping.village_id == new.id))
    )
    for mapping in session.scalars(select(LedgerMapping).where(LedgerMapping.village_id == old.id)):
        if mapping.heads not in heads:
            mapping.village_id = new.id


def end_proposals(session: Session, old: Village) -> None:
    """A catalog that somebody is looking through for a village that is no more is looked through no further."""
    session.execute(delete(ProposedImport).where(ProposedImport.village_id == old.id))
