"""correct-clock: end what a clock that was ahead has begun."""

import click
from rich.table import Table

from bulletin.cli.context import CommandContext, console, pass_acting_context
from bulletin.domain.days import instant_words
from bulletin.services.operations import correct_clock as operations_correct_clock
from bulletin.services.operations.correct_clock import ClockJump, clock_jump


@click.command("correct-clock")
@pass_acting_context
def correct_clock(context: CommandContext) -> None:
    """After this machine's clock was ahead: list what it did, undo what can be undone, go on.

    Set the clock right first. What people did meanwhile stays, with the moment that was recorded.
    """
    jump = clock_jump(context.site, context.now)
    if jump is None:
        click.echo("the history holds no moment from the future: nothing to do")
        return
    _print_jump(jump)
    if not context.unasked:
        click.confirm(f"This machine says {instant_words(context.now)}. Is that right?", abort=True)
    operations_correct_clock.correct_clock(context.site, context.operator, context.now)
    console.print(
        "[green]✓[/] done; publishing and approving go on. `bulletin tick` makes the round."
    )


def _print_jump(jump: ClockJump) -> None:
    console.print(
        f"The clock was ahead: it went from {instant_words(jump.began_at)} as far as "
        f"{instant_words(jump.reached_at)}."
    )
    table = Table("", "moment", "who", "act", "about", "what becomes of it", box=None)
    for line in jump.entries:
        entry = line.entry
        table.add_row(
            str(entry.number),
            instant_words(entry.at),
            entry.actor,
            entry.act,
            entry.subject,
            line.outcome,
        )
    console.print(table)
    console.print(
        f"{jump.duties} duties opened too early are taken back, {jump.messages} reminders of days to "
        f"come (who got one was told too early), {jump.outages} outages that never were."
    )


COMMANDS = (correct_clock,)
