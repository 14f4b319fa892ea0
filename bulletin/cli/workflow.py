"""workflow: the diagrams of docs/workflow.md, straight from the table."""

import click

from bulletin.cli.context import CommandContext, pass_command_context
from bulletin.domain.labels import labels_of
from bulletin.domain.notices.procedures import Procedure
from bulletin.domain.notices.workflow import Act, State, diagram

HEAD = """# The workflow of an edition

Made by `bulletin workflow` from `bulletin/domain/notices/workflow.py` and `schedules/procedures.yaml`; do not
edit. What no arrow allows is refused. A test compares this page with the table.

A reviewer reads, opens the step and presses it, on a phone as well:

![The supervision committee decides on a phone](pictures/review.png)

Once published, the notice has three steps left, each with its sign:

![Printed, hung and photographed, sent to the group](pictures/three-signs.png)
"""


@click.command()
@pass_command_context
def workflow(context: CommandContext) -> None:
    """Print docs/workflow.md: each procedure as a diagram, made from the table of transitions."""
    click.echo(page(context.factories.procedures()), nl=False)


def page(procedures: dict[str, Procedure]) -> str:
    """The whole page, in Markdown."""
    return "\n".join([HEAD, *(_section(procedure) for procedure in procedures.values())])


def _section(procedure: Procedure) -> str:
    steps = tuple(step.act for step in procedure.steps)
    rows = [
        f"| {step.act.label} `{step.act.value}` | {step.body} | {step.role.label} |"
        for step in procedure.steps
    ]
    if not rows:
        rows = ["| none: once submitted, it is published | | |"]
    table = "\n".join(["| step | in whose name | taken by |", "|---|---|---|", *rows])
    drawing = diagram(procedure.title, steps, labels_of(State), labels_of(Act))
    return f"## `{procedure.name}` {procedure.title}\n\n{table}\n\n{drawing}\n"


COMMANDS = (workflow,)
