"""What a township settles for all its villages: whether days off move what ends on them."""

from datetime import datetime

from bulletin.domain.people import Actor
from bulletin.services.access import ensure_administrator
from bulletin.services.history import record
from bulletin.services.site import Site
from bulletin.store.places import Township


def change_days_off(site: Site, actor: Actor, now: datetime, *, moves_ends: bool) -> None:
    """Whether a period that ends on a day off ends on the next work day (民法典第二百零三条).

    It holds for what is counted from now on. What is open gets its later day with the next sweep
    when it is turned on, and keeps its day when it is turned off; what hangs keeps its end.
    """
    ensure_administrator(actor)
    with site.sessions.writing() as session:
        township = session.get_one(Township, actor.township_id)
        if township.moves_ends == moves_ends:
            return
        township.moves_ends = moves_ends
        record(
            session,
            actor,
            "change_days_off",
            f"township {township.code}",
            now,
            moves_ends=int(moves_ends),
        )
