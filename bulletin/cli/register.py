"""register: the year's numbers, with every gap explained."""

from pathlib import Path

import click
from rich.table import Table

from bulletin.cli.context import (
    CommandContext,
    as_json,
    as_table,
    console,
    pass_command_context,
    print_json,
)
from bulletin.domain.formats import table_format_of
from bulletin.services.notices.register import register_file, register_lines


@click.command()
@click.option("--year", type=click.IntRange(1990, 2100), help="Default: this year.")
@as_table
@as_json
@pass_command_context
def register(context: CommandContext, year: int | None, output: Path | None, as_json: bool) -> None:
    """登记簿: every register number of a year and what became of it."""
    shown_year = year or context.today.year
    lines = register_lines(context.site, context.operator, shown_year, context.now)
    if output is not None:
        output.write_bytes(register_file(lines, "", shown_year, table_format_of(output)))
        click.echo(f"{output}: {len(lines)} numbers")
    elif as_json:
        print_json([vars(line) for line in lines])
    else:
        table = Table("登记号", "情况", "公示到", "标题", "说明", box=None, header_style="bold")
        for line in lines:
            table.add_row(
                line.number, line.state, str(line.closes_on or ""), line.title, line.remark
            )
        console.print(table)


COMMANDS = (register,)
