"""What the command line gets from the factories, and what every command shares."""

import functools
import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

import click
from rich.console import Console

from bulletin.cli.params import OutputFile
from bulletin.domain.days import instant_words, village_day
from bulletin.domain.formats import PAPERS
from bulletin.domain.notices.procedures import Procedure
from bulletin.domain.oversight.annual_report.layout import Layout
from bulletin.domain.people import Actor
from bulletin.domain.ticks import IN_FLIGHT
from bulletin.services.access import operator_of
from bulletin.services.operations.check import ensure_migrated
from bulletin.services.places.villages import village_id_of
from bulletin.services.site import Site
from bulletin.services.static_copy.kept_copy import Copied


class StoppableClock(Protocol):
    def start(self) -> None: ...
    def stop(self) -> None: ...


class DataSettings(Protocol):
    @property
    def data(self) -> Path: ...


@dataclass(frozen=True)
class AppFactories:
    """How a site and its web, clock and metrics are made; the command line knows no wiring."""

    settings: Callable[[Path | None], Any]
    passing_settings: Callable[[Path], Any]  # of a site that is thrown away again
    open_site: Callable[[Any], Site]
    open_elsewhere: Callable[[Site, str, str], Site]  # another house by its database and files
    read_house: Callable[[str, str], tuple[str, str]]  # both as people name them
    other_keys: Callable[[Any, Path], tuple[str, ...]]  # that sign in a data folder already
    hand_over_keys: Callable[[Any, Path], list[str]]
    make_app: Callable[[Any, Site, Callable[[], datetime]], Any]
    copy_site: Callable[
        [Any, Site, str, str, datetime, frozenset[str] | None], Copied
    ]  # as plain files
    make_metrics: Callable[[Site, Callable[[], datetime]], Any]
    make_clock: Callable[[Any, Site, Callable[[], datetime]], StoppableClock]
    tick_once: Callable[[Any, Site, datetime, Callable[[str, str], object]], object]
    schedules: Callable[[], Path]  # the folder schedules/
    procedures: Callable[[], dict[str, Procedure]]
    report_layouts: Callable[[], tuple[Layout, ...]]  # forms of the annual report


@dataclass
class CommandContext:
    """One run of the command line: the data folder, the moment, and the site once it is open."""

    factories: AppFactories
    data: Path | None
    now: datetime
    ahead: timedelta = timedelta()  # of this machine's clock, at a rehearsal
    unasked: bool = False  # --yes: nobody sits there to answer
    _site: Site | None = None

    def clock(self) -> datetime:
        """The moment as it moves on, for commands that stay."""
        return datetime.now(UTC) + self.ahead  # noqa: TID251 - a door

    def settings(self) -> Any:
        return self.factories.settings(self.data)

    @property
    def site(self) -> Site:
        """The site, opened at the first need and never on an unmigrated database."""
        if self._site is None:
            site = self.open()
            ensure_migrated(site)
            self._site = site
        return self._site

    @property
    def has_site(self) -> bool:
        """Whether there is a data folder to ask; some commands work without one."""
        settings = self.settings()
        return bool(settings.database_url) or (settings.data / "bulletin.db").exists()

    def confirm_moment(self) -> None:
        """Ask before a site that is no rehearsal acts as of a moment that this machine doesn't tell.

        What is published, recorded or sent as of it stays so when the clock is right again.
        """
        rehearsed = not self.has_site or self.settings().rehearsal
        if self.unasked or rehearsed or abs(self.ahead) <= IN_FLIGHT:
            return
        machine, moment = instant_words(self.now - self.ahead), instant_words(self.now)
        click.confirm(
            f"This is a real site, and this machine says {machine}. Acting as of {moment} publishes, "
            "reminds and records for good. To rehearse, copy the data folder and set "
            "`rehearsal = true` in the copy's bulletin.toml.\nGo on?",
            abort=True,
        )

    def open(self) -> Site:
        settings = self.settings()
        settings.data.mkdir(parents=True, exist_ok=True)
        return self.factories.open_site(settings)

    @property
    def operator(self) -> Actor:
        return operator_of(self.site, self.settings().township or None)

    def village_id(self, name: str | None) -> int | None:
        """The village of a name or code; None for none, which is all or the township."""
        return village_id_of(self.site, self.operator, name)

    @property
    def today(self) -> date:
        return village_day(self.now)


# Into a file or a pipe a table is as wide as it needs to be; nothing is cut off.
console = Console(highlight=False, width=None if sys.stdout.isatty() else 180)


def print_json(rows: Iterable[Any] | Any) -> None:
    """JSON for machines, on stdout, UTF-8."""
    click.echo(json.dumps(rows, ensure_ascii=False, indent=2, default=_json_value))


def _json_value(value: Any) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    raise TypeError(f"no JSON form for {type(value).__name__}")


as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
as_table = click.option(
    "-o", "--output", type=OutputFile(".xlsx", ".csv"), help="Write a table instead, .xlsx or .csv."
)
of_village = click.option("--village", help="A village's name or code.")
on_paper = click.option("--paper", type=click.Choice(PAPERS), default="a4", show_default=True)
as_pdf = click.option("-o", "--output", required=True, type=OutputFile(".pdf"), help="FILE.pdf")
pass_command_context = click.make_pass_decorator(CommandContext)


def pass_acting_context(command: Callable[..., None]) -> Callable[..., None]:
    """As `pass_command_context`, for a command that changes something: it asks about the moment."""

    def asking(context: CommandContext, /, yes: bool, **given: Any) -> None:
        context.unasked = yes
        context.confirm_moment()
        command(context, **given)

    functools.update_wrapper(asking, command)
    with_yes = click.option("--yes", is_flag=True, help="Act without asking, also as of --now.")
    return with_yes(pass_command_context(asking))
