"""migrate, check, serve, clock, worker, tick: running the site."""

import errno
import logging
import signal
import threading

import click
import waitress

from bulletin.cli import web_server
from bulletin.cli.context import CommandContext, console, pass_acting_context, pass_command_context
from bulletin.cli.logs import log_to_stderr
from bulletin.domain.days import instant_words
from bulletin.domain.errors import Misconfigured
from bulletin.memory import settle
from bulletin.readiness import make_ready
from bulletin.services.operations import check as operations_check
from bulletin.services.operations.fonts_to_add import FontsToAdd, fonts_to_add
from bulletin.services.operations.parts.do_long_work import do_long_work

log = logging.getLogger(__name__)
MAX_PORT = 65535
MAX_PROCESSES = 16  # of one machine, each with metrics of its own


@click.command()
@pass_command_context
def migrate(context: CommandContext) -> None:
    """Create or upgrade the tables of a data folder."""
    click.echo(f"the database stands at {operations_check.migrate(context.open())}")


@click.command()
@pass_command_context
def check(context: CommandContext) -> None:
    """Say what is wrong with this installation, and how to mend it."""
    site = context.open()
    problems = operations_check.check(site, context.now)
    for problem in problems:
        mark = "[red]✗[/]" if problem.grave else "[yellow]![/]"
        console.print(f"{mark} {problem.what}\n  [dim]→ {problem.remedy}[/]")
    _say_fonts_to_add(fonts_to_add(site))
    if any(problem.grave for problem in problems):
        raise click.exceptions.Exit(1)
    if not problems:
        console.print("[green]✓[/] all is well")


def _say_fonts_to_add(fonts: FontsToAdd) -> None:
    if not fonts.scripts:
        return
    console.print(
        "· no font for these scripts yet; sheets in them are refused. Where a village writes one, put the "
        f"file named beside it into the folder {fonts.folder}, then restart",
        soft_wrap=True,
    )
    for script in fonts.scripts:
        source = f"on Debian: apt install {script.package}; it then lies at {script.path}"
        console.print(
            f"  {script.name} ({script.english}): {script.file}\n    [dim]{source}[/]",
            soft_wrap=True,
        )


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--no-clock", is_flag=True, help="The web alone; a clock runs elsewhere.")
@pass_acting_context
def serve(context: CommandContext, host: str, port: int, no_clock: bool) -> None:
    """Web and clock in one process."""
    serve_site(context, host, port, with_clock=not no_clock)


def serve_site(context: CommandContext, host: str, port: int, *, with_clock: bool = True) -> None:
    """Serve until interrupted. What an outage left undone is made good before the first page."""
    log_to_stderr()
    site, settings = context.site, context.settings()
    app = context.factories.make_app(settings, site, context.clock)
    make_ready(app, site, context.now)
    try:
        server = web_server.create(app, host, port, behind_proxy=settings.behind_proxy)
    except OSError as error:
        raise _cannot_listen(host, port, error) from error
    clock = context.factories.make_clock(settings, site, context.clock) if with_clock else None
    if clock is not None:
        clock.start()
    if settings.metrics:
        _serve_metrics(context, settings.metrics)
    click.echo(f"村务公开栏 http://{host}:{port}/  （Ctrl+C 结束）")
    settle()
    try:
        server.run()
    finally:
        server.close()
        if clock is not None:
            clock.stop()


def _cannot_listen(host: str, port: int, error: OSError) -> Misconfigured:
    if error.errno == errno.EADDRINUSE:
        remedy = "perhaps another `bulletin serve` runs: end it, or choose another --port"
        return Misconfigured(f"{host}:{port} is taken: {remedy}")
    return Misconfigured(f"{host}:{port} cannot be listened on: {error.strerror}")


def _serve_metrics(context: CommandContext, address: str) -> None:
    """Beside the web, on an address that residents don't reach.

    Each process of a machine has its own: the first takes the port that was set, the next the next one.
    """
    host, _, first = address.rpartition(":")
    metrics = context.factories.make_metrics(context.site, context.clock)
    for port in range(int(first), min(int(first) + MAX_PROCESSES, MAX_PORT + 1)):
        try:
            server = waitress.create_server(
                metrics, host=host or "127.0.0.1", port=port, threads=1, ident="bulletin"
            )
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise _cannot_listen(host, port, error) from error
        else:
            threading.Thread(target=server.run, name="metrics", daemon=True).start()
            click.echo(f"metrics: http://{host}:{port}/metrics")
            return
    log.warning("no metrics: %d ports from %s on are taken", MAX_PROCESSES, address)


@click.command()
@pass_acting_context
def clock(context: CommandContext) -> None:
    """The clock alone, for a machine where the web runs elsewhere."""
    log_to_stderr()
    if address := context.settings().metrics:
        _serve_metrics(context, address)
    scheduler = context.factories.make_clock(context.settings(), context.site, context.clock)
    scheduler.start()
    stop = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())
    click.echo("the clock is ticking (Ctrl+C ends it)")
    stop.wait()
    scheduler.stop()


@click.command()
@pass_acting_context
def worker(context: CommandContext) -> None:
    """Do long work, such as packs, for the web: any number of them, on any machine (queue = true)."""
    log_to_stderr()
    site = context.site
    if address := context.settings().metrics:
        _serve_metrics(context, address)
    click.echo("the worker waits for work (Ctrl+C ends it)")
    do_long_work(site, context.clock)


@click.command()
@pass_acting_context
def tick(context: CommandContext) -> None:
    """One sweep: publish what is due, open the duties that the catalogs demand."""

    def say(name: str, outcome: str) -> None:
        click.echo(f"{instant_words(context.now)} {name}: {outcome}")

    context.factories.tick_once(context.settings(), context.site, context.now, say)


COMMANDS = (migrate, check, serve, clock, worker, tick)
