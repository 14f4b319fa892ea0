"""What is wrong with what a county adds, its parts and machines, and with whom the clock left out: the site goes on."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from bulletin.domain.days import instant_words
from bulletin.services.left_out import left_out
from bulletin.services.machine_keys import machines_with_other_keys, this_machine
from bulletin.services.operations.parts.health_problem import HealthProblem
from bulletin.services.site import Site
from bulletin.store.key_folder import KEY_FILE, SECRET_FILE

_OF_OTHER_KEYS = {
    SECRET_FILE: "who signed in there has to do so again here",
    KEY_FILE: "witnesses see two signatures",
}


def problems_of_parts(site: Site) -> Iterator[HealthProblem]:
    if fault := site.counts.fault():
        yield HealthProblem(
            f"the shared store does not answer, so each process counts for itself: {fault}",
            "start redis-server (or valkey-server), or mend shared_store (BULLETIN_SHARED_STORE)",
            grave=False,
        )
    replica = site.sessions.replica
    if replica is not None and not replica.answers():
        yield HealthProblem(
            "the read replica does not answer, so all pages are read from the first database",
            "start it, or mend read_url (BULLETIN_READ_URL)",
            grave=False,
        )
    if fault := site.queue.fault():
        yield HealthProblem(
            f"nobody does long work such as packs: {fault}",
            "start `bulletin worker` (any number, on any machine), or take queue (BULLETIN_QUEUE) out",
            grave=False,
        )


def problems_of_rounds(session: Session) -> Iterator[HealthProblem]:
    for each in left_out(session):
        yield HealthProblem(
            f"the clock left out {each.whose} ({each.tick}, {instant_words(each.at)}): {each.why}",
            "all others had their turn; the clock's log says more",
            grave=False,
        )


def problems_of_keys(site: Site, session: Session, now: datetime) -> Iterator[HealthProblem]:
    """Machines that sign with others: what comes of it, and how to mend it."""
    if others := machines_with_other_keys(site, session, now):
        named = "; ".join(f"{each.machine} ({', '.join(each.files)})" for each in others)
        files = {file for each in others for file in each.files}
        comes = [words for file, words in _OF_OTHER_KEYS.items() if file in files]
        yield HealthProblem(
            f"machines of this house sign with other keys than this one, {this_machine()}: {named}. {' and '.join(comes)}",
            "copy secret, checkpoint.key and checkpoint.keys from the data folder of the machine that was there first "
            "into those of all others, and restart those",
        )
