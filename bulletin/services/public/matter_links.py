"""The phases of a matter on the resident's page, each with the notice that discloses it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from bulletin.domain.days import village_day
from bulletin.domain.duties.coverage import CoverageState
from bulletin.domain.duties.coverage_shares import OWED
from bulletin.services.duties.advance_matter import phases_of
from bulletin.services.duties.overview import DutyLine, lines_of
from bulletin.services.notices.visibility import NoticeView
from bulletin.services.public.page_values import PhaseLink
from bulletin.services.site import Site
from bulletin.store import notice_queries
from bulletin.store.asked_once import asked_once
from bulletin.store.duties import Duty, Matter
from bulletin.store.notices import Notice


@asked_once
def matter_links(
    session: Session, site: Site, notice: Notice, now: datetime
) -> tuple[PhaseLink, ...]:
    """The notices of the same matter by phase; a phase without a public notice has no link."""
    if notice.matter_id is None:
        return ()
    matter = session.get_one(Matter, notice.matter_id)
    return phase_links(session, site, [matter], now, notice)[0]


def phase_links(
    session: Session,
    site: Site,
    matters: Sequence[Matter],
    now: datetime,
    this: Notice | None = None,
) -> list[tuple[PhaseLink, ...]]:
    """Of each of some matters every phase, in order, as far as it has come and beyond.

    Args:
        this: the notice that is being read.
    """
    duties = [duty for matter in matters for duty in matter.duties]
    lines = {line.id: line for line in lines_of(session, site, duties, now)}
    views = public_views(session, site, [duty.id for duty in duties], now)
    return [tuple(_links(session, matter, lines, views, this)) for matter in matters]


def _links(
    session: Session,
    matter: Matter,
    lines: Mapping[int, DutyLine],
    views: Mapping[int, NoticeView],
    this: Notice | None,
) -> Iterator[PhaseLink]:
    for step, phase in enumerate(phases_of(session, matter)):
        duties = [duty for duty in matter.duties if duty.step == step and duty.due_on is not None]
        for duty in duties:
            yield _phase_link(duty, lines[duty.id], views.get(duty.id), this)
        if not duties:  # what is still to come
            words = phase.phase.label
            yield PhaseLink(
                phase=words, title=phase.event, url="", published_on=None, is_this=False
            )


def public_views(
    session: Session, site: Site, duty_ids: list[int], now: datetime
) -> dict[int, NoticeView]:
    """By duty the first notice that answers it and may be linked; none where nothing does."""
    found: dict[int, NoticeView] = {}
    for duty_id, notice in notice_queries.answering(session, duty_ids):
        if duty_id not in found:
            view = NoticeView(site, notice, now)
            if view.listed_edition is not None:
                found[duty_id] = view
    return found


def _phase_link(
    duty: Duty, line: DutyLine, view: NoticeView | None, this: Notice | None
) -> PhaseLink:
    words = duty.phase.label if duty.phase else ""
    if view is None:  # also a reader of what is not out yet, or out no more, knows where he is
        return PhaseLink(
            phase=words,
            title=duty.label,
            url="",
            published_on=None,
            is_this=this is not None and duty in this.duties,
            overdue_since=line.due_on if line.state in OWED else None,
        )
    moment = view.edition.publish_at
    return PhaseLink(
        phase=words,
        title=view.title,
        url=f"/N/{view.notice.code}",
        published_on=village_day(moment) if moment else None,
        is_this=this is not None and view.notice.id == this.id,
        late_since=line.due_on if line.state is CoverageState.LATE else None,
    )
