"""A village merges into another one: it ends, and what it leaves undone is the other's."""

from datetime import datetime

from sqlalchemy.orm import Session

from bulletin.domain.days import ONE_DAY, village_day
from bulletin.domain.errors import refuse
from bulletin.domain.people import Actor
from bulletin.services.access import ensure_administrator, village_in
from bulletin.services.history import record
from bulletin.services.places import hand_over
from bulletin.services.site import Site
from bulletin.store.places import Village


def merge_village(site: Site, actor: Actor, village_id: int, into_id: int, now: datetime) -> int:
    """From today on the village is part of another one of the township.

    Nothing is dated back, whatever day the county decided on. Published notices keep their number, their publisher and their page, which leads on; what was a
    fact before today stays the old village's in every list as of a day before.

    Returns:
        How many open duties the other village takes over.

    Raises:
        Refused: not an administrator, the same village, or one of them is no more.
    """
    ensure_administrator(actor)
    with site.sessions.writing() as session:
        old, new = village_in(session, actor, village_id), village_in(session, actor, into_id)
        _ensure_apart(old, new)
        signing = hand_over.publishers_by_kind(session, new)
        for kind, publisher in hand_over.publishers_by_kind(session, old).items():
            publisher.until_on = village_day(now) - ONE_DAY
            hand_over.sign_over(session, publisher, signing[kind], duties=False)
        hand_over.move_matters(session, old, new)
        moved = hand_over.move_open_duties(session, actor, old, new, now)
        leave_to(session, old, new, now)
        record(
            session,
            actor,
            "merge_village",
            f"village {old.code}",
            now,
            into=new.code,
            duties=moved,
        )
        return moved


def _ensure_apart(old: Village, new: Village) -> None:
    if old.id == new.id:
        raise refuse("same_village", "请选要并入的另一个村。")
    for village in (old, new):
        if village.valid_until is not None:
            raise refuse("village_ended", f"{village.name}已经撤并，请选现在还在的村。")


def leave_to(session: Session, old: Village, new: Village, now: datetime) -> None:
    """A village ends, and its drafts, boards, outlets and people go to the one that follows it.

    What each table does with a village that ends is said in tests/services/places/test_merged_tables.py.
    """
    hand_over.move_drafts(session, old, new)
    hand_over.move_boards(session, old, new, now)
    hand_over.move_outlets(session, old, new, now)
    hand_over.move_choices(session, old, new)
    hand_over.move_oversight(session, old, new)
    hand_over.end_proposals(session, old)
    hand_over.move_roles(session, old, new, now)
    old.valid_until, old.successor_id = village_day(now) - ONE_DAY, new.id
    session.flush()
    session.expire_all()
    hand_over.fingerprint_anew(session, new)
