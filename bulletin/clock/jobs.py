"""Which verb each tick calls, and the clock's one reading of the time."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from bulletin.services.duties.follow_catalog import follow_adoptions
from bulletin.services.duties.open import DUTIES_TICK, open_duties
from bulletin.services.duties.recalculate import reckon_anew
from bulletin.services.notices.publish import PUBLISH_TICK, publish_due
from bulletin.services.operations.back_up import BACKUP_TICK, daily
from bulletin.services.operations.copy_history import WITNESS_TICK, write_on
from bulletin.services.oversight.remind import REMIND_TICK, remind
from bulletin.services.site import House


def read_clock() -> datetime:
    """This machine's time; the clock's only reading of it."""
    return datetime.now(UTC)  # noqa: TID251 - a door


def _publish(house: House, now: datetime) -> str:
    return f"published {len(publish_due(house, now))}"


def _open_duties(house: House, now: datetime) -> str:
    followed = follow_adoptions(house, now)
    opened, moved = open_duties(house, now), reckon_anew(house, now)
    return f"opened {opened} duties, {followed} follow a new catalog, moved {moved} days"


def _remind(house: House, now: datetime) -> str:
    sent = remind(house, now)
    return f"told {sent.planned} people, delivered {sent.delivered}, failed {sent.failed}"


def _back_up(house: House, now: datetime) -> str:
    return daily(house, now)


def _witness(house: House, _now: datetime) -> str:
    return f"wrote {write_on(house)} entries"


TICKS: Mapping[str, Callable[[House, datetime], str]] = {
    PUBLISH_TICK: _publish,
    DUTIES_TICK: _open_duties,
    REMIND_TICK: _remind,
    WITNESS_TICK: _witness,
    BACKUP_TICK: _back_up,
}


def tick_once(house: House, now: datetime) -> dict[str, str]:
    """One sweep of everything, as `bulletin tick` does it."""
    return {name: act(house, now) for name, act in TICKS.items()}
