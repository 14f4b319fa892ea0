"""files move: from a folder to an object store, or back."""

import click

from bulletin.cli.context import CommandContext, console, pass_command_context
from bulletin.domain.errors import Misconfigured
from bulletin.services.operations.parts.move_files import move_files

NAMED = 20  # files; `bulletin verify` says what each is


@click.group()
def files() -> None:
    """Where attachments, photographs and printed sheets are kept."""


@files.command()
@pass_command_context
def move(context: CommandContext) -> None:
    """Copy what BULLETIN_FORMER_FILES holds to where files are kept now, while the site runs.

    Every file is checked against its SHA-256. Run again, it goes on where it was cut off. Exits with 1 when a file
    is damaged or missing.
    """
    moving = context.site.moving
    if moving is None:
        raise Misconfigured(
            "nothing to move: name the folder or bucket that files come from in former_files "
            "(BULLETIN_FORMER_FILES)"
        )
    click.echo(f"from {moving.former.where} to {moving.current.where}")
    done = move_files(
        context.site, moving, lambda copied, of: click.echo(f"{copied:,} of {of:,}", err=True)
    )
    click.echo(f"{done.copied:,} copied, {done.there:,} were there already")
    for words, digests in (("damaged", done.damaged), ("missing", done.missing)):
        for digest in digests[:NAMED]:
            console.print(f"[red]✗[/] {words}: {digest}")
        if len(digests) > NAMED:
            console.print(f"  … and {len(digests) - NAMED} more {words}")
    if not done.is_complete:
        click.echo("bring them back from a backup; `bulletin verify` says what each of them is")
        raise click.exceptions.Exit(1)
    console.print(
        "[green]✓[/] nothing is left to copy: take former_files (BULLETIN_FORMER_FILES) out everywhere"
    )


COMMANDS = (files,)
