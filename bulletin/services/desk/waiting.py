"""What one has handed on and waits for others to do."""

from dataclasses import dataclass
from datetime import datetime

from bulletin.domain.days import village_day
from bulletin.domain.notices.permissions import EditionFacts, holders, may
from bulletin.domain.notices.workflow import IN_REVIEW, STEP_OF_STATE
from bulletin.domain.people import Actor, Role
from bulletin.services.edition_progress import lies_with
from bulletin.services.site import Site
from bulletin.services.transition import facts_of
from bulletin.store.notice_queries import editions_in


@dataclass(frozen=True, kw_only=True)
class WaitingLine:
    """A notice that lies on somebody else's desk."""

    code: str
    title: str
    village: str  # '' for the township
    lies_with: str  # 村务监督委员会成员
    days: int  # that it has lain there


def waiting_for_others(site: Site, actor: Actor, now: datetime) -> tuple[WaitingLine, ...]:
    """What this person wrote or reviewed and another has to review now, the longest wait first."""
    if not actor.is_reviewer and not actor.holds_anywhere(Role.LIAISON):
        return ()
    day = village_day(now)
    with site.sessions.reading() as session:
        waiting = session.scalars(editions_in(actor.township_id, IN_REVIEW, actor.places))
        return tuple(
            WaitingLine(
                code=edition.notice.code,
                title=edition.title,
                village=edition.notice.village.name if edition.notice.village else "",
                lies_with=lies_with(site, edition),
                days=(day - village_day(edition.state_since)).days,
            )
            for edition in waiting
            if _is_handed_on(actor, facts_of(site, edition, now))
        )


def _is_handed_on(actor: Actor, edition: EditionFacts) -> bool:
    """Whether it passed through this person's hands, and the next step is none of theirs."""
    step = STEP_OF_STATE[edition.state]
    if may(step, actor, edition):
        return False
    wrote = actor.holds(Role.LIAISON, edition.village_id)
    holds_step = any(actor.holds(role, village) for role, village in holders(step, edition))
    return wrote or holds_step or actor.id in edition.takers.values()
