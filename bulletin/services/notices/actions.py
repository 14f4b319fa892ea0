"""What a person may do with a notice now. Buttons are drawn from the rules that verbs enforce."""

from dataclasses import dataclass
from datetime import datetime

from bulletin.domain.days import day_words, village_day, village_time
from bulletin.domain.errors import Refused
from bulletin.domain.notices.permissions import refusals, representing
from bulletin.domain.notices.workflow import (
    APPROVED,
    STEP_OF_STATE,
    Act,
    State,
    is_last_step,
)
from bulletin.domain.people import Actor
from bulletin.services.notices.drafts.correct import edition_to_correct
from bulletin.services.notices.end import edition_to_take_down
from bulletin.services.notices.reschedule import edition_to_reschedule
from bulletin.services.notices.reviews.review import edition_to_endorse
from bulletin.services.site import Site
from bulletin.services.transition import facts_of
from bulletin.store.notices import Edition, Notice

# A button that is greyed for one of these is shown with the reason; for others it is left out.
SHOWN_REASONS = frozenset(
    {"own_edit", "one_step_each", "own_force", "absent_edited", "absent_took_step"}
)


@dataclass(frozen=True)
class AvailableAction:
    """One act that the page offers, or greys with the reasons why not."""

    act: Act
    words: str  # the button: 审查通过，交联席会议确认（替孙示例）
    refused: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        return not self.refused


def offers(site: Site, actor: Actor, notice: Notice, now: datetime) -> dict[Act, AvailableAction]:
    """The acts to offer. What the state or the person's post forbids altogether is left out."""
    actions: dict[Act, AvailableAction] = {}
    for act in Act:
        edition = _edition_of(act, notice, now)
        if edition is None:
            continue
        facts = facts_of(site, edition, now)
        reasons = refusals(act, actor, facts)
        if all(reason.code in SHOWN_REASONS for reason in reasons):
            absent = representing(act, actor, facts)
            words = _button(site, edition, act, now) + (f"（替{absent.name}）" if absent else "")
            actions[act] = AvailableAction(act, words, tuple(str(reason) for reason in reasons))
    return actions


def _edition_of(act: Act, notice: Notice, now: datetime) -> Edition | None:
    """The edition that the verb of an act would take; None when it would find none."""
    try:
        match act:
            case Act.ENDORSE:
                return edition_to_endorse(notice)
            case Act.TAKE_DOWN:
                return edition_to_take_down(notice, now)
            case Act.CORRECT:
                return edition_to_correct(notice)
            case Act.RESCHEDULE:
                return edition_to_reschedule(notice, now)
            case _:
                return notice.effective_edition
    except Refused:
        return None


def may_print(actor: Actor, notice: Notice) -> bool:
    """Printing and hanging is the liaisons' work, from an edition's approval until it is taken down."""
    newest = next((e for e in reversed(notice.editions) if e.state in APPROVED), None)
    if newest is None or newest.state is State.TAKEN_DOWN or newest.redacted_at is not None:
        return False
    return actor.tends_boards_of(notice.village_id)


def _button(site: Site, edition: Edition, act: Act, now: datetime) -> str:
    steps = site.procedure(edition.notice.procedure).steps
    if act is Act.CANCEL and edition.number > 1:
        return "放弃这次更正"
    if act is Act.SUBMIT:
        if not steps:
            return f"看过了，{_release_words(edition, now)}"
        return f"提交{steps[0].body}{steps[0].act.label}"
    if act is STEP_OF_STATE.get(edition.state):
        return f"{act.label}通过，{_what_follows(site, edition, now)}"
    return act.label


def _what_follows(site: Site, edition: Edition, now: datetime) -> str:
    """What the step sets in motion: 交联席会议确认, 7月1日 09:00 发布, 立即发布."""
    steps = site.procedure(edition.notice.procedure).steps
    acts = [step.act for step in steps]
    if not is_last_step(edition.state, acts):
        following = steps[acts.index(STEP_OF_STATE[edition.state]) + 1]
        return f"交{following.body}{following.act.label}"
    return _release_words(edition, now)


def _release_words(edition: Edition, now: datetime) -> str:
    if edition.publish_at is None or edition.publish_at <= now:
        return "立即发布"
    return f"{moment_words(edition.publish_at, now)}发布"


def moment_words(at: datetime, now: datetime) -> str:
    """7月1日 09:00, with the year when it is another one."""
    return f"{day_words(village_day(at), since=village_day(now))} {village_time(at):%H:%M}"
