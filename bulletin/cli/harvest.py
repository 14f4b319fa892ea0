"""harvest: what another instance's boards publish."""

import sys
from dataclasses import asdict

import click
from rich.markup import escape
from rich.table import Table

from bulletin.cli.context import (
    CommandContext,
    as_json,
    console,
    pass_command_context,
    print_json,
)
from bulletin.domain.open_data.harvested import Harvest
from bulletin.services.oversight import harvest as boards


@click.command()
@click.argument("url")
@click.option("--also-private", is_flag=True, help="Read from this machine and private networks.")
@as_json
@pass_command_context
def harvest(context: CommandContext, url: str, also_private: bool, as_json: bool) -> None:
    """List the notices on the boards of another site, from its open data.

    URL is a page of a village, township or county, or its feed.jsonld (OFN Úřední desky). The feeds
    that it sums up are read too. Ends with 1 when one of them could not be read.
    """
    found = boards.harvest(url, also_private=also_private)
    if as_json:
        print_json(asdict(found))
    else:
        _print(context, found)
    for feed in found.unread:
        click.echo(f"{feed.url}: {feed.reason}", err=True)
    if found.unread:
        sys.exit(1)


def _print(context: CommandContext, found: Harvest) -> None:
    table = Table(
        *("地方", "标题", "类别", "公示期", "登记号", "网址"), box=None, header_style="bold"
    )
    for notice in found.notices:
        over = "（已结束）" if notice.is_over(context.today) else ""
        period = f"{notice.opens_on or '?'} — {notice.closes_on or '?'}{over}"
        cells = (notice.place, notice.title, notice.subject, period, notice.number, notice.url)
        table.add_row(*map(escape, cells))
    console.print(table)
    console.print(f"{len(found.boards)} boards, {len(found.notices)} notices")


COMMANDS = (harvest,)
