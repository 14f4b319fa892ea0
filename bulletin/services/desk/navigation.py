"""What every page of the desk has in its bar: where one is, who one is, how much waits."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from bulletin.domain.people import Actor, Role
from bulletin.services.notices.reviews.queue import takeable, to_endorse
from bulletin.services.site import Site
from bulletin.store.people import Person
from bulletin.store.places import Township, Village


@dataclass(frozen=True, kw_only=True)
class Frame:
    place: str  # 张家村; 红崖子沟乡 for people of the township
    demo: bool  # invented people and figures
    role: str  # 信息员; several by 、
    name: str
    names: frozenset[str]  # of the people of the township, which no line of a page breaks
    reviews: int  # notices that wait for this person's review


def frame(site: Site, actor: Actor, now: datetime) -> Frame:
    """The bar of the desk for the person signed in."""
    with site.sessions.reading() as session:
        township = session.get_one(Township, actor.township_id)
        villages = [
            session.get_one(Village, village_id) for village_id in sorted(actor.village_ids)
        ]
        place = township.name
        if villages and not actor.is_of_township:
            place = "、".join(village.name for village in villages)
        demo = township.demo
        of_township = select(Person.name).where(Person.township_id == township.id)
        names = frozenset(session.scalars(of_township))
    roles = "、".join(role.label for role in Role if role in actor.roles)
    return Frame(
        place=place,
        demo=demo,
        role=roles,
        name=actor.name,
        names=names,
        reviews=waiting_reviews(site, actor, now),
    )


def waiting_reviews(site: Site, actor: Actor, now: datetime) -> int:
    if not actor.is_reviewer:
        return 0
    return takeable(site, actor) + len(to_endorse(site, actor, now))
