"""privacy: personal data in files, masked."""

from pathlib import Path

import click
from rich.markup import escape

from bulletin.cli.context import CommandContext, as_json, console, pass_command_context, print_json
from bulletin.services.privacy.files import CheckedFile, check_file, office_phones


@click.command()
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False)
)
@as_json
@pass_command_context
def privacy(context: CommandContext, files: tuple[Path, ...], as_json: bool) -> None:
    """Find ID numbers, phones, bank cards and telling columns in text, XLSX, DOCX and PDF files.

    The value itself is never shown. Exits with 1 when something was found; with 3 when nothing was
    found but something was left unread, a part of a file or a whole one (damaged, locked, of an
    unknown kind), which needs a person's eyes; with 2 when the command was given wrongly, such as
    a file that does not exist.
    """
    phones = _known_phones(context)
    checked = [check_file(str(path), path.read_bytes(), phones) for path in files]
    findings = [row for file in checked for row in _findings(file)]
    unread = [row for file in checked for row in _unread(file)]
    for file in checked:
        for what in dict.fromkeys(part.words for part in file.unread):
            click.echo(f"{file.name}: {what}: needs a person's eyes", err=True)
    if as_json:
        print_json([*findings, *unread])
    else:
        _print_rows([*findings, *unread])
        _print_tick(checked)
    if findings or unread:
        raise click.exceptions.Exit(1 if findings else 3)


def _known_phones(context: CommandContext) -> frozenset[str]:
    """The office's own phones, when a data folder is there; the check works without one."""
    if not context.has_site:
        return frozenset()
    return office_phones(context.site)


def _row(file: str, kind: str, place: str, masked: str = "") -> dict[str, str]:
    return {"file": file, "kind": kind, "place": place, "masked": masked}


def _findings(file: CheckedFile) -> list[dict[str, str]]:
    return [_row(file.name, f.kind.value, f.place, f.masked) for f in file.findings]


def _unread(file: CheckedFile) -> list[dict[str, str]]:
    places = dict.fromkeys(part.place for part in file.unread)
    return [_row(file.name, "unread", place) for place in places]


def _print_rows(rows: list[dict[str, str]]) -> None:
    for row in rows:
        colour = "yellow" if row["kind"] == "unread" else "red"
        console.print(
            f"[{colour}]{row['kind']:<10}[/] {escape(' '.join((row['file'], row['place'], row['masked'])))}",
            markup=True,
        )


def _print_tick(checked: list[CheckedFile]) -> None:
    """Only for what was read whole and holds nothing."""
    for file in checked:
        if not file.findings and not file.unread:
            console.print(
                f"[green]✓[/] {escape(file.name)}: read whole, nothing found", markup=True
            )


COMMANDS = (privacy,)
