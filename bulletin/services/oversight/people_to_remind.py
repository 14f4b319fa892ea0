"""Who is reminded of a duty: whoever it waits for, and whoever can still move a moment that is too late."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from bulletin.domain.deputies import lent_roles
from bulletin.domain.notices.permissions import holders
from bulletin.domain.notices.workflow import STEP_OF_STATE, Act, State
from bulletin.domain.people import Role
from bulletin.services.duties.overview import DutyLine
from bulletin.services.duties.planned_day import late_plan_of
from bulletin.services.site import Site
from bulletin.services.transition import facts_of
from bulletin.store.deputations import deputations_since
from bulletin.store.notice_queries import notice_by_code
from bulletin.store.notices import Edition
from bulletin.store.people import holders_on

Grant = tuple[Role, int | None]  # a role in a village (None: the township)
Holders = dict[Grant, tuple[int, ...]]  # who holds it, by person id


def holders_of(session: Session, township_id: int, today: date) -> Holders:
    by_grant: Holders = {}
    for role in Role:
        for held in session.scalars(holders_on(township_id, role, today)):
            grant = role, held.village_id
            by_grant[grant] = (*by_grant.get(grant, ()), held.person_id)
    return _with_deputies(session, township_id, by_grant, today)


def _with_deputies(session: Session, township_id: int, by_grant: Holders, today: date) -> Holders:
    """Who stands in for somebody today is reminded as well."""
    lent: dict[Grant, tuple[int, ...]] = {}
    for agreed in session.scalars(deputations_since(township_id, today)):
        if not agreed.terms.holds_on(today):
            continue
        absent, own = (
            frozenset(grant for grant, people in by_grant.items() if person in people)
            for person in (agreed.absent_id, agreed.deputy_id)
        )
        for grant in lent_roles(absent, own) - own:
            lent[grant] = (*lent.get(grant, ()), agreed.deputy_id)
    return {
        grant: (*by_grant.get(grant, ()), *lent.get(grant, ())) for grant in {**by_grant, **lent}
    }


def people_to_remind(
    session: Session, site: Site, line: DutyLine, by_grant: Holders, now: datetime
) -> tuple[int, ...]:
    """By person id. While nobody holds the role that acts, the village head or the overseer."""
    liaison = (Role.LIAISON, line.village_id)
    notice = notice_by_code(session, line.notices[-1].code) if line.notices else None
    edition = notice.effective_edition if notice else None
    acts = [liaison] if edition is None else _who_acts(site, edition, liaison, now)
    people = _people(acts, by_grant)
    if acts and not people:
        first_responsible = by_grant.get((Role.VILLAGE_HEAD, line.village_id), ())
        people = first_responsible or by_grant.get((Role.OVERSEER, None), ())
    if edition is not None and late_plan_of(edition, now) is not None:
        people += _people(_who_can_move_it(site, edition, liaison, now), by_grant)
    return tuple(dict.fromkeys(people))


def _people(grants: list[Grant], by_grant: Holders) -> tuple[int, ...]:
    return tuple(person for grant in grants for person in by_grant.get(grant, ()))


def _who_acts(site: Site, edition: Edition, liaison: Grant, now: datetime) -> list[Grant]:
    """The liaison, or whoever takes the next step; nobody for what is approved and goes out by itself."""
    if edition.state is State.SCHEDULED:
        return []
    step = STEP_OF_STATE.get(edition.state)
    return list(holders(step, facts_of(site, edition, now))) if step else [liaison]


def _who_can_move_it(site: Site, edition: Edition, liaison: Grant, now: datetime) -> list[Grant]:
    """The liaison as long as it is written or reviewed; then whoever may reschedule it."""
    if edition.state is not State.SCHEDULED:
        return [liaison]
    return list(holders(Act.RESCHEDULE, facts_of(site, edition, now)))
