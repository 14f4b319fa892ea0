"""登记: an entry is made, a document repealed, a case decided, an entry declared void."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from bulletin.domain.days import village_day
from bulletin.domain.errors import NotFoundError, Refusal, Refused, refuse
from bulletin.domain.oversight.registers import CaseResult, RegisterKind
from bulletin.domain.people import Actor
from bulletin.services.history import record
from bulletin.services.oversight.office import ensure_keeps
from bulletin.services.site import Site
from bulletin.store.register_entries import RegisterEntry

MAX_TITLE, MAX_NUMBER = 120, 60  # characters
MAX_FEN = 10**11


@dataclass(frozen=True, kw_only=True)
class NewEntry:
    kind: RegisterKind
    on: date
    title: str
    number: str = ""
    fen: int = 0


def enter(site: Site, actor: Actor, new: NewEntry, now: datetime) -> int:
    """Make an entry; returns its id.

    Raises:
        Refused: not a keeper, no title, a day to come, or a fee without an amount.
    """
    ensure_keeps(actor)
    if reasons := _why_not(new, village_day(now)):
        raise Refused(*reasons)
    with site.sessions.writing() as session:
        entry = RegisterEntry(
            township_id=actor.township_id,
            kind=new.kind,
            on=new.on,
            title=new.title.strip(),
            number=new.number.strip(),
            fen=new.fen,
            entered_at=now,
            entered_by=actor.id,
        )
        session.add(entry)
        session.flush()
        facts = {"kind": new.kind.value, "on": new.on.isoformat()}
        record(session, actor, "enter_register", f"register {entry.id}", now, **facts)
        return entry.id


def _why_not(new: NewEntry, today: date) -> list[Refusal]:
    reasons = []
    if not new.title.strip():
        reasons.append(Refusal("title_missing", "请写是什么文件、什么事。"))
    if len(new.title) > MAX_TITLE or len(new.number) > MAX_NUMBER:
        words = f"名称最多{MAX_TITLE}字，文号最多{MAX_NUMBER}字。"
        reasons.append(Refusal("text_too_long", words))
    if new.on > today:
        reasons.append(Refusal("entry_in_future", "日子不能在今天之后。"))
    if new.kind is RegisterKind.FEE and not 0 < new.fen < MAX_FEN:
        reasons.append(Refusal("fee_missing", "请填收了多少元。"))
    if new.kind is not RegisterKind.FEE and new.fen:
        reasons.append(Refusal("fee_of_no_fee", "只有收费才填金额。"))
    return reasons


def end_entry(
    site: Site,
    actor: Actor,
    entry_id: int,
    on: date,
    result: CaseResult | None,
    now: datetime,
) -> None:
    """A document is repealed, or a case is decided.

    Raises:
        NotFoundError: no such entry.
        Refused: it can't end, has ended, before it began, or a case without a result.
    """
    with site.sessions.writing() as session:
        entry = _entry(session, actor, entry_id)
        if not entry.kind.can_end:
            raise refuse("no_end", f"{entry.kind.label}登记一次就完了。")
        if entry.ended_on is not None:
            raise refuse("ended_once", "已经登记过结果了。")
        if not entry.on <= on <= village_day(now):
            raise refuse("end_day", "日子不能早于登记的那天，也不能在今天之后。")
        if entry.kind.is_case and result is None:
            raise refuse("result_missing", "请选结果。")
        entry.ended_on, entry.result = on, result if entry.kind.is_case else None
        facts = {"ended_on": on.isoformat(), "result": result.value if result else ""}
        record(session, actor, "end_register", f"register {entry.id}", now, **facts)


def declare_void(site: Site, actor: Actor, entry_id: int, reason: str, now: datetime) -> None:
    """登记错了: the entry stays with the reason, and counts no longer.

    Raises:
        NotFoundError: no such entry.
        Refused: without a reason.
    """
    with site.sessions.writing() as session:
        entry = _entry(session, actor, entry_id)
        if not reason.strip():
            raise refuse("reason_missing", "请写明登记错在哪里。")
        entry.void_reason = reason.strip()[:MAX_TITLE]
        record(session, actor, "void_register", f"register {entry.id}", now)


def _entry(session: Session, actor: Actor, entry_id: int) -> RegisterEntry:
    ensure_keeps(actor)
    entry = session.get(RegisterEntry, entry_id)
    if entry is None or entry.township_id != actor.township_id or entry.void_reason:
        raise NotFoundError("没有这一条登记。")
    return entry
