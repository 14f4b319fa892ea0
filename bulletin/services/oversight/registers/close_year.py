"""结账: a year of a ledger is sealed as it stands, with minutes that people sign.

It never blocks an act: what is done to the year afterwards is seen beside the sealed table.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from bulletin.domain.codes import fingerprint_words
from bulletin.domain.days import day_words, village_day, village_time
from bulletin.domain.digests import sha256_hex
from bulletin.domain.errors import Refusal, Refused
from bulletin.domain.oversight.closings import LedgerKind
from bulletin.domain.people import Actor
from bulletin.services.history import checkpoint, record
from bulletin.services.oversight.office import ensure_keeps
from bulletin.services.oversight.registers.sealed_tables import (
    SealedTable,
    current_table,
    rows_of_file,
)
from bulletin.services.printing.sheet_facts import demo_mark
from bulletin.services.site import Site
from bulletin.sheets.office_paper import OfficePaper, PaperColumn, PaperSection
from bulletin.store.places import Township
from bulletin.store.publishers import speaker_of
from bulletin.store.year_closings import YearClosing, closing_of

MAX_SIGNERS, MAX_NAMES = 6, 120  # characters
FIRST_YEAR = 2000
SEALED = (
    "本年度台账到此结账。结账时的台账另存一份表格，指纹（SHA-256）如上，表格改动一个字，指纹就不同。"
    "结账以后的更正、补登不改这份表格，另行列明。"
)


def close_year(
    site: Site,
    actor: Actor,
    ledger: LedgerKind,
    year: int,
    signers: str,
    now: datetime,
    *,
    so_many: Callable[[int], None] = lambda _rows: None,
    then: Callable[[Session, int], None] = lambda _session, _id: None,
) -> int:
    """Seal a year; returns the id of the closing.

    Args:
        signers: who signs the minutes, by name, with 、 between.
        so_many, then: how many rows are there so far; what else belongs into the transaction, which gets the id.

    Raises:
        Refused: not a keeper, the year is not over, it is closed, or nobody signs.
    """
    ensure_closable(site, actor, ledger, year, signers, now)
    names = _names(signers)
    table = current_table(site, actor, ledger, year, now, so_many)
    minutes = _minutes(site, actor, _Closing(ledger, year, table, names, now))
    files = {"table": site.files.put(table.csv), "minutes": site.files.put(minutes)}
    with site.sessions.writing() as session:
        _ensure_closable(session, actor, ledger, year, names, now)
        closing = YearClosing(
            ledger=ledger,
            year=year,
            rows=table.count,
            signers="、".join(names),
            **files,
        )
        _keep(session, actor, closing, now)
        then(session, closing.id)
        return closing.id


def ensure_closable(
    site: Site, actor: Actor, ledger: LedgerKind, year: int, signers: str, now: datetime
) -> None:
    """Refuse what `close_year` would."""
    ensure_keeps(actor)
    with site.sessions.reading() as session:
        _ensure_closable(session, actor, ledger, year, _names(signers), now)


def _names(signers: str) -> list[str]:
    return [name.strip() for name in signers.replace("，", "、").split("、") if name.strip()]


def _keep(session: Session, actor: Actor, closing: YearClosing, now: datetime) -> None:
    closing.township_id = actor.township_id
    closing.closed_at, closing.closed_by = now, actor.id
    session.add(closing)
    subject = closing_subject(actor.township_id, closing.ledger, closing.year)
    files = {"table": closing.table, "minutes": closing.minutes}
    record(session, actor, "close_year", subject, now, **files, rows=closing.rows)
    session.flush()


def closing_subject(township_id: int, ledger: LedgerKind, year: int) -> str:
    """What the history calls a closed year."""
    return f"ledger {ledger.value} {year} of township {township_id}"


def _ensure_closable(
    session: Session, actor: Actor, ledger: LedgerKind, year: int, names: list[str], now: datetime
) -> None:
    reasons = []
    if not FIRST_YEAR <= year < village_day(now).year:
        reasons.append(Refusal("year_not_over", "一年过完了才结账。"))
    if closing_of(session, actor.township_id, ledger, year):
        reasons.append(Refusal("closed_once", f"{year}年的{ledger.label}已经结过账了。"))
    if not names or len(names) > MAX_SIGNERS or len("、".join(names)) > MAX_NAMES:
        words = f"请写结账记录由谁签字，一到{MAX_SIGNERS}人，用顿号隔开。"
        reasons.append(Refusal("no_signers", words))
    if reasons:
        raise Refused(*reasons)


@dataclass(frozen=True)
class _Closing:
    """What the minutes tell."""

    ledger: LedgerKind
    year: int
    table: SealedTable
    signers: list[str]
    now: datetime


def _minutes(site: Site, actor: Actor, closing: _Closing) -> bytes:
    with site.sessions.reading() as session:
        facts = _facts(session, actor, closing)
    return site.composer.compose_office_paper(facts).pdf


def _facts(session: Session, actor: Actor, closing: _Closing) -> OfficePaper:
    table = closing.table
    township = session.get_one(Township, actor.township_id)
    head = checkpoint(session)
    keys = list(rows_of_file(table.csv))
    span = f"{keys[0]}至{keys[-1]}" if keys else "没有登记"
    lines = [
        ("台账", closing.ledger.label),
        ("年度", f"{closing.year}年"),
        ("条数", f"{table.count}条"),
        ("起止编号", span),
        ("经办人", actor.name),
    ]
    if head is not None:
        sealed = f"No.{head.number} {village_time(head.at):%Y-%m-%d %H:%M}"
        lines.append(("存证", f"{sealed} {fingerprint_words(head.hash)}"))
    lines.append(("台账指纹", sha256_hex(table.csv)))
    body = speaker_of(session, township.id, None).name
    return OfficePaper(
        township=body,
        title=f"{closing.year}年{closing.ledger.label}结账记录",
        under=f"{body}　{day_words(village_day(closing.now))}",
        sections=(
            PaperSection(
                columns=(PaperColumn("项目"), PaperColumn("内容", width=1)), rows=tuple(lines)
            ),
            PaperSection(sentences=(SEALED,)),
        ),
        signed=(*(f"{name}（签名）：" for name in closing.signers), "单位（章）：", "日期："),
        mark=demo_mark(township),
    )
