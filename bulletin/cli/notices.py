"""notices: those of a township, as a table or JSON."""

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
from bulletin.cli.lookups import code_of
from bulletin.domain.days import village_time
from bulletin.services.notices import overview
from bulletin.services.notices.overview import NoticeRow


@click.group()
def notices() -> None:
    """Notices: list them, show one."""


@notices.command("list")
@of_village
@as_json
@pass_command_context
def notices_list(context: CommandContext, village: str | None, as_json: bool) -> None:
    """Every notice with its newest edition, the newest first."""
    rows = overview.notice_rows(
        context.site,
        context.operator,
        context.now,
        village_id=context.village_id(village),
    )
    if as_json:
        print_json([notice_json(row) for row in rows])
        return
    table = Table(
        "编号", "版", "状态", "村", "标题", "登记号", "公示期", box=None, header_style="bold"
    )
    for row in rows:
        period = f"{row.opens_on} — {row.closes_on}" if row.opens_on else ""
        table.add_row(
            row.code,
            str(row.edition),
            row.state_words + (f"（晚{row.late.days}天）" if row.late else ""),
            row.village or "乡镇",
            row.title,
            row.number or "",
            period,
        )
    console.print(table)


@notices.command("show")
@click.argument("code")
@as_json
@pass_command_context
def notices_show(context: CommandContext, code: str, as_json: bool) -> None:
    """Every edition of one notice. CODE is the code or the digits on its sheet."""
    rows = overview.edition_rows(
        context.site, context.operator, code_of(context, code), context.now
    )
    if as_json:
        print_json([notice_json(row) for row in rows])
        return
    for row in rows:
        console.print(f"[bold]{row.title}[/]  第{row.edition}版  {row.state_words}")
        for name, value in notice_json(row).items():
            console.print(f"  [dim]{name:>10}[/]  {value if value is not None else '—'}")


def notice_json(row: NoticeRow) -> dict[str, Any]:
    return {
        "code": row.code,
        "edition": row.edition,
        "number": row.number,
        "title": row.title,
        "village": row.village,
        "publisher": row.publisher,
        "items": list(row.items),
        "state": row.public_state,
        "late_days": row.late.days if row.late else None,
        "publish_at": village_time(row.publish_at) if row.publish_at else None,
        "opens_on": row.opens_on,
        "closes_on": row.closes_on,
        "url": row.url,
    }


COMMANDS = (notices,)
