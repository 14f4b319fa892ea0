"""延期和办结: the overseer moves the day once with a reason, and closes a step with what came of it."""

from datetime import date, datetime

from bulletin.domain.days import village_day
from bulletin.domain.digests import sha256_hex
from bulletin.domain.errors import Refused
from bulletin.domain.oversight.escalation.course import (
    EscalationEntryKind,
    end_of_all,
    why_no_extension,
    why_not_said,
)
from bulletin.domain.oversight.escalation.steps import EscalationEnd
from bulletin.domain.people import Actor
from bulletin.services.duties.due_date import calendar_of
from bulletin.services.history import record
from bulletin.services.oversight.escalation.access import ensure_open, item_of, open_escalation
from bulletin.services.site import Site
from bulletin.store.escalations import Escalation, EscalationEntry
from bulletin.store.places import Township


def extend(
    site: Site, actor: Actor, escalation_id: int, until_on: date, words: str, now: datetime
) -> None:
    """Give the village until a later day; the first day stays written.

    Raises:
        NotFoundError: no such step.
        Refused: not the overseer, closed, no reason, too often, too late or too far.
    """
    today = village_day(now)
    with site.sessions.writing() as session:
        row = open_escalation(session, actor, escalation_id)
        calendar = calendar_of(site, session.get_one(Township, row.township_id))
        rules, by = site.escalation, row.answer_by
        reasons = why_no_extension(by, until_on, row.extensions, rules, today, calendar)
        if reasons := why_not_said(words, "为什么延期") + reasons:
            raise Refused(*reasons)
        row.answer_by = until_on
        _say(row, actor, EscalationEntryKind.EXTENSION, words, now, until_on)
        facts = {"until_on": until_on.isoformat(), "said": sha256_hex(words.strip().encode())}
        record(session, actor, "extend_escalation", f"escalation {row.id}", now, **facts)


def end(
    site: Site,
    actor: Actor,
    escalation_id: int,
    ended_as: EscalationEnd,
    words: str,
    now: datetime,
    *,
    item: int = 1,
) -> None:
    """Close an item of a step, of today, and with the last of them the step. Nothing is added any more.

    Args:
        item: which of the things that the paper names, from 1.

    Raises:
        NotFoundError: no such step or item.
        Refused: not the overseer, closed before, or not said what came of it.
    """
    if reasons := why_not_said(words, "办结的情况"):
        raise Refused(*reasons)
    with site.sessions.writing() as session:
        row = open_escalation(session, actor, escalation_id)
        ended = item_of(row, item)
        ensure_open(ended)
        ended.closed_on, ended.ended_as = village_day(now), ended_as
        if (whole := end_of_all([each.ended_as for each in row.items])) is not None:
            row.closed_on, row.ended_as = village_day(now), whole
        _say(row, actor, EscalationEntryKind.CLOSING, words, now, item=item)
        said = sha256_hex(words.strip().encode())
        facts = {"ended_as": ended_as.value, "said": said, "item": item}
        record(session, actor, "end_escalation", f"escalation {row.id}", now, **facts)


def _say(
    row: Escalation,
    actor: Actor,
    kind: EscalationEntryKind,
    words: str,
    now: datetime,
    until_on: date | None = None,
    item: int | None = None,
) -> None:
    row.entries.append(
        EscalationEntry(
            township_id=row.township_id,
            kind=kind,
            item=item,
            words=words.strip(),
            until_on=until_on,
            said_on=village_day(now),
            said_at=now,
            said_by=actor.id,
        )
    )
