"""sheet: print a notice for the board."""

from pathlib import Path

import click

from bulletin.cli.lists import code_of
from bulletin.cli.roof import Session, pass_session
from bulletin.domain.paper import PAPERS, Paper
from bulletin.services import printing
from bulletin.services.listing import edition_rows


@click.command()
@click.argument("code")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="FILE.pdf, or FILE.png for its pages as pictures.",
)
@click.option("--paper", type=click.Choice(PAPERS), default="a4", show_default=True)
@click.option("--edition", type=click.IntRange(1), help="Which edition (default: the newest).")
@pass_session
def sheet(session: Session, code: str, output: Path, paper: Paper, edition: int | None) -> None:
    """Write the sheet of a notice. An approved one is recorded as a print run; a draft says 草稿."""
    if output.suffix.lower() not in {".pdf", ".png"}:
        raise click.BadParameter("the name must end in .pdf or .png", param_hint="-o")
    if not output.parent.is_dir():
        raise click.BadParameter(f"there is no folder {output.parent}", param_hint="-o")
    code = code_of(session, code)
    rows = edition_rows(session.house, session.operator, code, session.now)
    row = next((r for r in rows if edition in (None, r.edition)), None)
    if row is None:
        raise click.BadParameter(
            f"{code} has editions 1 to {rows[0].edition}", param_hint="--edition"
        )
    approved = row.state.value in {"scheduled", "published", "taken_down"}
    act = printing.print_sheet if approved else printing.preview
    printed = act(
        session.house, session.operator, code, session.now, number=row.edition, paper=paper
    )
    for path, data in _files(session, printed, output):
        path.write_bytes(data)
        click.echo(str(path))


def _files(session: Session, printed: printing.Printed, output: Path) -> list[tuple[Path, bytes]]:
    if output.suffix.lower() == ".pdf":
        return [(output, printed.sheet.pdf)]
    composer = session.house.composer
    pictures = [composer.picture(printed.sheet, page) for page in range(1, printed.sheet.pages + 1)]
    if len(pictures) == 1:
        return [(output, pictures[0])]
    return [
        (output.with_stem(f"{output.stem}-{page}"), data) for page, data in enumerate(pictures, 1)
    ]


COMMANDS = (sheet,)
