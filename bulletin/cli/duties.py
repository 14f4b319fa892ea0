"""duties: what is owed, as a table or JSON."""

from datetime import date
from typing import Any

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
from bulletin.cli.params import Day
from bulletin.services.duties import overview as duties_overview
from bulletin.services.duties.overview import DutyLine


@click.command()
@of_village
@click.option("--from", "first", type=Day(), help="The first due day (default: the first of all).")
@click.option("--to", "last", type=Day(), help="The last due day (default: the last of all).")
@click.option("--as-of", type=Day(), help="Judge as of this day (default: today).")
@as_json
@pass_command_context
def duties(
    context: CommandContext,
    village: str | None,
    first: date | None,
    last: date | None,
    as_of: date | None,
    as_json: bool,
) -> None:
    """What is owed: by whom, by when, and how it stands."""
    lines = duties_overview.duty_lines(
        context.site,
        context.operator,
        context.now,
        village_id=context.village_id(village),
        as_of=as_of,
        first_due=first,
        last_due=last,
    )
    if as_json:
        print_json([_duty_json(line) for line in lines])
        return
    table = Table("应公开于", "状态", "村", "事项", "期", "在谁手里", box=None, header_style="bold")
    for line in lines:
        desk = "、".join(n.lies_with for n in line.notices if n.lies_with)
        table.add_row(
            str(line.due_on or "—"),
            line.state.label,
            line.village or "乡镇",
            line.title,
            line.label,
            desk,
        )
    console.print(table)


def _duty_json(line: DutyLine) -> dict[str, Any]:
    return {
        "id": line.id,
        "village": line.village,
        "publisher": line.publisher,
        "item": line.item_code,
        "title": line.title,
        "period": line.occasion,
        "label": line.label,
        "rule_on": line.rule_on,
        "due_on": line.due_on,
        "provisional": line.provisional,
        "standing": line.status.value,
        "late_days": max((n.late.days for n in line.notices if n.late), default=None),
        "state": line.state.value,
        "remark": line.remark,
        "notices": [notice.code for notice in line.notices],
    }


COMMANDS = (duties,)
