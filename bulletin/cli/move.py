"""move: a township into another house, its history with it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import click

from bulletin.cli.context import CommandContext, console, pass_acting_context
from bulletin.services.operations.move.move import move as operations_move
from bulletin.services.operations.move.order import MoveOrder, MoveResult
from bulletin.services.site import Site

KILO = 1024
DATABASE = "bulletin.db"
SHOWN = ("village", "person", "notice", "edition", "duty", "posting", "print_run")


@click.command()
@click.option(
    "--to", required=True, help="postgresql://… of the new house, or its new data folder."
)
@click.option("--files", default="", help="Where the new house keeps its files.")
@click.option("--township", help="The code of the one that moves, where several live here.")
@click.option("--address", default="", help="https://… of the new house: pages here lead on to it.")
@click.option(
    "--rename-logins", metavar="PREFIX", default="", help="Of logins that are taken there."
)
@click.option("--rehearse", is_flag=True, help="Do and check everything, and keep nothing.")
@click.option("--finish", is_flag=True, help="Close this house after a move that was cut off.")
@pass_acting_context
def move(
    context: CommandContext,
    to: str,
    files: str,
    township: str | None,
    address: str,
    rename_logins: str,
    rehearse: bool,
    finish: bool,
) -> None:
    """Move a township into another house: rows, files and history.

    Rehearse first. Stop the clock and the web of this house, take a backup of both, then move. Codes
    and paper stay valid: name the address of this house in BULLETIN_FORMER_HOSTS of the new one, and
    leave this one running with --address, so that pages lead on.
    """
    order = MoveOrder(
        to=_without_password(to),
        address=address.rstrip("/"),
        township=township or context.settings().township or None,
        rename_logins=rename_logins,
        rehearse=rehearse,
        finish=finish,
        other_keys=()
        if "://" in to
        else context.factories.other_keys(context.settings(), Path(to)),
    )
    began = time.monotonic()
    with _new_house(context, to, files, rehearse=rehearse) as target:
        moved = operations_move(context.site, target, order, context.now)
    _tell(moved, order, time.monotonic() - began)
    if not rehearse:
        _tell_of_keys(context, to, moved)


@contextmanager
def _new_house(context: CommandContext, to: str, files: str, *, rehearse: bool) -> Iterator[Site]:
    """A rehearsal leaves no trace: where no house stands yet, a passing folder is one."""
    with TemporaryDirectory(prefix="bulletin-rehearsal-") as passing:
        folder = Path(to)
        is_folder = "://" not in to
        if is_folder and rehearse and not (folder / DATABASE).exists():
            to = passing
        elif is_folder:
            folder.mkdir(parents=True, exist_ok=True)
        target = context.factories.open_elsewhere(
            context.site, *context.factories.read_house(to, files)
        )
        try:
            yield target
        finally:
            target.sessions.close()


def _without_password(to: str) -> str:
    """postgresql://host/database, as it may stand in a history that everybody can read."""
    parts = urlsplit(to)
    return f"{parts.scheme}://{parts.hostname}{parts.path}" if parts.hostname else Path(to).name


def _tell(moved: MoveResult, order: MoveOrder, seconds: float) -> None:
    names = "、".join(moved.townships)
    if moved.verdict is None:
        console.print(f"{names}: an earlier run had moved it; this house knows it now")
        return
    counts = ", ".join(f"{name} {moved.rows[name]}" for name in SHOWN if moved.rows.get(name))
    read = f" ({moved.files.size / KILO:,.0f} KB)" if order.rehearse else ""
    console.print(
        f"{names}: {sum(moved.rows.values()):,} rows ({counts})\n"
        f"{moved.entries:,} history entries, {len(moved.files.digests):,} files{read}"
    )
    if moved.shift:
        console.print(f"ids are greater by {moved.shift} in the new house")
    for before, after in sorted(moved.logins.items()):
        console.print(f"[yellow]![/] {before} signs in as {after} from now on")
    for prefix in moved.same_prefixes:
        console.print(f"[yellow]![/] two registers are called {prefix}: no fault, and worth a word")
    for seam in moved.verdict.seams:
        console.print(f"[yellow]![/] {seam}")
    console.print(f"[green]✓[/] verified in the new house, {seconds:.1f} s")
    if order.rehearse:
        console.print("rehearsed; nothing was changed")


def _tell_of_keys(context: CommandContext, to: str, moved: MoveResult) -> None:
    """Who signs the checkpoints from now on."""
    settings = context.settings()
    if not moved.is_whole_house:
        console.print("the new house signs with its own key; the public keys of before came along")
    elif "://" in to:
        console.print(
            f"[yellow]![/] copy checkpoint.key, checkpoint.keys and secret from {settings.data} into the "
            "data folder of the new house before it starts: else witnesses see another signer"
        )
    else:
        names = context.factories.hand_over_keys(settings, Path(to))
        console.print(f"{', '.join(names)} went along; write bulletin.toml there anew")


COMMANDS = (move,)
