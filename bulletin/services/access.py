"""What belongs to whom: the administrator's rights, and villages of one's own township."""

from sqlalchemy.orm import Session

from bulletin.domain.errors import NotFoundError, refuse
from bulletin.domain.people import Actor, Role
from bulletin.store.places import Village


def ensure_administrator(actor: Actor) -> None:
    """People, villages, boards' owners and catalogs are the administrator's.

    Raises:
        Refused: the person is none, and is not the operator at the command line either.
    """
    if actor.id is not None and not actor.holds(Role.ADMINISTRATOR, None):
        raise refuse("not_your_role", "这件事由管理员办理。")


def ensure_of_county(actor: Actor) -> None:
    """What goes over all townships of a county is for its overseers.

    Raises:
        Refused: the person is none, and is not the operator at the command line either.
    """
    if actor.id is not None and not actor.holds(Role.COUNTY_OVERSEER, None):
        raise refuse("not_your_role", "各乡镇的汇总由县级督查查看。")


def village_in(session: Session, actor: Actor, village_id: int) -> Village:
    """A village of the actor's own township.

    Raises:
        NotFoundError: there is none with this id; what another township has does not exist here.
    """
    village = session.get(Village, village_id)
    if village is None or village.township_id != actor.township_id:
        raise NotFoundError("没有这个村。")
    return village
