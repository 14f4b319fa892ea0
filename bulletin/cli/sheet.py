"""sheet, board-pack, certificate: paper for the board and about it."""

from pathlib import Path

import click
from rich.progress import Progress

from bulletin.cli.context import (
    CommandContext,
    as_pdf,
    console,
    on_paper,
    pass_acting_context,
    pass_command_context,
)
from bulletin.cli.lookups import board_id_of, code_of
from bulletin.cli.params import OutputFile
from bulletin.domain.formats import PAPERS, Paper
from bulletin.services.boards import certify
from bulletin.services.boards.packs import pack, pack_plans
from bulletin.services.notices.overview import edition_rows
from bulletin.services.outlets import share
from bulletin.services.printing.cover import preview_cover, print_cover
from bulletin.services.printing.print import Printed, preview, print_sheet


@click.command()
@click.argument("code")
@click.option(
    "-o",
    "--output",
    required=True,
    type=OutputFile(".pdf", ".png"),
    help="FILE.pdf, or FILE.png for its pages as pictures.",
)
@click.option(
    "--paper", type=click.Choice(PAPERS), help="Default: a4, and a3 for a paper of a higher body."
)
@click.option("--edition", type=click.IntRange(1), help="Which edition (default: the newest).")
@click.option("--cover", is_flag=True, help="Its cover of four large figures (A3) instead.")
@pass_acting_context
def sheet(
    context: CommandContext,
    code: str,
    output: Path,
    paper: Paper | None,
    edition: int | None,
    cover: bool,
) -> None:
    """Write the sheet of a notice. An approved one is recorded as a print run; a draft says 草稿."""
    code = code_of(context, code)
    rows = edition_rows(context.site, context.operator, code, context.now)
    row = next((r for r in rows if edition in (None, r.edition)), None)
    if row is None:
        raise click.BadParameter(
            f"{code} has editions 1 to {rows[0].edition}", param_hint="--edition"
        )
    approved = row.state.value in {"scheduled", "published", "taken_down"}
    site, operator, now = context.site, context.operator, context.now
    if cover:
        compose_cover = print_cover if approved else preview_cover
        printed = compose_cover(site, operator, code, now, number=row.edition)
    else:
        compose = print_sheet if approved else preview
        printed = compose(site, operator, code, now, number=row.edition, paper=paper)
    for note in printed.notes:
        click.echo(note, err=True)
    for path, data in _files(context, printed, output):
        path.write_bytes(data)
        click.echo(str(path))


def _files(context: CommandContext, printed: Printed, output: Path) -> list[tuple[Path, bytes]]:
    if output.suffix.lower() == ".pdf":
        return [(output, printed.sheet.pdf)]
    composer = context.site.composer
    pictures = [composer.picture(printed.sheet, page) for page in range(1, printed.sheet.pages + 1)]
    return _numbered(output, pictures)


@click.command("board-pack")
@click.argument("board", required=False)
@click.option("--village", help="All boards of a village, by its name or code.")
@click.option("--all", "everywhere", is_flag=True, help="All boards of the township.")
@as_pdf
@on_paper
@click.option("--new", "only_new", is_flag=True, help="Only what does not hang there by record.")
@pass_acting_context
def board_pack(
    context: CommandContext,
    board: str | None,
    village: str | None,
    everywhere: bool,
    output: Path,
    paper: Paper,
    only_new: bool,
) -> None:
    """All that must hang on a board today in one PDF, behind a page for the walk.

    BOARD is its number or name. Sheets that were not printed yet are recorded as print runs.
    """
    if sum((board is not None, village is not None, everywhere)) != 1:
        raise click.UsageError("name one BOARD, or --village, or --all")
    site, operator = context.site, context.operator
    boards = pack_plans.boards_to_pack(
        site,
        operator,
        context.now,
        board_id=board_id_of(context, board) if board else None,
        village_id=context.village_id(village),
    )
    plans = pack_plans.plan_boards(site, operator, boards, context.now, only_new=only_new)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=None)

        def show(done: int, total: int) -> bool:
            bar.update(task, completed=done, total=total)
            return True

        pdf = pack.make_pack(site, operator, plans, context.now, paper=paper, progress=show)
    output.write_bytes(pdf or b"")
    sheets = sum(len(plan.printed) for plan in plans)
    down = sum(len(plan.down) for plan in plans)
    click.echo(f"{output}: {len(plans)} boards, {sheets} sheets, {down} to take down")


@click.command()
@click.argument("code")
@as_pdf
@pass_acting_context
def certificate(context: CommandContext, code: str, output: Path) -> None:
    """The certificate of posting of a notice: boards, days, editions, fingerprints, photographs."""
    _, paper = certify.certify(context.site, context.operator, code_of(context, code), context.now)
    output.write_bytes(paper.pdf)
    click.echo(f"{output}: {paper.pages} pages")


@click.command("chat-picture")
@click.argument("code")
@click.option(
    "-o",
    "--output",
    required=True,
    type=OutputFile(".png"),
    help="FILE.png; a long notice gives FILE-1.png, FILE-2.png …",
)
@pass_command_context
def chat_picture(context: CommandContext, code: str, output: Path) -> None:
    """A notice as pictures for the village's group chat; none for lists of people."""
    pictures = share.phone_pictures(
        context.site, context.operator, code_of(context, code), context.now
    )
    for path, data in _numbered(output, pictures):
        path.write_bytes(data)
        click.echo(str(path))


def _numbered(output: Path, pictures: list[bytes]) -> list[tuple[Path, bytes]]:
    if len(pictures) == 1:
        return [(output, pictures[0])]
    return [
        (output.with_stem(f"{output.stem}-{number}"), data)
        for number, data in enumerate(pictures, 1)
    ]


COMMANDS = (sheet, board_pack, certificate, chat_picture)
