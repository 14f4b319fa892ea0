"""The root command: the data folder, the moment, and how errors end."""

import os
import sys
from collections.abc import Iterator
from copy import copy
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import click
from sqlalchemy.exc import DBAPIError

from bulletin import __version__, cli
from bulletin.cli.context import AppFactories, CommandContext
from bulletin.cli.demo import DEFAULT_DATA
from bulletin.cli.params import Moment
from bulletin.domain.errors import BulletinError, Refused
from bulletin.services.operations.failures import first_line, remedy_of


def build(factories: AppFactories) -> click.Group:
    """The command `bulletin`; the factories put its site together."""

    @click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
    @click.version_option(__version__, prog_name="bulletin")
    @click.pass_context
    def bulletin(context: click.Context) -> None:
        """村务公开栏: what a village must disclose, on the wall and on the web."""
        context.obj = CommandContext(factories, None, datetime.now(UTC))  # noqa: TID251 - a door

    for command in _commands():
        bulletin.add_command(_with_shared_options(command))
    return bulletin


def _commands() -> Iterator[click.Command]:
    """The commands of every module of this folder that has some."""
    for module in iter_modules(cli.__path__):
        yield from getattr(import_module(f"{cli.__name__}.{module.name}"), "COMMANDS", ())


def _with_shared_options(command: click.Command) -> click.Command:
    """Every command takes --data and --now, at its end, where people type them. The one that is given stays as it was."""
    command = copy(command)
    if isinstance(command, click.Group):
        command.commands = {
            name: _with_shared_options(child) for name, child in command.commands.items()
        }
        return command
    folder = DEFAULT_DATA if command.name == "demo" else "data"
    command.params = [
        *command.params,
        click.Option(
            ["--data"],
            type=click.Path(path_type=Path, file_okay=False),
            envvar="BULLETIN_DATA",
            expose_value=False,
            callback=_set_data,
            help=f"The data folder (default ./{folder}).",
        ),
        click.Option(
            ["--now"],
            type=Moment(),
            expose_value=False,
            callback=_set_now,
            help="Rehearse another moment (ISO 8601; default: now).",
        ),
    ]
    return command


def _set_data(context: click.Context, _param: click.Parameter, value: Path | None) -> None:
    if value is not None:
        context.find_object(CommandContext).data = value  # type: ignore[union-attr]


def _set_now(context: click.Context, _param: click.Parameter, value: datetime | None) -> None:
    command = context.find_object(CommandContext)
    if value is not None and command is not None:
        command.ahead, command.now = value - command.now, value


def run_cli(factories: AppFactories) -> None:
    """Run the command line: bad input ends in one clear line and a status that is not zero."""
    try:
        # Out of standalone mode, click returns a command's Exit as its status.
        status = build(factories)(standalone_mode=False)
        sys.stdout.flush()
        sys.exit(status)
    except BrokenPipeError:  # `| head` has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except click.Abort:
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except Refused as refused:
        click.echo(f"bulletin: refused ({', '.join(refused.codes)}): {refused}", err=True)
        sys.exit(1)
    except BulletinError as error:
        click.echo(f"bulletin: {error}", err=True)
        sys.exit(1)
    except (DBAPIError, OSError) as error:
        click.echo(f"bulletin: {_machine_words(error)}", err=True)
        sys.exit(1)


def _machine_words(error: DBAPIError | OSError) -> str:
    if remedy := remedy_of(error):
        return remedy
    if isinstance(error, DBAPIError):
        return f"the database says: {first_line(error)}"
    return f"{error.strerror or error}: {error.filename or ''}"
