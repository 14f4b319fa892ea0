"""form: the papers of a place that are no notices."""

from pathlib import Path

import click

from bulletin.cli.context import CommandContext, as_pdf, pass_command_context
from bulletin.domain.formats import PAPERS, Paper
from bulletin.services.places.villages import village_id_of
from bulletin.services.printing.forms import FORMS, place_form


@click.command()
@click.argument("kind", type=click.Choice(tuple(FORMS)))
@click.option("--village", help="A village's name or code (default: the township itself).")
@click.option("--paper", type=click.Choice(PAPERS), default="a4", show_default=True)
@as_pdf
@pass_command_context
def form(
    context: CommandContext, kind: str, village: str | None, paper: Paper, output: Path
) -> None:
    """The head of a board, a blank form for handwriting, the catalog, or a test of the printer."""
    site, operator = context.site, context.operator
    place = village_id_of(site, operator, village)
    _, sheet = place_form(site, operator, kind, place, context.now, paper=paper)
    output.write_bytes(sheet.pdf)
    click.echo(f"{output}: {sheet.pages} pages")


COMMANDS = (form,)
