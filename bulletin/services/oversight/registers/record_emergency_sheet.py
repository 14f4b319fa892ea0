"""恢复以后登记: a sheet of the emergency register is typed in, or it is said why it can't be."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from bulletin.domain.days import village_day
from bulletin.domain.errors import NotFoundError, Refusal, Refused, refuse
from bulletin.domain.oversight.emergency import EmergencyState, SheetMatter, is_code
from bulletin.domain.people import Actor
from bulletin.services.history import record
from bulletin.services.oversight.office import ensure_keeps
from bulletin.services.site import Site
from bulletin.store.emergency_sheets import EmergencySheet, sheets_of

MAX_WORDS = 200  # characters


@dataclass(frozen=True, kw_only=True)
class SheetUse:
    """What a sheet was used for."""

    number: int
    code: str  # as it is printed on it
    matter: SheetMatter
    happened_on: date
    words: str
    entered_as: str = ""


def settle_used(site: Site, actor: Actor, use: SheetUse, now: datetime) -> None:
    """A sheet was used: what stands on it.

    Raises:
        NotFoundError: no such sheet.
        Refused: not a keeper, settled already, another code, a day to come or before it was printed, or no words.
    """
    with site.sessions.writing() as session:
        sheet = _blank(session, actor, use.number)
        if reasons := _why_not(sheet, use, village_day(now)):
            raise Refused(*reasons)
        sheet.state, sheet.matter, sheet.happened_on = (
            EmergencyState.USED,
            use.matter,
            use.happened_on,
        )
        sheet.words, sheet.entered_as = use.words.strip(), use.entered_as.strip()
        _settle(session, actor, sheet, now)


def settle_unused(
    site: Site, actor: Actor, number: int, state: EmergencyState, why: str, now: datetime
) -> None:
    """A sheet was spoiled, or it is not found: each is explained.

    Raises:
        NotFoundError: no such sheet.
        Refused: not a keeper, settled already, or no reason.
    """
    with site.sessions.writing() as session:
        sheet = _blank(session, actor, number)
        if not why.strip() or len(why) > MAX_WORDS:
            raise refuse("reason_missing", f"请写明这一张怎么了，最多{MAX_WORDS}字。")
        if state not in {EmergencyState.SPOILED, EmergencyState.MISSING}:
            raise refuse("state_missing", "请选写坏了还是找不到。")
        sheet.state, sheet.words = state, why.strip()
        _settle(session, actor, sheet, now)


def _settle(session: Session, actor: Actor, sheet: EmergencySheet, now: datetime) -> None:
    sheet.settled_at, sheet.settled_by = now, actor.id
    subject = f"emergency sheet {sheet.number}"
    record(session, actor, "settle_emergency_sheet", subject, now, state=sheet.state.value)


def _blank(session: Session, actor: Actor, number: int) -> EmergencySheet:
    ensure_keeps(actor)
    sheet = session.scalar(sheets_of(actor.township_id).where(EmergencySheet.number == number))
    if sheet is None:
        raise NotFoundError("没有印过这个编号的应急登记纸。")
    if sheet.state is not EmergencyState.BLANK:
        raise refuse("sheet_settled", f"{number}号已经登记过：{sheet.state.label}。")
    return sheet


def _why_not(sheet: EmergencySheet, use: SheetUse, today: date) -> list[Refusal]:
    reasons = []
    if not is_code(use.code, sheet.code):
        reasons.append(Refusal("sheet_code", "编号和纸上的验证码对不上，请照纸上再输一次。"))
    if not village_day(sheet.printed_at) <= use.happened_on <= today:
        words = "日子不能早于印这张纸的那天，也不能在今天之后。"
        reasons.append(Refusal("sheet_day", words))
    if not use.words.strip() or max(len(use.words), len(use.entered_as)) > MAX_WORDS:
        reasons.append(Refusal("words_missing", f"请照纸上写是什么事，最多{MAX_WORDS}字。"))
    return reasons
