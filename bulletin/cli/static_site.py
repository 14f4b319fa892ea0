"""export: the public site as plain files, for a web server that runs nothing."""

import os
from itertools import chain
from pathlib import Path

import click

from bulletin.cli.context import CommandContext, console, pass_command_context
from bulletin.services.public import static_site
from bulletin.services.transparency import checkpoint


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--base-url", help="Where the copy is published (default: the public address).")
@pass_command_context
def export(context: CommandContext, folder: Path, base_url: str | None) -> None:
    """Write the public site as plain files into FOLDER, to be uploaded elsewhere.

    Run again, it adds what is new and deletes what is no longer public. Personal lists are never
    part of it.
    """
    address = (base_url or context.site.public_url).rstrip("/")
    site = static_site.site_of_copy(context.site, address)
    live = context.site.public_url if context.site.public_url != address else ""
    files = context.factories.export_site(
        context.settings(), site, static_site.addresses(site, context.now), context.now, live
    )
    os.umask(0o022)  # unlike all else that is written: web servers and uploaders read it
    done = static_site.write_copy(folder, chain(files, checkpoint.files(context.site)))
    console.print(
        f"{folder}: {done.new} new, {done.changed} changed, {done.gone} deleted, {done.same} as before"
    )


COMMANDS = (export,)
