"""Who signs for a place."""

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from bulletin.domain.catalog.items import PublisherKind
from bulletin.store.places import Publisher, Village


def publishers_of(township_id: int, village_id: int | None) -> Select[Publisher]:
    """Who signs for a village (None: the township) today."""
    return (
        select(Publisher)
        .where(
            Publisher.township_id == township_id,
            Publisher.village_id == village_id,
            Publisher.until_on.is_(None),
        )
        .order_by(Publisher.id)
    )


def signs_today(session: Session, publisher: Publisher) -> Publisher:
    """Who signs for it: itself, or the one of its kind of the village that took over."""
    if publisher.until_on is None or publisher.village_id is None:
        return publisher
    village = session.get_one(Village, publisher.village_id).today
    signing = publishers_of(village.township_id, village.id)
    return session.scalars(signing.where(Publisher.kind == publisher.kind)).one()


def speaker_of(session: Session, township_id: int, village_id: int | None) -> Publisher:
    """Who speaks for a place in what no item of the catalog asks for: the committee, the township."""
    kind = PublisherKind.TOWNSHIP if village_id is None else PublisherKind.VILLAGERS_COMMITTEE
    query = publishers_of(township_id, village_id).where(Publisher.kind == kind)
    return session.scalars(query).one()


def publisher_by_prefix(session: Session, prefix: str) -> Publisher | None:
    """Whose register numbers begin with a prefix, such as 张家村公开; of several the one of today."""
    of_today = Publisher.until_on.is_not(None)
    query = select(Publisher).where(Publisher.prefix == prefix)
    return session.scalar(query.order_by(of_today, Publisher.id.desc()).limit(1))
