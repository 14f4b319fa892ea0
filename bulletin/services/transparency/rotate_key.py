"""A new key for the checkpoints of the history."""

from datetime import datetime

from bulletin.domain.people import Actor
from bulletin.keys.signed_note import VerifierKey
from bulletin.services.history import record
from bulletin.services.site import Site
from bulletin.services.transparency.checkpoint import origin
from bulletin.store import history


def rotate_key(site: Site, actor: Actor, now: datetime) -> VerifierKey:
    """Sign with a new key from now on; the old one names it under its own signature.

    The history knows both by their ids, so that a key that nobody rotated to stands out.
    """
    with site.sessions.writing() as session:
        name, size = origin(session), history.head(session).number
        old = site.keys.verifier(name)
        new = site.keys.rotate(name, size)
        record(session, actor, "rotate_key", "house", now, old=old.id.hex(), new=new.id.hex())
    return new
