"""Start a notice from one or several duties."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from bulletin.domain.catalog.items import DisclosureItem
from bulletin.domain.days import village_day
from bulletin.domain.deadlines.posting_requirements import (
    PostingRequirement,
    latest,
    requirement_json,
)
from bulletin.domain.errors import Refusal, Refused, refuse
from bulletin.domain.notices.content import SALUTATION, Document, Paragraph
from bulletin.domain.notices.workflow import State
from bulletin.domain.patterns.pattern import Taken
from bulletin.domain.people import Actor
from bulletin.services.access import DRAFTING, duty_for
from bulletin.services.catalog.in_force import owed_item
from bulletin.services.duties.due_date import phase_of
from bulletin.services.duties.posting_end import edition_calendar
from bulletin.services.history import record
from bulletin.services.notices.drafts.open_notice import new_edition, new_notice
from bulletin.services.notices.drafts.saved_draft import MAX_TITLE
from bulletin.services.notices.patterns.keep import keep_pattern
from bulletin.services.notices.patterns.sources import pattern_source, taken_from
from bulletin.services.places.disclosure_day import offered_moment
from bulletin.services.privacy.check import ensure_text_is_clean
from bulletin.services.site import Site
from bulletin.services.transition import subject_of
from bulletin.store.duties import Duty
from bulletin.store.edition_parts import EditionEditor
from bulletin.store.notice_queries import notices_by_duty
from bulletin.store.notices import Edition, Notice

BEGINNING = Document(
    (Paragraph(SALUTATION), Paragraph(""))
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
    like: str = "",
    only_heads: bool = False,
) -> str:
    """Start a draft that answers one or several duties: like an earlier notice, or with a blank page.

    Args:
        second_reason: why a duty that has a notice gets another one; not kept when it has none.
        like: the code of the notice to write like, as `doors` offers it; '' for the items' elements
            as the outline.
        only_heads: of its tables, bring no rows along.

    Returns:
        The code of the new notice.

    Raises:
        AlreadyStarted: one of the duties has a notice, and no reason for a second was given.
        Refused: no duty, duties of several villages, one that still waits for its event, or the
            earlier notice can't be written like any more.
    """
    with site.sessions.writing() as session:
        duties = duties_to_answer(session, actor, duty_ids)
        second_reason = _reason_for_second(session, actor, duties, second_reason)
        items = [owed_item(session, duty)[1] for duty in duties]
        taken = _taken(session, site, duties, like, now, only_heads=only_heads)
        notice = new_notice(session, site, duties, items, now)
        notice.second_reason = second_reason
        edition = _draft(session, actor, notice, items, taken, now)
        if taken is not None:
            keep_pattern(session, edition, taken, like)
        edition.publish_at = offered_moment(site, duties, village_day(now))
        _set_posting(site, edition, _requirements(duties, items), now)
        _record(session, actor, edition, duties, like, now)
        return notice.code


def _record(
    session: Session,
    actor: Actor,
    edition: Edition,
    duties: Sequence[Duty],
    like: str,
    now: datetime,
) -> None:
    answers = " ".join(f"{duty.item_code}@{duty.occasion}" for duty in duties)
    begun = {"like": like} if like else {}
    record(session, actor, "start", subject_of(edition), now, duties=answers, **begun)


def _draft(
    session: Session,
    actor: Actor,
    notice: Notice,
    items: list[DisclosureItem],
    taken: Taken | None,
    now: datetime,
) -> Edition:
    """The first edition: what came along of an earlier notice, else a blank page."""
    title = "、".join(_title(d, i) for d, i in zip(notice.duties, items, strict=True))
    document = BEGINNING
    if taken is not None:
        title = taken.pattern.title[:MAX_TITLE] or title
        document = document if taken.document.is_empty else taken.document
    edition = new_edition(session, actor, notice, now, title=title, document=document)
    if actor.id is not None:
        edition.editors.append(EditionEditor(person_id=actor.id))
    session.flush()
    return edition


def _taken(
    session: Session,
    site: Site,
    duties: list[Duty],
    like: str,
    now: datetime,
    *,
    only_heads: bool,
) -> Taken | None:
    """What comes along of the notice to write like; None when there is none to be."""
    if not like:
        return None
    source = pattern_source(session, site, duties, now)
    if source is None or source.code != like:
        raise refuse("pattern_gone", "上一期那份刚刚换了或撤了，请回到上一页重新选一次。")
    return taken_from(session, source, duties, only_heads=only_heads)


def duties_to_answer(session: Session, actor: Actor, duty_ids: Sequence[int]) -> list[Duty]:
    """The duties that a person wants to write for, each theirs to answer.

    Raises:
        Refused: none, of several villages, or one that still waits for its event.
    """
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
    answering = answering_notice(session, duties)
    if answering is None:
        return ""
    if not reason.strip():
        raise AlreadyStarted(answering)
    return ensure_text_is_clean(session, actor, reason, "原因")


def answering_notice(session: Session, duties: Sequence[Duty]) -> Notice | None:
    """The first notice that answers one of some duties and was not taken down."""
    by_duty = notices_by_duty(session, [duty.id for duty in duties])
    answering = (notice for duty in duties for notice in by_duty.get(duty.id, ()))
    return next((n for n in answering if n.effective_edition.state is not State.TAKEN_DOWN), None)


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
