"""privacy: personal data in files, masked."""

from pathlib import Path

import click

from bulletin.cli.context import CommandContext, as_json, console, pass_command_context, print_json
from bulletin.domain.errors import Refused
from bulletin.services.privacy.files import CheckedFile, check_file, office_phones


@click.command()
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False)
)
@as_json
@pass_command_context
def privacy(context: CommandContext, files: tuple[Path, ...], as_json: bool) -> None:
    """Find ID numbers, phones, bank cards and telling columns in text, XLSX, DOCX and PDF files.

    The value itself is never shown. Exits with 1 when something was found, 2 when a file could
    not be read.
    """
    phones = _known_phones(context)
    checked, unread = [], False
    for path in files:
        try:
            checked.append(check_file(str(path), path.read_bytes(), phones))
        except Refused as refused:
            unread = True
            click.echo(f"{path}: {refused}", err=True)
    for file in checked:
        for what in file.unreadable:
            click.echo(f"{file.name}: {what}: needs a person's eyes", err=True)
    rows = [row for file in checked for row in _rows(file)]
    if as_json:
        print_json(rows)
    else:
        _print_findings(rows)
    if unread:
        raise click.exceptions.Exit(2)
    if rows:
        raise click.exceptions.Exit(1)


def _known_phones(context: CommandContext) -> frozenset[str]:
    """The office's own phones, when a data folder is there; the check works without one."""
    if not context.has_site:
        return frozenset()
    return office_phones(context.site)


def _rows(file: CheckedFile) -> list[dict[str, str]]:
    return [
        {"file": file.name, "kind": f.kind.value, "place": f.place, "masked": f.masked}
        for f in file.findings
    ]


def _print_findings(rows: list[dict[str, str]]) -> None:
    for row in rows:
        console.print(
            f"[red]{row['kind']:<10}[/] {row['file']} {row['place']} {row['masked']}", markup=True
        )
    if not rows:
        console.print("[green]✓[/] nothing found")


COMMANDS = (privacy,)
