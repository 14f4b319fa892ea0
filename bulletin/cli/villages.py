"""villages: renamed and merged, for whoever holds the machine; the same as at the desk under 设置 → 村."""

import click

from bulletin.cli.context import CommandContext, pass_acting_context
from bulletin.domain.errors import NotFoundError
from bulletin.services.places.merge import merge_village
from bulletin.services.places.rename import rename_village


@click.group()
def villages() -> None:
    """Villages of a township (村): what was published keeps the name and number that it had."""


@villages.command()
@click.argument("village")
@click.argument("name")
@click.option("--code", default="", help="The new statistical code, where it changes too.")
@pass_acting_context
def rename(context: CommandContext, village: str, name: str, code: str) -> None:
    """Give a VILLAGE (name or code) another NAME from today on; its register goes on counting."""
    rename_village(
        context.site, context.operator, _id(context, village), name, context.now, code=code
    )
    click.echo(f"{village} is {name} from today on; its old pages answer as before")


@villages.command()
@click.argument("village")
@click.argument("into")
@pass_acting_context
def merge(context: CommandContext, village: str, into: str) -> None:
    """Merge a VILLAGE INTO another one from today on. It can't be undone."""
    moved = merge_village(
        context.site, context.operator, _id(context, village), _id(context, into), context.now
    )
    click.echo(f"{village} is part of {into} from today on, which takes over {moved} open duties")


def _id(context: CommandContext, name: str) -> int:
    village_id = context.village_id(name)
    if village_id is None:
        raise NotFoundError(f"no village {name!r}")
    return village_id


COMMANDS = (villages,)
