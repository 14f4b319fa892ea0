"""What every page of the desk has in its bar: where one is, who one is, how much waits."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bulletin.domain.days import day_words, village_day
from bulletin.domain.people import Actor, Role
from bulletin.services.duties.lists.kept import kept_counts
from bulletin.services.notices.reviews.queue import waiting_count
from bulletin.services.site import Site
from bulletin.store.deputations import deputations_since
from bulletin.store.people import Person
from bulletin.store.places import Township, Village


@dataclass(frozen=True, kw_only=True)
class Frame:
    place: str  # 张家村; 红崖子沟乡 for people of the township
    demo: bool  # invented people and figures
    role: str  # 信息员; several by 、; not what is lent
    name: str
    names: frozenset[str]  # of the people of the township, which no line of a page breaks
    reviews: int  # notices that wait for this person's review
    deputies: tuple[str, ...]  # 您替孙示例审到10月12日 | 王示例替您审到10月12日


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
        deputies = _deputies(session, actor, village_day(now))
        reviews = _reviews(session, site, actor, now)
    lent = frozenset(grant for absent in actor.stands_in for grant in absent.grants)
    own = {role for role, _ in actor.grants - lent}
    roles = "、".join(role.label for role in Role if role in own)
    return Frame(
        place=place,
        demo=demo,
        role=roles,
        name=actor.name,
        names=names,
        reviews=reviews,
        deputies=deputies,
    )


def _deputies(session: Session, actor: Actor, day: date) -> tuple[str, ...]:
    """For whom the person stands in today, and who stands in for them, each until when."""
    if not actor.is_reviewer:
        return ()
    words = [
        f"您替{absent.name}审到{day_words(absent.until_on, since=day)}"
        for absent in actor.stands_in
    ]
    agreed = session.scalars(deputations_since(actor.township_id, day, people=(actor.id or 0,)))
    words += [
        f"{each.deputy_name}替您审到{day_words(each.until_on, since=day)}"
        for each in agreed
        if each.absent_id == actor.id and each.terms.holds_on(day)
    ]
    return tuple(words)


def _reviews(session: Session, site: Site, actor: Actor, now: datetime) -> int:
    """How many notices wait for this person; counted once after each act, and not for each page."""
    if not actor.is_reviewer:
        return 0
    question = "reviews", actor.id, actor.grants, actor.stands_in

    def count() -> tuple[int]:
        return (waiting_count(session, site, actor, now),)

    (waiting,) = kept_counts(session, site, actor.township_id, question, now, count)
    return waiting
