"""The rule that a duty follows, and the day by that rule, as its township counts."""

from dataclasses import replace

from bulletin.domain.catalog.items import DisclosureItem
from bulletin.domain.deadlines.periods import Period
from bulletin.domain.deadlines.rules import Deadline, TimeLimit, due_date
from bulletin.domain.deadlines.workdays import WorkCalendar
from bulletin.domain.duties.matters import MatterPhase, read_phase
from bulletin.services.site import Site
from bulletin.store.duties import Duty
from bulletin.store.places import Township


def calendar_of(site: Site, township: Township) -> WorkCalendar:
    """The holidays, and whether what ends on one of them moves: each township says."""
    return replace(site.calendar, moves_ends=township.moves_ends)


def deadline_of(site: Site, duty: Duty, item: DisclosureItem) -> Deadline | None:
    """The day of a duty by the rule of an item; None when the rule has none for its occasion."""
    calendar = calendar_of(site, duty.township)
    if duty.event_on is not None:
        return due_date(
            limit_of(duty, item),
            calendar,
            event_on=duty.event_on,
            promptly_days=site.promptly_days,
        )
    limit = item.time_limit
    if limit.every is None or duty.matter_id is not None:
        return None
    period = Period.parse(duty.occasion)
    return due_date(limit, calendar, period=period) if period.every is limit.every else None


def limit_of(duty: Duty, item: DisclosureItem) -> TimeLimit:
    """The rule that a duty follows: its phase's own, or the item's."""
    phase = phase_of(duty)
    return (phase and phase.time_limit) or item.limit_of(duty.phase)


def counts_back(duty: Duty, item: DisclosureItem) -> bool:
    """Whether its notice is due before its event, and so serves it: 选举日的二十日前."""
    return limit_of(duty, item).kind == "before_event"


def phase_of(duty: Duty) -> MatterPhase | None:
    """The phase of its matter that a duty belongs to, as the matter stores it."""
    phases = duty.matter.phases if duty.matter else []
    return read_phase(phases[duty.step]) if phases and duty.step is not None else None
