"""What one has handed on and waits for others to do."""

from dataclasses import dataclass
from datetime import datetime

from bulletin.domain import pages
from bulletin.domain.days import village_day
from bulletin.domain.notices.permissions import may
from bulletin.domain.notices.workflow import STEP_OF_STATE
from bulletin.domain.people import Actor, Role
from bulletin.services.edition_progress import lies_with
from bulletin.services.site import Site
from bulletin.services.transition import facts_of
from bulletin.store.notice_queries import editions_handed_on


@dataclass(frozen=True, kw_only=True)
class WaitingLine:
    """A notice that lies on somebody else's desk."""

    code: str
    title: str
    village: str  # '' for the township
    lies_with: str  # 村务监督委员会成员
    days: int  # that it has lain there


@dataclass(frozen=True)
class Waiting:
    lines: tuple[WaitingLine, ...] = ()  # a page
    are_more: bool = False


def waiting_for_others(site: Site, actor: Actor, now: datetime) -> Waiting:
    """What this person wrote, edited or reviewed and another reviews now, the longest wait first."""
    day, most = village_day(now), pages.PER_PAGE
    liaison_of = actor.places_of(Role.LIAISON)
    handed_on = editions_handed_on(actor.township_id, liaison_of, actor.id)
    with site.sessions.reading() as session:
        editions = session.scalars(handed_on.limit(most + 1)).all()
        lines = tuple(
            WaitingLine(
                code=edition.notice.code,
                title=edition.title,
                village=edition.notice.village.name if edition.notice.village else "",
                lies_with=lies_with(site, edition),
                days=(day - village_day(edition.state_since)).days,
            )
            for edition in editions[:most]
            if not may(STEP_OF_STATE[edition.state], actor, facts_of(site, edition, now))
        )
        return Waiting(lines, len(editions) > most)
