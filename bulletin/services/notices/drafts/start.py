"""Start a notice from one or several duties."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from bulletin.domain.catalog.items import DisclosureItem
from bulletin.domain.codes import new_code, new_digits
from bulletin.domain.days import village_day
from bulletin.domain.deadlines.posting_period import MIN_POSTING_DAYS
from bulletin.domain.deadlines.posting_requirements import (
    PostingRequirement,
    latest,
    requirement_json,
)
from bulletin.domain.errors import Refusal, Refused, refuse
from bulletin.domain.notices.content import Document, Paragraph
from bulletin.domain.notices.content_serialization import document_json
from bulletin.domain.notices.procedures import strictest
from bulletin.domain.notices.workflow import State
from bulletin.domain.people import Actor
from bulletin.services.access import DRAFTING, duty_for
from bulletin.services.catalog.in_force import owed_item
from bulletin.services.duties.due_date import phase_of
from bulletin.services.duties.posting_end import edition_calendar
from bulletin.services.history import record
from bulletin.services.places.disclosure_day import offered_moment
from bulletin.services.privacy.check import ensure_text_is_clean
from bulletin.services.site import Site
from bulletin.services.transition import subject_of
from bulletin.store.duties import Duty
from bulletin.store.notice_queries import notices_by_duty
from bulletin.store.notices import Edition, EditionContent, EditionEditor, Notice, Signature

BEGINNING = Document(
    (Paragraph("各位村民："), Paragraph(""))
)  # the elements stand beside as a checklist


class AlreadyStarted(Refused):
    """A duty has a notice already: `code` leads to it."""

    def __init__(self, notice: Notice) -> None:
        super().__init__(
            Refusal(
                "already_started",
                f"“{notice.effective_edition.title}”已经在写这一项，不用另起一份。确实要再写一份的，请写明原因。",
            )
        )
        self.code = notice.code


def start(
    site: Site,
    actor: Actor,
    duty_ids: Sequence[int],
    now: datetime,
    *,
    second_reason: str = "",
) -> str:
    """Start a draft that answers one or several duties.

    Args:
        second_reason: why a duty that has a notice gets another one; not kept when it has none.

    Returns:
        The code of the new notice.

    Raises:
        AlreadyStarted: one of the duties has a notice, and no reason for a second was given.
        Refused: no duty, duties of several villages, or one that still waits for its event.
    """
    with site.sessions.writing() as session:
        duties = _duties_to_answer(session, actor, duty_ids)
        second_reason = _reason_for_second(session, actor, duties, second_reason)
        items = [owed_item(session, duty)[1] for duty in duties]
        notice = _new_notice(session, site, duties, items, now)
        notice.second_reason = second_reason
        title = "、".join(_title(d, i) for d, i in zip(duties, items, strict=True))
        edition = new_edition(session, actor, notice, now, title=title, document=BEGINNING)
        edition.publish_at = offered_moment(site, duties, village_day(now))
        _set_posting(site, edition, _requirements(duties, items), now)
        if actor.id is not None:
            edition.editors.append(EditionEditor(person_id=actor.id))
        session.flush()
        record(
            session,
            actor,
            "start",
            subject_of(edition),
            now,
            duties=" ".join(f"{d.item_code}@{d.occasion}" for d in duties),
        )
        return notice.code


def _duties_to_answer(session: Session, actor: Actor, duty_ids: Sequence[int]) -> list[Duty]:
    if not duty_ids:
        raise refuse("no_duty", "请先选要公开的事项。")
    duties = [duty_for(session, actor, duty_id, DRAFTING) for duty_id in duty_ids]
    if any(duty.due_on is None for duty in duties):
        raise refuse("waits_for_event", "这一项还在等事情发生，请先登记事项和日期。")
    if len({duty.village_id for duty in duties}) > 1:
        raise refuse("several_villages", "一份公开件只能写一个村的事项。")
    return duties


def _reason_for_second(session: Session, actor: Actor, duties: list[Duty], reason: str) -> str:
    """The reason, when one of the duties has a notice that was not taken down; else ''."""
    by_duty = notices_by_duty(session, [duty.id for duty in duties])
    answering = [
        notice
        for duty in duties
        for notice in by_duty.get(duty.id, ())
        if notice.effective_edition.state is not State.TAKEN_DOWN
    ]
    if not answering:
        return ""
    if not reason.strip():
        raise AlreadyStarted(answering[0])
    return ensure_text_is_clean(session, actor, reason, "原因")


def _procedure(site: Site, items: list[DisclosureItem]) -> str:
    """The strictest that any of the items asks for."""
    names = {item.procedure for item in items}
    return strictest(p for p in site.procedures.values() if p.name in names).name


def _new_notice(
    session: Session, site: Site, duties: list[Duty], items: list[DisclosureItem], now: datetime
) -> Notice:
    publishers = list(dict.fromkeys(duty.publisher for duty in duties))
    matters = {duty.matter_id for duty in duties}
    first = duties[0]
    notice = Notice(
        township_id=first.township_id,
        village_id=first.village_id,
        code=new_code(),
        digits=new_digits(),
        procedure=_procedure(site, items),
        personal=any(item.personal for item in items),
        items=[_item_facts(item) for item in items],
        matter_id=first.matter_id if len(matters) == 1 else None,
        phase=first.phase if len(matters) == 1 else None,
        register_publisher_id=publishers[0].id,
        opened_at=now,
        duties=duties,
        signatures=[
            Signature(publisher_id=publisher.id, place=place)
            for place, publisher in enumerate(publishers)
        ],
    )
    session.add(notice)
    session.flush()
    return notice


def _item_facts(item: DisclosureItem) -> dict[str, Any]:
    return {
        "code": item.code,
        "title": item.title,
        "group": item.group.value,
        "bases": [basis.words() for basis in item.bases],
    }


def new_edition(
    session: Session,
    actor: Actor,
    notice: Notice,
    now: datetime,
    *,
    title: str,
    document: Document,
    number: int = 1,
) -> Edition:
    """A draft with the law's posting period, which the caller may lengthen."""
    edition = Edition(
        township_id=notice.township_id,
        village_id=notice.village_id,
        notice=notice,
        number=number,
        title=title,
        state=State.DRAFT,
        state_since=now,
        saved_at=now,
        saved_by=actor.id,
        posting_days=MIN_POSTING_DAYS,
        least_posting_days=MIN_POSTING_DAYS,
        posting_unit="natural",
        content=EditionContent(township_id=notice.township_id, document=document_json(document)),
    )
    session.add(edition)
    session.flush()
    return edition


