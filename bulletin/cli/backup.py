"""backup, restore: the site as one file, and back."""

from pathlib import Path
from tempfile import TemporaryDirectory

import click

from bulletin.cli.context import CommandContext, console, pass_acting_context
from bulletin.services.operations import back_up, verify
from bulletin.services.operations import restore as operations_restore
from bulletin.services.site import Site

KILO = 1024


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@pass_acting_context
def backup(context: CommandContext, file: Path) -> None:
    """Write everything into one FILE, while the site is running."""
    size = back_up.backup(context.site, file, context.now)
    console.print(f"{file}: {size / KILO:,.0f} KB. Try it: bulletin restore {file} --rehearse")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--rehearse", is_flag=True, help="Restore into a passing folder, verify, throw away.")
@pass_acting_context
def restore(context: CommandContext, file: Path, rehearse: bool) -> None:
    """Restore a backup FILE into an empty data folder, and verify it.

    Keep FILE in the folder it was written to: the copy of the history beside it says what happened
    after the backup was taken.
    """
    if not rehearse:
        _restore(context, context.open(), file)
        return
    with TemporaryDirectory(prefix="bulletin-rehearsal-") as folder:
        site = context.factories.open_site(context.factories.passing_settings(Path(folder)))
        try:
            _restore(context, site, file)
        finally:
            site.sessions.close()
    console.print("rehearsed; nothing was changed")


def _restore(context: CommandContext, site: Site, file: Path) -> None:
    done = operations_restore.restore(site, file, context.now)
    console.print(
        f"{done.township}, as of {done.taken_at}: {done.entries} history entries\n"
        f"after it: {done.lost} entries witnessed and lost, {done.lost_codes} codes on paper marked "
        f"as lost, {done.redacted} redactions applied again, {done.missing_files} files missing"
    )
    verdict = verify.verify(site)
    for altered in verdict.altered:
        console.print(f"[red]✗[/] {altered.what}: {altered.how}")
    for seam in verdict.seams:
        console.print(f"[yellow]![/] {seam}")
    if not verdict.sound:
        raise click.exceptions.Exit(1)
    console.print("[green]✓[/] verified")


COMMANDS = (backup, restore)
