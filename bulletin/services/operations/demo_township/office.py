"""The demo's office for the disclosure of information: seats, registers, requests and what was done with them."""

from collections.abc import Callable

from bulletin.domain.days import village_day
from bulletin.domain.oversight.registers import RegisterKind
from bulletin.domain.oversight.requests.course import ApplicantClass, ReceivedBy
from bulletin.domain.oversight.responsibilities import LeadSeat
from bulletin.schedules.demo import DemoAct
from bulletin.services.operations.demo_township.script import DemoSite
from bulletin.services.oversight.registers.record_entry import NewEntry, enter
from bulletin.services.oversight.requests.answer import answer
from bulletin.services.oversight.requests.detail import request_view
from bulletin.services.oversight.requests.papers.issue_letter import issue_letter
from bulletin.services.oversight.requests.papers.letters import draft_letter
from bulletin.services.oversight.requests.receive import NewRequest, receive
from bulletin.services.oversight.requests.record_step import ask_to_mend, extend
from bulletin.services.oversight.responsibilities.record_seat import NewSeat, take_seat


def take(demo: DemoSite, act: DemoAct) -> None:
    """Somebody answers for something from that day on."""
    facts = act.facts
    new = NewSeat(
        seat=LeadSeat(facts["seat"]),
        name=facts["name"],
        post=facts["post"],
        covers=facts["covers"],
        from_on=village_day(act.at),
    )
    take_seat(demo.site, demo.actors[act.by], new, act.at)


def register(demo: DemoSite, act: DemoAct) -> None:
    """A document that was issued, or a decision."""
    facts = act.facts
    kind, title, number = RegisterKind(facts["kind"]), facts["title"], facts["number"]
    new = NewEntry(kind=kind, on=facts["on"], title=title, number=number)
    enter(demo.site, demo.actors[act.by], new, act.at)


def receive_request(demo: DemoSite, act: DemoAct) -> None:
    """A request came in on that day."""
    facts = act.facts
    new = NewRequest(
        received_by=ReceivedBy(facts["received_by"]),
        arrived_on=village_day(act.at),
        applicant=ApplicantClass(facts["applicant"]),
        applicant_name=facts["applicant_name"],
        contact=facts["contact"],
        asked_for=facts["asked_for"],
        wanted_as=facts.get("wanted_as", ""),
    )
    request_id = receive(demo.site, demo.actors[act.by], new, act.at)
    demo.requests[facts["asked_for"]] = request_id


def take_step(demo: DemoSite, act: DemoAct) -> None:
    """What was done with it, and the letter that says so."""
    request_id = demo.requests[act.facts["asked_for"]]
    _STEPS[act.facts["step"]](demo, act, request_id)
    _issue_letter(demo, act, request_id)


def _issue_letter(demo: DemoSite, act: DemoAct, request_id: int) -> None:
    """The newest that can be written: of the step that was just taken, or of the answer."""
    site, actor = demo.site, demo.actors[act.by]
    newest = request_view(site, actor, request_id, act.at).offered[-1]
    letter = draft_letter(site, actor, request_id, newest.kind, newest.step_id, act.at)
    issue_letter(site, actor, request_id, letter, act.at)


def _answer(demo: DemoSite, act: DemoAct, request_id: int) -> None:
    actor, facts, on = demo.actors[act.by], act.facts, village_day(act.at)
    answer(demo.site, actor, request_id, on, facts["outcome"], facts["words"], act.at)


def _extend(demo: DemoSite, act: DemoAct, request_id: int) -> None:
    actor, facts, on = demo.actors[act.by], act.facts, village_day(act.at)
    extend(demo.site, actor, request_id, on, facts["days"], facts["consent_by"], act.at)


def _ask_to_mend(demo: DemoSite, act: DemoAct, request_id: int) -> None:
    actor, facts, on = demo.actors[act.by], act.facts, village_day(act.at)
    ask_to_mend(demo.site, actor, request_id, on, facts["until_on"], facts["words"], act.at)


_STEPS: dict[str, Callable[[DemoSite, DemoAct, int], None]] = {
    "answer": _answer,
    "extend": _extend,
    "mend": _ask_to_mend,
}
