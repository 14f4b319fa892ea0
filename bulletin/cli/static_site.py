"""export: the public site as plain files, for a web server that runs nothing."""

import os
from pathlib import Path

import click

from bulletin.cli.context import Session, console, pass_session
from bulletin.services.public import static_site


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--base-url", help="Where the copy is published (default: the public address).")
@pass_session
def export(session: Session, folder: Path, base_url: str | None) -> None:
    """Write the public site as plain files into FOLDER, to be uploaded elsewhere.

    Run again, it adds what is new and deletes what is no longer public. Personal lists are never
    part of it.
    """
    address = (base_url or session.house.public_url).rstrip("/")
    house = static_site.house_of_copy(session.house, address)
    live = session.house.public_url if session.house.public_url != address else ""
    files = session.roof.walk_site(
        session.settings(), house, static_site.addresses(house, session.now), session.now, live
    )
    os.umask(0o022)  # unlike all else that is written: web servers and uploaders read it
    done = static_site.write_copy(folder, files)
    console.print(
        f"{folder}: {done.new} new, {done.changed} changed, {done.gone} deleted, {done.same} as before"
    )


COMMANDS = (export,)
