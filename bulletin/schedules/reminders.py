"""schedules/reminders.yaml → when people are reminded."""

from datetime import time, timedelta
from pathlib import Path

from bulletin.domain.duties.reminders import ReminderPlan
from bulletin.schedules.located_yaml import LocatedNode, read_yaml

KEYS = {
    "days_before",
    "late_every",
    "late_for",
    "then_every",
    "overseer_after",
    "from",
    "until",
    "tries",
    "try_again_after",
}
MAX_DAYS = 366


def load_reminders(file: Path) -> ReminderPlan:
    """Read and check the plan.

    Raises:
        Misconfigured: with file, line and remedy.
    """
    keys = read_yaml(file).mapping(KEYS)
    opens_at, closes_at = _time(keys["from"]), _time(keys["until"])
    if opens_at >= closes_at:
        keys["until"].fail("must lie after `from`")
    return ReminderPlan(
        days_before=frozenset(_count(day, least=0) for day in keys["days_before"].sequence()),
        late_every=_count(keys["late_every"]),
        late_for=_count(keys["late_for"]),
        then_every=_count(keys["then_every"]),
        overseer_after=_count(keys["overseer_after"]),
        opens_at=opens_at,
        closes_at=closes_at,
        tries=_count(keys["tries"]),
        try_again_after=timedelta(minutes=_count(keys["try_again_after"])),
    )


def _count(entry: LocatedNode, least: int = 1) -> int:
    value = entry.value()
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= MAX_DAYS:
        entry.fail(f"expected a whole number from {least} to {MAX_DAYS}")
    return value


def _time(entry: LocatedNode) -> time:
    try:
        return time.fromisoformat(entry.text())
    except ValueError:
        entry.fail('expected a time such as "08:30"')
