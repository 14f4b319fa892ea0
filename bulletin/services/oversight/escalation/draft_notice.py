"""公开通报: residents are told of a circular by a notice that passes the township's own review."""

from datetime import datetime

from bulletin.domain.catalog.items import Group
from bulletin.domain.days import day_words, village_day
from bulletin.domain.errors import refuse
from bulletin.domain.notices.content import Document, Paragraph
from bulletin.domain.people import Actor
from bulletin.services.access import DRAFTING, ensure_liaison
from bulletin.services.history import record
from bulletin.services.notices.drafts.open_notice import new_edition, notice_without_duty
from bulletin.services.oversight.escalation.access import escalation_to_read
from bulletin.services.oversight.escalation.subjects import key_of, subjects_of, unsettled
from bulletin.services.site import Site
from bulletin.services.transition import subject_of
from bulletin.store.edition_parts import EditionEditor
from bulletin.store.escalations import Escalation, EscalationItem
from bulletin.store.publishers import speaker_of

CIRCULAR = "circular"
PROCEDURE = "township"


def draft_notice(site: Site, actor: Actor, escalation_id: int, now: datetime) -> str:
    """A draft of the township about a circular; its words name the village and the matter, and no person.

    Returns:
        The code of the notice.

    Raises:
        NotFoundError: no such step, or none for this person.
        Refused: not who drafts for the township, a step that is never public, it was drafted before, or all of it is
            done or closed.
    """
    left = _left(site, actor, escalation_id, now)
    with site.sessions.writing() as session:
        row = escalation_to_read(session, actor, escalation_id)
        ensure_liaison(actor, None, DRAFTING)
        _ensure_may_be_drafted(site, row)
        named = _named(row, left)
        publisher = speaker_of(session, row.township_id, None)
        basis = site.escalation.steps[row.step].basis
        item = {
            "code": CIRCULAR,
            "title": "村务公开通报",
            "group": Group.GOVERNMENT.value,
            "bases": [basis],
        }
        notice = notice_without_duty(session, publisher, item, now, procedure=PROCEDURE)
        title = f"关于{row.village.name}村务公开情况的通报"
        edition = new_edition(
            session, actor, notice, now, title=title, document=_words(row, named, now)
        )
        if actor.id is not None:
            edition.editors.append(EditionEditor(person_id=actor.id))
        session.flush()
        row.notice_code = notice.code
        record(session, actor, "start", subject_of(edition), now, escalation=row.id)
        return notice.code


def _left(site: Site, actor: Actor, escalation_id: int, now: datetime) -> set[int]:
    """The places of the items that are not done yet: residents are told of nothing else."""
    with site.sessions.reading() as session:
        items = escalation_to_read(session, actor, escalation_id).items
        subjects = subjects_of(session, site, actor, [key_of(each) for each in items], now)
        return {each.place for each in unsettled(items, subjects)}


def _ensure_may_be_drafted(site: Site, row: Escalation) -> None:
    if not site.escalation.steps[row.step].may_be_public:
        raise refuse("never_public", f"{row.step.label}不对外公开。")
    if row.notice_code:
        raise refuse("drafted_once", "已经起草过公开件。")


def _named(row: Escalation, left: set[int]) -> list[EscalationItem]:
    named = [each for each in row.items if each.place in left and each.closed_on is None]
    if not named:
        raise refuse("nothing_left", "这份通报的事项都办好了或者办结了，不用再向村民通报。")
    return named


def _words(row: Escalation, named: list[EscalationItem], now: datetime) -> Document:
    village, today = row.village.name, day_words(village_day(now))
    late = (
        f"{village}的“{each.about}”应于{day_words(each.was_due_on)}完成，到{today}还没有完成。"
        for each in named
    )
    call = f"现予通报，请在{day_words(row.answer_by)}前完成。"
    return Document((*map(Paragraph, late), Paragraph(call)))
