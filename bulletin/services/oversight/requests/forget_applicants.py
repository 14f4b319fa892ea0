"""What is kept of applicants beside their name goes after a term."""

from datetime import datetime, timedelta

from bulletin.domain.days import village_day
from bulletin.domain.people import Actor
from bulletin.services.history import record
from bulletin.services.site import Site
from bulletin.store.information_requests import with_contact_until


def forget_old_applicants(site: Site, now: datetime) -> int:
    """Ways to reach applicants and proofs of who they are, whose request is ended for longer than the term.

    Returns:
        Of how many requests. The name stays, as it stands in the letters.
    """
    last_on = village_day(now) - timedelta(days=site.requests.contact_days)
    with site.sessions.writing() as session:
        requests = session.scalars(with_contact_until(last_on)).all()
        for request in requests:
            request.contact = request.identity = ""
            request.contact_deleted_at = now
            actor = Actor(None, "到期清理", request.township_id)
            record(session, actor, "delete_contact", f"request {request.id}", now)
    if requests:
        site.sessions.scrub()
    return len(requests)
