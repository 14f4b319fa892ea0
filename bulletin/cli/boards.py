"""boards: what hangs where, as tables or JSON."""

from collections.abc import Iterable
from datetime import date, timedelta

import click
from rich.table import Table

from bulletin.cli.context import (
    CommandContext,
    as_json,
    console,
    of_village,
    pass_command_context,
    print_json,
)
from bulletin.cli.lookups import board_id_of
from bulletin.cli.params import Day
from bulletin.services.boards import overview
from bulletin.services.boards.ledger import LedgerLine, board_ledger


@click.group()
def boards() -> None:
    """Notice boards."""


@boards.command("list")
@of_village
@as_json
@pass_command_context
def boards_list(context: CommandContext, village: str | None, as_json: bool) -> None:
    """Every board and how many sheets hang there by record."""
    rows = overview.boards_in_brief(
        context.site,
        context.operator,
        context.now,
        village_id=context.village_id(village),
    )
    if as_json:
        print_json(
            [
                {
                    "id": r.id,
                    "village": r.village,
                    "name": r.name,
                    "place": r.place,
                    "hanging": [f"{code}.{edition}" for code, edition in r.keys],
                }
                for r in rows
            ]
        )
        return
    table = Table("号", "村", "公开栏", "位置", "张贴", box=None, header_style="bold")
    for row in rows:
        table.add_row(str(row.id), row.village or "乡镇", row.name, row.place, str(len(row.keys)))
    console.print(table)


def _ledger_table(lines: Iterable[LedgerLine]) -> Table:
    table = Table(
        "编号", "版", "贴上", "取下", "怎么知道的", "", "标题", box=None, header_style="bold"
    )
    for line in lines:
        table.add_row(
            line.code,
            str(line.edition),
            str(line.hung_on or ""),
            str(line.down_on or ""),
            line.how_known.label,
            _doubt(line),
            line.title,
        )
    return table


@boards.command("ledger")
@click.argument("board")
@click.option(
    "--from", "first_on", type=Day(), help="From this day on (default: a year before --to)."
)
@click.option("--to", "last_on", type=Day(), help="Up to this day (default: today).")
@click.option("--on", type=Day(), help="Only what hung there on this day (default: every day).")
@as_json
@pass_command_context
def boards_ledger(
    context: CommandContext,
    board: str,
    first_on: date | None,
    last_on: date | None,
    on: date | None,
    as_json: bool,
) -> None:
    """What hung on a board from when to when, how that is known, and what was too short."""
    until = last_on or context.today
    days = [day for day in (first_on or until - timedelta(days=365), until, on) if day]
    ledger = board_ledger(
        context.site,
        context.operator,
        board_id_of(context, board),
        context.now,
        first_on=min(days),
        last_on=max(days),
    )
    lines = ledger.lines if on is None else ledger.on(on)
    if as_json:
        print_json([_ledger_json(line) for line in lines])
        return
    console.print(_ledger_table(lines))
    for gone in ledger.gone:
        console.print(f"{gone.code}.{gone.edition}: {gone.what}。原因：{gone.reason}")
    for hidden in ledger.hidden:
        console.print(
            f"{hidden.code}: 网上看不到{hidden.hours}小时，建议公示到{hidden.proposed}  {hidden.title}"
        )


def _doubt(line: LedgerLine) -> str:
    if line.missed_on:
        return f"{line.missed_on}的照片上没有"
    if line.too_short:
        return "不足期限"
    return "更正过" if line.corrections else ""


def _ledger_json(line: LedgerLine) -> dict[str, object]:
    return {
        "code": line.code,
        "edition": line.edition,
        "number": line.number,
        "title": line.title,
        "hung_on": line.hung_on,
        "down_on": line.down_on,
        "seen_on": line.seen_on,
        "missed_on": line.missed_on,
        "until": line.until,
        "how_known": line.how_known.value,
        "too_short": line.too_short,
        "corrections": [
            {
                "what": made.what,
                "reason": made.reason,
                "at": made.corrected_at.isoformat(),
                "by": made.corrected_by,
            }
            for made in line.corrections
        ],
    }


COMMANDS = (boards,)
