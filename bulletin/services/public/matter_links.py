"""The way of a matter on the resident's page: each phase, and the notice that told of it."""

from datetime import datetime

from sqlalchemy.orm import Session

from bulletin.domain.days import village_day
from bulletin.domain.notices.visibility import in_force
from bulletin.domain.notices.workflow import State
from bulletin.services.duties.advance_matter import phases_of
from bulletin.services.notices.visibility import dates_of, title_shown
from bulletin.services.public.page_values import PhaseLink
from bulletin.services.site import Site
from bulletin.store import notice_queries
from bulletin.store.duties import Duty, Matter
from bulletin.store.notices import Edition, Notice


def matter_links(
    session: Session, site: Site, notice: Notice, now: datetime
) -> tuple[PhaseLink, ...]:
    """The notices of the same matter by phase; a phase without a public notice has no link."""
    if notice.matter_id is None:
        return ()
    matter = session.get_one(Matter, notice.matter_id)
    links = []
    for step, phase in enumerate(phases_of(session, matter)):
        duties = [duty for duty in matter.duties if duty.step == step and duty.due_on is not None]
        links += [
            _phase_link(site, duty, _public_edition(session, duty.id, now), notice, now)
            for duty in duties
        ]
        if not duties:  # what is still to come
            words = phase.phase.label
            links.append(PhaseLink(words, phase.event, "", None, is_this=False))
    return tuple(links)


def _public_edition(session: Session, duty_id: int, now: datetime) -> Edition | None:
    for other in session.scalars(notice_queries.notices_answering(duty_id)):
        current = in_force(dates_of(other), now)
        if current is not None and current.state is not State.TAKEN_DOWN:
            return next(e for e in other.editions if e.number == current.number)
    return None


def _phase_link(
    site: Site, duty: Duty, edition: Edition | None, this: Notice, now: datetime
) -> PhaseLink:
    words = duty.phase.label if duty.phase else ""
    if edition is None:  # also a reader of what is not out yet, or out no more, knows where he is
        return PhaseLink(words, duty.label, "", None, is_this=duty in this.duties)
    other = edition.notice
    published = village_day(edition.publish_at) if edition.publish_at else None
    title = title_shown(site, edition, now)
    return PhaseLink(words, title, f"/N/{other.code}", published, other.id == this.id)
