"""What is kept of applicants beside their name goes after a term."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bulletin.domain.days import village_day
from bulletin.domain.people import Actor
from bulletin.services.history import record
from bulletin.services.one_by_one import one_by_one
from bulletin.services.site import Site
from bulletin.store.information_requests import InformationRequest, with_contact_until


def forget_old_applicants(site: Site, now: datetime) -> int:
    """Ways to reach applicants and proofs of who they are, whose request is ended for longer than the term.

    Returns:
        Of how many requests. The name stays, as it stands in the letters.
    """
    last_on = village_day(now) - timedelta(days=site.requests.contact_days)
    with one_by_one() as those:
        with site.sessions.writing() as session:
            requests = session.scalars(with_contact_until(last_on)).all()
            for request in requests:
                with those.turn_of(f"request {request.id}"), session.begin_nested():
                    _forget(session, request, now)
        if requests:
            site.sessions.scrub()
    return len(requests)


def _forget(session: Session, request: InformationRequest, now: datetime) -> None:
    request.contact = request.identity = ""
    request.contact_deleted_at = now
    actor = Actor(None, "到期清理", request.township_id)
    record(session, actor, "delete_contact", f"request {request.id}", now)
