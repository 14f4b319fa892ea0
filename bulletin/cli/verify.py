"""verify: name whatever was altered."""

from dataclasses import asdict

import click

from bulletin.cli.context import CommandContext, as_json, console, pass_command_context, print_json
from bulletin.services.operations import verify as operations_verify


@click.command()
@as_json
@pass_command_context
def verify(context: CommandContext, as_json: bool) -> None:
    """Check the history chain, every kept sheet and every edition against its fingerprint."""
    verdict = operations_verify.verify(context.site)
    if as_json:
        print_json(asdict(verdict) | {"sound": verdict.sound})
    else:
        console.print(
            f"{verdict.entries} history entries, {verdict.editions} approved editions, "
            f"{verdict.sheets} kept sheets\ncheckpoint {verdict.checkpoint}"
        )
        for altered in verdict.altered:
            console.print(f"[red]✗[/] {altered.what}: {altered.how}")
        for seam in verdict.seams:
            console.print(f"[yellow]![/] {seam}")
        if verdict.sound:
            console.print("[green]✓[/] everything is as it was")
    if not verdict.sound:
        raise click.exceptions.Exit(1)


COMMANDS = (verify,)
