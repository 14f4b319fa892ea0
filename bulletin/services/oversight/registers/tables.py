"""登记簿 as a table to take away, void entries with their reason."""

from sqlalchemy import extract

from bulletin.domain.formats import TableFormat
from bulletin.domain.oversight.registers import RegisterKind
from bulletin.domain.people import Actor
from bulletin.services.oversight.office import ensure_reads
from bulletin.services.site import Site
from bulletin.store.register_entries import RegisterEntry, entries_at
from bulletin.writers.tables import (
    ExportColumn,
    TableCell,
    TableSheet,
    cells,
    headings,
    write_csv,
    write_xlsx,
)


def _yuan(row: RegisterEntry) -> TableCell:
    return f"{row.fen / 100:.2f}" if row.fen else None


COLUMNS = (
    ExportColumn[RegisterEntry]("类别", lambda row: row.kind.label),
    ExportColumn[RegisterEntry]("日期", lambda row: row.on),
    ExportColumn[RegisterEntry]("文件、事项", lambda row: row.title),
    ExportColumn[RegisterEntry]("文号、案号", lambda row: row.number),
    ExportColumn[RegisterEntry]("金额（元）", _yuan),
    ExportColumn[RegisterEntry]("废止、审结", lambda row: row.ended_on),
    ExportColumn[RegisterEntry]("结果", lambda row: row.result.label if row.result else ""),
    ExportColumn[RegisterEntry]("作废的原因", lambda row: row.void_reason),
)
MAX_SHEET_NAME = 31


def registers_file(
    site: Site,
    actor: Actor,
    place: str,
    form: TableFormat,
    *,
    kind: RegisterKind | None = None,
    year: int | None = None,
) -> bytes:
    """The registers: one of them or, in a workbook, each on a sheet of its own; of a year, or all years.

    Raises:
        NotFoundError: the person does not read the registers of the township.
    """
    ensure_reads(actor)
    asked = entries_at(actor.township_id)
    if kind is not None:
        asked = asked.where(RegisterEntry.kind == kind)
    if year is not None:
        asked = asked.where(extract("year", RegisterEntry.on) == year)
    with site.sessions.reading() as session:
        rows = list(reversed(session.scalars(asked).all()))
        tables = {
            each: cells(COLUMNS, (row for row in rows if row.kind is each)) for each in RegisterKind
        }
    wanted = {kind: tables[kind]} if kind else tables
    if form == "csv":
        return write_csv(headings(COLUMNS), [line for table in wanted.values() for line in table])
    when = f"{year}年" if year else ""
    return write_xlsx(
        _sheet(each, f"{place}{when}{each.label}登记簿", table) for each, table in wanted.items()
    )


def _sheet(kind: RegisterKind, heading: str, table: list[tuple[TableCell, ...]]) -> TableSheet:
    return TableSheet(kind.label[:MAX_SHEET_NAME], heading, headings(COLUMNS), table)
