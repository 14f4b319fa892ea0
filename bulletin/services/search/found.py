"""What is found: the subjects of each kind, in the order in which they are listed."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from bulletin.domain.codes import TypedCode
from bulletin.domain.notices.register import RegisterNumber
from bulletin.domain.people import Actor
from bulletin.domain.search.kinds import Kind
from bulletin.services.access import may_see
from bulletin.services.search.asked import Asked
from bulletin.store.notice_queries import notice_typed, notices_of_number
from bulletin.store.notices import Edition, Notice
from bulletin.store.search_index import newest_ids

MAX_FOUND = 500  # of a kind; whoever has more before them gives another word


@dataclass(frozen=True)
class FoundNotice:
    notice_id: int
    edition_id: int  # the newest edition that has the words


def kinds_for(actor: Actor) -> tuple[Kind, ...]:
    """What a person may search: accounts are the administrator's."""
    return tuple(kind for kind in Kind if kind is not Kind.PERSON or actor.administers)


def found_ids(
    session: Session, asked: Asked, kind: Kind, *narrowed: str, most: int | None = None
) -> list[int]:
    """What has all words: first where its title has them, then the rest, each the newest first."""
    most = most or MAX_FOUND
    if not asked.words and not narrowed:
        return []
    first = newest_ids(session, kind, asked.wanted(*narrowed, in_title=True), most)
    if len(first) == most:
        return first
    rest = newest_ids(session, kind, asked.wanted(*narrowed), most)
    return list(dict.fromkeys([*first, *rest]))[:most]


def found_notices(
    session: Session, actor: Actor, asked: Asked, typed: str, *narrowed: str
) -> list[FoundNotice]:
    """Each notice once: the one whose code or number was typed, then those that have the words."""
    editions = found_ids(session, asked, Kind.NOTICE, *narrowed)
    exact = _exact(session, actor, typed)
    if exact is not None and not narrowed:
        editions.insert(0, exact.effective_edition.id)
    return _each_once(session, editions)


def _each_once(session: Session, editions: Iterable[int]) -> list[FoundNotice]:
    ids = list(dict.fromkeys(editions))
    rows = session.execute(select(Edition.id, Edition.notice_id).where(Edition.id.in_(ids)))
    notice_of = dict(rows.all())
    found: dict[int, int] = {}
    for edition_id in ids:
        notice_id = notice_of[edition_id]
        found.setdefault(notice_id, edition_id)
        found[notice_id] = max(found[notice_id], edition_id)
    return [FoundNotice(notice_id, edition_id) for notice_id, edition_id in found.items()]


def _exact(session: Session, actor: Actor, typed: str) -> Notice | None:
    """The notice that was named: by its code, the digits beside it, its address or register number."""
    notice = notice_typed(session, TypedCode.read(typed))
    if notice is None and (number := RegisterNumber.read(typed)) is not None:
        notice = next(iter(notices_of_number(session, [actor.township_id], number)), None)
    return notice if notice is not None and may_see(actor, notice) else None
