"""sheet, board-pack, certificate: paper for the board and about it."""

from pathlib import Path

import click
from rich.progress import Progress

from bulletin.cli.context import Session, as_pdf, console, pass_session
from bulletin.cli.lookups import board_id_of, code_of
from bulletin.cli.params import OutputFile
from bulletin.domain.formats import PAPERS, Paper
from bulletin.services.boards import certify, pack
from bulletin.services.notices.overview import edition_rows
from bulletin.services.places.villages import village_id_of
from bulletin.services.printing.print import Printed, preview, print_sheet
from bulletin.services.public import share


@click.command()
@click.argument("code")
@click.option(
    "-o",
    "--output",
    required=True,
    type=OutputFile(".pdf", ".png"),
    help="FILE.pdf, or FILE.png for its pages as pictures.",
)
@click.option("--paper", type=click.Choice(PAPERS), default="a4", show_default=True)
@click.option("--edition", type=click.IntRange(1), help="Which edition (default: the newest).")
@pass_session
def sheet(session: Session, code: str, output: Path, paper: Paper, edition: int | None) -> None:
    """Write the sheet of a notice. An approved one is recorded as a print run; a draft says 草稿."""
    code = code_of(session, code)
    rows = edition_rows(session.house, session.operator, code, session.now)
    row = next((r for r in rows if edition in (None, r.edition)), None)
    if row is None:
        raise click.BadParameter(
            f"{code} has editions 1 to {rows[0].edition}", param_hint="--edition"
        )
    approved = row.state.value in {"scheduled", "published", "taken_down"}
    act = print_sheet if approved else preview
    printed = act(
        session.house, session.operator, code, session.now, number=row.edition, paper=paper
    )
    for note in printed.notes:
        click.echo(note, err=True)
    for path, data in _files(session, printed, output):
        path.write_bytes(data)
        click.echo(str(path))


def _files(session: Session, printed: Printed, output: Path) -> list[tuple[Path, bytes]]:
    if output.suffix.lower() == ".pdf":
        return [(output, printed.sheet.pdf)]
    composer = session.house.composer
    pictures = [composer.picture(printed.sheet, page) for page in range(1, printed.sheet.pages + 1)]
    return _numbered(output, pictures)


@click.command("board-pack")
@click.argument("board", required=False)
@click.option("--village", help="All boards of a village, by its name or code.")
@click.option("--all", "everywhere", is_flag=True, help="All boards of the township.")
@as_pdf
@click.option("--paper", type=click.Choice(PAPERS), default="a4", show_default=True)
@click.option("--new", "only_new", is_flag=True, help="Only what does not hang there by record.")
@pass_session
def board_pack(
    session: Session, board: str | None, village: str | None, everywhere: bool, output: Path,
    paper: Paper, only_new: bool,
) -> None:  # fmt: skip
    """All that must hang on a board today in one PDF, behind a page for the walk.

    BOARD is its number or name. Sheets that were not printed yet are recorded as print runs.
    """
    if sum((board is not None, village is not None, everywhere)) != 1:
        raise click.UsageError("name one BOARD, or --village, or --all")
    house, operator = session.house, session.operator
    boards = pack.boards_to_pack(
        house, operator, session.now, board_id=board_id_of(session, board) if board else None,
        village_id=village_id_of(house, operator, village),
    )  # fmt: skip
    plans = pack.plan_boards(house, operator, boards, session.now, only_new=only_new)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=None)

        def tell(done: int, total: int) -> bool:
            bar.update(task, completed=done, total=total)
            return True

        pdf = pack.make_pack(house, operator, plans, session.now, paper=paper, progress=tell)
    output.write_bytes(pdf or b"")
    sheets = sum(len(plan.printed) for plan in plans)
    down = sum(len(plan.down) for plan in plans)
    click.echo(f"{output}: {len(plans)} boards, {sheets} sheets, {down} to take down")


@click.command()
@click.argument("code")
@as_pdf
@pass_session
def certificate(session: Session, code: str, output: Path) -> None:
    """The certificate of posting of a notice: boards, days, editions, fingerprints, photographs."""
    _, paper = certify.certificate(
        session.house, session.operator, code_of(session, code), session.now
    )
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
@pass_session
def chat_picture(session: Session, code: str, output: Path) -> None:
    """A notice as pictures for the village's group chat; none for lists of people."""
    _, phone = share.phone_sheet(
        session.house, session.operator, code_of(session, code), session.now
    )
    composer = session.house.composer
    pictures = [composer.phone_picture(phone, page) for page in range(1, phone.pages + 1)]
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
