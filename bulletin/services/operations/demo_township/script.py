"""Each act of the demo's script, done as a person's click would do it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from bulletin.domain.days import village_day
from bulletin.domain.errors import BulletinError
from bulletin.domain.feedback.kinds import FeedbackKind
from bulletin.domain.feedback.receipts import new_nonce, receipt_code
from bulletin.domain.meetings.kinds import MeetingKind
from bulletin.domain.meetings.quorum import Votes
from bulletin.domain.notices.title_phrases import in_brief
from bulletin.domain.notices.workflow import step_named
from bulletin.domain.people import Actor
from bulletin.schedules.demo import DemoAct, DemoNotice, DemoQuestion
from bulletin.services.boards import post
from bulletin.services.duties import open_matter, record_event
from bulletin.services.duties.advance_matter import phases_of
from bulletin.services.duties.open import WAITING
from bulletin.services.feedback.answer import answer
from bulletin.services.feedback.arrival import NewFeedback
from bulletin.services.feedback.ask import ask
from bulletin.services.feedback.detail import feedback_detail
from bulletin.services.feedback.inbox import inbox
from bulletin.services.feedback.pass_on import pass_on
from bulletin.services.meetings.record import NewDecision, NewMeeting, record_meeting
from bulletin.services.notices import end
from bulletin.services.notices.drafts import correct, draft, start, submit
from bulletin.services.notices.reviews import review
from bulletin.services.printing.print import print_sheet
from bulletin.services.site import Site
from bulletin.store.duties import Duty, Matter
from bulletin.store.postings import hanging_on


@dataclass
class DemoSite:
    """The site with its people, villages and boards by name, and the code of each notice so far."""

    site: Site
    actors: Mapping[str, Actor]
    villages: Mapping[str | None, int | None]
    boards: Mapping[tuple[int | None, str], int]
    codes: dict[str, str] = field(default_factory=dict)  # slug → code
    matters: dict[str, open_matter.OpenedMatter] = field(default_factory=dict)  # by their slug
    outlets: dict[str, int] = field(default_factory=dict)  # by their name
    requests: dict[str, int] = field(default_factory=dict)  # by what they ask for


def perform(demo: DemoSite, notice: DemoNotice, act: DemoAct) -> None:
    """Do one act of the script."""
    actor = demo.actors[act.by]
    if act.act == "start":
        demo.codes[notice.slug] = _start(demo, notice, act, actor)
    elif act.act == "correct":
        _correct(demo, notice, act, actor)
    elif act.act in {"hang", "unhang"}:
        _post(demo, notice, act, actor)
    else:
        _review(demo, notice, act, actor)


def ask_question(demo: DemoSite, question: DemoQuestion, at: datetime) -> None:
    """Ask it without a name; the township passes it on, and the village answers, as far as it has come."""
    site, screener, nonce = demo.site, demo.actors[question.passed_by], new_nonce()
    new = NewFeedback(
        kind=FeedbackKind(question.kind),
        words=question.words,
        place=question.place,
        notice=demo.codes.get(question.notice, ""),
        requested=question.requested,
    )
    ask(site, new, at, nonce=nonce, code=receipt_code(nonce.encode(), nonce))  # nobody's receipt
    asked = inbox(site, screener, at, only_open=True).lines[0]
    if question.passed:
        (entry,) = feedback_detail(site, screener, asked.id, at).entries
        pass_on(site, screener, asked.id, entry.id, question.passed, at)
    if question.answer:
        answer(site, demo.actors[question.answered_by], asked.id, question.answer, at)


def record_held(demo: DemoSite, act: DemoAct) -> None:
    """A meeting, recorded on the day on which it was held."""
    facts, village_id = act.facts, demo.villages[act.facts["village"]]
    if village_id is None:
        raise BulletinError("a meeting is a village's")
    decided = tuple(
        NewDecision(title=each["title"], text=each["text"], votes=Votes(*each["votes"]))
        for each in facts.get("decisions", ())
    )
    new = NewMeeting(
        kind=MeetingKind(facts["kind"]),
        held_on=facts["held_on"],
        place=facts["place"],
        due=facts["due"],
        came=facts["came"],
        agenda=facts["agenda"],
        decisions=decided,
    )
    record_meeting(demo.site, demo.actors[act.by], village_id, new, act.at)


def _review(demo: DemoSite, notice: DemoNotice, act: DemoAct, actor: Actor) -> None:
    site, code = demo.site, demo.codes[notice.slug]
    at, reason, meeting = act.at, act.facts.get("reason", ""), act.facts.get("meeting_on")
    match act.act:
        case "submit":
            submit.submit(site, actor, code, at, confirmed=True)
        case "send_back":
            review.send_back(site, actor, code, reason, at)
        case "force":
            review.force(site, actor, code, reason, at, meeting_on=meeting)
        case "endorse":
            review.endorse(site, actor, code, at)
        case "take_down":
            end.take_down(site, actor, code, reason, at)
        case "cancel":
            end.cancel(site, actor, code, reason, at)
        case name if step := step_named(name):
            review.take_step(site, actor, code, step, at, meeting_on=meeting)
        case other:
            raise BulletinError(f"the demo knows no act {other!r}")


def _start(demo: DemoSite, notice: DemoNotice, act: DemoAct, actor: Actor) -> str:
    duty_ids = [_duty(demo, notice, item, actor, act.at) for item in notice.items]
    code = start.start(demo.site, actor, duty_ids, act.at)
    draft.save(
        demo.site,
        actor,
        code,
        act.at,
        version=1,
        title=notice.title,
        document=notice.document,
        publish_at=act.facts.get("publish_at"),
    )
    return code


def _duty(demo: DemoSite, notice: DemoNotice, item: str, actor: Actor, at: datetime) -> int:
    """The duty that the notice answers: of its period, or of a matter whose event happened."""
    periodic = _periodic_duty(demo, notice, item)
    if periodic is not None:
        return periodic
    matter = _matter(demo, notice, item, actor, at)
    with demo.site.sessions.reading() as session:
        phases = phases_of(session, session.get_one(Matter, matter.id))
    named = notice.matter["phase"] if notice.matter else phases[0].phase
    step = next((n for n, phase in enumerate(phases) if phase.phase == named), 0)
    return record_event.record_step_event(
        demo.site, actor, matter.id, step, notice.event_on or village_day(at), at
    ).duty_id


def _periodic_duty(demo: DemoSite, notice: DemoNotice, item: str) -> int | None:
    if notice.period is None:
        return None
    return _duty_on(demo, notice, item, notice.period.key)


def _duty_on(demo: DemoSite, notice: DemoNotice, item: str, occasion: str) -> int | None:
    with demo.site.sessions.reading() as session:
        return session.scalar(
            select(Duty.id).where(
                Duty.village_id == demo.villages[notice.village],
                Duty.item_code == item,
                Duty.occasion == occasion,
            )
        )


def _matter(
    demo: DemoSite, notice: DemoNotice, item: str, actor: Actor, at: datetime
) -> open_matter.OpenedMatter:
    slug = notice.matter["slug"] if notice.matter else notice.slug
    if slug in demo.matters:
        return demo.matters[slug]
    waiting = _duty_on(demo, notice, item, WAITING)
    if waiting is None:
        raise BulletinError(f"{item} is neither due for {notice.period} nor waiting for an event")
    title = notice.matter["name"] if notice.matter else in_brief(notice.title)
    demo.matters[slug] = open_matter.open_matter(demo.site, actor, waiting, title, at)
    return demo.matters[slug]


def _correct(demo: DemoSite, notice: DemoNotice, act: DemoAct, actor: Actor) -> None:
    code = demo.codes[notice.slug]
    correct.correct(demo.site, actor, code, act.at)
    draft.save(
        demo.site,
        actor,
        code,
        act.at,
        version=1,
        title=notice.title,
        document=notice.corrected or notice.document,
        change_note=act.facts["note"],
        publish_at=act.facts.get("publish_at"),
    )


def _post(demo: DemoSite, notice: DemoNotice, act: DemoAct, actor: Actor) -> None:
    site, code = demo.site, demo.codes[notice.slug]
    board = demo.boards[demo.villages[notice.village], act.facts["board"]]
    day = village_day(act.at)
    if act.act == "unhang":
        with site.sessions.reading() as session:
            posting_ids = [
                p.id for p in session.scalars(hanging_on(board)) if p.edition.notice.code == code
            ]
        for posting_id in posting_ids:
            post.take_off(site, actor, posting_id, day, act.at)
        return
    print_sheet(site, actor, code, act.at)
    post.hang(site, actor, code, board, day, act.at)
