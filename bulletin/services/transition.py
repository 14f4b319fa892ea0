"""The one place where an edition changes state."""

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy.orm import Session

from bulletin.domain.errors import Conflict, Refused
from bulletin.domain.notices.permissions import EditionFacts, refusals, representing
from bulletin.domain.notices.workflow import (
    REVIEW_STEPS,
    STEP_OF_STATE,
    Act,
    State,
    state_after,
    state_at,
)
from bulletin.domain.people import Actor, StandIn
from bulletin.services.history import record
from bulletin.services.site import Site
from bulletin.store import publication_queries
from bulletin.store.edition_parts import ReviewStep
from bulletin.store.notices import Edition

TAKES_A_STEP = frozenset({*REVIEW_STEPS, Act.FORCE})
# The acts that the timeline of an edition lists.
_IN_TIMELINE = frozenset(
    {*TAKES_A_STEP, Act.SEND_BACK, Act.WITHDRAW, Act.SUBMIT, Act.ENDORSE, Act.RESCHEDULE}
)


def facts_of(site: Site, edition: Edition, now: datetime) -> EditionFacts:
    """What the rules need to know of an edition, as of now."""
    procedure = site.procedure(edition.notice.procedure)
    this_round = [s for s in edition.steps if s.review_round == edition.review_round]
    forced = [s for s in this_round if s.act is Act.FORCE]
    return EditionFacts(
        state=state_at(edition.state, edition.publish_at, now),
        village_id=edition.notice.village_id,
        steps=tuple(step.act for step in procedure.steps),
        step_roles={step.act: step.role for step in procedure.steps},
        editors=frozenset(editor.person_id for editor in edition.editors),
        takers={
            s.step: s.person_id
            for s in this_round
            if s.step is not None and s.person_id is not None and s.act in TAKES_A_STEP
        },
        forced=edition.forced,
        endorsed=edition.endorsed_at is not None,
        forcers=frozenset(
            person for s in forced for person in (s.person_id, s.absent_id) if person is not None
        ),
        represented=frozenset(
            s.absent_id for s in this_round if s.absent_id is not None and s.act in TAKES_A_STEP
        ),
    )


def ensure_may(site: Site, edition: Edition, act: Act, actor: Actor, now: datetime) -> None:
    """Ask the rules before an act.

    Raises:
        Refused: with every reason why not.
    """
    if reasons := refusals(act, actor, facts_of(site, edition, now)):
        raise Refused(*reasons)


def subject_of(edition: Edition) -> str:
    return f"notice {edition.notice.code}.{edition.number}"


def advance(
    session: Session,
    site: Site,
    edition: Edition,
    act: Act,
    actor: Actor,
    now: datetime,
    *,
    reason: str = "",
    meeting_on: date | None = None,
    noted: Mapping[str, str] = MappingProxyType({}),
    **columns: Any,
) -> State:
    """Do one act: ask the rules, claim the row, keep the step, write the history.

    Args:
        noted: what the history holds of the act besides the state.
        columns: what the row says of itself from here on.

    Returns:
        The state that the edition is in now.

    Raises:
        Refused: with every reason why not.
        Conflict: someone else moved the edition meanwhile.
    """
    ensure_may(site, edition, act, actor, now)
    absent = representing(act, actor, facts_of(site, edition, now))
    before = edition.state
    after = _claim(session, site, edition, act, now, columns)
    if act in _IN_TIMELINE:
        step = _review_step(edition, before, act, actor, now, reason=reason, meeting_on=meeting_on)
        session.add(_in_place_of(absent, step))
    record(
        session, actor, act.value, subject_of(edition), now, **_facts(edition, after, noted, absent)
    )
    session.flush()
    session.refresh(edition)
    return after


def _claim(
    session: Session,
    site: Site,
    edition: Edition,
    act: Act,
    now: datetime,
    columns: Mapping[str, Any],
) -> State:
    """Move the row, if nobody was faster; returns the state that it is in now."""
    before = edition.state
    after = state_after(before, act, site.steps(edition.notice.procedure))
    if after is None:  # pragma: no cover - ensure_may asked the same table
        raise Refused
    if not publication_queries.claim(session, edition.id, before, after, now, **columns):
        raise Conflict("这份公开件刚刚被别人处理过，请刷新后再看。")
    return after


def _facts(
    edition: Edition, after: State, noted: Mapping[str, str], absent: StandIn | None
) -> dict[str, Any]:
    """What the history holds of an act."""
    facts = {"state": after.value, "fingerprint": edition.fingerprint or "", **noted}
    return facts if absent is None else facts | {"in_place_of": absent.absent_id}


def _in_place_of(absent: StandIn | None, step: ReviewStep) -> ReviewStep:
    if absent is not None:
        step.absent_id, step.absent_name = absent.absent_id, absent.name
    return step


def _review_step(
    edition: Edition,
    before: State,
    act: Act,
    actor: Actor,
    now: datetime,
    *,
    reason: str,
    meeting_on: date | None,
) -> ReviewStep:
    return ReviewStep(
        township_id=edition.township_id,
        edition_id=edition.id,
        review_round=edition.review_round,
        act=act,
        step=STEP_OF_STATE.get(before),
        person_id=actor.id,
        person_name=actor.name,
        at=now,
        meeting_on=meeting_on,
        reason=reason,
    )
