"""coverage: who is on time, village by village and item by item, as of any day."""

from datetime import date
from pathlib import Path

import click
from rich.table import Table

from bulletin.cli.context import (
    CommandContext,
    as_json,
    as_table,
    console,
    of_village,
    pass_command_context,
    print_json,
)
from bulletin.cli.params import Day
from bulletin.domain.deadlines.periods import Every, Period
from bulletin.domain.duties.coverage import CoverageState
from bulletin.domain.formats import table_format_of
from bulletin.domain.labels import labels_of
from bulletin.services.access import operator_of
from bulletin.services.duties.lists.cells import CoverageCell
from bulletin.services.oversight.coverage import CoverageTable, coverage_table
from bulletin.services.oversight.coverage_sums import coverage_by_township
from bulletin.services.oversight.coverage_tables import coverage_file
from bulletin.services.places.villages import village_id_of


class PeriodType(click.ParamType[Period]):
    """A period such as 2026-Q3, 2026-07 or 2026."""

    name = "PERIOD"

    def convert(
        self, value: str | Period, param: click.Parameter | None, ctx: click.Context | None
    ) -> Period:
        if isinstance(value, Period):
            return value
        try:
            return Period.parse(value)
        except ValueError:
            self.fail(f"{value!r} is no period, such as 2026-Q3, 2026-07 or 2026", param, ctx)


@click.command()
@click.option("--period", type=PeriodType(), help="What fell due in it (default: this quarter).")
@of_village
@click.option("--as-of", type=Day(), help="As it stood at the end of this day (default: today).")
@click.option("--by-township", is_flag=True, help="A county: the sums of every township.")
@click.option("--township", help="A county: the cells of the township of this code.")
@as_table
@as_json
@pass_command_context
def coverage(
    context: CommandContext,
    period: Period | None,
    village: str | None,
    as_of: date | None,
    by_township: bool,
    township: str | None,
    output: Path | None,
    as_json: bool,
) -> None:
    """Who disclosed what on time: village by item by period, as of any day."""
    span = period or Period.containing(Every.QUARTER, context.today)
    if by_township:
        _print_townships(context, span, as_of, as_json=as_json)
        return
    operator = operator_of(context.site, township) if township else context.operator
    table = coverage_table(
        context.site,
        operator,
        context.now,
        first_on=span.first,
        last_on=span.last,
        as_of=as_of,
        village_id=village_id_of(context.site, operator, village),
    )
    if output is not None:
        output.write_bytes(coverage_file(table, table_format_of(output)))
        click.echo(f"{output}: {len(table.cells)} cells")
    elif as_json:
        print_json([_cell_json(cell) for cell in table.cells])
    else:
        _print_table(table)


def _print_townships(
    context: CommandContext, span: Period, as_of: date | None, *, as_json: bool
) -> None:
    townships = coverage_by_township(
        context.site,
        context.operator,
        context.now,
        first_on=span.first,
        last_on=span.last,
        as_of=as_of,
    )
    if as_json:
        print_json([{"township": t.township, "code": t.code, **_sums(t.counts)} for t in townships])
        return
    table = Table("乡镇", *labels_of(CoverageState).values(), box=None, header_style="bold")
    for township in townships:
        table.add_row(township.township, *map(str, _sums(township.counts).values()))
    console.print(table)


def _print_table(coverage: CoverageTable) -> None:
    table = Table("村", *labels_of(CoverageState).values(), box=None, header_style="bold")
    for row in coverage.rows:
        table.add_row(row.village, *map(str, _sums(row.counts).values()))
    table.add_row("合计", *map(str, _sums(coverage.counts).values()))
    console.print(table)


def _sums(counts: dict[CoverageState, int]) -> dict[str, int]:
    return {state.value: counts.get(state, 0) for state in labels_of(CoverageState)}


def _cell_json(cell: CoverageCell) -> dict[str, object]:
    return {
        "duty": cell.duty_id,
        "village": cell.village,
        "item": cell.item_code,
        "label": cell.label,
        "matter": cell.matter,
        "due_on": cell.due_on,
        "state": cell.state.value,
        "standing": cell.status.value,
        "web_on": cell.web_on,
        "wall_on": cell.wall_on,
        "remark": cell.remark,
        "notice": cell.notice,
        "reason": cell.reason,
        "said_by": cell.declared_by,
    }


COMMANDS = (coverage,)
