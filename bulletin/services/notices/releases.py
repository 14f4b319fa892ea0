"""Which notices the next step lets out at once: nothing calls back what residents have read."""

from collections.abc import Iterable
from datetime import datetime

from bulletin.domain.notices.workflow import State, is_last_step
from bulletin.domain.people import Actor
from bulletin.services.access import notice_for
from bulletin.services.site import Site


def released_at_once(site: Site, actor: Actor, codes: Iterable[str], now: datetime) -> list[str]:
    """The titles of those notices that are public as soon as the step before them is taken."""
    titles = []
    with site.sessions.reading() as session:
        for code in codes:
            notice = notice_for(session, actor, code)
            edition, steps = notice.effective_edition, site.steps(notice.procedure)
            is_last = is_last_step(edition.state, steps) if steps else edition.state is State.DRAFT
            if is_last and (edition.publish_at is None or edition.publish_at <= now):
                titles.append(edition.title)
    return titles
