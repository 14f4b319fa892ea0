"""What 今天 says of the house that the desk stands in: its clock, what residents read, and what its administrator is to mend."""

from dataclasses import dataclass
from datetime import datetime

from bulletin.domain.people import Actor
from bulletin.domain.ticks import PUBLISH_TICK
from bulletin.services.left_out import left_out_of
from bulletin.services.long_jobs.nobody_works import nobody_works
from bulletin.services.machine_keys import OtherKeys, machines_with_other_keys, this_machine
from bulletin.services.public.copy_health import StaleCopy, stale_copy
from bulletin.services.public.front_pages import is_late
from bulletin.services.site import Site
from bulletin.store import heartbeat


@dataclass(frozen=True, kw_only=True)
class HouseHealth:
    heartbeat_at: datetime | None
    heartbeat_late: bool
    stale_copy: StaleCopy | None  # residents read a copy that is not up to date
    # What follows is told an administrator alone, who can see to it.
    why_stale: str = ""  # the reason of the machine; '' where it isn't known
    nobody_works: bool = False  # long work waits for a worker
    left_out: tuple[str, ...] = ()  # whom the clock left out lately
    machine: str = ""  # by its name in the network
    other_keys: tuple[OtherKeys, ...] = ()  # machines that sign with others than this one
    counts_alone: bool = False  # the shared store is cut off


def house_health(site: Site, actor: Actor, now: datetime) -> HouseHealth:
    """As somebody of a township is told it."""
    with site.sessions.reading() as session:
        beat = heartbeat.last_beat(session, PUBLISH_TICK, now)
        stale, late = stale_copy(site, session, now), is_late(beat, now)
        if not actor.administers:
            return HouseHealth(heartbeat_at=beat, heartbeat_late=late, stale_copy=stale)
        return HouseHealth(
            heartbeat_at=beat,
            heartbeat_late=late,
            stale_copy=stale,
            why_stale=stale.why if stale else "",
            nobody_works=nobody_works(site),
            left_out=left_out_of(session, actor.township_id),
            machine=this_machine(),
            other_keys=tuple(machines_with_other_keys(site, session, now)),
            counts_alone=bool(site.counts.fault()),
        )
