"""What is sealed of a year's ledger: the facts that don't change by themselves with the days, and nobody's contact."""

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from sqlalchemy import extract

from bulletin.domain.days import day_words
from bulletin.domain.digests import sha256_hex
from bulletin.domain.oversight.closings import ANSWER, LedgerKind, Rows, by_key
from bulletin.domain.people import Actor
from bulletin.services.notices.register import RegisterLine, numbers_given, register_lines
from bulletin.services.site import Site
from bulletin.store.information_requests import InformationRequest, requests_at
from bulletin.store.register_entries import RegisterEntry, entries_at
from bulletin.writers.tables import ExportColumn, cells, headings, write_csv

Row = TypeVar("Row")
_FINGERPRINT = 16  # hexadecimal figures that tell whether an answer was changed


@dataclass(frozen=True)
class SealedTable:
    csv: bytes
    count: int  # of rows


def _steps(request: InformationRequest) -> str:
    year = date(request.year, 1, 1)
    return "、".join(
        f"{each.kind.label} {day_words(each.on, since=year)}" for each in request.steps
    )


def _request_columns(site: Site) -> tuple[ExportColumn[InformationRequest], ...]:
    outcomes = site.requests.outcomes

    def outcome(request: InformationRequest) -> str:
        known = outcomes.get(request.outcome)
        return known.words if known else request.outcome

    return (*REQUESTS, ExportColumn[InformationRequest]("结果", outcome), FINGERPRINT)


REQUESTS = (
    ExportColumn[InformationRequest]("编号", lambda row: row.register_name),
    ExportColumn[InformationRequest]("收到方式", lambda row: row.received_by.label),
    ExportColumn[InformationRequest]("收到", lambda row: row.received_on),
    ExportColumn[InformationRequest]("申请人", lambda row: row.applicant.label),
    ExportColumn[InformationRequest]("要什么", lambda row: row.asked_for),
    ExportColumn[InformationRequest]("办理", _steps),
    ExportColumn[InformationRequest]("办结", lambda row: row.ended_on),
)
FINGERPRINT = ExportColumn[InformationRequest](
    ANSWER, lambda row: sha256_hex(row.answer.encode())[:_FINGERPRINT] if row.answer else ""
)
REGISTERS = (
    ExportColumn[RegisterEntry]("序号", lambda row: row.id),
    ExportColumn[RegisterEntry]("类别", lambda row: row.kind.label),
    ExportColumn[RegisterEntry]("日期", lambda row: row.on),
    ExportColumn[RegisterEntry]("文件、事项", lambda row: row.title),
    ExportColumn[RegisterEntry]("文号、案号", lambda row: row.number),
    ExportColumn[RegisterEntry]("金额（分）", lambda row: row.fen),
    ExportColumn[RegisterEntry]("废止、审结", lambda row: row.ended_on),
    ExportColumn[RegisterEntry]("结果", lambda row: row.result.label if row.result else ""),
    ExportColumn[RegisterEntry]("作废的原因", lambda row: row.void_reason),
)
NOTICES = (
    ExportColumn[RegisterLine]("登记号", lambda line: line.number),
    ExportColumn[RegisterLine]("公开单位", lambda line: line.publisher),
    ExportColumn[RegisterLine]("标题", lambda line: line.title),
    ExportColumn[RegisterLine]("版", lambda line: line.editions or None),
    ExportColumn[RegisterLine]("审定", lambda line: line.approved_on),
    ExportColumn[RegisterLine]("公示从", lambda line: line.opens_on),
    ExportColumn[RegisterLine]("公示到", lambda line: line.closes_on),
    ExportColumn[RegisterLine]("说明", lambda line: line.remark),
)


def current_table(
    site: Site,
    actor: Actor,
    kind: LedgerKind,
    year: int,
    now: datetime,
    so_many: Callable[[int], None] = lambda _rows: None,
) -> SealedTable:
    """A year of a ledger as it stands now, in the order of its numbers.

    Args:
        so_many: is told how many rows of a long one are there, now and then.
    """
    if kind is LedgerKind.NOTICES:
        return _table(NOTICES, register_lines(site, actor, year, now, so_many=so_many))
    with site.sessions.reading() as session:
        if kind is LedgerKind.REQUESTS:
            asked = requests_at(actor.township_id).where(InformationRequest.year == year)
            return _table(_request_columns(site), list(reversed(session.scalars(asked).all())))
        entries = entries_at(actor.township_id).where(extract("year", RegisterEntry.on) == year)
        return _table(REGISTERS, list(reversed(session.scalars(entries).all())))


def rows_at_most(site: Site, actor: Actor, kind: LedgerKind, year: int) -> int:
    """How many rows a long ledger has, for a bar; 1 of the short ones, which are there at once."""
    return numbers_given(site, actor, year) if kind is LedgerKind.NOTICES else 1


def rows_of_file(data: bytes) -> Rows:
    """The rows of a sealed table by their key."""
    header, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig")))
    return by_key(header, rows)


def _table(columns: Sequence[ExportColumn[Row]], rows: Sequence[Row]) -> SealedTable:
    return SealedTable(write_csv(headings(columns), cells(columns, rows)), len(rows))
