"""What a person decides about findings: not personal, or looked at."""

from datetime import datetime

from bulletin.domain.errors import refuse
from bulletin.domain.notices.workflow import Act
from bulletin.domain.people import Actor
from bulletin.services.access import edition_for
from bulletin.services.history import record
from bulletin.services.privacy.check import (
    ConcernKey,
    concerns,
    ensure_reason_is_clean,
    with_files_read,
)
from bulletin.services.site import Site
from bulletin.services.transition import ensure_may
from bulletin.store.clearances import Clearance


def clear(site: Site, actor: Actor, code: str, key: ConcernKey, reason: str, now: datetime) -> None:
    """Declare with a reason that a finding is no personal data. An ID number never is."""
    site = with_files_read(site, actor, code)
    with site.sessions.writing() as session:
        edition = edition_for(session, actor, code)
        ensure_may(site, edition, Act.SUBMIT, actor, now)
        reason = ensure_reason_is_clean(session, actor, reason, needed_for=Act.SUBMIT)
        concern = next((c for c in concerns(session, site.files, edition) if c.key == key), None)
        if concern is None or not concern.clearable:
            raise refuse("not_clearable", "这一处不能说明了事，请从内容里删掉。")
        if not concern.is_open:
            return
        session.add(
            Clearance(
                township_id=edition.township_id,
                edition_id=edition.id,
                kind=concern.kind,
                place=concern.place,
                masked=concern.masked,
                source=concern.source,
                reason=reason,
                person_id=actor.id,
                person_name=actor.name,
                at=now,
            )
        )
        record(
            session,
            actor,
            "clear_finding",
            f"notice {code}.{edition.number}",
            now,
            kind=concern.kind,
        )


def confirm_seen(site: Site, actor: Actor, code: str, digest: str, now: datetime) -> None:
    """A person looked at a picture or scan and found no personal data in it."""
    with site.sessions.writing() as session:
        edition = edition_for(session, actor, code)
        ensure_may(site, edition, Act.SUBMIT, actor, now)
        for file in edition.files:
            if file.digest == digest and file.seen_by is None:
                file.seen_by, file.seen_at = actor.id, now
                record(
                    session,
                    actor,
                    "confirm_seen",
                    f"notice {code}.{edition.number}",
                    now,
                    file=digest,
                )
