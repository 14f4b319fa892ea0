"""What is wrong with the parts that a county adds, each of them optional, and with whom the clock left out: the site goes on."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from bulletin.domain.days import instant_words
from bulletin.services.left_out import left_out
from bulletin.services.operations.parts.health_problem import HealthProblem
from bulletin.services.site import Site


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
