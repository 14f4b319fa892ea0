"""Each act of the demo's script, done by the verb that a person's click would call."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from bulletin.domain.days import village_day
from bulletin.domain.errors import BulletinError
from bulletin.domain.notices.workflow import step_named
from bulletin.domain.people import Actor
from bulletin.schedules.demo import DemoAct, DemoNotice
from bulletin.services.boards import post
from bulletin.services.duties import open_matter, record_event
from bulletin.services.duties.advance_matter import phases_of
from bulletin.services.duties.open import WAITING
from bulletin.services.notices import correct, draft, end, review, start
from bulletin.services.printing.print import print_sheet
from bulletin.services.site import Site
from bulletin.store.duties import Duty, Matter
from bulletin.store.postings import hanging_on


@dataclass
class Cast:
    """Who is who, and which code each notice of the script was given."""

    actors: Mapping[str, Actor]
    villages: Mapping[str | None, int | None]
    boards: Mapping[tuple[int | None, str], int]
    codes: dict[str, str] = field(default_factory=dict)  # slug → code
    opened: dict[str, open_matter.OpenedMatter] = field(default_factory=dict)  # slug → matter


def perform(site: Site, cast: Cast, notice: DemoNotice, act: DemoAct) -> None:
    """Do one act of the script."""
    actor = cast.actors[act.by]
    if act.act == "start":
        cast.codes[notice.slug] = _start(site, cast, notice, act, actor)
    elif act.act == "correct":
        _correct(site, notice, act, actor, cast.codes[notice.slug])
    elif act.act in {"hang", "unhang"}:
        _wall(site, cast, notice, act, actor, cast.codes[notice.slug])
    else:
        _review(site, act, actor, cast.codes[notice.slug])


def _review(site: Site, act: DemoAct, actor: Actor, code: str) -> None:
    at, reason, meeting = act.at, act.facts.get("reason", ""), act.facts.get("meeting_on")
    match act.act:
        case "submit":
            review.submit(site, actor, code, at)
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


def _start(site: Site, cast: Cast, notice: DemoNotice, act: DemoAct, actor: Actor) -> str:
    duty_ids = [_duty(site, cast, notice, item, actor, act.at) for item in notice.items]
    code = start.start(site, actor, duty_ids, act.at)
    draft.save(
        site, actor, code, act.at, version=1, title=notice.title, document=notice.document,
        publish_at=act.facts.get("publish_at"),
    )  # fmt: skip
    return code


def _duty(site: Site, cast: Cast, notice: DemoNotice, item: str, actor: Actor, at: datetime) -> int:
    """The duty that the notice answers: of its period, or of a matter whose event happened."""
    village_id = cast.villages[notice.village]
    periodic = _periodic_duty(site, village_id, item, notice)
    if periodic is not None:
        return periodic
    matter = _matter(site, cast, notice, item, actor, at)
    with site.sessions.reading() as session:
        phases = phases_of(session, session.get_one(Matter, matter.id))
    wanted = notice.matter["phase"] if notice.matter else phases[0].phase
    step = next((n for n, phase in enumerate(phases) if phase.phase == wanted), 0)
    return record_event.record_step_event(
        site, actor, matter.id, step, notice.event_on or village_day(at), at
    ).duty_id


def _periodic_duty(site: Site, village_id: int | None, item: str, notice: DemoNotice) -> int | None:
    if notice.period is None:
        return None
    with site.sessions.reading() as session:
        return session.scalar(
            select(Duty.id).where(
                Duty.village_id.is_not_distinct_from(village_id),
                Duty.item_code == item,
                Duty.occasion == notice.period.key,
            )
        )


def _matter(
    site: Site, cast: Cast, notice: DemoNotice, item: str, actor: Actor, at: datetime
) -> open_matter.OpenedMatter:
    slug = notice.matter["slug"] if notice.matter else notice.slug
    if slug in cast.opened:
        return cast.opened[slug]
    village_id = cast.villages[notice.village]
    with site.sessions.reading() as session:
        waiting = session.scalar(
            select(Duty.id).where(
                Duty.village_id.is_not_distinct_from(village_id),
                Duty.item_code == item,
                Duty.occasion == WAITING,
            )
        )
    if waiting is None:
        raise BulletinError(f"{item} is neither due for {notice.period} nor waiting for an event")
    title = notice.matter["name"] if notice.matter else _matter_title(notice)
    cast.opened[slug] = open_matter.open_matter(site, actor, waiting, title, at)
    return cast.opened[slug]


def _matter_title(notice: DemoNotice) -> str:
    return notice.title.removeprefix("关于").removesuffix("的公开").removesuffix("的公示")


def _correct(site: Site, notice: DemoNotice, act: DemoAct, actor: Actor, code: str) -> None:
    correct.correct(site, actor, code, act.at)
    draft.save(
        site, actor, code, act.at, version=1, title=notice.title,
        document=notice.corrected or notice.document, change_note=act.facts["note"],
        publish_at=act.facts.get("publish_at"),
    )  # fmt: skip


def _wall(
    site: Site, cast: Cast, notice: DemoNotice, act: DemoAct, actor: Actor, code: str
) -> None:
    board = cast.boards[cast.villages[notice.village], act.facts["board"]]
    day = village_day(act.at)
    if act.act == "unhang":
        with site.sessions.reading() as session:
            hanging = [
                p.id for p in session.scalars(hanging_on(board)) if p.edition.notice.code == code
            ]
        for posting_id in hanging:
            post.take_off(site, actor, posting_id, day, act.at)
        return
    print_sheet(site, actor, code, act.at)
    post.hang(site, actor, code, board, day, act.at)
