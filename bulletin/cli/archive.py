"""archive: a sealed volume of a year and place."""

from pathlib import Path

import click

from bulletin.cli.context import CommandContext, console, pass_acting_context
from bulletin.services.operations.archive.archive_year import archive_year
from bulletin.services.places.villages import village_id_of


@click.command()
@click.option("--year", type=click.IntRange(1990, 2100), required=True)
@click.option("--village", help="A village's name or code (default: the township itself).")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    help="FILE.zip, or a folder that is not there yet.",
)
@pass_acting_context
def archive(context: CommandContext, year: int, village: str | None, output: Path) -> None:
    """Write the archive volume of a YEAR that is over: PDF/A sheets, registers, minutes, letters.

    It holds an index (index.html, index.csv) and SHA256SUMS, and is read without this software; its seal goes
    into the history. It is no publication: it names applicants and lists whose time on the web is over.
    """
    place = village_id_of(context.site, context.operator, village)
    volume = archive_year(context.site, context.operator, year, place, output, context.now)
    console.print(f"{output}: {volume.title}，{volume.files}个文件")
    for part, count in volume.parts.items():
        console.print(f"  {part} {count}")
    console.print(f"  SHA256SUMS {volume.seal}")


COMMANDS = (archive,)
