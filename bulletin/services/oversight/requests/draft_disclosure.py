"""转为主动公开: what several asked for and may be disclosed becomes a notice of the township (条例第四十四条)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from bulletin.domain.errors import refuse
from bulletin.domain.notices.content import SALUTATION, Document, Paragraph
from bulletin.domain.notices.content_serialization import document_json
from bulletin.domain.people import Actor, Role
from bulletin.services.catalog.in_force import owed_item
from bulletin.services.duties.open import WAITING
from bulletin.services.notices.drafts.draft import save
from bulletin.services.notices.drafts.start import start
from bulletin.services.oversight.requests.access import request_to_read
from bulletin.services.site import Site
from bulletin.store.duties import Duty
from bulletin.store.information_requests import InformationRequest

DISCLOSED = frozenset(
    {"already_public", "disclosed", "disclosed_in_part"}
)  # outcomes that show it may be public
REASON = "依申请公开转为主动公开（条例第四十四条）"
MAX_OFFERED, MAX_TITLE = 30, 40


@dataclass(frozen=True)
class OfferedItem:
    """An item of the township's catalog under which the notice can stand."""

    duty_id: int
    title: str  # 乡镇财政收支情况（2026年第三季度）


def may_disclose(actor: Actor, request: InformationRequest) -> bool:
    """Whether a person may draft a notice of what a request was answered with."""
    return actor.holds(Role.LIAISON, None) and request.outcome in DISCLOSED


def offered_items(session: Session, actor: Actor) -> list[OfferedItem]:
    """The newest duty of each item that the township owes."""
    newest: dict[str, OfferedItem] = {}
    for duty in session.scalars(_duties(actor)):
        if duty.item_code not in newest:
            item = owed_item(session, duty)[1]
            newest[duty.item_code] = OfferedItem(duty.id, f"{item.title}（{duty.label}）")
    return list(newest.values())


def draft_disclosure(site: Site, actor: Actor, request_id: int, duty_id: int, now: datetime) -> str:
    """Draft a notice of what was asked for: without a word of who asked.

    Args:
        duty_id: under which item of the township's catalog it stands.

    Returns:
        The code of the notice.

    Raises:
        NotFoundError: no such request, or none for this person.
        Refused: not the township's liaison, it was not disclosed, or no such item.
    """
    with site.sessions.reading() as session:
        request = request_to_read(session, actor, request_id)
        if not may_disclose(actor, request):
            raise refuse(
                "not_disclosed", "答复了可以公开的，由乡镇信息员转为主动公开（条例第四十四条）。"
            )
        if duty_id not in {each.duty_id for each in offered_items(session, actor)}:
            raise refuse("item_missing", "请选放在目录的哪一项下面。")
        title = f"关于{' '.join(request.asked_for.split())[:MAX_TITLE]}的公开"
        document = Document(
            (
                Paragraph(SALUTATION),
                Paragraph("以下信息多人申请公开，可以公开，现予主动公开。"),
                Paragraph(request.answer),
            )
        )
    code = start(site, actor, [duty_id], now, second_reason=REASON)
    save(site, actor, code, now, version=1, title=title, document=document_json(document))
    return code


def _duties(actor: Actor) -> Select[Duty]:
    return (
        select(Duty)
        .where(
            Duty.township_id == actor.township_id,
            Duty.village_id.is_(None),
            Duty.occasion != WAITING,
            Duty.not_applicable_reason == "",
        )
        .order_by(Duty.due_on.desc(), Duty.id.desc())
        .limit(MAX_OFFERED)
    )
