"""checkpoint, witness: the signed head of our history, and watch over that of another site."""

from pathlib import Path

import click

from bulletin.cli.context import CommandContext, console, pass_acting_context, pass_command_context
from bulletin.domain.errors import BulletinError
from bulletin.domain.transparency.witness import Continuation
from bulletin.services.machine_keys import note_keys
from bulletin.services.transparency import checkpoint as published
from bulletin.services.transparency.rotate_key import rotate_key
from bulletin.services.transparency.witness import CHECKPOINT_FILE, UnknownSigner
from bulletin.services.transparency.witness import witness as keep_watch

NOT_REACHED, CONTRADICTED, UNKNOWN_SIGNER = 3, 4, 5  # exit statuses beside 0 and 1

SENTENCES = {
    Continuation.FIRST: "seen for the first time: {shown} entries",
    Continuation.SAME: "unchanged: {shown} entries",
    Continuation.GROWN: "continued: {seen} → {shown} entries, and what was seen is its beginning",
    Continuation.CUT: "the history was cut: {seen} entries were shown before, now {shown}",
    Continuation.REWRITTEN: "the history was rewritten: its first {seen} entries are not those shown before",
    Continuation.OTHER: "this is the history of another site",
}


@click.group()
def checkpoint() -> None:
    """The signed head of this site's history, by which others keep watch over it."""


@checkpoint.command()
@pass_command_context
def show(context: CommandContext) -> None:
    """Print the checkpoint of this moment, as /checkpoint serves it."""
    click.echo(published.checkpoint(context.site), nl=False)


@checkpoint.command()
@pass_command_context
def key(context: CommandContext) -> None:
    """Print the public key, to be given to witnesses in person."""
    click.echo(str(published.verifier_key(context.site)))


@checkpoint.command()
@pass_acting_context
def rotate(context: CommandContext) -> None:
    """Sign with a new key from now on; the old one names it first, so that witnesses follow."""
    click.echo(str(rotate_key(context.site, context.operator, context.now)))
    note_keys(context.site, context.now)


@click.command()
@click.argument("url")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--key", "given", help="The site's public key, from `bulletin checkpoint key` there.")
@click.option("--also-private", is_flag=True, help="Read from this machine and private networks.")
@pass_command_context
def witness(
    context: CommandContext, url: str, folder: Path, given: str | None, also_private: bool
) -> None:
    """Compare the history that the site at URL shows with what FOLDER remembers of it.

    Once a day is enough: `30 6 * * * bulletin witness https://gk.example.cn /var/lib/witness`.
    Status 0: it continues what was shown before. 3: not reached, nothing is said. 4: it was cut or
    rewritten, and both signed checkpoints are kept in FOLDER. 5: signed by a key that nobody names.
    """
    try:
        seen = keep_watch(url, folder, context.now, given or "", also_private=also_private)
    except UnknownSigner as error:
        raise _ended(str(error), UNKNOWN_SIGNER) from error
    except BulletinError as error:
        raise _ended(str(error), NOT_REACHED) from error
    sizes = {"seen": seen.seen.size if seen.seen else 0, "shown": seen.shown.size}
    sentence = f"{url}: {SENTENCES[seen.continuation].format(**sizes)}"
    if seen.evidence:
        both = (
            f"both signed checkpoints are in {folder}: {CHECKPOINT_FILE} and {seen.evidence.name}"
        )
        raise _ended(f"{sentence}; {both}", CONTRADICTED)
    console.print(f"{sentence}\nsigned by {seen.key}")


def _ended(sentence: str, status: int) -> click.exceptions.Exit:
    click.echo(f"bulletin: {sentence}", err=True)
    return click.exceptions.Exit(status)


COMMANDS = (checkpoint, witness)