def _requirements(duties: list[Duty], items: list[DisclosureItem]) -> list[PostingRequirement]:
    """What each of them asks of the posting period, alike ones once."""
    asked = []
    for duty, item in zip(duties, items, strict=True):
        basis = item.special_rule or next(iter(item.bases), None)
        words = basis.words() if basis else ""
        asked.append(
            PostingRequirement(
                days=item.posting_days, unit=item.posting_unit, item=item.title, basis=words
            )
        )
        phase = phase_of(duty)
        if phase is not None and phase.posting_days:
            asked.append(
                PostingRequirement(days=phase.posting_days, unit="natural", item=item.title)
            )
    return list(dict.fromkeys(asked))


def _set_posting(
    site: Site, edition: Edition, requirements: list[PostingRequirement], now: datetime
) -> None:
    """Keep every requirement; the draft shows the one that ends last as things stand."""
    opens_on = village_day(max(edition.publish_at or now, now))
    shown = latest(requirements, opens_on, edition_calendar(site, edition))
    edition.posting_days, edition.posting_unit = shown.days, shown.unit
    edition.least_posting_days = max(r.days for r in requirements if r.unit == shown.unit)
    edition.posting_requirements = [requirement_json(asked) for asked in requirements]


def _title(duty: Duty, item: DisclosureItem) -> str:
    if duty.matter is not None:
        return f"{duty.matter.title}（{duty.label}）"
    return f"{duty.label}{item.title}"
